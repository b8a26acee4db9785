"""An empty house whose clock these tests set."""

from tests.timed import clock as clock
from tests.timed import house as house
from tests.timed import settings as settings
