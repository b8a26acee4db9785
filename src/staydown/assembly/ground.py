"""What the use cases stand on: the implementations that several of them share."""

from dataclasses import dataclass

from staydown.assembly.darkroom import LockedDarkroom
from staydown.assembly.master_key import open_masters
from staydown.clock import Clock
from staydown.engine.darkroom import Darkroom
from staydown.ids import Randomness
from staydown.settings import Settings
from staydown.storage.bank import DatabaseBank
from staydown.storage.cases import DatabaseStore
from staydown.storage.changes import Changing
from staydown.storage.journal import DatabaseJournal
from staydown.storage.vault import DatabaseVault


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the use cases stand on."""

    settings: Settings
    clock: Clock
    randomness: Randomness
    darkroom: Darkroom
    store: DatabaseStore
    vault: DatabaseVault
    journal: DatabaseJournal
    bank: DatabaseBank


def lay_ground(settings: Settings, clock: Clock, randomness: Randomness) -> Ground:
    """The implementations that several use cases share. Raises Misconfigured."""
    vault = DatabaseVault(masters=open_masters(settings.key_file), randomness=randomness)
    bank = DatabaseBank(vault=vault, clock=clock)
    journal = DatabaseJournal()
    changing = Changing(vault=vault, bank=bank)
    return Ground(
        settings=settings,
        clock=clock,
        randomness=randomness,
        darkroom=LockedDarkroom(address=settings.darkroom, limits=settings.limits),
        store=DatabaseStore(vault=vault, journal=journal, changing=changing),
        vault=vault,
        journal=journal,
        bank=bank,
    )
