"""An exported chain is checked alone, and what was not shown is said; attacks are elsewhere."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from staydown.audit.checkpoints import sign
from staydown.audit.entries import CaseOpened
from staydown.audit.export import write_entry
from staydown.audit.verify import Auditor, Verified, tell, verify_export
from staydown.digests import canonical
from staydown.errors import BadRequest, SealBroken
from staydown.ids import ActorId, CaseId
from tests.audit.exporting import (
    AT,
    KEY,
    Export,
    chain,
    head_of,
    rewrite_and_sign_by,
    with_value,
)
from tests.tsa import Tsa, openssl

CASE_9 = CaseOpened(case=CaseId("case_9"))


def test_an_export_that_nobody_touched_is_whole(export: Export, auditor: Auditor) -> None:
    verified = verify_export(export.folder, auditor)

    assert (verified.length, verified.signed, verified.stamped) == (6, 6, 6)
    assert verified.head == chain(6)[-1].digest
    assert verified.stamped_at is not None
    assert abs(verified.stamped_at - AT) < timedelta(minutes=30)


def test_openssl_accepts_the_timestamps_of_the_checkpoints(export: Export, tsa: Tsa) -> None:
    for length in (3, 6):
        said = openssl(
            export.folder,
            *("ts", "-verify", "-data", str(export.statement(length))),
            *("-in", str(export.stamp(length)), "-CAfile", str(tsa.certificate)),
        )

        assert "Verification: OK" in said


def test_a_timestamp_by_an_authority_nobody_believes_is_named(
    export: Export, auditor: Auditor, other_tsa: Tsa
) -> None:
    export.write_checkpoint(sign(head_of(chain(6), 6), at=AT, key=KEY), other_tsa)

    with pytest.raises(SealBroken, match="^checkpoint 6: the timestamp does not hold"):
        verify_export(export.folder, auditor)


def test_a_checkpoint_dated_after_its_timestamp_is_named(
    export: Export, auditor: Auditor, tsa: Tsa
) -> None:
    later = AT + timedelta(days=1)
    export.write_checkpoint(sign(head_of(chain(6), 6), at=later, key=KEY), tsa)

    with pytest.raises(SealBroken, match="^checkpoint 6 was timestamped before it says"):
        verify_export(export.folder, auditor)


def test_who_holds_a_checkpoint_sees_that_all_of_them_were_replaced(
    export: Export, auditor: Auditor, tmp_path: Path
) -> None:
    held = tmp_path / "held.json"
    held.write_bytes(export.statement(3).read_bytes())
    rewrite_and_sign_by(export, KEY)
    for length in (3, 6):
        export.stamp(length).unlink()
    assert verify_export(export.folder, auditor).length == 6  # without it, nothing is seen

    with pytest.raises(SealBroken, match="^audit entry 3 is not the one that was there"):
        verify_export(export.folder, replace(auditor, held=(held,)))


def test_cutting_off_what_follows_the_last_checkpoint_is_not_seen(
    export: Export, auditor: Auditor
) -> None:
    """A known limit, kept here so that nobody claims otherwise."""
    export.statement(6).unlink()
    export.stamp(6).unlink()
    export.write_lines(export.lines[:4])

    verified = verify_export(export.folder, auditor)

    assert (verified.length, verified.signed, verified.stamped) == (4, 3, 3)


def test_a_chain_file_alone_shows_that_it_is_whole_and_no_more(export: Export) -> None:
    verified = verify_export(export.chain, Auditor())

    assert (verified.length, verified.signed, verified.stamped) == (6, 0, 0)
    assert "rewritten or cut off is not shown" in tell(verified, Auditor())[-1]


def test_an_empty_chain_is_whole(export: Export) -> None:
    export.write_lines([])

    assert verify_export(export.chain, Auditor()).length == 0


UNREADABLE: dict[str, bytes] = {
    "no text": b"\xff\xfe\n",
    "no object": b"[]\n",
    "deeper than anybody reads": b"[" * 60_000 + b"\n",
    "a field too few": canonical({"number": 1}) + b"\n",
    "longer than any entry": b" " * 200_000 + b"\n",
    "a number that is a truth": with_value(write_entry(chain(1)[0]), number=True),
    "a number that is a fraction": write_entry(chain(1)[0]).replace(b'"number":1', b'"number":1.0'),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_entry_is_named_as_one(what: str, export: Export) -> None:
    export.write_lines([UNREADABLE[what]])

    with pytest.raises(SealBroken, match="^audit entry 1 cannot be read"):
        verify_export(export.chain, Auditor())


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="it cannot be read"):
        verify_export(tmp_path / "nowhere", Auditor())


def test_what_is_told_says_what_was_not_shown(export: Export, auditor: Auditor) -> None:
    stranger = Auditor()

    unsure = tell(verify_export(export.folder, stranger), stranger)
    sure = tell(verify_export(export.folder, auditor), auditor)

    assert unsure[1:] == [
        "Signed up to entry 6, by a key you did not name (--key).",
        "Timestamps were not checked: name an authority's certificate (--authority).",
    ]
    assert sure[1] == "Signed up to entry 6, by a key you named."
    assert sure[2].startswith("Timestamped up to entry 6: it was there by ")


ALONE = """
import runpy, sys
sys.argv = ["audit", *sys.argv[1:]]
try:
    runpy.run_module("staydown.audit", run_name="__main__")
finally:
    met = {name.split(".")[0] for name in sys.modules}
    met |= {name for name in sys.modules if name.startswith("staydown.")}
    print(sorted(met & {"django", "numpy", "cv2", "sqlite3", "httpx", "cyclopts"}))
    print(sorted(name for name in met if name.startswith("staydown.") and name.count(".") == 1))
"""


def run_alone(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", ALONE, *map(str, words)]
    return subprocess.run(line, check=False, capture_output=True, text=True, env={})


def test_it_stands_alone_without_server_database_or_engine(export: Export, tsa: Tsa) -> None:
    ran = run_alone(export.folder, "--key", KEY.public, "--authority", tsa.certificate)

    assert (ran.returncode, ran.stderr) == (0, "")
    *said, strangers, rooms = ran.stdout.splitlines()
    assert said[0].startswith("The audit chain is whole: 6 entries, ending in ")
    assert strangers == "[]"
    assert rooms == str(
        [f"staydown.{room}" for room in ("audit", "digests", "errors", "ids", "sealing")]
        + ["staydown.timestamps"]
    )


def test_alone_it_names_the_break_and_ends_with_2(export: Export) -> None:
    export.write_lines(export.lines[1:])

    ran = run_alone(export.folder, "--checkpoint", export.statement(3))

    assert (ran.returncode, ran.stderr) == (
        2,
        "staydown audit: audit entry 1 is missing: found 2\n",
    )


def test_a_proof_says_nothing_of_who_did_what() -> None:
    assert ActorId("reviewer_kim") not in str(Verified(length=1, head=chain(1)[0].digest))
