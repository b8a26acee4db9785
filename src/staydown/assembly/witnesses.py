"""Who vouches for the audit chain: our own checkpoint key, and a timestamp authority if named.

The checkpoint key is made once. Another one in its place would make every earlier checkpoint look
like somebody else's, so a missing key stops the program once anything was signed.
"""

from staydown.authority import Authority
from staydown.errors import Misconfigured
from staydown.sealing.signing import SigningKey, open_signing_key
from staydown.settings import PREFIX, Settings
from staydown.storage.checkpoints import DatabaseCheckpoints
from staydown.timestamps import read_authorities


def open_checkpoint_key(settings: Settings) -> SigningKey:
    """The key, made first if there is none and nothing was signed yet. Raises Misconfigured."""
    path = settings.checkpoint_key_file
    if not path.exists() and DatabaseCheckpoints().last_made_at():
        raise Misconfigured(
            f"the checkpoint key is not at {path}, where it was looked for: put it back, or say in "
            f"{PREFIX}CHECKPOINT_KEY_FILE where it is"
        )
    return open_signing_key(path)


def find_authority(settings: Settings) -> Authority | None:
    """The timestamp authority of these settings; None if none is named.

    Raises Misconfigured where one is named, and nothing by which to believe it.
    """
    if not settings.timestamp_url:
        return None
    path = settings.timestamp_certificates
    if path is None:
        raise Misconfigured(
            f"{PREFIX}TIMESTAMP_URL needs {PREFIX}TIMESTAMP_CERTIFICATES: a timestamp by an "
            "authority that nobody checks shows nothing"
        )
    try:
        believed = read_authorities(path.read_bytes())
    except OSError as error:
        raise Misconfigured(f"{path}: it cannot be read ({error.strerror})") from error
    except Misconfigured as error:
        raise Misconfigured(f"{path}: {error}") from error
    return Authority(url=settings.timestamp_url, believed=believed)
