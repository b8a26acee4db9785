"""The key that signs sessions: made once, kept by its owner, never guessed."""

from pathlib import Path

import pytest

from staydown.assembly.session_key import open_session_key
from staydown.errors import Misconfigured


def test_it_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "session"

    made = open_session_key(path)

    assert open_session_key(path) == made
    assert len(made) == 64
    assert path.stat().st_mode & 0o777 == 0o600


def test_one_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "session"
    open_session_key(path)
    path.chmod(0o644)

    with pytest.raises(Misconfigured, match="can be read by others"):
        open_session_key(path)


def test_an_empty_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "session"
    path.touch(mode=0o600)

    with pytest.raises(Misconfigured, match="is not a session key"):
        open_session_key(path)
