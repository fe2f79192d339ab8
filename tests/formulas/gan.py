"""Checks for the page on generative adversarial networks."""

import math

import numpy as np

from formulas.numerics import Array, gap, gauss, line, slope
from formulas.registry import Formula, check

X, WIDTH = line(-9, 9, 361)
PAIRS = (  # densities of data and of generator
    (gauss(X, -0.5, 1.0), gauss(X, 0.8, 2.0)),
    (0.3 * gauss(X, -2, 0.5) + 0.7 * gauss(X, 1.5, 0.8), gauss(X, 1.0, 1.2)),
    (gauss(X, 0.4, 1.5), gauss(X, 0.4, 1.5)),
)


def verdicts(data: Array, generator: Array) -> Array:
    """Return the verdict at each point that makes p_data log D + p_G log(1 - D) largest: a
    search in thirds, which only compares values of the game.
    """

    def value(d: Array) -> Array:
        return np.asarray(data * np.log(d) + generator * np.log1p(-d))

    low, high = np.full(X.size, 1e-15), np.full(X.size, 1 - 1e-15)
    for _ in range(90):
        first, second = low + (high - low) / 3, high - (high - low) / 3
        rising = value(first) < value(second)
        low, high = np.where(rising, first, low), np.where(rising, high, second)
    return np.asarray((low + high) / 2)


@check(
    "eq-gan-optimal-d",
    seen="5ff637db13ff",
    right=lambda data, generator: data / (data + generator),
    wrong={
        "generator above": lambda data, generator: generator / (data + generator),
        "difference below": lambda data, generator: data / (data - generator + 1e-9),
        "half of the generator": lambda data, generator: data / (data + generator / 2),
    },
    tolerance=1e-6,
)
def largest_value_at_each_point(formula: Formula) -> float:
    """Truth: at each point the verdict with the largest value, found by search alone."""
    return max(gap(formula(p, q), verdicts(p, q)) for p, q in PAIRS)


def jensen_shannon(data: Array, generator: Array) -> float:
    """Return half of KL(p_data || m) plus half of KL(p_G || m), m being the mean of the two."""
    middle = (data + generator) / 2
    both = data * np.log(data / middle) + generator * np.log(generator / middle)
    return float(np.sum(both) * WIDTH / 2)


@check(
    "eq-gan-jsd",
    seen="06f9d71400dc",
    right=lambda data, generator: -math.log(4) + 2 * jensen_shannon(data, generator),
    wrong={
        "one JSD": lambda data, generator: -math.log(4) + jensen_shannon(data, generator),
        "plus log 4": lambda data, generator: math.log(4) + 2 * jensen_shannon(data, generator),
        "minus JSD": lambda data, generator: -math.log(4) - 2 * jensen_shannon(data, generator),
        "log 2": lambda data, generator: -math.log(2) + 2 * jensen_shannon(data, generator),
    },
    tolerance=1e-7,
)
def game_played_out(formula: Formula) -> float:
    """Truth: the integral of the game as the page defines it, with verdicts found by search; the
    last pair of densities is equal.
    """
    worst = 0.0
    for data, generator in PAIRS:
        d = verdicts(data, generator)
        value = float(np.sum(data * np.log(d) + generator * np.log1p(-d)) * WIDTH)
        worst = max(worst, abs(formula(data, generator) - value))
    return worst


def logistic(s: float) -> float:
    """1 / (1 + e^-s)."""
    return 1 / (1 + math.exp(-s))


@check(
    "eq-gan-nonsaturating",
    seen="18a519b4cce5",
    right=lambda s: (-logistic(s), -(1 - logistic(s))),
    wrong={
        "no minus in the first slope": lambda s: (logistic(s), -(1 - logistic(s))),
        "no minus in the second slope": lambda s: (-logistic(s), 1 - logistic(s)),
        "slopes swapped": lambda s: (-(1 - logistic(s)), -logistic(s)),
    },
)
def differences_of_the_losses(formula: Formula) -> float:
    """Truth: central differences of the two losses, the logarithms written as log(1 + e^s)."""
    worst = 0.0
    for s in (-5.0, -1.0, 0.0, 0.7, 4.0):
        saturating = slope(lambda t: -np.log1p(np.exp(t[0])), s)[0]
        other = slope(lambda t: np.log1p(np.exp(-t[0])), s)[0]
        worst = max(worst, gap(formula(s), (saturating, other)))
    return worst
