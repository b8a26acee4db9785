"""The installation that these tests run on."""

from tests.installation import desk as desk
from tests.installation import house as house
from tests.installation import law as law
from tests.installation import reviewer as reviewer
from tests.installation import visitor as visitor
