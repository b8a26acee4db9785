"""The acts of the demo's story, in their order. Each does something real, and says whether what
ought to happen did.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from staydown.audit.chain import Entry, verify
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.people import Person, Role
from staydown.cli.story.platform import Answer, PlatformClient, ReviewerClient
from staydown.cli.story.server import REVIEWER, Stage
from staydown.cli.story.uploads import (
    Kind,
    Upload,
    all_uploads,
    original_again,
    original_file,
    removed_again,
)
from staydown.errors import SealBroken
from staydown.ids import ActorId, CaseId

NOTICE = {
    "was_minor": "no",
    "capacity": "self",
    "kind": "forgery",
    "statement": "Somebody changed the photo of my cat and posted it. I did not agree.",
    "locations": "https://forum.example/thread/8213#post-4",
    "signature": "A. Notifier",
    "is_in_good_faith": "yes",
    "keeps_photo": "yes",
}
REASON = "The photograph of the notice, with a large part replaced, posted without consent."
PATIENCE_SECONDS = 30.0
STOPPED = ("hold", "block")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One upload and what happened to it. `altered_fraction` is what the reviewer is told; None
    where nothing was held.
    """

    upload: Upload
    answer: Answer
    seconds: float
    altered_fraction: float | None = None

    @property
    def has_held(self) -> bool:
        """Whether the right thing happened: doctored copies are derived and stopped, all others
        published.
        """
        if self.upload.kind is Kind.DOCTORED:
            return self.answer.verdict == "derived" and self.answer.action == "hold"
        return self.answer.action == "publish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the story: what it shows, whether it held, and what was seen."""

    name: str
    has_held: bool
    seen: str


@dataclass(slots=True, kw_only=True)
class Story:
    """The story on one stage: its actors, and what happened so far."""

    stage: Stage
    platform: PlatformClient
    reviewer: ReviewerClient
    case: CaseId
    posted: list[Posted]

    def post_everything(self, watch: Callable[[Posted], None]) -> None:
        """Post all uploads, one after the other; `watch` sees each as it is answered."""
        for number, upload in enumerate(all_uploads(), 1):
            one = self.post(upload, f"post/{number}")
            self.posted.append(one)
            watch(one)

    def post(self, upload: Upload, content_ref: str) -> Posted:
        """Post one upload; for a stopped one, with the share that the reviewer is told."""
        started = time.monotonic()
        answer = self.platform.screen(upload, content_ref)
        seconds = time.monotonic() - started
        held = next((one for one in self.copies() if one.content_ref == content_ref), None)
        share = None if held is None else held.resemblance.altered_fraction
        return Posted(upload=upload, answer=answer, seconds=seconds, altered_fraction=share)

    def copies(self) -> tuple[FoundCopy, ...]:
        """The case's found copies, as the reviewer sees them."""
        viewer = Person(id=ActorId("demo"), name=REVIEWER, role=Role.REVIEWER)
        return self.stage.house.cases.for_reviewer(self.case, viewer).copies

    def steps(self) -> Iterator[Step]:
        """What follows the uploads, each done when it is asked for."""
        yield self.sort_out()
        yield self.decide()
        yield self.obey()
        yield self.come_back()
        yield self.stay_innocent()
        yield self.verify_chain()
        yield self.break_chain()

    def sort_out(self) -> Step:
        """Were the right uploads held, and no others?"""
        held = [one for one in self.posted if one.answer.action in STOPPED]
        wrong = [one.upload.name for one in self.posted if not one.has_held]
        seen = f"{len(held)} of {len(self.posted)} held" + (
            f"; wrong: {', '.join(wrong)}" if wrong else ""
        )
        return Step(
            name="doctored copies held, all others published", has_held=not wrong, seen=seen
        )

    def decide(self) -> Step:
        """The reviewer opens the case, with the altered region covered, and removes the first copy
        found.
        """
        first = self.copies()[0]
        self.reviewer.look(self.case, first.id)
        self.reviewer.remove(self.case, first.id, REASON)
        after = self.await_memory(first)
        is_kept_down = after.state is CopyState.REMOVED and after.remembered_as is not None
        return Step(
            name="a reviewer decides: remove",
            has_held=is_kept_down,
            seen=f"{first.content_ref}: {after.state}",
        )

    def await_memory(self, copy: FoundCopy) -> FoundCopy:
        """The copy, once the jobs have made an entry of it; or as it is when patience ends."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            now = next(one for one in self.copies() if one.id == copy.id)
            if now.remembered_as is not None or time.monotonic() > until:
                return now
            time.sleep(0.2)

    def obey(self) -> Step:
        """The platform does what the decision asks of it, and says so."""
        done = self.platform.obey()
        seen = (
            ", ".join(f"{kind} {reference}" for kind, reference in done) or "nothing was commanded"
        )
        return Step(
            name="the platform removes it and acknowledges",
            has_held=("remove", "post/6") in done,
            seen=seen,
        )

    def come_back(self) -> Step:
        """The removed picture is posted again."""
        again = self.post(removed_again(), "post/again")
        return Step(
            name="posted again, it stays down",
            has_held=again.answer.action in STOPPED,
            seen=tell(again),
        )

    def stay_innocent(self) -> Step:
        """The innocent original is posted again."""
        once_more = self.post(original_again(), "post/original")
        name = "the innocent original still publishes"
        return Step(name=name, has_held=once_more.answer.action == "publish", seen=tell(once_more))

    def verify_chain(self) -> Step:
        """The audit chain is whole."""
        intact = self.stage.house.journal.verify()
        return Step(
            name="the audit chain is whole",
            has_held=intact.length > 0,
            seen=f"{intact.length} entries",
        )

    def break_chain(self) -> Step:
        """Flip a bit in a copy of the chain, and see whether it is found, and where."""
        entries = list(self.stage.house.journal.entries())
        middle = len(entries) // 2
        entries[middle] = flip(entries[middle])
        try:
            verify(entries)
        except SealBroken as error:
            is_named = f"entry {middle + 1} " in str(error)
            return Step(name="one byte of it flipped is found", has_held=is_named, seen=str(error))
        return Step(name="one byte of it flipped is found", has_held=False, seen="nobody noticed")


def flip(entry: Entry) -> Entry:
    """The entry with one bit of one byte of who did it changed."""
    first = chr(ord(entry.by[0]) ^ 1)
    return replace(entry, by=ActorId(first + entry.by[1:]))


def tell(posted: Posted) -> str:
    """What happened to one upload, in a few words."""
    return f"{posted.answer.verdict} → {posted.answer.action}"


def begin(stage: Stage, platform: PlatformClient, reviewer: ReviewerClient) -> Story:
    """The first act: the person shown files a notice with the original."""
    case, _ = platform.file_notice(NOTICE, original_file())
    return Story(stage=stage, platform=platform, reviewer=reviewer, case=CaseId(case), posted=[])
