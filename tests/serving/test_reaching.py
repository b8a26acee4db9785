"""A real server finds what is public already, and tells the platform, which acknowledges it."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.fetch.making import Site, says
from tests.photographs import doctored, original, unrelated
from tests.serving.server import FILLED_IN, command, serving

pytestmark = pytest.mark.slow

DONE = b'{"acknowledged": true}'
WITHIN_SECONDS = 60


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def headers_of(asked: bytes) -> dict[str, str]:
    head = asked.partition(b"\r\n\r\n")[0].decode()
    return dict(line.split(": ", 1) for line in head.split("\r\n")[1:])


def test_a_copy_that_was_public_before_the_notice_is_hidden_by_a_signed_command(
    tmp_path: Path,
) -> None:
    data, public = tmp_path / "data", tmp_path / "public"
    public.mkdir()
    (public / "doctored.jpg").write_bytes(doctored())
    (public / "coffee.jpg").write_bytes(unrelated())
    key = command(data, "key", "add", "forum", "--scope", "notices", "--scope", "commands")
    secret = base64.b64decode(command(data, "webhook", "secret").removeprefix("whsec_"))
    asking = {"Authorization": f"Bearer {key}"}
    answer = says(f"200 OK\nContent-Length: {len(DONE)}", DONE)
    with Site(answers={"/hook": answer}).running() as site:
        settings = {
            "STAYDOWN_EXISTING": str(public),
            "STAYDOWN_WEBHOOK": site.url("/hook", "127.0.0.1"),
            "STAYDOWN_UNSAFE_FETCH_NETWORKS": "127.0.0.0/8",
        }
        with serving(data, **settings) as server:
            httpx.post(
                f"{server.address}/v1/notices",
                data=FILLED_IN,
                files={"originals": ("original.jpg", original(), "image/jpeg")},
                headers=asking,
                timeout=60,
            ).raise_for_status()
            wait_until(lambda: bool(site.asked))
            where = f"{server.address}/v1/commands"
            wait_until(lambda: httpx.get(where, headers=asking, timeout=60).json() == [])

    [asked] = site.asked
    headers, body = headers_of(asked), asked.partition(b"\r\n\r\n")[2]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
    told = json.loads(body)
    assert (told["type"], told["data"]["content_ref"]) == ("command.hide", "doctored.jpg")
    assert headers["webhook-signature"] == f"v1,{digest}"
