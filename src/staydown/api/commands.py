"""GET /v1/commands and acknowledging one: how the platform learns of decisions, and says done.

Only an acknowledgement stops the clock; that the content is really gone is not shown by it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from staydown.api.door import promise
from staydown.api.keys import ApiKey, platform_of
from staydown.api.texts import CommandRef
from staydown.assembly.house import current_house
from staydown.casework import commands
from staydown.casework.commands import CommandKind
from staydown.casework.people import Scope
from staydown.ids import CommandId

router = Router(tags=["commands"])


class Command(Schema):
    """Something you are asked to do with one piece of your content."""

    id: str
    kind: CommandKind = Field(description="`hide` is reversible; `restore` takes either back.")
    content_ref: str = Field(description="Your own name for the content.")
    case: str
    issued_at: datetime
    acknowledged_at: datetime | None = Field(description="When you said that it is done.")
    reasons: str | None = Field(
        description=(
            "Of a removal: the path of a page with the reasons and an appeal. Send it to whoever "
            "posted the content, and to nobody else: the link opens it."
        )
    )


@router.get(
    "/commands",
    operation_id="list_commands",
    summary="What you are asked to do",
    auth=ApiKey(Scope.COMMANDS),
    response=promise(200, list[Command], 401, 422, 429),
)
def list_commands(
    request: HttpRequest,
    open: Annotated[Literal["true"], Query(description="Only open commands are listed.")] = "true",
) -> Sequence[Command]:
    """The open ones, oldest first; ask as often as you like. Needs a key for `commands`."""
    return [_told(one) for one in current_house().commands.open(platform_of(request))]


@router.post(
    "/commands/{command_id}/acknowledge",
    operation_id="acknowledge_command",
    summary="Say that it is done",
    auth=ApiKey(Scope.COMMANDS),
    response=promise(200, Command, 401, 404, 429),
)
def acknowledge_command(request: HttpRequest, command_id: CommandRef) -> Command:
    """The first time counts; repeating it changes nothing. Needs a key for `commands`."""
    done = current_house().commands.acknowledge(CommandId(command_id), platform_of(request))
    return _told(done)


def _told(command: commands.Command) -> Command:
    reasons = None
    if command.kind is CommandKind.REMOVE:
        link = current_house().explaining.link_of(command.id)
        reasons = f"/posts/{command.id}/{link}"
    return Command(
        id=command.id,
        kind=command.kind,
        content_ref=command.content_ref,
        case=command.case,
        issued_at=command.issued_at,
        acknowledged_at=command.acknowledged_at,
        reasons=reasons,
    )
