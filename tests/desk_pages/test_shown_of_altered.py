"""Of what was truly altered, hardly anything is in what a reviewer's browser receives unasked.

Measured on the pictures that the desk sends, against the masks under which something was replaced:
with every edit of the benchmark's groups *c* and *d*, on photographs that nothing was learned from
or calibrated on. What the engine does not recognise is not shown to anybody, and counts apart.

A blur over a plain wall replaces pixels by themselves: of those nobody can tell that they were
replaced, and they may be shown. So two shares are told, of all pixels under the mask and of those
that changed by more than `filling.VISIBLE_LEVELS`.
"""

from tests.installation import house as house

# isort: split

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from django.test import Client, override_settings

from staydown.assembly.house import House, current_house
from staydown.casework.uploads import Upload
from staydown.cli.bench.catalogue import CATALOGUE, Edit, Made, make
from staydown.cli.bench.split import Part, split
from staydown.cli.story.photographs import photograph
from staydown.digests import Digest, sha256
from staydown.engine.pictures import Pixels, encode_jpeg, open_picture
from tests.installation import desk as desk
from tests.installation import reviewer as reviewer
from tests.stories import PLATFORM, file_notice

SEED, SOURCES, EDITS_EACH = 7, 60, 6
MOST_SHOWN = 0.005
"""What the issue allows."""
ALTERING = tuple(one for one in CATALOGUE.values() if one.is_altering)
SMALLEST, LARGEST = 300, 4_000_000
"""Shortest side in pixels, and bytes of a file, of a photograph that is taken."""
TINT = 6
"""Blue over red, in levels, from which on a pixel is the colour of the cover: 12 there, 0 in greys.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Pixels of one found picture as it was sent: how many were altered, and shown of these."""

    altered: int
    visible: int
    changed: int
    changed_visible: int


def look(made: Made, sent: bytes) -> Shown:
    """What is visible in what was sent, by the truth about what was done."""
    received = open_picture(sent).pixels.astype(np.int16)
    visible = received[..., 2] - received[..., 0] < TINT
    altered, changed = (truth_at(mask, visible.shape) for mask in masks(made))
    return Shown(
        altered=int(altered.sum()),
        visible=int((altered & visible).sum()),
        changed=int(changed.sum()),
        changed_visible=int((changed & visible).sum()),
    )


def masks(made: Made) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    assert made.edited.altered is not None
    assert made.edited.changed is not None
    return made.edited.altered, made.edited.changed


def truth_at(mask: npt.NDArray[np.float32], shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """More than half replaced, at the size of what was sent."""
    return np.asarray(cv2.resize(mask, shape[::-1], interpolation=cv2.INTER_AREA) > 0.5)


def sent_for(house: House, desk: Client, made: Made, name: str) -> bytes | None:
    """What the desk sends of it; None where the engine found no copy in it."""
    answer = house.screening.screen(Upload(data=made.data, content_ref=name), by=PLATFORM)
    if answer.case is None:
        return None
    return desk.get(f"/desk/cases/{answer.case}/copies/{answer.copy}/covered").content


def tell(name: str, found: list[Shown], missed: int) -> tuple[float, float]:
    """Prints a line; the shares that are visible: of all that was replaced, and of what changed."""
    altered, changed = (max(1, sum(each)) for each in columns(found, "altered", "changed"))
    visible, seen = (sum(each) for each in columns(found, "visible", "changed_visible"))
    worst = max((one.visible / max(1, one.altered) for one in found), default=0.0)
    print(
        f"| {name} | {len(found)} | {visible / altered:.3%} | {seen / changed:.3%} | {worst:.2%} |"
        f" {missed} |"
    )
    return visible / altered, seen / changed


def columns(found: list[Shown], *names: str) -> Iterator[list[int]]:
    for name in names:
        yield [getattr(one, name) for one in found]


def report_photographs(material: Path) -> list[tuple[Digest, Pixels]]:
    """One file of each source that nothing was learned from or calibrated on, in a seeded order."""
    known = split()
    taken: dict[str, Path] = {}
    for path in sorted((material / "photos").rglob("*")):
        if path.suffix.lower() not in {".jpg", ".jpeg", ".png"} or path.stat().st_size > LARGEST:
            continue
        row = known.get(sha256(path.read_bytes()))
        if row is not None and row.part is Part.REPORT:
            taken.setdefault(row.source, path)
    order = np.random.default_rng(SEED).permutation(len(taken))
    paths = [list(taken.values())[int(place)] for place in order]
    opened = ((sha256(one.read_bytes()), open_picture(one.read_bytes()).pixels) for one in paths)
    return [one for one in opened if min(one[1].shape[:2]) >= SMALLEST]


def edits_of(place: int) -> list[Edit]:
    """Which edits a photograph gets: all of them in turn."""
    first = place * EDITS_EACH
    return [ALTERING[(first + step) % len(ALTERING)] for step in range(EDITS_EACH)]


@pytest.fixture
def roomy(house: House) -> Iterator[House]:
    """The house, where a notice may hold any number of copies."""
    with override_settings(STAYDOWN=replace(house.settings, hold_cap=10_000)):
        yield current_house()


@pytest.mark.measure
@pytest.mark.material
def test_hardly_anything_altered_is_sent(material: Path, roomy: House, desk: Client) -> None:
    found: dict[str, list[Shown]] = defaultdict(list)
    missed: dict[str, int] = defaultdict(int)
    for place, (digest, pixels) in enumerate(report_photographs(material)[:SOURCES]):
        file_notice(roomy, (encode_jpeg(pixels, 90),))
        for edit in edits_of(place):
            made = make(edit, pixels, digest, SEED)
            sent = sent_for(roomy, desk, made, f"post/{place}/{edit.name}")
            if sent is None:
                missed[edit.name] += 1
            else:
                found[edit.name].append(look(made, sent))

    print("| edit | pictures | shown of altered | of visibly changed | worst picture | missed |")
    print("|---|---|---|---|---|---|")
    shares = {name: tell(name, found[name], missed[name]) for name in sorted(found)}
    everything = [one for each in found.values() for one in each]
    of_replaced, _ = tell("all", everything, sum(missed.values()))
    assert len(everything) >= 200
    assert of_replaced <= MOST_SHOWN
    assert {name: changed for name, (_, changed) in shares.items() if changed > MOST_SHOWN} == {}


@pytest.mark.parametrize("name", ["temple", "coffee"])
def test_of_a_few_pictures_too(name: str, roomy: House, desk: Client) -> None:
    picture = photograph(name)
    file_notice(roomy, (encode_jpeg(picture.pixels, 90),))
    found, pages = [], []
    for edit in (CATALOGUE[one] for one in CATALOGUE if one in {"c_50_texture", "c_30_noise"}):
        made = make(edit, picture.pixels, Digest("0" * 64), SEED)
        sent = sent_for(roomy, desk, made, f"post/{edit.name}")
        assert sent is not None
        pages.append(open_picture(sent).pixels.astype(np.int16))
        found.append(look(made, sent))

    assert all(one.altered > 10_000 for one in found)
    assert max(tell(name, found, 0)) <= MOST_SHOWN
    for seen in pages:  # so that we see what is shown
        assert (seen[..., 2] - seen[..., 0] < TINT).mean() > 0.1
