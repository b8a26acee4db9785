"""What a WSGI server runs (PEP 3333), with the settings in the environment."""

from django.core.wsgi import get_wsgi_application

from staydown.assembly.forgetting import forget_from_now_on
from staydown.assembly.starting import enter
from staydown.settings import read_settings

forget_from_now_on(enter(read_settings()).bank)
application = get_wsgi_application()
