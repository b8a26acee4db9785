"""Puts the commands together, and turns every refusal into one line on standard error and exit code
2.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError

from staydown.cli import (
    auditing,
    backing_up,
    evidence,
    evidence_comparing,
    evidence_sending,
    exporting,
    mail,
    master_keys,
    operating,
    pictures,
    policy,
    reporting,
    serving,
    webhooks,
)
from staydown.cli.deadlines import deadlines
from staydown.cli.demo import demo
from staydown.cli.doctor import doctor
from staydown.errors import StaydownError

BAD_INPUT = 2
INTERRUPTED = 130

app = App(
    name="staydown",
    version=version("staydown"),
    help=(
        "Report once. It stays down: recognises a doctored copy of a photograph "
        "from the innocent original alone."
    ),
    help_epilogue=(
        "Bad input: one line on standard error that names the file, exit code 2; the other files "
        "go on."
    ),
)
app.command(serving.serve)
app.command(serving.darkroom)
app.command(doctor)
app.command(demo)
app.command(backing_up.backup)
app.command(backing_up.restore)
app.command(deadlines)
app.command(reporting.report)
app.command(pictures.register)
app.command(pictures.screen)
app.command(pictures.compare)

people = App(name="user", help="Who may sign in.")
people.command(operating.add_person, name="add")
people.command(operating.invite_person, name="invite")
people.command(operating.set_password, name="password")
people.command(operating.remove_person, name="remove")
app.command(people)

bench = App(name="bench", help="Measurements. They take long, and change nothing.")
bench.command("staydown.cli.bench.copies:copies")  # opened when asked for: nobody else needs scipy
bench.command("staydown.cli.bench.decode:decode")
bench.command("staydown.cli.bench.opening:robustness")
app.command(bench)

keys = App(name="key", help="API keys for the platform.")
keys.command(operating.add_key, name="add")
keys.command(operating.revoke_key, name="revoke")
app.command(keys)

own_keys = App(name="keys", help="The keys that this installation lives by.")
own_keys.command(master_keys.make_key, name="make")
own_keys.command(master_keys.show_keys, name="show")
own_keys.command(master_keys.rotate_key, name="rotate")
own_keys.command(backing_up.drill_loss, name="drill")
app.command(own_keys)
webhook = App(name="webhook", help="The platform's webhook.")
webhook.command(webhooks.renew_secret, name="secret")
webhook.command(webhooks.list_undelivered, name="undelivered")
app.command(webhook)

post = App(name="mail", help="Mail to notifiers.")
post.command(mail.list_unsent, name="unsent")
post.command(mail.send_trial, name="try")
app.command(post)
one_case = App(name="case", help="One case.")
one_case.command("staydown.cli.court:make_case_file", name="file")
app.command(one_case)

audit = App(name="audit", help="The audit chain.")
audit.command(auditing.verify_audit, name="verify")
audit.command(auditing.export_audit, name="export")
audit.command(auditing.make_checkpoint, name="checkpoint")
app.command(audit)

export = App(name="export", help="What others are to be told.")
export.command(exporting.export_dsa, name="dsa")
app.command(export)

proof = App(name="evidence", help="Bundles of evidence, sealed; a server is not needed.")
proof.command(evidence.add)
proof.command("staydown.cli.evidence_capturing:capture")
proof.command("staydown.cli.evidence_noting:note")
proof.command(evidence_comparing.compare)
proof.command("staydown.cli.evidence_tidying:tidy")
proof.command(evidence.seal)
proof.command(evidence.record)
proof.command(evidence.copy)
proof.command(evidence_sending.lock)
proof.command(evidence_sending.unlock)
proof.command(evidence.verify)
proof.command("staydown.cli.evidence_reporting:report")
app.command(proof)

law = App(name="policy", help="The law as the packs have it.")
law.command(policy.check)
law.command(policy.show)
app.command(law)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; the exit code is 0 done, 1 not sound or not held, 2 bad input."""
    try:
        sys.exit(
            app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
        )
    except (CycloptsError, StaydownError) as error:
        print(f"staydown: {error}", file=sys.stderr)
        sys.exit(BAD_INPUT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
