"""What an ASGI server runs, with the settings in the environment; `staydown serve` runs it too."""

from concurrent.futures import ThreadPoolExecutor

from staydown.assembly.arriving import FORM_SLACK_BYTES, Pace
from staydown.assembly.front import Front
from staydown.assembly.wsgi import application as behind
from staydown.settings import read_settings

settings = read_settings()
application = Front(
    application=behind,
    pace=Pace(max_bytes=settings.max_upload_bytes + FORM_SLACK_BYTES),
    threads=ThreadPoolExecutor(settings.threads, thread_name_prefix="answers"),
)
