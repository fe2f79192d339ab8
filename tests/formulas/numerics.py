"""Tools of the numeric checks: enumeration, central differences, quadrature, seeded draws."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Outcome = tuple[Hashable, ...]
Joint = dict[Outcome, float]
Places = dict[int, Hashable]  # place -> what stands there


def gap(found: Any, expected: Any) -> float:
    """Return the largest absolute difference; infinite where the shapes differ."""
    a, b = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    return float(np.max(np.abs(a - b))) if a.shape == b.shape else math.inf


def random_joint(seed: int, symbols: Sequence[Hashable], length: int) -> Joint:
    """Return a joint distribution over all sequences, with nothing independent in it."""
    sequences = list(itertools.product(symbols, repeat=length))
    weights = np.random.default_rng(seed).gamma(0.7, size=len(sequences))
    return dict(zip(sequences, (weights / weights.sum()).tolist(), strict=True))


def chance(joint: Joint, event: Places) -> float:
    """Return the probability that these places hold these symbols, by adding up the table."""
    return math.fsum(
        p for outcome, p in joint.items() if all(outcome[i] == s for i, s in event.items())
    )


def conditional(joint: Joint, event: Places, given: Places) -> float:
    """Return the probability of `event` in the part of the table in which `given` holds."""
    return chance(joint, {**given, **event}) / chance(joint, given)


def prefix(outcome: Sequence[Hashable], length: int) -> Places:
    """Return the first elements of an outcome as places."""
    return dict(enumerate(outcome[:length]))


def slope(function: Callable[[Array], Any], at: Any, step: float = 1e-5) -> Array:
    """Return the derivatives of a function by central differences, one column per argument."""
    point = np.atleast_1d(np.asarray(at, dtype=float))
    columns = []
    for i in range(point.size):
        move = np.zeros(point.size)
        move[i] = step
        ahead, behind = np.asarray(function(point + move)), np.asarray(function(point - move))
        columns.append((ahead - behind) / (2 * step))
    return np.stack(columns, axis=-1)


def shares(scores: Any, temperature: float = 1.0) -> Array:
    """Return softmax without its formula: the slope of the log of the sum of exponentials."""
    return slope(lambda s: temperature * np.log(np.sum(np.exp(s / temperature))), scores)


def equal_draws(probabilities: Any, number: int) -> Array:
    """Return the distribution of a token given that so many independent draws all agree."""
    p = np.asarray(probabilities, dtype=float)
    agreed = np.zeros(p.size)
    for draws in itertools.product(range(p.size), repeat=number):
        if len(set(draws)) == 1:
            agreed[draws[0]] += math.prod(p[i] for i in draws)
    return np.asarray(agreed / agreed.sum())


def gauss(x: Any, mean: Any = 0.0, variance: Any = 1.0) -> Any:
    """Return the density of a normal distribution."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * math.pi * variance)


def normal_below(x: float) -> float:
    """Return the share of a standard normal distribution below x."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


def line(low: float, high: float, points: int) -> tuple[Array, float]:
    """Return equidistant points and their distance: on smooth functions that vanish at both ends
    their plain sum is a very exact integral.
    """
    return np.linspace(low, high, points), (high - low) / (points - 1)


def interval(points: int, low: float = 0.0, high: float = 1.0) -> tuple[Array, Array]:
    """Return nodes and weights that integrate polynomials up to degree 2 * points - 1 exactly."""
    nodes, weights = np.polynomial.legendre.leggauss(points)
    return low + (high - low) * (nodes + 1) / 2, weights * (high - low) / 2


# Three weighted data points in the plane, to which noise of level bar (alpha-bar) is added.
CLOUD = np.array([[1.0, 0.5], [-1.2, 0.3], [0.2, -1.5]])
CLOUD_WEIGHTS = np.array([0.5, 0.3, 0.2])


def cloud_density(x: Array, bar: float, weights: Array = CLOUD_WEIGHTS) -> float:
    """Return the density of the noisy points at x."""
    return float(weights @ np.prod(gauss(x, math.sqrt(bar) * CLOUD, 1 - bar), axis=1))


def cloud_mean_noise(x: Array, bar: float) -> Array:
    """Return the average noise among all ways to arrive at x, each weighted by Bayes' rule."""
    noises = (x - math.sqrt(bar) * CLOUD) / math.sqrt(1 - bar)
    weights = CLOUD_WEIGHTS * np.exp(-np.sum(noises**2, axis=1) / 2)
    return np.asarray(weights @ noises / weights.sum())
