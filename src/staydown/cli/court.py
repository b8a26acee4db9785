"""`staydown case file`: one case into a bundle of evidence, with the chain that it stands in."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from staydown.assembly.starting import start
from staydown.casework.court import CaseFile
from staydown.casework.people import COMMAND_LINE
from staydown.cli.evidence import act_of, key_in
from staydown.digests import canonical
from staydown.evidence.bundles import Item, add_items
from staydown.ids import CaseId
from staydown.settings import read_settings

if TYPE_CHECKING:
    from staydown.assembly.house import House

READ_ME = """\
ONE CASE, AS STAYDOWN HAS IT

case.json        where it stands, the laws of its day, what they want done by when
notice.json      what was told; who told it only if that was asked for
copies.json      what was found, and what was measured; no picture
decisions.json   what people decided, with their findings, grounds and reasons
commands.json    what the platform was asked to do, and when it said that it did
appeals.json     who asked for another look, and how that ended
statements/      what posters were told, a file for each removal
audit/           the whole audit chain, and its checkpoints: ids and commitments, nobody's words

The chain can be checked without Staydown's server: python -m staydown.audit audit
notice-opened.json opens the commitment to the notice: HMAC-SHA-256 of `content` under `salt` is the
`content` of the NoticeReceived entry with this case's number. Once a notice is taken back, both
are destroyed, and this file is missing.

What this does not show: that what people wrote is true, or that the platform did as it said.
"""


def make_case_file(
    case: str,
    /,
    *,
    out: Path,
    key: Path,
    by: str,
    why: str,
    with_notifier: bool = False,
    data: Path | None = None,
) -> None:
    """Put all of one case into a bundle of evidence, for a court: seal it with `evidence seal`.

    Parameters
    ----------
    case
        Its number.
    out
        The bundle, a folder; made if there is none.
    key
        The file of the key that signs; made if there is none.
    by
        Who does it.
    why
        Why. It goes into the bundle's log, and a commitment to it into the audit chain.
    with_notifier
        Also who filed the notice, and how to reach them.
    data
        The data folder.
    """
    house = start(read_settings(data=data))
    made = house.case_files.make(
        CaseId(case), reason=why, by=COMMAND_LINE, names_notifier=with_notifier
    )
    items = (*tell_case_file(made), *tell_chain(house))
    listed = add_items(out, items, act_of(by, why), key_in(key))
    print("\n".join(f"{each.sha256}  {each.path}" for each in listed))


def tell_case_file(made: CaseFile) -> Iterator[Item]:
    """What is known of the case, one file a kind."""
    whole = asdict(made)
    kinds = {name: whole[name] for name in ("case", "copies", "decisions", "commands")}
    kinds["appeals"] = [{**asdict(one), "words": words} for one, words in made.appeals]
    if made.notice is not None:
        kinds["notice"] = asdict(made.notice)
    if made.notice is not None and made.salt is not None:
        content = canonical([made.notice.statement, *made.notice.locations]).decode()
        kinds["notice-opened"] = {"content": content, "salt": made.salt.hex()}
    folder = f"case-{made.case.id}"
    yield _item(f"{folder}/READ-ME.txt", READ_ME)
    for name, kind in sorted(kinds.items()):
        yield _item(f"{folder}/{name}.json", json.dumps(kind, indent=2, default=str) + "\n")
    for command, text in made.statements:
        yield _item(f"{folder}/statements/{command}.txt", text)


def tell_chain(house: "House") -> Iterator[Item]:
    """The audit chain and its checkpoints, as they are handed out."""
    with TemporaryDirectory() as folder:
        exported = Path(folder) / "audit"
        head = house.checkpoints.export(exported).head
        for path in sorted(one for one in exported.rglob("*") if one.is_file()):
            name = f"audit-{head[:12]}/{path.relative_to(exported).as_posix()}"
            yield Item(name=name, data=path.read_bytes(), origin="derived")


def _item(name: str, text: str) -> Item:
    return Item(name=name, data=text.encode(), origin="derived")
