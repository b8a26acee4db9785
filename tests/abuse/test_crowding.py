"""Many notices of one photograph do not crowd out the one of the person shown."""

from tests.timed import House  # isort: skip -- sets Django up

from staydown.storage.models import CopyRow
from tests.photographs import doctored
from tests.stories import file_notice, screen


def test_many_notices_of_her_photograph_do_not_keep_hers_from_finding_copies(house: House) -> None:
    """Else whoever made the picture files seven, and takes them back once they were found by."""
    hers = file_notice(house)
    for _ in range(7):
        file_notice(house)

    screen(house, doctored())

    assert CopyRow.objects.filter(case_id=hers.case).exists()
