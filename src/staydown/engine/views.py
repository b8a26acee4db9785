"""The views of one upload: what somebody may see of it, since an animation has many frames and what
is transparent shows the ground behind it.

A still, opaque picture has one. Of everything else a few are chosen that show different things; the
rest is like one of them. A view is named by its frame and its ground, so that the same one is found
again later.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.rasters import Raster
from staydown.errors import SealBroken

MAX_VIEWS: Final = 6
"""The most views of one upload that are looked at: each costs as much as a picture."""
LOOK_SIDE: Final = 256
"""Sides in pixels of what two views are told apart by, whatever their shape."""
CELLS: Final = 32
"""Cells along each side of it."""
OTHER_LEVEL: Final = 24.0
"""Levels of grey by which cells that show the same may differ."""
HAS_TEXTURE: Final = 10.0
"""Standard deviation in levels from which on a cell of a frame shows something: less is noise."""
FAINT_TEXTURE: Final = 4.0
"""The same for grounds of one frame, which share their noise."""
LIKE: Final = 0.5
"""Least correlation of cells that show the same."""
MIN_OTHER: Final = 4
"""Cells that have to differ, in one piece: about a fiftieth of the picture. A rim is no piece."""

type Cells = npt.NDArray[np.float32]
type Mask = npt.NDArray[np.bool_]


class Ground(StrEnum):
    """What lies behind what is transparent."""

    WHITE = "white"
    BLACK = "black"
    BARE = "bare"  # colours as they are stored, whatever the file says about showing them


GROUNDS: Final = tuple(Ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One view of an upload: which frame, counted from 0, on which ground."""

    frame: int = 0
    ground: Ground = Ground.WHITE

    def __str__(self) -> str:
        """As it is kept: `12 black`."""
        return f"{self.frame} {self.ground}"


FIRST: Final = View()
"""The only view of a still and opaque picture."""


def read_view(text: str) -> View:
    """The view of that name. Raises SealBroken if it is none."""
    frame, _, ground = text.partition(" ")
    if not (frame.isascii() and frame.isdigit()) or ground not in GROUNDS:
        raise SealBroken("not a view")
    return View(frame=int(frame), ground=Ground(ground))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """Enough of a view to tell whether another one shows the same: of each cell its pixels around
    their mean, the mean, and the standard deviation.
    """

    details: Cells
    means: Cells
    spreads: Cells


def sketch(raster: Raster) -> Sketch:
    """The sketch of (h, w, 3) pixels."""
    size = (LOOK_SIDE, LOOK_SIDE)
    small = cv2.resize(raster, size, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.float32)
    side = LOOK_SIDE // CELLS
    cells = grey.reshape(CELLS, side, CELLS, side).swapaxes(1, 2).reshape(CELLS, CELLS, -1)
    means = cells.mean(axis=2)
    details = cells - means[:, :, None]
    spreads = np.sqrt((details**2).mean(axis=2))
    return Sketch(details=details, means=means, spreads=spreads)


def other_texture(one: Sketch, other: Sketch, least: float) -> Mask:
    """(CELLS, CELLS): where `other` shows something that `one` does not."""
    together = (one.details * other.details).mean(axis=2)
    likeness = together / np.maximum(one.spreads * other.spreads, 1e-3)
    return np.asarray((other.spreads >= least) & (likeness < LIKE))


def count_pieces(mask: Mask) -> int:
    """How many cells lie within pieces of `mask`: a rim one or two cells wide has none."""
    worn = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    return int(worn.sum())


def shows_more(one: Sketch, other: Sketch) -> bool:
    """Whether `other` shows something that `one` does not: more than another ground around it."""
    return count_pieces(other_texture(one, other, FAINT_TEXTURE)) >= MIN_OTHER


def differ(one: Sketch, other: Sketch) -> int:
    """In how many cells two views differ, brightness counted: 0 to CELLS²."""
    levels = np.abs(one.means - other.means) >= OTHER_LEVEL
    there, here = (other_texture(*both, HAS_TEXTURE) for both in ((one, other), (other, one)))
    return count_pieces(levels | there | here)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Shown:
    """A view with its pixels, how large it is in the file, and for how long it is to be seen."""

    view: View
    raster: Raster
    full_size: tuple[int, int]
    sketch: Sketch = field(repr=False)
    milliseconds: int = 0


@dataclass(eq=False, slots=True, kw_only=True)
class Scenes:
    """Chooses among frames as they come: those that show different things, at most MAX_VIEWS.

    Of the two that are most alike the one that is seen longer stays. So nothing that is seen for
    long is crowded out by what flashes up.
    """

    held: list[Shown] = field(default_factory=list)
    _seen_ms: dict[Shown, int] = field(default_factory=dict)
    _apart: dict[tuple[Shown, Shown], int] = field(default_factory=dict)

    def add(self, new: Shown) -> None:
        """One more frame. What shows the same as one that is held only makes that one's time
        longer.
        """
        distances = {one: differ(one.sketch, new.sketch) for one in self.held}
        nearest = min(distances, key=lambda one: distances[one], default=None)
        if nearest is not None and distances[nearest] < MIN_OTHER:
            self._seen_ms[nearest] += new.milliseconds
            return
        self._apart |= {(one, new): distance for one, distance in distances.items()}
        self._seen_ms[new] = new.milliseconds
        self.held.append(new)
        if len(self.held) > MAX_VIEWS:
            self._drop_one()

    def _drop_one(self) -> None:
        pair = min(self._apart, key=lambda both: self._apart[both])
        stays, goes = sorted(pair, key=lambda one: -self._seen_ms[one])
        self._seen_ms[stays] += self._seen_ms.pop(goes)
        self.held.remove(goes)
        self._apart = {both: far for both, far in self._apart.items() if goes not in both}


def choose(frames: Iterable[Shown]) -> list[Shown]:
    """The frames that are looked at, in the order of time."""
    scenes = Scenes()
    for frame in frames:
        scenes.add(frame)
    return scenes.held


def without_repeats(grounds: Iterable[Shown]) -> list[Shown]:
    """Of one frame on several grounds: the first, and those that show more than all before."""
    taken: list[Shown] = []
    for one in grounds:
        if all(shows_more(before.sketch, one.sketch) for before in taken):
            taken.append(one)
    return taken
