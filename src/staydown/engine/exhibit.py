"""Draws the proof that a found picture was made from a photograph, for a reviewer or a court: both
pictures side by side, matched points, the outline of the photograph, what was kept and altered, and
the figures in words.

Nothing of the found picture is drawn but what is safely kept: what was altered, and what is not of
the photograph, is painted over before anything else is drawn. The original is shown as it was
given, and nothing of the found picture is put into it. A verdict is a fact about pictures; who is
on them, and whether they agreed, is not in it.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from staydown.engine.covering import COVER_COLOUR, cover, reach_of_rim
from staydown.engine.delivery import from_registered
from staydown.engine.fits import Array, compose, invert
from staydown.engine.lettering import LINE, letter, wrap
from staydown.engine.matching import list_near
from staydown.engine.pictures import Picture, Pixels
from staydown.engine.subjects import Known, Seen
from staydown.engine.verdict import AREA_VALUES, Area, AreaMap, Comparison

SIDE = 640
"""Longest side in pixels at which each picture is drawn."""
GAP = 24
MIN_WIDTH = 1000
"""Pixels: room for a SHA-256 in one line."""
REACH = 0.006
"""How far a matched point may lie from where the fit puts it, as a share of the longest side."""
MAX_LINES = 36
PAPER = (250, 250, 248)
OUTLINE = (20, 110, 200)
POINT = (0, 150, 90)
ALTERED_COLOUR = (176, 58, 46)
WRITTEN_COLOUR = (196, 148, 40)
LEGEND = (
    (POINT, "a point of the photograph found again, outside of what was altered"),
    (OUTLINE, "where the photograph lies on the found picture"),
    (ALTERED_COLOUR, "altered: covered here, and nothing of it is drawn"),
    (WRITTEN_COLOUR, "written over: covered here"),
    (COVER_COLOUR, "not of the photograph, or not surely: covered here"),
)
SWATCH = 14

type Pairs = tuple[Array, Array]
"""(n, 2) each: points of the original as registered, and of the found picture."""


def draw_exhibit(
    original: Picture, known: Known, seen: Seen, comparison: Comparison, words: Sequence[str]
) -> Pixels:
    """(h, w, 3): the proof. `words` stand under the pictures, each from a line of its own.

    If the found picture is no copy, all of it is covered.
    """
    pairs = matched_points(known, seen, comparison)
    left, left_scale = fit_side(original.pixels)
    right, right_scale = fit_side(cover_in_colours(seen.picture, comparison.areas))
    if comparison.areas is not None:
        draw_outline(right, original, comparison, right_scale)
    offset = left.shape[1] + 2 * GAP
    width = max(MIN_WIDTH, offset + right.shape[1] + GAP)
    sheet = paper(max(left.shape[0], right.shape[0]) + 2 * GAP, width)
    sheet[GAP : GAP + left.shape[0], GAP : GAP + left.shape[1]] = left
    sheet[GAP : GAP + right.shape[0], offset : offset + right.shape[1]] = right
    draw_pairs(
        sheet,
        pairs[0] * left_scale + (GAP, GAP),
        pairs[1] * right_scale + (offset, GAP),
    )
    return np.vstack([sheet, draw_words(words, width)])


def paper(height: int, width: int) -> Pixels:
    """(height, width, 3), with nothing on it."""
    sheet = np.empty((height, width, 3), np.uint8)
    sheet[:] = PAPER
    return sheet


def matched_points(known: Known, seen: Seen, comparison: Comparison) -> Pairs:
    """Points that look alike and lie where the fit puts them, on surely kept places only."""
    if comparison.transform is None or comparison.areas is None or known.proxy is None:
        return np.zeros((0, 2)), np.zeros((0, 2))
    features, others = known.fingerprint.features, seen.fingerprint.features
    if comparison.is_mirrored:
        features = replace(features.mirrored(known.proxy.width), points=features.points)
    to_whole = invert(from_registered(known))
    matrix = compose(np.array(comparison.transform), to_whole)
    likely = list_near(features, others, matrix, REACH * max(seen.fingerprint.size))
    _, firsts = np.unique(likely.known, return_index=True)
    here = features.points[likely.known[firsts]] @ to_whole[:, :2].T + to_whole[:, 2]
    there = others.points[likely.found[firsts]].astype(float)
    is_kept = values_at(comparison.areas, there) == AREA_VALUES[Area.KEPT]
    return here[is_kept], there[is_kept]


def values_at(areas: AreaMap, points: Array) -> AreaMap:
    """(n,): the area under each of (n, 2) `points`."""
    columns = np.clip(np.rint(points[:, 0]).astype(int), 0, areas.shape[1] - 1)
    rows = np.clip(np.rint(points[:, 1]).astype(int), 0, areas.shape[0] - 1)
    return np.asarray(areas[rows, columns], np.uint8)


def cover_in_colours(picture: Picture, areas: AreaMap | None) -> Pixels:
    """As `covering.cover`, with what is altered and what is written over in their own colours."""
    shown = cover(picture, areas)
    if areas is None:
        return shown
    is_covered = (shown == np.array(COVER_COLOUR, np.uint8)).all(axis=2)
    reach = reach_of_rim(areas)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    for area, colour in ((Area.COVERED, WRITTEN_COLOUR), (Area.ALTERED, ALTERED_COLOUR)):
        here = (areas == AREA_VALUES[area]).astype(np.uint8)
        shown[cv2.dilate(here, disc).astype(bool) & is_covered] = colour
    return shown


def fit_side(pixels: Pixels) -> tuple[Pixels, float]:
    """`pixels` with a longest side of SIDE, and by how much it was scaled."""
    scale = SIDE / max(pixels.shape[:2])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8), scale


def draw_outline(drawn: Pixels, original: Picture, comparison: Comparison, scale: float) -> None:
    """The photograph's rectangle, where it lies on the found picture."""
    width, height = original.width, original.height
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    matrix = np.array(comparison.transform)
    put = (corners @ matrix[:, :2].T + matrix[:, 2]) * scale
    cv2.polylines(drawn, [np.rint(put).astype(np.int32)], True, OUTLINE, 2, cv2.LINE_AA)


def draw_pairs(sheet: Pixels, here: Array, there: Array) -> None:
    """All points, and lines between some that are spread evenly over them."""
    ends = np.rint(np.hstack([here, there])).astype(int)
    for row in ends[:: max(1, -(-len(ends) // MAX_LINES))]:
        cv2.line(sheet, tuple(row[:2]), tuple(row[2:]), POINT, 1, cv2.LINE_AA)
    for row in ends:
        for point in (row[:2], row[2:]):
            cv2.circle(sheet, tuple(point), 2, POINT, -1, cv2.LINE_AA)


def draw_words(words: Sequence[str], width: int) -> Pixels:
    """(h, width, 3): the legend, and the words."""
    lines = [line for text in words for line in wrap(text, width - 2 * GAP)]
    sheet = paper((len(LEGEND) + 1 + len(lines)) * LINE + GAP, width)
    for row, (colour, text) in enumerate(LEGEND):
        top = row * LINE
        cv2.rectangle(sheet, (GAP, top), (GAP + SWATCH, top + SWATCH), colour, -1)
        letter(sheet, text, left=2 * GAP, top=top)
    for row, line in enumerate(lines, start=len(LEGEND) + 1):
        letter(sheet, line, left=GAP, top=row * LINE)
    return sheet
