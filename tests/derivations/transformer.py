"""Checks for the page on transformers."""

import itertools
import math

import numpy as np
from formulas.numerics import Array, gap, random_joint, slope
from formulas.numerics import conditional as given
from formulas.numerics import prefix as before

from derivations.registry import derivation

SIGNS = np.array(list(itertools.product((-1.0, 1.0), repeat=8)))  # mean 0, variance 1
Q, K = SIGNS[:, :4], SIGNS[:, 4:]  # all pairs of a query and a key of four entries
DOT = np.sum(Q * K, axis=1)
SCORES = np.array([0.4, -1.1, 0.7])


def softmax(scores: Array) -> Array:
    """Return shares along the last axis."""
    weights = np.exp(scores)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def softmax_slopes(sign: float = 1.0) -> float:
    alpha = softmax(SCORES)
    right = alpha[:, None] * (np.eye(3) - sign * alpha[None, :])
    return gap(right, slope(lambda s: softmax(s), SCORES))


derivation(
    "d-transformer-scale",
    seen="0fbb192674fb",
    lines=[
        lambda: gap([DOT.mean(), float(np.sum(Q.mean(0) * K.mean(0)))], [0, 0]),
        lambda: gap(
            [(Q[:, 0] * K[:, 0]).var(), (Q[:, 0] ** 2).mean() * (K[:, 0] ** 2).mean()], [1, 1]
        ),
        lambda: abs(DOT.var() - 4),
        lambda: abs((DOT / math.sqrt(4)).var() - 1),
        softmax_slopes,
    ],
    wrong={
        "not the root": lambda: abs((DOT / 4).var() - 1),
        "plus in the slope": lambda: softmax_slopes(-1.0),
    },
)

RNG = np.random.default_rng(5)
T, WIDTH, HEADS = 5, 12, 3
PART = WIDTH // HEADS
X = RNG.normal(size=(T, WIDTH))
WQ, WK, WV = (RNG.normal(size=(HEADS, WIDTH, PART)) for _ in range(3))
WO = RNG.normal(size=(WIDTH, WIDTH))


def head(i: int) -> Array:
    """Return a head by matrices."""
    scores = X @ WQ[i] @ (X @ WK[i]).T / math.sqrt(PART)
    return np.asarray(softmax(scores) @ (X @ WV[i]))


def head_by_loops(i: int) -> Array:
    """Return a head position by position."""
    rows = []
    for place in range(T):
        scores = [
            sum((X[place] @ WQ[i])[a] * (X[other] @ WK[i])[a] for a in range(PART)) / PART**0.5
            for other in range(T)
        ]
        total = sum(math.exp(score) for score in scores)
        rows.append(
            sum(math.exp(score) / total * (X[other] @ WV[i]) for other, score in enumerate(scores))
        )
    return np.asarray(rows)


def block_weights(heads: int, width: int) -> tuple[int, int]:
    """Return how many weights attention and feed-forward have, by making them."""
    part = width // heads
    attention = [np.zeros((width, part)) for _ in range(3 * heads)] + [np.zeros((width, width))]
    forward = [np.zeros((width, 4 * width)), np.zeros((4 * width, width))]
    return sum(w.size for w in attention), sum(w.size for w in forward)


HEAD = [head(i) for i in range(HEADS)]
derivation(
    "d-transformer-heads",
    seen="570940fdf5d9",
    lines=[
        lambda: max(gap(HEAD[i], head_by_loops(i)) for i in range(HEADS)),
        lambda: gap(
            np.concatenate(HEAD, axis=1) @ WO,
            sum(HEAD[i] @ WO[i * PART : (i + 1) * PART] for i in range(HEADS)),
        ),
        lambda: max(abs(block_weights(h, 24)[0] - 4 * 24**2) for h in (1, 2, 6)),
        lambda: abs(sum(block_weights(3, 24)) - 12 * 24**2),
    ],
    wrong={
        "three matrices": lambda: abs(block_weights(3, 24)[0] - 3 * 24**2),
        "feed-forward once": lambda: abs(sum(block_weights(3, 24)) - 8 * 24**2),
    },
)

