"""Importing this sets Django up, once in a process, over a data folder that nobody else knows.

What imports models must come after it.
"""

import tempfile
from pathlib import Path

from staydown.assembly.starting import start
from staydown.settings import read_settings

FOLDER = Path(tempfile.mkdtemp(prefix="staydown-tests-"))

start(read_settings({"STAYDOWN_DATA": str(FOLDER / "data")}))
