"""What each place of a canvas says about kept or altered, as numbers: texture that agrees, texture
that is gone or new, colour.

All measures are taken after the known photograph was given the colours of the found one (one smooth
map for the whole picture, fitted where the texture agrees), so that recolouring and grey copies do
not count as alterations.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.canvas import Canvas

WINDOW = 11
"""Side in pixels of the window in which texture is compared."""
DRIFT = 2
"""Pixels by which a place may have moved against the global fit."""
BAND_SIGMA = 4.0
"""What is smoother than this many pixels is colour, what is finer is texture."""
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)

type Field = npt.NDArray[np.float32]
"""(h, w) of the canvas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Per pixel of the canvas. Energies and squares are in squared grey levels (0..255)."""

    likeness: Field
    """Best correlation of the texture over small shifts, 0 to 1."""
    known_energy: Field
    """Variance of the texture that ought to be there."""
    found_energy: Field
    """Variance of the texture that is there."""
    colour_miss: Field
    """Distance between the smooth colours, in grey levels (root mean square over channels)."""
    pixel_miss: Field
    """Distance between single pixels, in grey levels."""
    brightening: Field
    """Found luma less known luma."""
    luma: Field
    """Found luma."""
    known: npt.NDArray[np.float32]
    """(h, w, 3): the known colours, as they would look in the found picture."""
    found: npt.NDArray[np.float32]
    """(h, w, 3): the found colours."""
    noise: float
    """Variance that re-encoding added, as far as it shows where the texture agrees."""


def measure(canvas: Canvas, inside: npt.NDArray[np.bool_]) -> Measures:
    """All measures of `canvas` where it is `inside` of the photograph; elsewhere the two are taken
    to agree.
    """
    found = canvas.found.astype(np.float32)
    plain = canvas.known.astype(np.float32)
    likeness, _, _ = compare_texture(plain @ LUMA, found @ LUMA)
    known = recolour(plain, found, inside & (likeness > 0.7))
    found = np.where(inside[..., None], found, known)  # the rim is compared with nothing foreign
    likeness, known_energy, found_energy = compare_texture(known @ LUMA, found @ LUMA)
    smooth = cv2.GaussianBlur(known - found, (0, 0), BAND_SIGMA)
    return Measures(
        likeness=likeness,
        known_energy=known_energy,
        found_energy=found_energy,
        colour_miss=np.asarray(np.sqrt((smooth**2).mean(axis=2)), dtype=np.float32),
        pixel_miss=least_pixel_miss(known, found),
        brightening=np.asarray((found - known) @ LUMA, dtype=np.float32),
        luma=np.asarray(found @ LUMA, dtype=np.float32),
        known=known,
        found=found,
        noise=noise_of(likeness, found_energy, inside),
    )


def compare_texture(known: Field, found: Field) -> tuple[Field, Field, Field]:
    """Best correlation over shifts, and the two energies, of the bands finer than BAND_SIGMA."""
    left, right = fine_band(known), fine_band(found)
    known_energy, found_energy = mean_of(left * left), mean_of(right * right)
    height, width = left.shape
    padded = cv2.copyMakeBorder(right, DRIFT, DRIFT, DRIFT, DRIFT, cv2.BORDER_REPLICATE)
    padded_energy = cv2.copyMakeBorder(
        found_energy, DRIFT, DRIFT, DRIFT, DRIFT, cv2.BORDER_REPLICATE
    )
    best = np.zeros((height, width), np.float32)
    for down in range(2 * DRIFT + 1):
        for across in range(2 * DRIFT + 1):
            place = (slice(down, down + height), slice(across, across + width))
            joint = mean_of(left * padded[place])
            best = np.maximum(best, joint / np.sqrt(known_energy * padded_energy[place] + 1e-3))
    return np.asarray(np.minimum(best, 1), dtype=np.float32), known_energy, found_energy


def fine_band(grey: Field) -> Field:
    """What is finer than BAND_SIGMA, lightly smoothed: the finest pixels are the encoder's, not the
    camera's.
    """
    light = cv2.GaussianBlur(grey, (0, 0), 0.8)
    return np.asarray(light - cv2.GaussianBlur(grey, (0, 0), BAND_SIGMA), dtype=np.float32)


def mean_of(field: Field) -> Field:
    """The mean over the window."""
    return np.asarray(cv2.blur(field, (WINDOW, WINDOW)), dtype=np.float32)


def recolour(
    known: npt.NDArray[np.float32], found: npt.NDArray[np.float32], trusted: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """`known` in the colours of `found`: second-degree in each channel, mixing channels, fitted
    where `trusted`.
    """
    smooth, target = (
        np.asarray(cv2.GaussianBlur(one, (0, 0), 2), dtype=np.float32) for one in (known, found)
    )
    rows = np.flatnonzero(trusted.ravel())
    if len(rows) < 200:
        return known
    rows = rows[:: max(1, len(rows) // 8000)]
    terms, goal = colour_terms(smooth.reshape(-1, 3)[rows]), target.reshape(-1, 3)[rows]
    weights = np.ones(len(rows), np.float32)
    for _ in range(3):
        rooted = np.sqrt(weights)[:, None]
        gram = (terms * rooted).T @ (terms * rooted) + 1e-3 * np.eye(
            terms.shape[1], dtype=np.float32
        )
        solved = np.linalg.solve(gram, (terms * weights[:, None]).T @ goal)
        misses = np.sqrt(((terms @ solved - goal) ** 2).mean(axis=1))
        weights = np.asarray(
            1 / (1 + (misses / max(6.0, float(np.median(misses)))) ** 2), dtype=np.float32
        )
    shown = colour_terms(known.reshape(-1, 3)) @ solved
    return np.asarray(np.clip(shown, 0, 255), dtype=np.float32).reshape(known.shape)


def colour_terms(colours: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(n, 7): one, the three channels, their squares; in 0..1."""
    unit = colours / np.float32(255)
    return np.column_stack([np.ones(len(unit), np.float32), unit, unit**2])


def least_pixel_miss(known: npt.NDArray[np.float32], found: npt.NDArray[np.float32]) -> Field:
    """Per pixel, how far the found colour lies outside of what the known pixel and its neighbours
    could give.
    """
    cell = np.ones((3, 3), np.uint8)
    above = np.maximum(found - cv2.dilate(known, cell), 0)
    below = np.maximum(cv2.erode(known, cell) - found, 0)
    return np.asarray(np.sqrt(((above + below) ** 2).mean(axis=2)), dtype=np.float32)


def noise_of(likeness: Field, found_energy: Field, inside: npt.NDArray[np.bool_]) -> float:
    """What of the found texture the known one does not explain, where the two agree."""
    agrees = inside & (likeness > 0.8)
    if int(agrees.sum()) < 100:
        return 9.0
    unexplained = found_energy[agrees] * (1 - likeness[agrees] ** 2)
    return float(np.clip(np.median(unexplained), 2.0, 40.0))
