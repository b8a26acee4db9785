"""The whole house: every use case with its implementations, as one value that doors are handed."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.conf import settings as django_settings

from staydown.assembly.backups import Backups
from staydown.assembly.checkpointing import Checkpointing
from staydown.assembly.existing import open_existing
from staydown.assembly.ground import Ground, lay_ground
from staydown.assembly.ledger import Ledger
from staydown.assembly.webhooks import open_webhook
from staydown.assembly.witnesses import find_authority, open_checkpoint_key
from staydown.casework.appealing import Appealing
from staydown.casework.completing import Completing
from staydown.casework.explaining import Explaining
from staydown.casework.filing import Filing
from staydown.casework.handing_on import HandingOn
from staydown.casework.looking_back import LookingBack
from staydown.casework.ordering import Ordering
from staydown.casework.performing import Performing
from staydown.casework.ports import EntryBank, Journal, Keys
from staydown.casework.restraining import Restraining
from staydown.casework.reviewing import Reviewing
from staydown.casework.screening import Screening
from staydown.casework.showing import Showing
from staydown.casework.telling import Telling
from staydown.casework.timekeeping import Timekeeping
from staydown.casework.viewing import Viewing
from staydown.clock import Clock, SystemClock
from staydown.ids import Randomness, system_randomness
from staydown.settings import Settings
from staydown.storage.appeals import DatabaseAppeals
from staydown.storage.checkpoints import DatabaseCheckpoints
from staydown.storage.commands import DatabaseCommands
from staydown.storage.deliveries import DatabaseDeliveries, DatabaseWebhookSecrets
from staydown.storage.hand_offs import DatabaseHandOffs
from staydown.storage.keys import DatabaseKeys
from staydown.storage.looking_back import DatabaseLookingNotes
from staydown.storage.measures import DatabaseMeasures
from staydown.storage.outbox import DatabaseOutbox
from staydown.storage.people import DatabasePeople
from staydown.storage.traces import DatabaseTraces
from staydown.storage.tries import DatabaseTries


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything a door may use."""

    settings: Settings
    clock: Clock
    bank: EntryBank
    filing: Filing
    screening: Screening
    reviewing: Reviewing
    cases: Viewing
    pictures: Showing
    commands: Ordering
    performing: Performing
    timekeeping: Timekeeping
    completing: Completing
    explaining: Explaining
    appealing: Appealing
    restraining: Restraining
    handing_on: HandingOn
    looking_back: LookingBack
    telling: Telling
    deliveries: DatabaseDeliveries
    webhook_secrets: DatabaseWebhookSecrets
    keys: Keys
    people: DatabasePeople
    tries: DatabaseTries
    journal: Journal
    checkpoints: Checkpointing
    traces: DatabaseTraces
    ledger: Ledger
    backups: Backups


def open_house(
    settings: Settings, *, clock: Clock | None = None, randomness: Randomness = system_randomness
) -> House:
    """The house of these settings, over Django's database. Raises Misconfigured."""
    ground = lay_ground(settings, clock or SystemClock(), randomness)
    journal, clock = ground.journal, ground.clock
    screening, commands = _screening(ground), _ordering(ground)
    return House(
        settings=settings,
        clock=clock,
        bank=ground.bank,
        filing=_filing(ground),
        screening=screening,
        reviewing=Reviewing(
            store=ground.store, clock=clock, rules=settings.rules, randomness=randomness
        ),
        cases=Viewing(store=ground.store, journal=journal, clock=clock, rules=settings.rules),
        pictures=_showing(ground),
        commands=commands,
        performing=_performing(ground),
        timekeeping=Timekeeping(store=ground.store, journal=journal, clock=clock),
        completing=_completing(ground),
        explaining=_explaining(ground),
        appealing=_appealing(ground),
        restraining=_restraining(ground),
        handing_on=_handing_on(ground),
        looking_back=_looking_back(ground, screening),
        telling=_telling(ground, commands),
        deliveries=DatabaseDeliveries(),
        webhook_secrets=_webhook_secrets(ground),
        keys=DatabaseKeys(journal=journal, clock=clock, randomness=randomness),
        people=DatabasePeople(journal=journal, clock=clock, randomness=randomness),
        tries=DatabaseTries(clock=clock),
        journal=journal,
        checkpoints=_checkpoints(ground),
        traces=DatabaseTraces(),
        ledger=Ledger(path=settings.ledger_file),
        backups=_backups(ground),
    )


