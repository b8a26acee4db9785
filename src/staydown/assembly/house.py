"""The whole house: every use case with its implementations, as one value that doors are handed."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings as django_settings

from staydown.assembly import wiring
from staydown.assembly.backups import Backups
from staydown.assembly.checkpointing import Checkpointing
from staydown.assembly.ground import Ground, lay_ground
from staydown.assembly.ledger import Ledger
from staydown.casework.appealing import Appealing
from staydown.casework.auditing import Auditing
from staydown.casework.claiming import Claiming
from staydown.casework.completing import Completing
from staydown.casework.explaining import Explaining
from staydown.casework.filing import Filing
from staydown.casework.handing_on import HandingOn
from staydown.casework.handing_over import HandingOver
from staydown.casework.looking_back import LookingBack
from staydown.casework.ordering import Ordering
from staydown.casework.overseeing import Overseeing
from staydown.casework.performing import Performing
from staydown.casework.ports import EntryBank, Journal, Keys
from staydown.casework.restraining import Restraining
from staydown.casework.revealing import Revealing
from staydown.casework.reviewing import Reviewing
from staydown.casework.screening import Screening
from staydown.casework.showing import Showing
from staydown.casework.telling import Telling
from staydown.casework.timekeeping import Timekeeping
from staydown.casework.viewing import Viewing
from staydown.casework.writing import Writing
from staydown.clock import Clock, SystemClock
from staydown.ids import Randomness, system_randomness
from staydown.settings import Settings
from staydown.storage.authenticators import DatabaseAuthenticators
from staydown.storage.deliveries import DatabaseDeliveries, DatabaseWebhookSecrets
from staydown.storage.keys import DatabaseKeys
from staydown.storage.mails import DatabaseMails
from staydown.storage.oversight import DatabaseOversight
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
    revealing: Revealing
    commands: Ordering
    performing: Performing
    timekeeping: Timekeeping
    overseeing: Overseeing
    auditing: Auditing
    completing: Completing
    explaining: Explaining
    appealing: Appealing
    restraining: Restraining
    claiming: Claiming
    handing_on: HandingOn
    handing_over: HandingOver
    looking_back: LookingBack
    telling: Telling
    writing: Writing
    mails: DatabaseMails
    deliveries: DatabaseDeliveries
    webhook_secrets: DatabaseWebhookSecrets
    keys: Keys
    people: DatabasePeople
    authenticators: DatabaseAuthenticators
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
    return _furnish(lay_ground(settings, clock or SystemClock(), randomness))


def _furnish(ground: Ground) -> House:
    screening, commands = wiring.wire_screening(ground), wiring.wire_ordering(ground)
    return House(
        settings=ground.settings,
        clock=ground.clock,
        bank=ground.bank,
        filing=wiring.wire_filing(ground),
        screening=screening,
        reviewing=wiring.wire_reviewing(ground),
        cases=wiring.wire_viewing(ground),
        pictures=wiring.wire_showing(ground),
        revealing=wiring.wire_revealing(ground),
        commands=commands,
        performing=wiring.wire_performing(ground),
        timekeeping=Timekeeping(store=ground.store, journal=ground.journal, clock=ground.clock),
        overseeing=_wire_overseeing(ground),
        auditing=_wire_auditing(ground),
        completing=wiring.wire_completing(ground),
        explaining=wiring.wire_explaining(ground),
        appealing=wiring.wire_appealing(ground),
        restraining=wiring.wire_restraining(ground),
        claiming=wiring.wire_claiming(ground),
        handing_on=wiring.wire_handing_on(ground),
        handing_over=wiring.wire_handing_over(ground),
        looking_back=wiring.wire_looking_back(ground, screening),
        telling=wiring.wire_telling(ground, commands),
        writing=wiring.wire_writing(ground),
        mails=DatabaseMails(),
        deliveries=DatabaseDeliveries(),
        webhook_secrets=wiring.wire_webhook_secrets(ground),
        keys=_wire_keys(ground),
        people=_wire_people(ground),
        authenticators=_wire_authenticators(ground),
        tries=DatabaseTries(clock=ground.clock),
        journal=ground.journal,
        checkpoints=wiring.wire_checkpoints(ground),
        traces=DatabaseTraces(),
        ledger=Ledger(path=ground.settings.ledger_file),
        backups=wiring.wire_backups(ground),
    )


def _wire_overseeing(ground: Ground) -> Overseeing:
    return Overseeing(
        store=ground.store, counts=DatabaseOversight(), journal=ground.journal, clock=ground.clock
    )


def _wire_auditing(ground: Ground) -> Auditing:
    return Auditing(
        archive=ground.journal, store=ground.store, journal=ground.journal, clock=ground.clock
    )


def _wire_keys(ground: Ground) -> DatabaseKeys:
    return DatabaseKeys(journal=ground.journal, clock=ground.clock, randomness=ground.randomness)


def _wire_authenticators(ground: Ground) -> DatabaseAuthenticators:
    return DatabaseAuthenticators(
        vault=ground.vault,
        journal=ground.journal,
        clock=ground.clock,
        randomness=ground.randomness,
    )


def _wire_people(ground: Ground) -> DatabasePeople:
    return DatabasePeople(journal=ground.journal, clock=ground.clock, randomness=ground.randomness)


def current_house() -> House:
    """The house of this process, opened once.

    Tests swap it with `override_settings(STAYDOWN=…)`.
    """
    return _opened(django_settings.STAYDOWN)


_opened = lru_cache(maxsize=1)(open_house)
