"""Importing this sets Django up, once in a process, over a data folder that nobody else knows.

What imports models must come after it.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from staydown.assembly.starting import start
from staydown.settings import read_settings

FOLDER = Path(tempfile.mkdtemp(prefix="staydown-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

start(read_settings({"STAYDOWN_DATA": str(FOLDER / "data")}))
