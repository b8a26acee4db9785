"""A case file is asked for, agreed to by another, and written; anybody can check it without us."""

from tests.timed import House  # isort: skip -- sets Django up

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from staydown.audit.verify import Auditor, verify_export
from staydown.casework.elements import Addition
from staydown.casework.filing import Receipt
from staydown.casework.people import Notifier, Person
from staydown.cli import court
from staydown.cli.evidence import act_of, key_in
from staydown.digests import sha256
from staydown.errors import NotAllowed
from staydown.evidence.bundles import seal_bundle
from staydown.evidence.verifier.checks import Trust, verify_bundle
from staydown.evidence.verifier.telling import is_sound
from staydown.ids import CaseId
from tests.photographs import doctored, original
from tests.shortcuts import FORM
from tests.storage.court import (
    ADDRESS,
    ANSWER,
    APPEAL,
    OTHER,
    REASON,
    SIGNATURE,
    WHY,
    agreed,
    made,
    write,
)
from tests.storage.court import case as case
from tests.storage.court import kim as kim
from tests.storage.court import law as law
from tests.storage.court import lead as lead
from tests.stories import STATEMENT


def everything(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_all_of_the_case_is_in_it_and_nothing_of_another_and_no_picture(
    law: House, case: CaseId, lead: Person, kim: Person, tmp_path: Path
) -> None:
    agreed(law, case, lead, kim)

    file = write(law, case, tmp_path)

    told = json.loads((file / "case.json").read_bytes())
    assert told["case"]["id"] == case
    assert told["notice"]["statement"] == STATEMENT
    assert [one["content_ref"] for one in told["copies"]] == ["post/8213/1"]
    assert [one["reason"] for one in told["decisions"]] == [REASON, "Nothing there."]
    assert [(one["words"], one["answer"]) for one in told["appeals"]] == [(APPEAL, ANSWER)]
    assert [one["kind"] for one in told["commands"] if one["acknowledged_at"]] == ["remove"]
    assert told["file"]["why"] == WHY
    for text in (STATEMENT, "post/8213/1", REASON, APPEAL, ANSWER, WHY):
        assert text in (file / "case.txt").read_text()
    assert "was taken down" in (file / "statements" / "0001.txt").read_text()
    assert "was taken down" in (file / "answer.txt").read_text()
    for forbidden in (OTHER, "other.example", SIGNATURE, ADDRESS):
        assert forbidden.encode() not in everything(file), forbidden
    for picture in (original(), doctored()):
        assert picture[100:160] not in everything(file)


def test_who_filed_it_is_told_only_where_that_was_agreed(
    law: House, case: CaseId, lead: Person, kim: Person, tmp_path: Path
) -> None:
    agreed(law, case, lead, kim, names=True)

    file = write(law, case, tmp_path)

    told = json.loads((file / "case.json").read_bytes())
    assert (told["notice"]["signature"], told["notice"]["contact"]) == (SIGNATURE, ADDRESS)
    assert ADDRESS in (file / "case.txt").read_text()


def test_anybody_checks_it_without_us(
    law: House, case: CaseId, lead: Person, kim: Person, tmp_path: Path
) -> None:
    agreed(law, case, lead, kim)

    folder = write(law, case, tmp_path)

    run = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=False)
    assert run.returncode == 0
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert {one for one in there - listed if not one.startswith("audit/")} == {"SHA256SUMS"}
    verified = verify_export(
        folder / "audit", Auditor(keys=frozenset({law.checkpoints.key.public}))
    )
    assert verified.length == verified.signed
    chain = (folder / "audit" / "chain.jsonl").read_bytes().splitlines()
    entries = (folder / "entries.jsonl").read_bytes().splitlines()
    assert [line for line in entries if line not in chain] == []
    [made] = [json.loads(line)["fact"] for line in chain if b"CaseFileMade" in line]
    assert made["digest"] == sha256((folder / "SHA256SUMS").read_bytes())


