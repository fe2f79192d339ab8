"""Checks for the page on training and data."""

import math
from collections.abc import Callable

import numpy as np

from formulas.numerics import Array, gap, gauss, line
from formulas.registry import Formula, check

Mean = Callable[[Array], float]
Sides = tuple[float, float]


def cross_entropy(mean: Mean, p: Array, model: Array) -> Sides:
    """-E[log p_theta] and H(p) + KL(p || p_theta); `mean` averages over draws from p."""
    entropy = -mean(np.log(p))
    kl = mean(np.log(p) - np.log(model))
    return -mean(np.log(model)), entropy + kl


def minus_kl(mean: Mean, p: Array, model: Array) -> Sides:
    return -mean(np.log(model)), -mean(np.log(p)) - mean(np.log(p) - np.log(model))


def minus_entropy(mean: Mean, p: Array, model: Array) -> Sides:
    return -mean(np.log(model)), mean(np.log(p)) + mean(np.log(p) - np.log(model))


def no_minus(mean: Mean, p: Array, model: Array) -> Sides:
    return mean(np.log(model)), cross_entropy(mean, p, model)[1]


@check(
    "eq-training-cross-entropy",
    seen="c1c624ce10cd",
    right=cross_entropy,
    wrong={
        "minus KL": minus_kl,
        "minus the entropy": minus_entropy,
        "no minus before the average": no_minus,
    },
)
def two_normal_distributions(formula: Formula) -> float:
    """Truth: the closed form for two normal distributions; the averages are integrals."""
    x, width = line(-14, 14, 2801)
    worst = 0.0
    for mean_p, spread_p, mean_m, spread_m in ((0.5, 1.0, -0.4, 1.5), (0.0, 1.3, 1.0, 0.8)):
        p, model = gauss(x, mean_p, spread_p**2), gauss(x, mean_m, spread_m**2)

        def mean(values: Array, p: Array = p) -> float:
            return float(np.sum(p * values) * width)

        error = (spread_p**2 + (mean_p - mean_m) ** 2) / (2 * spread_m**2)
        closed = 0.5 * math.log(2 * math.pi * spread_m**2) + error
        worst = max(worst, gap(formula(mean, p, model), (closed, closed)))
    return worst
