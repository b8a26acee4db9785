"""Takes out of an unfinished bundle what a call that was cut off left there."""

from pathlib import Path

from staydown.cli.evidence import act_of, key_in
from staydown.errors import BadRequest
from staydown.evidence.strays import drop_strays


def tidy(bundle: Path, /, *, key: Path, by: str, why: str) -> None:
    """Take out of an unfinished bundle the files that its custody log does not name.

    A call that was cut off leaves such files, and `seal` refuses them. Each is named, with its
    SHA-256, here and in the log.

    Parameters
    ----------
    bundle
        The folder.
    key
        The file of the key that signs the entry in the log.
    by
        Who does it.
    why
        Why.
    """
    if not bundle.is_dir():
        raise BadRequest(f"{bundle}: not a folder")
    told = drop_strays(bundle, act_of(by, why), key_in(key))
    print("\n".join(told) or "Nothing: the custody log names every file.")
