"""The report on a sealed bundle, as a letter: what lies in it, who did what, how to check it.

No picture is in it but drawings in which what was altered is covered; whoever prints hands them in.
Words come from `words`; names, addresses and reasons stand as they were written.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from staydown.digests import sha256
from staydown.documents.letters import Block, Code, Facts, Figure, Letter, Section
from staydown.evidence.contents import Contents
from staydown.evidence.instructions import SCRIPT
from staydown.evidence.verifier.checks import CHECKS
from staydown.evidence.words import Words

COPIES = ("identical", "near_copy", "partial_copy", "derived")
GLOSSARY = ("sha256", "signature", "timestamp", "custody", "derived")
PROGRAM = "python -m staydown.evidence.verifier FOLDER"
FIGURES, CAPTURE, DRAWING = "figures.json", "capture.json", "overlay.png"
"""Files of a bundle that a report reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """Writes reports. `drawings` are JPEGs or PNGs, by the path of the drawing in the bundle."""

    contents: Contents
    words: Words
    drawings: Mapping[str, bytes]
    at: datetime

    def write(self) -> Letter:
        """The report. The same bundle, language and time give the same letter."""
        say = self.words.say
        named: tuple[tuple[str, Iterable[Block]], ...] = (
            ("summary", self._summary()),
            ("timeline", (Facts(rows=tuple(self._timeline())),)),
            ("items", self._items()),
            ("pages", self._pages()),
            ("comparison", self._comparisons()),
            ("custody", (Facts(rows=tuple(self._custody())),)),
            ("checks", [say(f"check_{name}") for name, _, _ in CHECKS]),
            ("verify", self._how()),
            ("glossary", (self._glossary(),)),
        )
        sections = ((name, tuple(blocks)) for name, blocks in named)
        return Letter(
            title=say("title"),
            language=say("language"),
            dated=self.at,
            sections=tuple(
                Section(heading=say(name), blocks=blocks) for name, blocks in sections if blocks
            ),
        )

    def _summary(self) -> Iterator[Block]:
        say, manifest = self.words.say, self.contents.manifest
        stamped = self.contents.stamped_at
        yield say("made", program=version("staydown"), at=told(self.at))
        yield say("sound")
        if note := say("note"):
            yield note
        yield Facts(
            rows=(
                (say("sealed_at"), told_text(manifest.sealed_at)),
                (say("sealed_by"), manifest.sealed_by),
                (say("why"), manifest.why),
                (say("key"), manifest.signer),
                (say("stamped"), told(stamped) if stamped else say("not_stamped")),
                (say("files"), str(len(self.contents.items))),
                (say("manifest"), sha256(manifest.written())),
            )
        )

    def _timeline(self) -> Iterator[tuple[str, str]]:
        """All that has a time, earliest first."""
        say, manifest = self.words.say, self.contents.manifest
        happened = [(str(line["at"]), self._did(line)) for line in self.contents.log.entries]
        for page in self._said(CAPTURE):
            happened.append(
                (str(page.get("ended_at", "")), say("captured_at", url=page.get("final_url")))
            )
        happened.append((manifest.sealed_at, say("sealed_line", by=manifest.sealed_by)))
        if stamped := self.contents.stamped_at:
            happened.append((stamped.isoformat(), say("stamped")))
        return ((told_text(at), what) for at, what in sorted(happened))

    def _items(self) -> Iterator[Block]:
        say = self.words.say
        yield say("no_pictures")
        rows = [
            (
                each.path,
                say(
                    "item",
                    type=each.type,
                    size=f"{each.size:,}",
                    origin=say(f"origin_{each.origin}"),
                    sha256=each.sha256,
                ),
            )
            for each in self.contents.items
        ]
        yield Facts(rows=tuple(rows))

    def _pages(self) -> Iterator[Block]:
        say = self.words.say
        for page in self._said(CAPTURE):
            failed = page.get("failed")
            yield Facts(
                rows=(
                    (say("asked"), str(page.get("url"))),
                    (say("ended"), str(page.get("final_url"))),
                    (say("looked"), told_text(str(page.get("ended_at")))),
                    (say("failed"), str(len(failed) if isinstance(failed, list) else 0)),
                )
            )
        yield from self._unread(CAPTURE)

    def _comparisons(self) -> Iterator[Block]:
        say, any_was = self.words.say, False
        for listed in self.contents.named(FIGURES):
            said = self.contents.read_said(listed)
            if said is None:
                continue
            any_was = True
            yield from self._compared(said)
            if drawn := self.drawings.get(f"{listed.path.removesuffix(FIGURES)}{DRAWING}"):
                yield Figure(data=drawn, meaning=say("drawing"))
        if any_was:
            yield say("not_shown")
        yield from self._unread(FIGURES)

    def _compared(self, said: Mapping[str, object]) -> Iterator[Block]:
        say, verdict = self.words.say, said.get("verdict")
        is_copy = verdict in COPIES
        yield say(f"verdict_{verdict}" if is_copy else "verdict_other")
        rows = [
            (say("original_sha256"), str(said.get("original_sha256"))),
            (say("found_sha256"), str(said.get("found_sha256"))),
        ]
        altered, rate = said.get("altered_fraction"), said.get("false_positive_rate")
        if isinstance(altered, float | int):
            share = say("altered_share", percent=f"{altered * 100:.1f}")
            rows.append((say("altered"), share))
        if is_copy:
            turned = f" ({say('mirrored')})" if said.get("mirrored") else ""
            rows.append((say("points"), f"{said.get('inliers')}{turned}"))
        if is_copy and isinstance(rate, float | int):
            rows.append((say("wrong"), say("wrong_rate", rate=f"{rate * 100_000:g}")))
        yield Facts(rows=tuple(rows))

    def _custody(self) -> Iterator[tuple[str, str]]:
        for line in self.contents.log.entries:
            yield f"{line['number']}. {told_text(str(line['at']))}", self._did(line)

    def _did(self, line: Mapping[str, object]) -> str:
        files, did = line["files"], str(line["did"]).replace(" ", "_")
        count = len(files) if isinstance(files, list) else 0
        known = f"did_{did}" if f"did_{did}" in self.words.said else "did_recorded"
        what = self.words.say(known, count=count, to=line["to"])
        return self.words.say("did_line", by=line["by"], did=what, why=line["why"])

    def _how(self) -> Iterator[Block]:
        say = self.words.say
        yield say("verify_program")
        yield Code(lines=(PROGRAM,))
        yield say("verify_hand")
        yield Code(lines=tuple(SCRIPT.splitlines()))
        yield say("verify_ask")

    def _glossary(self) -> Facts:
        say = self.words.say
        return Facts(rows=tuple((say(f"word_{one}"), say(f"means_{one}")) for one in GLOSSARY))

    def _said(self, name: str) -> list[Mapping[str, object]]:
        read = (self.contents.read_said(each) for each in self.contents.named(name))
        return [said for said in read if said is not None]

    def _unread(self, name: str) -> Iterator[Block]:
        for each in self.contents.named(name):
            if self.contents.read_said(each) is None:
                yield self.words.say("unread", path=each.path)


def told(at: datetime) -> str:
    """A time as a report writes it, in every language."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def told_text(at: str) -> str:
    """The same of a time in ISO 8601; as it stands if it is none."""
    try:
        return told(datetime.fromisoformat(at))
    except ValueError:
        return at
