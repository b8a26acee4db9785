"""Says of each cell how likely it is kept, altered, or covered by strokes: two small perceptrons,
the second of which hears what the first thinks of the neighbourhood.

They were learned by bench/learn on photographs under CC0 or in the public domain only, and ship as
plain arrays; nothing is ever unpickled. What they say is an opinion about cells of one canvas. It
is no verdict, and knows nothing of what a picture shows.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from staydown.engine.cells import Field
from staydown.engine.inputs import first_inputs, own_inputs, second_inputs
from staydown.engine.measures import Measures

FILE = "blocks.npz"
SHA256 = "ee874367e03689511281ac6ad028109dc3b76f6cf45779e90ee35cc24375d384"
"""Of the file: what was not learned as described is not loaded."""
KEPT, ALTERED, COVERED = 0, 1, 2
"""The channels of an opinion."""
LOUDEST = 30.0
"""Bound of what the last layer says: its exponential is a number still."""

type Layers = tuple[tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]], ...]
"""The weights (inputs, outputs) and the biases of each layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Perceptrons:
    """What was learned."""

    first: Layers
    second: Layers


def form_opinion(measures: Measures, learned: Perceptrons | None = None) -> Field:
    """(rows, columns, 3) per cell: how likely it is kept, altered, covered; they add up to 1."""
    learned = learned or load_perceptrons()
    own = own_inputs(measures)
    first = think(first_inputs(measures, own), learned.first)
    return think(second_inputs(first, own), learned.second)


@lru_cache(maxsize=1)
def load_perceptrons() -> Perceptrons:
    """The ones that ship with this version. Raises ValueError if the file is not that one."""
    data = files("staydown.engine").joinpath("data", FILE).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError(f"{FILE} is not the file that this version was built with")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return Perceptrons(first=layers_of(arrays, "first"), second=layers_of(arrays, "second"))


def layers_of(arrays: "np.lib.npyio.NpzFile", name: str) -> Layers:
    """The layers of one perceptron, in order."""
    count = sum(one.startswith(f"{name}_weights") for one in arrays.files)
    return tuple(
        (
            arrays[f"{name}_weights_{layer}"].astype(np.float32),
            arrays[f"{name}_biases_{layer}"].astype(np.float32),
        )
        for layer in range(count)
    )


def think(inputs: Field, layers: Layers) -> Field:
    """What a perceptron makes of (rows, columns, inputs): rectified layers, then shares of 1."""
    rows, columns, _ = inputs.shape
    values = inputs.reshape(rows * columns, -1)
    for weights, biases in layers[:-1]:
        values = values @ weights
        values += biases
        np.maximum(values, 0, out=values)
    weights, biases = layers[-1]
    values = values @ weights + biases
    np.exp(np.clip(values, -LOUDEST, LOUDEST, out=values), out=values)
    values /= values @ np.ones((values.shape[1], 1), np.float32)
    return np.asarray(values.reshape(rows, columns, -1), np.float32)
