"""What a WSGI server runs (PEP 3333), with the settings in the environment."""

from django.core.wsgi import get_wsgi_application

from staydown.assembly.starting import set_up
from staydown.settings import read_settings

set_up(read_settings())
application = get_wsgi_application()
