"""Commands in rows: the shelf of `casework.ports`."""

from collections.abc import Sequence
from dataclasses import dataclass

from staydown.casework.commands import Command, CommandKind
from staydown.errors import NotFound
from staydown.ids import CaseId, CommandId
from staydown.storage.models import CommandRow
from staydown.storage.rows import command_of
from staydown.storage.transactions import locked


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseCommands:
    """The shelf."""

    def open_commands(self) -> Sequence[Command]:
        """Those that the platform has not acknowledged, oldest first."""
        rows = CommandRow.objects.filter(acknowledged_at=None).order_by("number")
        return [command_of(row) for row in rows]

    def command(self, command_id: CommandId) -> Command:
        """One command, locked inside a transaction. Raises NotFound."""
        row = locked(CommandRow.objects.filter(command=command_id)).first()
        if row is None:
            raise NotFound("no such command")
        return command_of(row)

    def about(self, case: CaseId, content_ref: str) -> Sequence[Command]:
        """Everything that was asked about one content in one case, oldest first."""
        rows = CommandRow.objects.filter(case_id=case, content_ref=content_ref)
        return [command_of(row) for row in rows.order_by("number")]

    def of_case(self, case: CaseId) -> Sequence[Command]:
        """Everything that was asked in one case, oldest first."""
        return [
            command_of(row) for row in CommandRow.objects.filter(case_id=case).order_by("number")
        ]

    def removals(self) -> Sequence[Command]:
        """Everything that was to be removed, oldest first."""
        rows = CommandRow.objects.filter(kind=CommandKind.REMOVE).order_by("number")
        return [command_of(row) for row in rows]

    def keep_command(self, command: Command) -> None:
        """Write when a command was acknowledged: nothing else of it ever changes."""
        changed = CommandRow.objects.filter(command=command.id)
        changed.update(acknowledged_at=command.acknowledged_at)
