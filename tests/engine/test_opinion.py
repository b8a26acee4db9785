"""What was learned, and what is heard of it: only the file that was measured is loaded."""

import re

import numpy as np
import pytest

from staydown.engine import opinion
from staydown.engine.inputs import OWN, first_inputs, own_inputs, second_inputs
from staydown.engine.measures import measure
from staydown.engine.opinion import form_opinion, load_perceptrons, think
from tests.engine.making import photo
from tests.engine.test_alteration import laid


def test_an_opinion_is_shares_of_one() -> None:
    canvas = laid(photo("coffee"), photo("coffee"))

    said = form_opinion(measure(canvas, canvas.inside))

    assert np.allclose(said.sum(axis=2), 1, atol=1e-5)
    assert (said >= 0).all()


def test_the_same_canvas_gives_the_same_opinion() -> None:
    canvas = laid(photo("coffee"), photo("coffee"))

    one, other = (form_opinion(measure(canvas, canvas.inside)) for _ in range(2))

    assert np.array_equal(one, other)


def test_the_inputs_are_as_many_as_were_learned_on() -> None:
    learned = load_perceptrons()
    canvas = laid(photo("coffee"), photo("coffee"))
    measures = measure(canvas, canvas.inside)
    own = own_inputs(measures)
    first = first_inputs(measures, own)

    second = second_inputs(think(first, learned.first), own)

    assert own.shape[2] == OWN
    assert first.shape[2] == learned.first[0][0].shape[0]
    assert second.shape[2] == learned.second[0][0].shape[0]


def test_another_file_than_the_one_measured_with_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opinion, "SHA256", "0" * 64)
    load_perceptrons.cache_clear()

    with pytest.raises(ValueError, match=re.escape("blocks.npz is not the file")):
        load_perceptrons()
