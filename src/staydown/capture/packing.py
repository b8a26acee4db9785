"""Lays out what was seen of a page as files; `capture.json`, which tells of all, comes last."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from ssl import DER_cert_to_PEM_cert
from urllib.parse import urlsplit

from staydown.capture.png_text import write_words
from staydown.capture.seen import Answer, Seen, Shot
from staydown.capture.warc import DECODED, write_warc
from staydown.digests import sha256

type HashPicture = Callable[[bytes], Mapping[str, str | int]]
"""Bytes that claim to be a picture → its PDQ and quality, or why there is none."""

CLOCK = "the clock of this machine, in UTC, which nobody checked"
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who captures and why, with which programs; and the network log of the page."""

    by: str
    why: str
    tools: Mapping[str, str]
    network: Sequence[Mapping[str, str | int]]


def pack_page(seen: Seen, teller: Teller, hash_picture: HashPicture) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file."""
    files: dict[str, bytes] = {}
    shots = [_put_shot(files, "page.png", seen.page)] if seen.page else []
    for number, shot in enumerate(seen.pictures, 1):
        shots.append(_put_shot(files, f"shown/{number:03}.png", shot))
    answers = [_put_answer(files, each, hash_picture) for each in seen.answers]
    for origin, chain in seen.certificates:
        name = f"certificates/{urlsplit(origin).netloc.replace(':', '-')}.pem"
        files[name] = "".join(map(DER_cert_to_PEM_cert, chain)).encode()
    files["page.warc.gz"] = write_warc(seen, "page.warc.gz", teller.tools["staydown"])
    said = _about(seen, teller) | {
        "screenshots": shots,
        "answers": answers,
        "files": {name: sha256(data) for name, data in files.items()},
    }
    files["capture.json"] = (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()
    yield from files.items()


def _about(seen: Seen, teller: Teller) -> dict[str, object]:
    return {
        "url": seen.url,
        "final_url": seen.final_url,
        "redirects": list(seen.redirects),
        "title": seen.title,
        "problem": seen.problem,
        "started_at": seen.started_at.isoformat(),
        "ended_at": seen.ended_at.isoformat(),
        "clock": CLOCK,
        "captured_by": teller.by,
        "why": teller.why,
        "tools": {**teller.tools, "chromium": seen.browser},
        "bodies": DECODED,
        "failed": [{"url": url, "problem": problem} for url, problem in seen.failed],
        "network": list(teller.network),
    }


def _put_shot(files: dict[str, bytes], name: str, shot: Shot) -> dict[str, str]:
    at = shot.at.isoformat()
    files[name] = write_words(shot.png, {"Source": shot.of, "Creation Time": at})
    return {"file": name, "of": shot.of, "at": at}


def _put_answer(
    files: dict[str, bytes], answer: Answer, hash_picture: HashPicture
) -> dict[str, object]:
    said: dict[str, object] = {
        "url": answer.url,
        "method": answer.method,
        "kind": answer.kind,
        "at": answer.at.isoformat(),
        "status": answer.status,
        "headers": [list(pair) for pair in answer.headers],
        "tls": dict(answer.tls),
    }
    if answer.body is None:
        return said | {"problem": answer.problem}
    said |= {"size": len(answer.body), "sha256": sha256(answer.body)}
    if answer.is_picture and answer.body:
        name = f"pictures/{sha256(answer.body)[:16]}{_ending(answer)}"
        files[name] = answer.body
        said |= {"file": name, **hash_picture(answer.body)}
    return said


def _ending(answer: Answer) -> str:
    """By what the answer says it is; else as its address ends, if that is plain."""
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    ending = PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    plain = ending if ending in ENDINGS.values() else ".bin"
    return ENDINGS.get(kind, plain)
