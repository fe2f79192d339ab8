"""Training again, the quickest family only: near the published scores, never equal by the bit."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.full
def test_trained_again(pictures: Any, shipped: Any, root: Path, tmp_path: Path) -> None:
    models, _ = pictures.lab.make(pictures.vae.train, seed=5, root=tmp_path)
    row = pictures.measure.evaluate(models["vae"], shipped["judge"])
    results = json.loads((root / "docs/lab/pictures/results.json").read_text())
    published = results["families"]["vae"]
    assert row["fd"] == pytest.approx(published["fd"][0], rel=0.15)
    assert row["accuracy"] > published["accuracy"][0] - 0.05


def test_the_same_seed_gives_the_same_model(pictures: Any, torch: Any, tmp_path: Path) -> None:
    lab, train = pictures.lab, pictures.vae.train
    first, second = (lab.make(train, 3, 30, tmp_path / name)[0]["vae"] for name in "ab")
    other = lab.make(train, 4, 30, tmp_path / "c")[0]["vae"]
    assert torch.allclose(first.e1.weight, second.e1.weight, atol=1e-5)
    assert not torch.allclose(first.e1.weight, other.e1.weight, atol=1e-2)
    a, b = (tmp_path / name / "weights/vae.js" for name in "ac")
    assert a.read_text() != b.read_text()


def test_numpy_s_slopes_are_autograd_s(torch: Any) -> None:
    """The chain rule written by hand, against small differences of the output."""
    import numpy as np

    twin = import_module("numpy_flow_matching")
    rng = np.random.default_rng(0)
    weights = twin.start(rng)
    x_1, x_0 = rng.normal(size=(6, 784)), rng.normal(size=(6, 784))
    c, t = np.eye(10)[:6], rng.uniform(size=6)
    _, slopes = twin.loss(weights, x_1, c, x_0, t)
    for pair, grads in zip(weights, slopes, strict=True):
        for w, g in zip(pair, grads, strict=True):
            direction, small = rng.normal(size=w.shape), 1e-5
            w += small * direction
            up = twin.loss(weights, x_1, c, x_0, t)[0]
            w -= 2 * small * direction
            down = twin.loss(weights, x_1, c, x_0, t)[0]
            w += small * direction
            expected = (up - down) / (2 * small)
            assert (g * direction).sum() == pytest.approx(expected, rel=1e-5, abs=1e-8)
