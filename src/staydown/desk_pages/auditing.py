"""What an auditor gets: how the audit chain stands, and all of it to take away. No case at all.

What is taken away is checked elsewhere, by a program that needs nothing of ours but the file.
"""

import tarfile
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from staydown.assembly.house import current_house
from staydown.audit.chain import Entry
from staydown.audit.entries import FACTS
from staydown.casework.access import Permission
from staydown.casework.auditing import AT_ONCE, Question, names_in
from staydown.casework.people import Person
from staydown.desk_pages.pages import for_those_who_may, show
from staydown.errors import BadRequest

SHOWN = 20
MAX_TYPED = 200
MAX_DIGITS = 16
KINDS = tuple(sorted(kind.__name__ for kind in FACTS))
NAME = "audit-chain"


@require_safe
@for_those_who_may(Permission.AUDIT)
def audit(request: HttpRequest, person: Person) -> HttpResponseBase:
    """How long the chain is, and its last checkpoints."""
    checkpoints = current_house().checkpoints
    last = deque(checkpoints.shelf.all(), maxlen=SHOWN)
    return show(
        request,
        "audit",
        reviewer=person,
        head=checkpoints.journal.head(),
        key=checkpoints.key.public,
        checkpoints=[(each.signed.checkpoint, each.stamp is not None) for each in reversed(last)],
    )


@require_safe
@for_those_who_may(Permission.AUDIT)
def entries(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Entries of the chain that name something, last first. That they were read is noted."""
    typed = {name: request.GET.get(name, "").strip()[:MAX_TYPED] for name in ("about", "kind")}
    found: tuple[Entry, ...] = ()
    error = ""
    try:
        question = Question(**typed, before=_number(request.GET.get("before", "")))
        found = current_house().auditing.search(question, by=person)
    except BadRequest as refused:
        error = str(refused)
    return show(
        request,
        "entries",
        status=422 if error else 200,
        reviewer=person,
        error=error,
        kinds=KINDS,
        found=[(entry, type(entry.fact).__name__, names_in(entry)) for entry in found],
        earlier=found[-1].number if len(found) == AT_ONCE else None,
        **typed,
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < MAX_DIGITS else None


@require_POST
@for_those_who_may(Permission.AUDIT)
def take_away(request: HttpRequest, person: Person) -> HttpResponseBase:
    """The export as one file. That it was handed out, and to whom, goes into the audit chain."""
    packed = TemporaryFile()  # closed with the response; it holds nothing private
    with TemporaryDirectory(prefix="staydown-audit-") as folder:
        export = Path(folder, NAME)
        current_house().checkpoints.export(export, by=person.id)
        with tarfile.open(fileobj=packed, mode="w") as archive:
            archive.add(export, arcname=NAME)
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"{NAME}.tar")
