"""The guards are guarded: a contract that nobody has seen fail is a comment.

A copy of the sources gets one violation at a time. The contract it is for must break, and no other
than those named.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SRC

TOOLS = Path(sys.executable).parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {each["name"]: each["id"] for each in PYPROJECT["tool"]["importlinter"]["contracts"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One line that must not be there, and the contracts it breaks."""

    where: str
    line: str
    breaks: frozenset[str]


def breaking(where: str, line: str, *contracts: str) -> Violation:
    return Violation(where=where, line=line, breaks=frozenset(contracts))


VIOLATIONS = {
    "the engine asks casework": breaking(
        "engine/pdq.py", "import staydown.casework.cases", "rooms", "acyclic"
    ),
    "casework reaches for the store": breaking(
        "casework/cases.py",
        "import staydown.storage.models",
        *("rooms", "inside", "access", "acyclic"),
    ),
    "a floor module climbs up": breaking(
        "clock.py", "import staydown.casework.cases", "rooms", "acyclic"
    ),
    "the audit chain looks at pictures": breaking(
        "audit/chain.py", "import staydown.engine.pdq", "rooms", "auditor"
    ),
    "the law looks at pictures": breaking(
        "policy/clocks.py", "import staydown.engine.pdq", "rooms"
    ),
    "the web in the law": breaking("policy/clocks.py", "import httpx", "inside", "network"),
    "one door opens another": breaking(
        "help_pages/__init__.py", "import staydown.api.problems", "rooms"
    ),
    "a room with no storey": breaking("oddments.py", "", "rooms"),
    "the web framework in casework": breaking("casework/cases.py", "import django.http", "inside"),
    "a database in the audit chain": breaking("audit/chain.py", "import sqlite3", "inside"),
    "the auditor's room asks what time it is": breaking(
        "audit/chain.py", "import staydown.clock", "auditor"
    ),
    "the web where documents are printed": breaking(
        "documents/printing.py", "import httpx", "inside", "network"
    ),
    "the court's expert needs the engine": breaking(
        "evidence/verifier/names.py", "import staydown.engine.pdq", "verifier"
    ),
    "the network in the bank": breaking("bank/__init__.py", "import httpx", "inside", "network"),
    "a door that sends mail": breaking("api/problems.py", "import smtplib", "network"),
    "a door that asks other machines": breaking("api/problems.py", "import httpcore", "network"),
    "the time in a verdict": breaking("engine/verdict.py", "import staydown.clock", "timeless"),
    "a picture opened at a door": breaking("api/problems.py", "import PIL.Image", "pictures"),
    "a picture opened beside engine.pictures": breaking(
        "engine/pdq.py", "import simplejpeg", "pictures"
    ),
    "pixels computed in the bank": breaking("bank/__init__.py", "import cv2", "geometry"),
    "a door opens the store": breaking(
        "api/problems.py", "import staydown.storage.cases", "access"
    ),
    "two modules that need each other": breaking(
        "engine/pictures.py", "import staydown.engine.alignment", "acyclic"
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources and the contracts, somewhere they may be spoiled."""
    skipped = shutil.ignore_patterns("__pycache__", "templates", "static")
    shutil.copytree(SRC, tmp_path / "staydown", ignore=skipped)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(folder: Path) -> frozenset[str]:
    """Ids of the contracts that `lint-imports` finds broken in `folder`."""
    ran = subprocess.run(
        [TOOLS / "lint-imports", "--no-cache"],
        cwd=folder,
        env={"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = frozenset(CONTRACTS[name] for name in re.findall(r"^(.+?) BROKEN", ran.stdout, re.M))
    assert bool(ran.returncode) == bool(broken), ran.stdout + ran.stderr
    return broken


def plant(violation: Violation, folder: Path) -> None:
    target = folder / "staydown" / violation.where
    target.touch()
    with target.open("a") as file:
        file.write(f"\n{violation.line}\n")


@pytest.mark.slow
@pytest.mark.parametrize("what", VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(what: str, copy: Path) -> None:
    plant(VIOLATIONS[what], copy)

    assert broken_contracts(copy) == VIOLATIONS[what].breaks


def test_no_contract_is_broken_before_anything_is_planted(copy: Path) -> None:
    assert broken_contracts(copy) == frozenset()


def test_every_contract_is_seen_to_break() -> None:
    seen = frozenset[str]().union(*(violation.breaks for violation in VIOLATIONS.values()))

    assert seen == frozenset(CONTRACTS.values())


BANNED = {
    "the wall clock": "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)\n",
    "today": "import datetime\n\nTODAY = datetime.date.today()\n",
    "seconds since 1970": "import time\n\nNOW = time.time()\n",
    "the framework's clock": "from django.utils import timezone\n\nNOW = timezone.now()\n",
    "the environment": "import os\n\nHOME = os.environ['HOME']\n",
    "one variable of it": "import os\n\nHOME = os.getenv('HOME')\n",
    "pickle": "import pickle\n\nDUMP = pickle.dumps\n",
    "chance": "import random\n\nDRAW = random.random\n",
    "secrets drawn anywhere": "import secrets\n\nDRAW = secrets.token_bytes\n",
    "opening a picture": "import cv2\n\nOPEN = cv2.imdecode\n",
    "a relative import": "from . import errors\n\nE = errors\n",
}


@pytest.mark.parametrize("what", BANNED)
def test_a_ban_fires_and_its_message_teaches(what: str) -> None:
    ran = subprocess.run(
        [str(TOOLS / "ruff"), "check", "--no-cache", "--output-format=json"]
        + ["--stdin-filename=src/staydown/engine/planted.py", "-"],
        cwd=ROOT,
        input=f'"""Planted."""\n\n{BANNED[what]}',
        capture_output=True,
        text=True,
        check=False,
    )
    fired = {found["code"]: found["message"] for found in json.loads(ran.stdout)}

    assert {"TID251", "TID252"} & set(fired)
    assert all(len(message) > 30 for code, message in fired.items() if code == "TID251")
