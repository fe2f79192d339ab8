"""Checks for the page on multimodal models."""

import itertools
import math

import numpy as np
from formulas.numerics import Array, gap, slope

from derivations.registry import derivation

RNG = np.random.default_rng(10)
TABLE = RNG.gamma(0.6, size=(3, 4)) + 0.02
TABLE = TABLE / TABLE.sum()  # p(x, y)
PX, PY = TABLE.sum(axis=1), TABLE.sum(axis=0)
R = TABLE / (PX[:, None] * PY[None, :])
INFORMATION = float(np.sum(TABLE * np.log(R)))
N = 3
SETS = list(itertools.product(range(4), repeat=N))


def origin(x: int, ys: tuple[int, ...]) -> Array:
    """Return the probability of each place, by going through all ways in which ys can come."""
    ways = []
    for place in range(N):
        way = 1.0
        for at, y in enumerate(ys):
            way *= TABLE[x, y] / PX[x] if at == place else PY[y]
        ways.append(way / N)
    return np.array(ways) / sum(ways)


def by_ratio(x: int, ys: tuple[int, ...]) -> Array:
    return np.array([R[x, y] for y in ys]) / sum(R[x, y] for y in ys)


def by_product(x: int, ys: tuple[int, ...]) -> Array:
    conditional = TABLE / PX[:, None]
    tops = [
        conditional[x, ys[i]] * math.prod(PY[ys[j]] for j in range(N) if j != i) for i in range(N)
    ]
    return np.array(tops) / sum(tops)


def loss(scores: Array) -> float:
    """Return the expected cross-entropy over all pictures and sets, the partner first."""
    total = 0.0
    for x in range(3):
        for ys in SETS:
            chance = TABLE[x, ys[0]] * PY[ys[1]] * PY[ys[2]]
            row = scores[x, list(ys)]
            total += chance * (math.log(np.sum(np.exp(row))) - row[0])
    return total


BEST = np.log(R)
SHIFTED = BEST + np.array([[0.7], [-1.2], [0.1]])
OTHER = BEST + RNG.normal(size=BEST.shape) * 0.5


def steepness(tau: float, scores: Array) -> Array:
    shares = np.exp(scores / tau) / np.sum(np.exp(scores / tau))
    return np.asarray((shares - np.array([1.0, 0, 0, 0])) / tau)


S, TAU = np.array([0.3, -0.1, 0.5, 0.2]), 0.4
MEASURED = slope(lambda s: np.log(np.sum(np.exp(s / TAU))) - s[0] / TAU, S)
EVERY = [(x, ys) for x in range(3) for ys in SETS]
derivation(
    "d-multimodal-contrastive",
    seen="4ceb3e08c609",
    lines=[
        lambda: max(gap(origin(x, ys), by_product(x, ys)) for x, ys in EVERY),
        lambda: max(gap(origin(x, ys), by_ratio(x, ys)) for x, ys in EVERY),
        lambda: max(
            abs(loss(BEST) - loss(SHIFTED)),
            float(np.max(np.abs(slope(lambda s: loss(s.reshape(3, 4)), BEST.ravel())))) / 100,
            max(0.0, loss(BEST) - loss(OTHER)),
        ),
        lambda: gap(MEASURED, steepness(TAU, S)),
    ],
    wrong={
        "p(y | x) in the place of the ratio": lambda: (
            loss(np.log(TABLE / PX[:, None])) - loss(BEST)
        ),
        "no temperature": lambda: gap(MEASURED, steepness(TAU, S) * TAU),
    },
)

ENTROPIES = sum(float(-np.sum(p * np.log(p))) for p in (PX, PY))
derivation(
    "d-multimodal-information",
    seen="92e142612548",
    lines=[
        lambda: abs(INFORMATION - (ENTROPIES + float(np.sum(TABLE * np.log(TABLE))))),
        lambda: max(loss(BEST) - loss(other) for other in (OTHER, SHIFTED, np.zeros((3, 4)))),
        lambda: math.log(N) - loss(BEST) - INFORMATION,
        lambda: max(-loss(scores) for scores in (BEST, OTHER, 50 * BEST)),
    ],
    wrong={
        "an upper bound": lambda: INFORMATION - math.log(N) + loss(BEST),
        "log of twice N": lambda: math.log(2 * N) - loss(BEST) - INFORMATION,
    },
)
