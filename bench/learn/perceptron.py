"""Fits a small perceptron: rectified layers, shares of one at the end, weighted cross-entropy, Adam
(Kingma and Ba 2015) with a step that falls along a cosine. Seeded, and in numpy alone.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staydown.engine.opinion import Layers

type Floats = npt.NDArray[np.float32]

BATCH = 512
STEP = 2e-3
DECAY = 1e-4
"""How strongly large weights are held down."""
MEMORY, LONG_MEMORY, TINY = 0.9, 0.999, 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """`inputs` (n, inputs), `answers` (n,) class numbers, `weights` (n,) how much each counts."""

    inputs: Floats
    answers: npt.NDArray[np.int64]
    weights: Floats

    def only(self, rows: npt.NDArray[np.intp]) -> "Lessons":
        """Some of them."""
        return Lessons(
            inputs=self.inputs[rows], answers=self.answers[rows], weights=self.weights[rows]
        )


def fit(lessons: Lessons, hidden: tuple[int, ...], *, epochs: int, seed: int) -> Layers:
    """The layers for inputs as they come: scaling is taken into the first."""
    randomness = np.random.default_rng(seed)
    mean, deviation = lessons.inputs.mean(axis=0), lessons.inputs.std(axis=0) + 1e-6
    scaled = Lessons(
        inputs=(lessons.inputs - mean) / deviation,
        answers=lessons.answers,
        weights=lessons.weights / lessons.weights.mean(),
    )
    sizes = (scaled.inputs.shape[1], *hidden, int(scaled.answers.max()) + 1)
    values = start(sizes, randomness)
    moments = [(np.zeros_like(one), np.zeros_like(one)) for one in values]
    count, step = len(scaled.answers), 0
    steps = epochs * (count // BATCH)
    for epoch in range(epochs):
        order, losses = randomness.permutation(count), []
        for at in range(0, count - BATCH + 1, BATCH):
            step += 1
            slopes, loss = slopes_of(values, scaled.only(order[at : at + BATCH]))
            losses.append(loss)
            rate = STEP * (0.01 + 0.99 * (1 + np.cos(np.pi * step / steps)) / 2)
            descend(values, slopes, moments, rate, step)
        print(f"  epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.4f}", flush=True)
    first = values[0] / deviation[:, None]
    values[1] = values[1] - mean @ first
    values[0] = first
    weights = [np.asarray(one, np.float32) for one in values]
    return tuple(zip(weights[::2], weights[1::2], strict=True))


def start(sizes: tuple[int, ...], randomness: np.random.Generator) -> list[Floats]:
    """Weights and biases in turn (He et al. 2015)."""
    values: list[Floats] = []
    for inputs, outputs in zip(sizes, sizes[1:], strict=False):
        drawn = randomness.normal(size=(inputs, outputs)) * np.sqrt(2 / inputs)
        values += [drawn.astype(np.float32), np.zeros(outputs, np.float32)]
    return values


def slopes_of(values: list[Floats], lessons: Lessons) -> tuple[list[Floats], float]:
    """The slope of the loss in each value, and the loss."""
    heard = [lessons.inputs]
    for at in range(0, len(values) - 2, 2):
        heard.append(np.maximum(heard[-1] @ values[at] + values[at + 1], 0))
    raw = heard[-1] @ values[-2] + values[-1]
    shares = np.exp(raw - raw.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    rows = np.arange(len(shares))
    loss = float(-(np.log(shares[rows, lessons.answers] + 1e-9) * lessons.weights).mean())
    back = shares
    back[rows, lessons.answers] -= 1
    back *= (lessons.weights / len(shares))[:, None]
    slopes: list[Floats] = []
    for layer in reversed(range(len(heard))):
        slopes = [heard[layer].T @ back, back.sum(axis=0), *slopes]
        back = (back @ values[2 * layer].T) * (heard[layer] > 0) if layer else back
    return slopes, loss


def descend(
    values: list[Floats],
    slopes: list[Floats],
    moments: list[tuple[Floats, Floats]],
    rate: float,
    step: int,
) -> None:
    """One step of Adam, in place; weights decay, biases do not."""
    for value, slope, (mean, square) in zip(values, slopes, moments, strict=True):
        mean += (1 - MEMORY) * (slope - mean)
        square += (1 - LONG_MEMORY) * (slope * slope - square)
        even = np.sqrt(square / (1 - LONG_MEMORY**step)) + TINY
        value -= rate * (mean / (1 - MEMORY**step)) / even
        if value.ndim == 2:
            value *= 1 - rate * DECAY