def _filing(ground: Ground) -> Filing:
    return Filing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        bank=ground.bank,
        clock=ground.clock,
        rules=ground.settings.rules,
        handing_on=_handing_on(ground),
        restraining=_restraining(ground),
        darkroom=ground.darkroom,
        randomness=ground.randomness,
    )


def _restraining(ground: Ground) -> Restraining:
    return Restraining(
        store=ground.store,
        shelf=DatabaseMeasures(vault=ground.vault),
        vault=ground.vault,
        journal=ground.journal,
        clock=ground.clock,
        randomness=ground.randomness,
    )


def _completing(ground: Ground) -> Completing:
    return Completing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def _explaining(ground: Ground) -> Explaining:
    return Explaining(
        store=ground.store,
        shelf=DatabaseCommands(),
        appeals=DatabaseAppeals(vault=ground.vault),
        vault=ground.vault,
        clock=ground.clock,
        rules=ground.settings.rules,
    )


def _appealing(ground: Ground) -> Appealing:
    return Appealing(
        store=ground.store,
        shelf=DatabaseCommands(),
        appeals=DatabaseAppeals(vault=ground.vault),
        explaining=_explaining(ground),
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def _handing_on(ground: Ground) -> HandingOn:
    return HandingOn(
        store=ground.store,
        shelf=DatabaseHandOffs(vault=ground.vault),
        journal=ground.journal,
        clock=ground.clock,
        randomness=ground.randomness,
    )


def _screening(ground: Ground) -> Screening:
    return Screening(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        bank=ground.bank,
        clock=ground.clock,
        rules=ground.settings.rules,
        darkroom=ground.darkroom,
        randomness=ground.randomness,
    )


def _ordering(ground: Ground) -> Ordering:
    return Ordering(
        store=ground.store, shelf=DatabaseCommands(), journal=ground.journal, clock=ground.clock
    )


def _looking_back(ground: Ground, screening: Screening) -> LookingBack:
    return LookingBack(
        existing=open_existing(ground.settings),
        notes=DatabaseLookingNotes(),
        screening=screening,
        clock=ground.clock,
    )


def _telling(ground: Ground, commands: Ordering) -> Telling:
    return Telling(
        messenger=open_webhook(ground.settings, _webhook_secrets(ground)),
        deliveries=DatabaseDeliveries(),
        ordering=commands,
        clock=ground.clock,
    )


def _webhook_secrets(ground: Ground) -> DatabaseWebhookSecrets:
    return DatabaseWebhookSecrets(vault=ground.vault, randomness=ground.randomness)


def _showing(ground: Ground) -> Showing:
    return Showing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        bank=ground.bank,
        clock=ground.clock,
        darkroom=ground.darkroom,
    )


def _performing(ground: Ground) -> Performing:
    return Performing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        bank=ground.bank,
        outbox=DatabaseOutbox(),
        clock=ground.clock,
        rules=ground.settings.rules,
        darkroom=ground.darkroom,
        randomness=ground.randomness,
    )


def _backups(ground: Ground) -> Backups:
    return Backups(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def _checkpoints(ground: Ground) -> Checkpointing:
    return Checkpointing(
        journal=ground.journal,
        shelf=DatabaseCheckpoints(),
        clock=ground.clock,
        key=open_checkpoint_key(ground.settings),
        every=timedelta(hours=ground.settings.checkpoint_hours),
        authority=find_authority(ground.settings),
    )


def current_house() -> House:
    """The house of this process, opened once.

    Tests swap it with `override_settings(STAYDOWN=…)`.
    """
    return _opened(django_settings.STAYDOWN)


_opened = lru_cache(maxsize=1)(open_house)
