"""How each use case gets its implementations: one function for each, over the same ground."""

from datetime import timedelta

from staydown.assembly.backups import Backups
from staydown.assembly.checkpointing import Checkpointing
from staydown.assembly.existing import open_existing
from staydown.assembly.ground import Ground
from staydown.assembly.mailing import open_mailer
from staydown.assembly.webhooks import open_webhook
from staydown.assembly.witnesses import find_authority, open_checkpoint_key
from staydown.casework.appealing import Appealing
from staydown.casework.case_contents import Gathering
from staydown.casework.claiming import Claiming
from staydown.casework.completing import Completing
from staydown.casework.explaining import Explaining
from staydown.casework.filing import Filing
from staydown.casework.handing_on import HandingOn
from staydown.casework.handing_over import HandingOver
from staydown.casework.looking_back import LookingBack
from staydown.casework.ordering import Ordering
from staydown.casework.performing import Performing
from staydown.casework.restraining import Restraining
from staydown.casework.revealing import Revealing
from staydown.casework.reviewing import Reviewing
from staydown.casework.screening import Screening
from staydown.casework.showing import Showing
from staydown.casework.telling import Telling
from staydown.casework.viewing import Viewing
from staydown.casework.writing import Writing
from staydown.storage.appeals import DatabaseAppeals
from staydown.storage.case_files import DatabaseCaseFiles
from staydown.storage.checkpoints import DatabaseCheckpoints
from staydown.storage.claims import DatabaseClaims
from staydown.storage.commands import DatabaseCommands
from staydown.storage.deliveries import DatabaseDeliveries, DatabaseWebhookSecrets
from staydown.storage.hand_offs import DatabaseHandOffs
from staydown.storage.looking_back import DatabaseLookingNotes
from staydown.storage.mails import DatabaseMails
from staydown.storage.measures import DatabaseMeasures
from staydown.storage.outbox import DatabaseOutbox
from staydown.storage.reveals import DatabaseReveals


def wire_filing(ground: Ground) -> Filing:
    """Taking notices."""
    return Filing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        bank=ground.bank,
        clock=ground.clock,
        rules=ground.settings.rules,
        handing_on=wire_handing_on(ground),
        restraining=wire_restraining(ground),
        darkroom=ground.darkroom,
        randomness=ground.randomness,
    )


def wire_restraining(ground: Ground) -> Restraining:
    """Warning and suspending whoever files without ground."""
    return Restraining(
        store=ground.store,
        shelf=DatabaseMeasures(vault=ground.vault),
        vault=ground.vault,
        journal=ground.journal,
        clock=ground.clock,
        randomness=ground.randomness,
    )


def wire_completing(ground: Ground) -> Completing:
    """Adding to notices."""
    return Completing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def wire_explaining(ground: Ground) -> Explaining:
    """Telling both sides why."""
    return Explaining(
        store=ground.store,
        shelf=DatabaseCommands(),
        appeals=DatabaseAppeals(vault=ground.vault),
        vault=ground.vault,
        clock=ground.clock,
        rules=ground.settings.rules,
    )


def wire_appealing(ground: Ground) -> Appealing:
    """Taking appeals, and deciding them."""
    return Appealing(
        store=ground.store,
        shelf=DatabaseCommands(),
        appeals=DatabaseAppeals(vault=ground.vault),
        explaining=wire_explaining(ground),
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def wire_claiming(ground: Ground) -> Claiming:
    """Giving cases out to reviewers."""
    return Claiming(
        store=ground.store,
        claims=DatabaseClaims(),
        viewing=wire_viewing(ground),
        journal=ground.journal,
        clock=ground.clock,
    )


def wire_handing_on(ground: Ground) -> HandingOn:
    """What belongs elsewhere, because somebody under 18 may be shown."""
    return HandingOn(
        store=ground.store,
        shelf=DatabaseHandOffs(vault=ground.vault),
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def wire_handing_over(ground: Ground) -> HandingOver:
    """Case files for courts."""
    gathering = Gathering(
        store=ground.store,
        shelf=DatabaseCommands(),
        appeals=DatabaseAppeals(vault=ground.vault),
        explaining=wire_explaining(ground),
        vault=ground.vault,
        journal=ground.journal,
    )
    return HandingOver(
        store=ground.store,
        shelf=DatabaseCaseFiles(vault=ground.vault),
        gathering=gathering,
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def wire_screening(ground: Ground) -> Screening:
    """Answering platforms about uploads."""
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


def wire_ordering(ground: Ground) -> Ordering:
    """Handing commands to the platform."""
    return Ordering(
        store=ground.store, shelf=DatabaseCommands(), journal=ground.journal, clock=ground.clock
    )


def wire_looking_back(ground: Ground, screening: Screening) -> LookingBack:
    """Looking through what the platform shows already."""
    return LookingBack(
        existing=open_existing(ground.settings),
        notes=DatabaseLookingNotes(),
        screening=screening,
        clock=ground.clock,
    )


def wire_telling(ground: Ground, commands: Ordering) -> Telling:
    """Telling the platform of commands."""
    return Telling(
        messenger=open_webhook(ground.settings, wire_webhook_secrets(ground)),
        deliveries=DatabaseDeliveries(),
        ordering=commands,
        clock=ground.clock,
    )


def wire_webhook_secrets(ground: Ground) -> DatabaseWebhookSecrets:
    """What signs webhooks."""
    return DatabaseWebhookSecrets(vault=ground.vault, randomness=ground.randomness)


def wire_showing(ground: Ground) -> Showing:
    """Pictures, covered."""
    return Showing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        bank=ground.bank,
        clock=ground.clock,
        darkroom=ground.darkroom,
    )


def wire_revealing(ground: Ground) -> Revealing:
    """Pictures, without their cover."""
    return Revealing(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        reveals=DatabaseReveals(),
        clock=ground.clock,
        darkroom=ground.darkroom,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def wire_performing(ground: Ground) -> Performing:
    """Effects of decisions."""
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


def wire_backups(ground: Ground) -> Backups:
    """Backups."""
    return Backups(
        store=ground.store,
        vault=ground.vault,
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def wire_checkpoints(ground: Ground) -> Checkpointing:
    """Signed checkpoints of the audit chain."""
    return Checkpointing(
        journal=ground.journal,
        shelf=DatabaseCheckpoints(),
        clock=ground.clock,
        key=open_checkpoint_key(ground.settings),
        every=timedelta(hours=ground.settings.checkpoint_hours),
        authority=find_authority(ground.settings),
    )


def wire_writing(ground: Ground) -> Writing:
    """Writing to notifiers."""
    return Writing(
        postman=open_mailer(ground.settings),
        mails=DatabaseMails(),
        store=ground.store,
        vault=ground.vault,
        clock=ground.clock,
    )


def wire_reviewing(ground: Ground) -> Reviewing:
    """What reviewers decide."""
    return Reviewing(
        store=ground.store,
        clock=ground.clock,
        rules=ground.settings.rules,
        randomness=ground.randomness,
    )


def wire_viewing(ground: Ground) -> Viewing:
    """What each kind of viewer sees of a case."""
    return Viewing(
        store=ground.store,
        journal=ground.journal,
        clock=ground.clock,
        rules=ground.settings.rules,
    )