def test_what_was_said_is_what_the_chain_committed_to(
    law: House, case: CaseId, lead: Person, kim: Person, tmp_path: Path
) -> None:
    agreed(law, case, lead, kim)

    file = write(law, case, tmp_path)

    told = json.loads((file / "case.json").read_bytes())
    by_number = {one["number"]: one["fact"] for one in told["audit"]}
    assert [one["fact"] for one in told["commitments"]] == [
        "NoticeReceived", "CopyDecided", "AppealDecided", "NoticeLookedAt", "CaseFileAsked",
    ]  # fmt: skip
    for one in told["commitments"]:
        line = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{one['salt']}"]
        words = file / one["words_in"]
        ran = subprocess.run([*line, words], capture_output=True, text=True, check=True)
        fact = by_number[one["entry"]]
        assert ran.stdout.split()[-1] == one["commitment"]
        assert one["commitment"] in (fact.get("reason"), fact.get("content"))
        assert (
            f"hexkey:{told['commitments'][0]['salt']} commitments/"
            in (file / "READ-ME.txt").read_text()
        )


def test_entries_about_what_the_case_remembered_are_among_them_and_no_others(
    law: House, case: CaseId, lead: Person, kim: Person, tmp_path: Path
) -> None:
    agreed(law, case, lead, kim)

    file = write(law, case, tmp_path)

    told = json.loads((file / "case.json").read_bytes())
    kinds = {one["fact"]["fact"] for one in told["audit"]}
    assert {"EntryConfirmed", "CommandAcknowledged", "AppealFiled"} <= kinds
    assert {one["fact"].get("case", case) for one in told["audit"]} == {case}
    assert "PersonAdded" not in kinds


def test_places_that_were_added_later_leave_the_first_commitment_open(
    law: House, lead: Person, kim: Person, tmp_path: Path
) -> None:
    receipt = law.filing.file(replace(FORM, locations=()), (original(),))
    assert isinstance(receipt, Receipt)
    holder = Notifier(case=receipt.case, secret=receipt.secret)
    addition = Addition(locations=("https://forum.example/later",), contact=ADDRESS)
    law.completing.complete(addition, by=holder)
    agreed(law, receipt.case, lead, kim, names=True)

    file = write(law, receipt.case, tmp_path)

    told = json.loads((file / "case.json").read_bytes())
    assert [one["fact"] for one in told["commitments"]] == [
        "NoticeReceived", "NoticeCompleted", "CaseFileAsked",
    ]  # fmt: skip


def test_each_making_is_noted_before_anything_is_written_and_differs(
    law: House, case: CaseId, lead: Person, kim: Person
) -> None:
    agreed(law, case, lead, kim)

    first, second = (law.handing_over.make(case) for _ in range(2))

    assert made(law) == [first.digest, second.digest]
    assert first.digest != second.digest  # a nonce: nobody tries what a digest may be of


def test_of_a_notice_that_was_taken_back_no_word_is_in_it(
    law: House, case: CaseId, lead: Person, kim: Person, tmp_path: Path
) -> None:
    law.reviewing.withdraw(case, by=kim)
    agreed(law, case, lead, kim, names=True)

    file = write(law, case, tmp_path)

    told = json.loads((file / "case.json").read_bytes())
    assert told["notice"] is None
    assert [one["kind"] for one in told["commands"]] == ["remove"]
    assert [one["fact"] for one in told["commitments"]] == ["CaseFileAsked"]
    for word in (STATEMENT, ADDRESS, SIGNATURE, REASON, APPEAL, ANSWER):
        assert word.encode() not in everything(file), word


def test_the_command_puts_it_into_a_bundle_that_can_be_sealed(
    law: House,
    case: CaseId,
    lead: Person,
    kim: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(court, "start", lambda _: law)
    bundle, key = tmp_path / "bundle", tmp_path / "key"

    def run() -> None:
        court.make_case_file(case, out=bundle, key=key, by="Ada")

    with pytest.raises(NotAllowed, match="^nobody agreed to a file of this case: a lead asks"):
        run()
    assert not bundle.exists()
    agreed(law, case, lead, kim)
    run()
    run()  # another one beside it

    seal_bundle(bundle, act_of("Ada", "to be handed over"), key_in(key), None)

    assert is_sound(verify_bundle(bundle, Trust(keys=frozenset({key_in(key).public}))))
    assert len([*(bundle / "items").iterdir()]) == len(made(law)) == 2
    with pytest.raises(NotAllowed, match="sealed already"):
        run()
    assert len(made(law)) == 2
