"""Evidence on the command line: bundles of files that are sealed, and checked without us."""

from pathlib import Path

from staydown.authority import Authority
from staydown.clock import SystemClock
from staydown.errors import BadRequest
from staydown.evidence.bundles import Stamper, add_files, record_act, seal_bundle
from staydown.evidence.custody import Act
from staydown.evidence.verifier.checks import Trust, verify_bundle
from staydown.evidence.verifier.telling import is_sound, tell_findings
from staydown.evidence.working import copy_for_work
from staydown.sealing.key_file import KeyKind
from staydown.sealing.signing import SigningKey, open_signing_key
from staydown.timestamps import read_authorities

KIND = KeyKind(header="staydown evidence key 1", name="evidence key")
UNCONFIRMED = (
    "nothing was copied. Say --adult-confirmed if everybody who is shown is an adult. If somebody "
    "may be under 18, copy and keep no picture: tell the place to the police or to the hotline "
    "against child abuse in your country"
)


def add(
    *file: Path, out: Path, key: Path, by: str, why: str, adult_confirmed: bool = False
) -> None:
    """Put files that you already have into a bundle: marked as given, not captured.

    Parameters
    ----------
    file
        Screenshots, messages: what is evidence.
    out
        The bundle, a folder; made if there is none.
    key
        The file of the key that signs; made if there is none.
    by
        Who does it.
    why
        Why.
    adult_confirmed
        That everybody who is shown is an adult.
    """
    if not adult_confirmed:
        raise BadRequest(UNCONFIRMED)
    if not file:
        raise BadRequest("no file was named")
    listed = add_files(out, file, act_of(by, why), key_in(key))
    print("\n".join(f"{each.sha256}  {each.path}" for each in listed))


def seal(
    bundle: Path,
    /,
    *,
    key: Path,
    by: str,
    why: str,
    authority_url: str | None = None,
    authority: Path | None = None,
) -> None:
    """Sign a list of all that is in a bundle, and have the signature timestamped.

    Parameters
    ----------
    bundle
        The folder.
    key
        The file of the key that signs; made if there is none.
    by
        Who does it.
    why
        Why.
    authority_url
        A timestamp authority, which is sent a digest. Without it nothing proves when.
    authority
        Its root certificates, in PEM.
    """
    signing = key_in(key)
    seal_bundle(bundle, act_of(by, why), signing, _stamper(authority_url, authority))
    print(f"{bundle} is sealed by the key {signing.public}.")


def record(bundle: Path, /, *, key: Path, by: str, why: str, to: str = "") -> None:
    """Write into the custody log of a sealed bundle what is done with it.

    Parameters
    ----------
    bundle
        The folder.
    key
        The file of the key that signs the entry.
    by
        Who does it.
    why
        Why.
    to
        To whom the bundle is handed.
    """
    act = Act(by=by, at=SystemClock().now(), why=why, came_from=by if to else "", goes_to=to)
    record_act(bundle, act, key_in(key))


def copy(bundle: Path, /, *, out: Path, key: Path, by: str, why: str) -> None:
    """Copy what is in a sealed bundle, to work with: the copies say so, and the log too.

    Parameters
    ----------
    bundle
        The folder.
    out
        The folder to make.
    key
        The file of the key that signs the entry in the log.
    by
        Who does it.
    why
        Why.
    """
    act = Act(by=by, at=SystemClock().now(), why=why)
    copy_for_work(bundle, out, act, key_in(key))


def verify(bundle: Path, /, *, key: list[str] | None = None, authority: Path | None = None) -> int:
    """Check a sealed bundle; each check says what it shows and what not. 1 if it is not sound.

    Parameters
    ----------
    bundle
        The folder.
    key
        A public key that you believe; repeat for several.
    authority
        Root certificates of a timestamp authority that you believe, in PEM.
    """
    roots = _read(authority) if authority else None
    findings = verify_bundle(bundle, Trust(keys=frozenset(key or ()), authorities=roots))
    print("\n".join(tell_findings(findings)))
    return 0 if is_sound(findings) else 1


def act_of(by: str, why: str) -> Act:
    """What is done now."""
    return Act(by=by, at=SystemClock().now(), why=why)


def key_in(path: Path) -> SigningKey:
    """The key in that file, made if there is none. Raises BadRequest."""
    return open_signing_key(path, kind=KIND)


def _stamper(url: str | None, roots: Path | None) -> Stamper | None:
    if url is None and roots is None:
        return None
    if url is None or roots is None:
        raise BadRequest("--authority-url and --authority go together")
    pem = _read(roots)
    return Stamper(stamp=Authority(url=url, believed=read_authorities(pem)).stamp, roots=pem)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadRequest(f"{path}: it cannot be read ({error.strerror})") from error
