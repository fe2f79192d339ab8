"""The measures, against cases whose answer is known."""

from __future__ import annotations

import math
from typing import Any

import pytest


def test_frechet_is_the_closed_form(torch: Any, measure: Any) -> None:
    """For diagonal covariances: |m - n|^2 + sum (s - t)^2, here with exact sample moments."""
    z = torch.randn(5000, 3, dtype=torch.double)
    z = z - z.mean(0)
    z = z @ torch.linalg.inv(torch.linalg.cholesky(z.T.cov())).T  # mean 0, covariance 1, exactly
    m, s, t = torch.tensor([1.0, 0, 2]), torch.tensor([1.0, 2, 3]), torch.tensor([2.0, 2, 0.5])
    truth = m.square().sum() + (s - t).square().sum()
    assert measure.frechet(z * s + m, z * t) == pytest.approx(truth.item(), abs=1e-9)


def test_frechet_is_scipy_s(torch: Any, measure: Any) -> None:
    linalg = pytest.importorskip("scipy.linalg")
    a, b = torch.randn(300, 6) @ torch.randn(6, 6), torch.randn(200, 6) @ torch.randn(6, 6) + 1
    root = linalg.sqrtm((a.T.cov() @ b.T.cov()).double().numpy()).real.trace()
    truth = (a.mean(0) - b.mean(0)).square().sum() + a.T.cov().trace() + b.T.cov().trace()
    assert measure.frechet(a, b) == pytest.approx(truth.item() - 2 * root, rel=1e-4)
    assert measure.frechet(a, a) == pytest.approx(0, abs=1e-6)
    assert measure.frechet(a, b) == pytest.approx(measure.frechet(b, a), rel=1e-6)


def test_precision_and_recall_tell_missing_from_wrong(torch: Any, measure: Any) -> None:
    """Two far groups of real points. A model that makes one of them is precise, and forgets."""
    left, right = torch.randn(200, 4), torch.randn(200, 4) + 100
    real = torch.cat([left, right])[torch.randperm(400)]
    one_sided = torch.randn(400, 4)
    precision, recall = measure.precision_recall(real, one_sided)
    assert precision > 0.8
    assert 0.35 < recall < 0.55
    astray = torch.cat([torch.randn(200, 4), torch.randn(200, 4) - 500])[torch.randperm(400)]
    precision, _ = measure.precision_recall(real, astray)
    assert precision < 0.6
    assert measure.precision_recall(real, real) == (1, 1)


def test_precision_looks_at_all_classes(torch: Any, measure: Any) -> None:
    """Samples come class by class in turns; whichever are looked at, all ten must be there."""
    real = torch.arange(450).float()[:, None] % 10 * 100 + torch.rand(450, 1)
    made = torch.arange(1347).float()[:, None] % 10 * 100 + torch.rand(1347, 1)
    precision, recall = measure.precision_recall(real, made)
    assert precision > 0.8
    assert recall > 0.8


def test_copies_are_found(torch: Any, measure: Any, lab: Any) -> None:
    (learned, _), (unseen, _) = lab.digits("fit"), lab.digits("test")
    ratio, share = measure.copies(learned[:200], learned, unseen)
    assert (ratio, share) == (0, 1)
    ratio, share = measure.copies(unseen, learned, unseen)
    assert ratio == pytest.approx(1)
    assert share == pytest.approx(0.01, abs=0.006)


def test_bits_of_even_chances(torch: Any, measure: Any) -> None:
    even = torch.full((5,), -784 * math.log(8))
    assert measure.bits(even) == pytest.approx(3)
