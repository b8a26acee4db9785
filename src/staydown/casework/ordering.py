"""The platform's side of commands: which ones are open, and that one was carried out."""

from dataclasses import dataclass

from staydown.audit.entries import CommandAcknowledged
from staydown.casework.access import require_scope
from staydown.casework.commands import Command
from staydown.casework.deadlines import stop_if_done
from staydown.casework.people import Platform, Scope
from staydown.casework.ports import CommandShelf, Journal, Store
from staydown.clock import Clock
from staydown.ids import CommandId


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """Hands commands to the platform."""

    store: Store
    shelf: CommandShelf
    journal: Journal
    clock: Clock

    def open(self, by: Platform) -> tuple[Command, ...]:
        """The commands that wait to be carried out, oldest first. Raises NotSignedIn."""
        require_scope(by, Scope.COMMANDS)
        return tuple(self.shelf.open_commands())

    def acknowledge(self, command_id: CommandId, by: Platform) -> Command:
        """Take down that it was done; repeating it keeps the first time.

        Raises NotSignedIn, NotFound.
        """
        require_scope(by, Scope.COMMANDS)
        with self.store.atomically():
            command = self.shelf.command(command_id)
            if not command.is_open:
                return command
            self.store.dossier(command.case)  # locked before the chain, as everybody does
            done = command.acknowledged(self.clock.now())
            self.shelf.keep_command(done)
            fact = CommandAcknowledged(command=command_id)
            self.journal.append(fact, by=by.id, at=self.clock.now())
            self._stop_clock(done, by)
        return done

    def _stop_clock(self, done: Command, by: Platform) -> None:
        """The clock of the case stops with the last thing that was asked for."""
        dossier = self.store.dossier(done.case)
        case, facts = stop_if_done(dossier.case, self.clock.now(), is_asked=dossier.is_asked)
        if facts:
            self.store.keep_case(case)
        for fact in facts:
            self.journal.append(fact, by=by.id, at=self.clock.now())
