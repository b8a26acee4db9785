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
from staydown.casework.access import Permission
from staydown.casework.people import Person
from staydown.desk_pages.pages import for_those_who_may, show

SHOWN = 20
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
