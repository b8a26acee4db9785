"""`staydown demo`: the whole story on photographs without people, against a real server on a fresh
data folder.
"""

import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import httpx
from cyclopts import Parameter

from staydown.cli.operating import sign_in_link
from staydown.cli.story.acts import Posted, Step, Story, begin
from staydown.cli.story.platform import TIMEOUT_SECONDS, PlatformClient, ReviewerClient
from staydown.cli.story.server import REVIEWER, Stage, running_server
from staydown.cli.story.telling import Teller


def demo(
    *,
    once: Annotated[bool, Parameter(negative=())] = False,
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
    port: int | None = None,
) -> int:
    """Play the whole story: a notice, uploads, a decision, and the picture stays down. Then leave
    the server running.

    Everything is real but the pictures, which show no person: "doctored" means that another photo's
    texture was laid over a large part. The exit code is 0 only if every step held.

    Parameters
    ----------
    once
        End after the story, and leave nothing behind.
    json_
        One JSON object on standard output instead of tables.
    port
        The port to listen on; by default 8000, or any other if that is taken.
    """
    teller = Teller(is_silent=json_)
    with tempfile.TemporaryDirectory(prefix="staydown-demo-") as name, ending_on_terminate():
        teller.say(f"A fresh server on a new data folder, {name} …")
        with running_server(Path(name), port=port) as stage, acting(stage, teller) as story:
            story.post_everything(teller.post)
            teller.end_posts()
            steps = [teller.step(step) for step in story.steps()]
            if json_:
                print(json.dumps(as_json(story.posted, steps)), flush=True)
            if not once:
                leave_running(stage, teller)
    return 0 if all(step.has_held for step in steps) else 1


@contextmanager
def acting(stage: Stage, teller: Teller) -> Iterator[Story]:
    """The story with its actors: a notice has been filed, and the reviewer has signed in."""
    key = {"Authorization": f"Bearer {stage.api_key}"}
    with (
        httpx.Client(base_url=stage.address, timeout=TIMEOUT_SECONDS, headers=key) as platform,
        httpx.Client(base_url=stage.address, timeout=TIMEOUT_SECONDS) as browser,
    ):
        reviewer = ReviewerClient(http=browser)
        reviewer.sign_in(sign_in_link(stage.house, REVIEWER, stage.address))
        story = begin(stage, PlatformClient(http=platform), reviewer)
        teller.say(
            f"A notice was filed with the innocent original, a photo of a cat: {story.case}\n"
        )
        yield story


def leave_running(stage: Stage, teller: Teller) -> None:
    """Say where to look, and wait until told to stop."""
    teller.say("\nThe server goes on running. Three doctored copies still wait for a decision.")
    teller.say(f"  the notice form   {stage.address}/")
    teller.say(f"  the review desk   {sign_in_link(stage.house, REVIEWER, stage.address)}")
    teller.say("                    (signs in once, within 15 minutes; /desk/tour explains it)")
    teller.say(f"  the API           {stage.address}/v1/openapi.json")
    teller.say("Ctrl-C ends it and removes its data folder.")
    try:
        signal.pause()
    except KeyboardInterrupt:
        teller.say("\nGood-bye.")


@contextmanager
def ending_on_terminate() -> Iterator[None]:
    """SIGTERM ends the story as Ctrl-C does, so that no server is left behind."""

    def end(*_: object) -> None:
        sys.exit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def as_json(posted: list[Posted], steps: list[Step]) -> dict[str, object]:
    """The story for machines."""
    return {
        "has_held": all(step.has_held for step in steps),
        "uploads": [
            {
                "name": one.upload.name,
                "kind": str(one.upload.kind),
                "verdict": one.answer.verdict,
                "action": one.answer.action,
                "altered_fraction": one.altered_fraction,
                "seconds": round(one.seconds, 3),
                "has_held": one.has_held,
            }
            for one in posted
        ],
        "steps": [
            {"name": step.name, "has_held": step.has_held, "seen": step.seen} for step in steps
        ],
    }
