"""The other projects that are measured beside ours, on the same files.

Each runs as a program of its own in a virtual environment of its own, made from a lock on first use
(bench/peers, tools/bootstrap). Whatever hinders one of them is said in a line, and the others go
on.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from staydown.cli.bench.facts import EntryAnswer, Fact, Relations, fact_of
from staydown.cli.bench.planning import Query
from staydown.cli.bench.scoring import MethodRates, rate_method
from staydown.cli.bench.working import say, watch

ROOT = Path(__file__).parents[4]
SCRIPTS = ROOT / "bench" / "peers"
SET_UP = ROOT / "tools" / "bootstrap"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerMethod:
    """One way in which a peer compares pictures. `match_at` is the least score of what it calls a
    copy as it ships; None if it leaves that to whoever uses it.
    """

    peer: str
    version: str
    name: str
    score: str
    match_at: float | None
    entry_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerReport:
    """What came of a method."""

    method: PeerMethod
    rates: MethodRates
    cpu_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerMissing:
    """A peer that could not be measured, and why."""

    peer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A peer at work; its answers go to a file."""

    name: str
    process: "subprocess.Popen[bytes]"
    answers: Path
    complaints: Path


type PeerOutcome = PeerReport | PeerMissing


def peer_names() -> list[str]:
    """The peers that this checkout knows; none where the package was installed without one."""
    return sorted(one.stem.removeprefix("ask_") for one in SCRIPTS.glob("ask_*.py"))


def ask_peers(
    folder: Path, registered: Sequence[Path], uploads: Sequence[Path]
) -> Iterator[Running | PeerMissing]:
    """Set each peer up and let all of them answer at the same time; they have ended when this
    has.
    """
    for name, paths in {"registered": registered, "uploads": uploads}.items():
        (folder / f"{name}.txt").write_text("\n".join(str(path.resolve()) for path in paths))
    if not peer_names():
        yield PeerMissing(peer="all peers", why="they come with a checkout, not with the package")
    started = [start_peer(name, folder) for name in peer_names()]
    for one in watch(iter(started), "asking peers", len(started)):
        if isinstance(one, Running):
            one.process.wait()
        yield one


def start_peer(name: str, folder: Path) -> Running | PeerMissing:
    """Make the peer's environment, if there is none, and start it."""
    made = subprocess.run(  # noqa: S603 -- a script of this checkout, and a name from its folder
        [SET_UP, "peer", name], stdout=sys.stderr, check=False
    )
    if made.returncode:
        return PeerMissing(peer=name, why="its environment could not be made")
    answers, complaints = folder / f"{name}.jsonl", folder / f"{name}.err"
    with answers.open("wb") as out, complaints.open("wb") as err:
        process = subprocess.Popen(  # noqa: S603 -- as above
            [
                ROOT / "build" / "peers" / name / "bin" / "python",
                SCRIPTS / f"ask_{name}.py",
                folder / "registered.txt",
                folder / "uploads.txt",
            ],
            stdout=out,
            stderr=err,
        )
    say(f"asking {name}")
    return Running(name=name, process=process, answers=answers, complaints=complaints)


def hear_peer(
    ran: Running | PeerMissing, queries: Sequence[Query], relations: Relations, seed: int
) -> list[PeerOutcome]:
    """A report for each of the peer's methods."""
    if isinstance(ran, PeerMissing):
        return [ran]
    if ran.process.returncode:
        last = ran.complaints.read_text(errors="replace").strip().splitlines()[-1:]
        return [PeerMissing(peer=ran.name, why=f"it failed: {' '.join(last)[:120]}")]
    with ran.answers.open(encoding="utf-8") as lines:
        methods = read_methods(json.loads(next(lines)))
        facts: dict[str, list[Fact]] = {name: [] for name in methods}
        spent: dict[str, list[float]] = {name: [] for name in methods}
        for line in lines:
            answer = json.loads(line)
            method = methods[answer["method"]]
            query = queries[answer["query"]]
            answers = list(entry_answers(answer["scores"], method))
            facts[method.name].append(fact_of(query, answers, relations))
            spent[method.name].append(answer["cpu_ms"])
    return [
        PeerReport(
            method=method,
            rates=rate_method(facts[name], relations, seed),
            cpu_ms=median(spent[name]),
        )
        for name, method in methods.items()
    ]


def read_methods(line: Mapping[str, object]) -> dict[str, PeerMethod]:
    """The first line of a peer's answers."""
    methods = line["methods"]
    if not isinstance(methods, list):
        raise TypeError("a peer begins with a list of its methods")
    return {
        one["name"]: PeerMethod(peer=str(line["peer"]), version=str(line["version"]), **one)
        for one in methods
    }


def entry_answers(scores: Sequence[float | None], method: PeerMethod) -> Iterator[EntryAnswer]:
    """The entries of which the peer said anything."""
    for entry, score in enumerate(scores):
        if score is not None:
            is_match = method.match_at is not None and score >= method.match_at
            yield EntryAnswer(entry=entry, score=score, is_match=is_match)