P = np.eye(T)[[3, 0, 4, 1, 2]]
QS, KS, VS = (X @ w[0] for w in (WQ, WK, WV))
S = QS @ KS.T / math.sqrt(PART)
derivation(
    "d-transformer-order",
    seen="30c7d0f8b7fa",
    lines=[
        lambda: gap((P @ X) @ WO, P @ (X @ WO)),
        lambda: gap((P @ QS) @ (P @ KS).T, P @ (QS @ KS.T) @ P.T),
        lambda: gap(softmax(P @ S @ P.T), P @ softmax(S) @ P.T),
        lambda: gap(P @ softmax(S) @ P.T @ P @ VS, P @ (softmax(S) @ VS)),
    ],
    wrong={
        "no transpose": lambda: gap((P @ QS) @ (P @ KS).T, P @ (QS @ KS.T) @ P),
        "a causal mask sees the order": lambda: gap(
            softmax(P @ S @ P.T + np.triu(np.full((T, T), -1e9), 1)),
            P @ softmax(S + np.triu(np.full((T, T), -1e9), 1)) @ P.T,
        ),
    },
)


def turn(angle: float) -> Array:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


QR, KR, THETA = np.array([0.3, -1.2]), np.array([0.9, 0.4]), 0.37
PLACES = ((2, 7), (5, 1), (4, 4))


def product_by_complex(m: int, n: int) -> float:
    """Return the product of the turned vectors, as complex numbers."""
    q = complex(*QR) * complex(math.cos(m * THETA), math.sin(m * THETA))
    k = complex(*KR) * complex(math.cos(n * THETA), math.sin(n * THETA))
    return (q.conjugate() * k).real


derivation(
    "d-transformer-rotary",
    seen="e41253424a6e",
    lines=[
        lambda: max(
            abs(product_by_complex(m, n) - QR @ turn(m * THETA).T @ turn(n * THETA) @ KR)
            for m, n in PLACES
        ),
        lambda: max(
            gap(turn(m * THETA).T @ turn(n * THETA), turn((n - m) * THETA)) for m, n in PLACES
        ),
        lambda: max(
            abs(product_by_complex(m, n) - QR @ turn((n - m) * THETA) @ KR) for m, n in PLACES
        ),
    ],
    wrong={
        "the sum of the places": lambda: max(
            abs(product_by_complex(m, n) - QR @ turn((n + m) * THETA) @ KR) for m, n in PLACES
        ),
        "the other way": lambda: max(
            abs(product_by_complex(m, n) - QR @ turn((m - n) * THETA) @ KR) for m, n in PLACES
        ),
    },
)

JOINT = random_joint(7, "abc", 4)
TEXT = ("a", "c", "b", "c")
STEPS = [given(JOINT, {i: TEXT[i]}, before(TEXT, i)) for i in range(4)]
P4, Q4 = np.array([0.5, 0.3, 0.15, 0.05]), np.array([0.2, 0.2, 0.5, 0.1])


def entropy(p: Array) -> float:
    return float(-np.sum(p * np.log(p)))


derivation(
    "d-transformer-perplexity",
    seen="986edd1b992e",
    lines=[
        lambda: abs(-math.log(JOINT[TEXT]) / 4 + sum(map(math.log, STEPS)) / 4),
        lambda: abs(
            math.exp(-sum(map(math.log, STEPS)) / 4) - math.prod(1 / p for p in STEPS) ** 0.25
        ),
        lambda: (
            max(
                abs(math.exp(-sum(math.log(1 / k) for _ in range(6)) / 6) - k)
                for k in (2, 7, 50_000)
            )
            / 50_000
        ),
        lambda: max(
            abs(-np.sum(P4 * np.log(Q4)) - entropy(P4) - np.sum(P4 * np.log(P4 / Q4))),
            entropy(P4) + np.sum(P4 * np.log(Q4)),
        ),
    ],
    wrong={
        "no mean": lambda: abs(
            math.exp(-sum(map(math.log, STEPS))) - math.prod(1 / p for p in STEPS) ** 0.25
        ),
        "KL turned round": lambda: abs(
            -np.sum(P4 * np.log(Q4)) - entropy(P4) - np.sum(Q4 * np.log(Q4 / P4))
        ),
    },
)
