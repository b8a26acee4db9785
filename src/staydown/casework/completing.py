"""Adding what was missing in a notice: by its notifier, once, with the clock running."""

from dataclasses import dataclass

from staydown.audit.duties import NoticeCompleted
from staydown.audit.entries import Fact
from staydown.casework.access import admit
from staydown.casework.cases import Case
from staydown.casework.deadlines import allow_pause, started
from staydown.casework.elements import Addition, add_to, lacking
from staydown.casework.filing import mark_of_place
from staydown.casework.notices import Notice
from staydown.casework.people import Notifier
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.reasons import SALT_BYTES
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.digests import canonical, commit
from staydown.ids import Randomness, system_randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Completing:
    """Completes notices."""

    store: Store
    vault: Vault
    journal: Journal
    clock: Clock
    rules: Rules
    randomness: Randomness = system_randomness

    def complete(self, addition: Addition, *, by: Notifier) -> Case:
        """Add to a notice. Raises NotFound, BadNotice, NotAllowed once it was added to before."""
        with self.store.atomically():
            at = self.clock.now()
            case = self.store.dossier(admit(by, by.case, store=self.store)).case
            case.completed(at, case.lacks)  # refused first: a notice that was taken back is gone
            fuller = add_to(self.store.notice(case.notice), addition)
            found = (self.rules.law.library.find(ref) for ref in case.packs)
            packs = [pack for pack in found if pack is not None]
            after = allow_pause(case.completed(at, lacking(fuller, packs)), self.rules.law, at)
            self.store.keep_notice(fuller)
            self.store.mark_places(
                case.id, [self.vault.mark(mark_of_place(one)) for one in fuller.locations]
            )
            self.store.keep_case(after)
            moved = started(after) if after.deadlines != case.deadlines else ()
            facts: tuple[Fact, ...] = (self._commit(fuller), *moved)
            for fact in facts:
                self.journal.append(fact, by=case.notifier, at=at)
        return after

    def _commit(self, notice: Notice) -> NoticeCompleted:
        salt = self.randomness(SALT_BYTES)
        self.vault.put(notice.id, "salt/completed", salt)
        content = commit(canonical([notice.contact, *notice.locations]), salt)
        return NoticeCompleted(case=notice.case, notice=notice.id, content=content)
