"""From pixels as they were opened to pixels of the file: large files are opened shrunk.

What is said outside of the house is said in pixels of the file.
"""

from dataclasses import replace

import cv2
import numpy as np

from staydown.engine.fits import compose
from staydown.engine.pictures import Picture
from staydown.engine.verdict import AreaMap, Comparison, Verdict


def in_file(comparison: Comparison, found: Picture) -> Comparison:
    """The comparison with its transform and map in pixels of the file in which `found` was."""
    if found.full_size == (found.width, found.height) or comparison.transform is None:
        return comparison
    across, down = (
        full / opened
        for full, opened in zip(found.full_size, (found.width, found.height), strict=True)
    )
    enlarge = np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]])
    areas = None if comparison.areas is None else enlarge_map(comparison.areas, found)
    if comparison.verdict is Verdict.IDENTICAL:  # nothing was measured: the same stays the same
        return replace(comparison, areas=areas)
    (a, b, c), (d, e, f) = compose(enlarge, np.array(comparison.transform)).tolist()
    return replace(comparison, transform=((a, b, c), (d, e, f)), areas=areas)


def enlarge_map(areas: AreaMap, found: Picture) -> AreaMap:
    """A map as large as the file in which `found` was."""
    large = cv2.resize(areas, found.full_size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(large, np.uint8)
