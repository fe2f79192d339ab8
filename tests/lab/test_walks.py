"""What pages show of an answer, a picture and a curve is what the shipped weights give."""

from __future__ import annotations

import json
from importlib import import_module
from itertools import combinations, pairwise
from pathlib import Path
from statistics import correlation, mean
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def walks(text: Any) -> Any:
    """The recorder."""
    return import_module("walks")


@pytest.fixture(scope="module")
def recorded() -> Any:
    """What stands in the repository."""
    return json.loads((ROOT / "docs/lab/walks.json").read_text(encoding="utf-8"))


def far(one: Any, other: Any) -> list[Any]:
    """Return the places where two records differ by more than rounding on another machine."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [(key, *found) for key in one for found in far(one[key], other[key])]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [(i, *found) for i, (a, b) in pairs for found in far(a, b)]
    if isinstance(one, float) and isinstance(other, float | int):
        return [] if abs(one - other) < 0.011 else [(one, other)]
    if isinstance(one, str) and isinstance(other, str) and len(one) == len(other) == 784:
        worst = max(abs(ord(a) - ord(b)) for a, b in zip(one, other, strict=True))
        return [] if worst <= 1 else [(one, other)]  # ink that lay between two levels
    return [] if one == other else [(one, other)]


def test_the_record_is_what_the_weights_give(walks: Any, recorded: Any) -> None:
    made = json.loads(json.dumps(walks.record()))
    assert far(recorded, made) == [], "run python docs/lab/walks.py"


def test_chance_is_that_of_the_pages(walks: Any) -> None:
    """Against numbers that mulberry32's own definition gives, worked out in JavaScript."""
    chance = walks.Chance(1, 0)
    found = [round(chance.uniform(), 6) for _ in range(3)]
    assert found == [0.317184, 0.388705, 0.272307]


def test_the_filled_half_is_kept(recorded: Any) -> None:
    picture = recorded["picture"]
    (kept,) = picture["kept"]
    assert kept[:392] == "a" * 392
    for filled in picture["filled"]:
        assert filled[392:] == kept[392:]
        assert filled[:392] != "a" * 392
    assert len(set(picture["filled"])) == len(picture["filled"])


def test_shared_noise_holds_pictures_together(recorded: Any) -> None:
    """What the page says of its two rows, as a number: how much changes from one to the next."""

    def change(row: list[str]) -> float:
        steps = pairwise(row)
        return sum(
            abs(ord(a) - ord(b)) for one, two in steps for a, b in zip(one, two, strict=True)
        )

    picture = recorded["picture"]
    assert change(picture["flicker"]) > 3 * change(picture["video"])


def test_guidance_makes_pictures_alike(recorded: Any) -> None:
    """The page says that each row is more alike than the one above; bolder digits also differ more,
    so that correlation is asked, which does not depend on how much ink there is."""

    def likeness(row: list[str]) -> float:
        pixels = [[ord(letter) for letter in digit] for digit in row]
        return mean(correlation(one, other) for one, other in combinations(pixels, 2))

    found = [likeness(row) for _, row in recorded["picture"]["guided"]]
    assert found == sorted(found) and found[-1] > 1.25 * found[0]


def test_network_py_steps_against_the_slope(torch: Any) -> None:
    """One step against slopes that differences of the loss give."""
    network = import_module("network")
    import numpy as np

    draw = np.random.default_rng(3)
    start = [draw.normal(size=4), draw.normal(size=4), draw.normal(size=4), np.array(0.3)]

    def loss(values: list[Any]) -> float:
        return float(network.step(network.x, network.y, *values, 0.0)[0])

    _, *moved = network.step(network.x, network.y, *start, 1.0)
    for k, (before, after) in enumerate(zip(start, moved, strict=True)):
        for at in np.ndindex(np.shape(before)):
            bumped = []
            for sign in (1, -1):
                values = [np.array(v, dtype=float) for v in start]
                values[k][at] += sign * 1e-6
                bumped.append(loss(values))
            slope = (bumped[0] - bumped[1]) / 2e-6
            assert np.array(before)[at] - np.array(after)[at] == pytest.approx(slope, abs=1e-6)
