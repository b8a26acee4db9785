"""The two who talk to the server in the demo: the platform, by its API keys, and a reviewer, by the
pages.
"""

import re
from dataclasses import dataclass

import httpx

from staydown.cli.story.uploads import Upload
from staydown.errors import StoryBroke

TIMEOUT_SECONDS = 60.0
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the platform was told to do with an upload."""

    action: str
    verdict: str
    case: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformClient:
    """A platform: it screens what is posted, takes notices, and does what it is commanded."""

    http: httpx.Client

    def file_notice(self, fields: dict[str, str], original: bytes) -> tuple[str, str]:
        """A notice with its original: the case number and its secret."""
        photo = {"originals": ("photo.png", original, "image/png")}
        body = expect(self.http.post("/v1/notices", data=fields, files=photo), 201).json()
        return str(body["case"]), str(body["secret"])

    def screen(self, upload: Upload, content_ref: str) -> Answer:
        """Ask what to do with one upload."""
        kind = {"Content-Type": "application/octet-stream"}
        reference = {"content_ref": content_ref}
        body = expect(
            self.http.post("/v1/screen", content=upload.data, params=reference, headers=kind), 200
        ).json()
        return Answer(action=body["action"], verdict=body["verdict"], case=body["case"])

    def obey(self) -> list[tuple[str, str]]:
        """Do every open command, acknowledge it, and say which: (kind, content reference)."""
        done = []
        for command in expect(self.http.get("/v1/commands"), 200).json():
            expect(self.http.post(f"/v1/commands/{command['id']}/acknowledge"), 200)
            done.append((command["kind"], command["content_ref"]))
        return done


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerClient:
    """A reviewer who works with the pages, as a browser would send the forms."""

    http: httpx.Client

    def sign_in(self, link: str) -> None:
        """Use up a one-time link."""
        page = expect(self.http.get(link), 200)
        token = {"token": link.partition("token=")[2], "csrfmiddlewaretoken": csrf_of(page)}
        expect(self.http.post("/desk/sign-in", data=token, headers=self.same_site()), 302)

    def look(self, case: str, copy: str) -> str:
        """Open the case and its covered picture; the page's text."""
        page = expect(self.http.get(f"/desk/cases/{case}"), 200)
        expect(self.http.get(f"/desk/cases/{case}/copies/{copy}/covered"), 200)
        return page.text

    def remove(self, case: str, copy: str, reason: str) -> None:
        """Decide that a found copy is to be removed."""
        page = expect(self.http.get(f"/desk/cases/{case}"), 200)
        findings = dict.fromkeys(("shows_this_person", "is_intimate", "is_without_consent"), "yes")
        fields = {
            **findings,
            "reason": reason,
            "move": "remove",
            "csrfmiddlewaretoken": csrf_of(page),
        }
        address = f"/desk/cases/{case}/copies/{copy}/decision"
        expect(self.http.post(address, data=fields, headers=self.same_site()), 302)

    def same_site(self) -> dict[str, str]:
        """What a browser says of where a form was."""
        return {"Origin": str(self.http.base_url).rstrip("/")}


def expect(answer: httpx.Response, status: int) -> httpx.Response:
    """The answer, if it is the expected one. Raises StoryBroke."""
    if answer.status_code != status:
        where = f"{answer.request.method} {answer.request.url.path}"
        raise StoryBroke(
            f"{where} answered {answer.status_code}, not {status}: {answer.text[:300]}"
        )
    return answer


def csrf_of(page: httpx.Response) -> str:
    """The page's form token. Raises StoryBroke if there is none."""
    found = CSRF.search(page.text)
    if found is None:
        raise StoryBroke(f"{page.request.url.path} holds no form")
    return found[1]
