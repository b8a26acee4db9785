"""What people do to a server until it dies: file, answer, take back, upload, decide, acknowledge.

Each act is noted once its answer arrived whole. What was sent and not answered may have been done
or not; some of it is sent again after the next start, as people do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import httpx

from staydown.engine.pictures import encode_jpeg
from tests.photographs import cat, doctored
from tests.serving.acknowledged import Acknowledged

FILLED_IN = {
    "was_minor": "no",
    "capacity": "self",
    "kind": "forgery",
    "statement": "Somebody changed the photo of my cat. I did not agree.",
    "locations": "https://forum.example/post/8213",
    "keeps_photo": "yes",
    "signature": "A Cat Lover",
    "is_in_good_faith": "yes",
}
"""Every field that a notice needs."""
FINDINGS = {"shows_this_person": "yes", "is_intimate": "yes", "is_without_consent": "yes"}
SECONDS = 60


@dataclass(slots=True, kw_only=True)
class Client:
    """A platform with its key, a reviewer with a link, and people without anything."""

    key: str
    link: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=SECONDS))
    receipts: list[tuple[str, str, str]] = field(default_factory=list)
    to_answer: list[tuple[str, str]] = field(default_factory=list)
    uploads: int = 0
    filed: int = 0
    is_begun: bool = False

    def arrive(self, address: str) -> None:
        """The server is here now. The first time, the reviewer signs in; an original is filed."""
        self.http.base_url = httpx.URL(address)
        if not self.is_begun:
            token = self.link.rsplit("=", 1)[1]
            self.http.get("/desk/sign-in")
            self.post("/desk/sign-in", data={"token": token}, headers=self.proof)
            self.file(Acknowledged(), encode_jpeg(cat(), quality=92))
            self.is_begun = True

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    @property
    def proof(self) -> dict[str, str]:
        """That a form of ours was open in this browser."""
        return {"X-CSRFToken": self.http.cookies.get("csrftoken") or ""}

    def post(self, path: str, **what: Any) -> httpx.Response:
        answer = self.http.post(path, **what)
        assert answer.status_code < 500, answer.text
        return answer

    def file(self, done: Acknowledged, original: bytes | None = None) -> None:
        """A notice, each with an address of its own; with an original for the first one only."""
        address, self.filed = f"n{self.filed}@mail.example", self.filed + 1
        filled_in = {**FILLED_IN, "contact": address}
        parts: dict[str, Any] = {name: (None, value) for name, value in filled_in.items()}
        if original:
            parts["originals"] = ("original.jpg", original, "image/jpeg")
        answer = self.post("/v1/notices", files=parts, headers=self.bearer)
        told = answer.raise_for_status().json()
        done.filed.add(told["case"])
        if original is None:
            self.receipts.append((told["case"], told["secret"], address))

    def take_back(self, done: Acknowledged) -> None:
        """Every other notice is taken back; the others are to be answered."""
        if len(self.receipts) < 2:
            return
        (case, secret, _), (other, _, address) = self.receipts[:2]
        given = {"case": case, "secret": secret, "sure": "yes"}
        answer = self.post("/help/take-back", data=given, headers=self.proof)
        assert answer.status_code == 200
        done.taken_back.add(case)
        self.to_answer.append((other, address))
        del self.receipts[:2]

    def answer(self, done: Acknowledged) -> None:
        """The reviewer looks at what a notice names, and finds nothing there."""
        if not self.to_answer:
            return
        case, address = self.to_answer.pop(0)  # once: another answer is another letter
        body = {"reason": "Nothing there."}
        self.post(f"/v1/cases/{case}/look", json=body, headers=self.proof).raise_for_status()
        done.answered.add(address)

    def upload(self, done: Acknowledged) -> None:
        """The same doctored picture under another name each time, unless it was not answered."""
        ref = f"post/{self.uploads}"
        answer = self.post(
            "/v1/screen",
            params={"content_ref": ref},
            content=doctored(),
            headers={**self.bearer, "Content-Type": "image/jpeg"},
        )
        told = answer.raise_for_status().json()
        self.uploads += 1
        if told["action"] == "hold":
            done.held.add(ref)
            self.decide(done, told["case"], ref)

    def decide(self, done: Acknowledged, case: str, ref: str) -> None:
        """The reviewer decides at once, turn and turn about."""
        seen = self.http.get(f"/v1/cases/{case}", headers=self.bearer).raise_for_status().json()
        [copy] = [one["id"] for one in seen["copies"] if one["content_ref"] == ref]
        move = "release" if len(done.decided) % 2 else "remove"
        body = {"move": move, "reason": "Seen.", "findings": FINDINGS}
        path = f"/v1/cases/{case}/copies/{copy}/decision"
        self.post(path, json=body, headers=self.proof).raise_for_status()
        done.decided[copy] = {"remove": "removed", "release": "released"}[move]

    def acknowledge(self, done: Acknowledged) -> None:
        """The platform does what it is asked, and says so."""
        for one in self.http.get("/v1/commands", headers=self.bearer).raise_for_status().json():
            done.issued.add(one["id"])
            self.post(f"/v1/commands/{one['id']}/acknowledge", headers=self.bearer)
            done.acknowledged.add(one["id"])


@contextmanager
def loading(client: Client, done: Acknowledged) -> Iterator[None]:
    """All of it at once meanwhile, until the server does not answer any more."""
    stop, errors = Event(), list[BaseException]()
    acts = (client.file, client.take_back, client.answer, client.upload, client.acknowledge)
    threads = [Thread(target=keep_on, args=(act, done, stop, errors)) for act in acts]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if errors:
        raise errors[0]


def keep_on(
    act: Callable[[Acknowledged], None],
    done: Acknowledged,
    stop: Event,
    errors: list[BaseException],
) -> None:
    """Act, and again, until told to stop or nobody answers."""
    while not stop.is_set():
        try:
            act(done)
        except httpx.TransportError:
            return
        except BaseException as error:
            errors.append(error)
            return
        stop.wait(0.01)
