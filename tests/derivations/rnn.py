"""Checks for the page on recurrent neural networks."""

import math
from functools import reduce

import numpy as np
from formulas.numerics import Array, gap, slope

from derivations.registry import derivation

RNG = np.random.default_rng(6)
SIZE, LENGTH = 3, 4
U = RNG.normal(size=(SIZE, SIZE)) * 0.6
INPUTS = RNG.normal(size=(LENGTH + 1, SIZE))  # W x_t + b; the first is not used
START = RNG.normal(size=SIZE) * 0.3
TARGETS = RNG.normal(size=(LENGTH + 1, SIZE))


def states(u: Array, start: Array = START, first: int = 1) -> list[Array]:
    """Return the states from `first` on; the one before it is `start`."""
    found = [start]
    for t in range(first, LENGTH + 1):
        found.append(np.tanh(INPUTS[t] + u @ found[-1]))
    return found


def loss(u: Array, start: Array = START, first: int = 1) -> float:
    """Return the losses of the states from `first` on."""
    shown = states(u, start, first)[1:]
    return sum(float(np.sum((h - TARGETS[first + i]) ** 2)) for i, h in enumerate(shown))


H = states(U)
OWN = [2 * (H[t] - TARGETS[t]) for t in range(LENGTH + 1)]
J = [np.diag(1 - H[t] ** 2) @ U for t in range(LENGTH + 1)]
DELTA = {LENGTH + 1: np.zeros(SIZE)}
for t in range(LENGTH, 0, -1):
    DELTA[t] = OWN[t] + (J[t + 1].T @ DELTA[t + 1] if t < LENGTH else 0)


def influence(t: int) -> Array:
    """The slope of all losses from step t on by the state h_t, by differences."""
    later = slope(lambda h: loss(U, h, t + 1), H[t])
    return np.asarray(OWN[t] + later)


def chain(late: int, early: int) -> Array:
    """J_late ... J_(early + 1)."""
    return reduce(lambda product, s: J[s] @ product, range(early + 1, late + 1), np.eye(SIZE))


def by_u() -> Array:
    return slope(lambda flat: loss(flat.reshape(SIZE, SIZE)), U.ravel()).reshape(SIZE, SIZE)


def shares(turned: bool = False) -> Array:
    parts = []
    for t in range(1, LENGTH + 1):
        change = np.diag(1 - H[t] ** 2) @ DELTA[t]
        parts.append(np.outer(H[t - 1], change) if turned else np.outer(change, H[t - 1]))
    return np.asarray(sum(parts))


derivation(
    "d-rnn-bptt",
    seen="d05295990178",
    tolerance=1e-7,
    lines=[
        lambda: max(
            gap(slope(lambda h, t=t: np.tanh(INPUTS[t] + U @ h), H[t - 1]), J[t]) for t in (1, 3)
        ),
        lambda: max(gap(DELTA[t], influence(t)) for t in range(1, LENGTH + 1)),
        lambda: max(
            gap(sum(chain(s, t).T @ OWN[s] for s in range(t, LENGTH + 1)), influence(t))
            for t in range(1, LENGTH + 1)
        ),
        lambda: gap(shares(), by_u()),
    ],
    wrong={
        "not transposed": lambda: gap(shares(turned=True), by_u()),
        "only its own loss": lambda: max(gap(OWN[t], influence(t)) for t in (1, 2)),
    },
)


def norm(matrix: Array) -> float:
    """Return the largest stretch, by trying many directions and climbing."""
    v = RNG.normal(size=(SIZE, 200))
    for _ in range(300):
        v = matrix.T @ (matrix @ v)
        v = v / np.maximum(np.linalg.norm(v, axis=0), 1e-300)
    return float(np.max(np.linalg.norm(matrix @ v, axis=0)))


WHOLE = chain(LENGTH, 0)
derivation(
    "d-rnn-vanish",
    seen="db821498de70",
    lines=[
        lambda: norm(WHOLE) - math.prod(norm(J[t]) for t in range(1, LENGTH + 1)),
        lambda: max(
            max(
                norm(J[t]) - float(np.max(1 - H[t] ** 2)) * norm(U),
                float(np.max(1 - H[t] ** 2)) * norm(U) - norm(U),
            )
            for t in range(1, LENGTH + 1)
        ),
        lambda: norm(WHOLE) - norm(U) ** LENGTH,
        lambda: max(
            max(
                abs(n ** (math.log(2) / -math.log(n)) - 0.5),
                abs(round(math.log(2) / -math.log(n), 1) - half),
            )
            for n, half in ((0.9, 6.6), (0.99, 69.0))
        ),
    ],
    wrong={
        "turned round": lambda: norm(U) ** LENGTH - norm(WHOLE),
    },
)

WZ, WC = 1.3, -0.8


def gate(h: float) -> float:
    return 1 / (1 + math.exp(-(WZ * h + 0.4)))


def candidate(h: float) -> float:
    return math.tanh(WC * h + 0.2)


def gated(h: Array) -> float:
    return gate(h[0]) * h[0] + (1 - gate(h[0])) * candidate(h[0])


def three_paths(sign: float = 1.0) -> float:
    h = 0.35
    z, c = gate(h), candidate(h)
    dz, dc = WZ * z * (1 - z), WC * (1 - c**2)
    return abs(slope(gated, h)[0] - (z + sign * dz * (h - c) + (1 - z) * dc))


derivation(
    "d-rnn-gate",
    seen="db7aa49191db",
    lines=[
        three_paths,
        lambda: max(
            max(
                1 - eta * t - math.prod([1 - eta] * t),
                abs(math.prod([1 - eta] * t) - (1 - eta) ** t),
            )
            for eta in (0.01, 0.2)
            for t in (1, 5, 50)
        ),
    ],
    wrong={
        "minus in the second path": lambda: three_paths(-1.0),
        "at most": lambda: math.prod([0.8] * 5) - (1 - 0.2 * 5),
    },
)
