"""Checks for the page on generative adversarial networks."""

import math

import numpy as np
from formulas.gan import PAIRS, WIDTH, jensen_shannon, verdicts
from formulas.numerics import Array, gap, slope

from derivations.registry import derivation


def integral(values: Array) -> float:
    """Return the integral over x."""
    return float(np.sum(values) * WIDTH)


A, B = 0.7, 0.4
RNG = np.random.default_rng(3)


def game_by_draws() -> float:
    """The game of a fixed verdict, once as averages over draws and once as the integral, in units
    of ten standard errors.
    """
    draws = 200_000
    data, fakes = RNG.normal(-0.5, 1.0, draws), RNG.normal(0.8, math.sqrt(2.0), draws)
    x = np.linspace(-9, 9, 361)

    def verdict(at: Array) -> Array:
        return np.asarray(1 / (1 + np.exp(0.6 * at)))

    scores = np.log(verdict(data)) + np.log(1 - verdict(fakes))
    p, q = PAIRS[0]
    exact = integral(p * np.log(verdict(x)) + q * np.log(1 - verdict(x)))
    error = 10 * float(scores.std()) / math.sqrt(draws)
    return max(0.0, abs(float(scores.mean()) - exact) - error)


derivation(
    "d-gan-best-verdict",
    tolerance=1e-7,
    seen="1ed68d441ede",
    lines=[
        game_by_draws,
        lambda: max(
            abs(
                slope(lambda y: A * np.log(y[0]) + B * np.log(1 - y[0]), at)[0]
                - A / at
                + B / (1 - at)
            )
            for at in (0.2, 0.5, 0.9)
        ),
        lambda: max(abs(A / y - B / (1 - y)) for y in (A / (A + B),)),
        lambda: max(-A / y**2 - B / (1 - y) ** 2 for y in np.linspace(0.01, 0.99, 99)),
    ],
    wrong={
        "plus in the derivative": lambda: abs(
            slope(lambda y: A * np.log(y[0]) + B * np.log(1 - y[0]), 0.3)[0] - A / 0.3 - B / 0.7
        ),
        "the other share": lambda: abs(A / (B / (A + B)) - B / (A / (A + B))),
    },
)


def kl(p: Array, m: Array) -> float:
    return integral(p * np.log(p / m))


def over_pairs(sides: object) -> float:
    """Return the largest gap of a right side from the game with verdicts found by search."""
    worst = 0.0
    for p, q in PAIRS:
        d = verdicts(p, q)
        value = integral(p * np.log(d) + q * np.log1p(-d))
        worst = max(worst, gap(sides(p, q), value))  # type: ignore[operator]
    return worst


derivation(
    "d-gan-jsd",
    seen="ea15c067535e",
    tolerance=1e-7,
    lines=[
        lambda: over_pairs(
            lambda p, q: integral(p * np.log(p / (p + q)) + q * np.log(q / (p + q)))
        ),
        lambda: over_pairs(
            lambda p, q: integral(
                p * np.log(p / (2 * ((p + q) / 2))) + q * np.log(q / (2 * ((p + q) / 2)))
            )
        ),
        lambda: over_pairs(
            lambda p, q: (
                -2 * math.log(2)
                + integral(p * np.log(p / ((p + q) / 2)))
                + integral(q * np.log(q / ((p + q) / 2)))
            )
        ),
        lambda: over_pairs(lambda p, q: -math.log(4) + kl(p, (p + q) / 2) + kl(q, (p + q) / 2)),
        lambda: over_pairs(lambda p, q: -math.log(4) + 2 * jensen_shannon(p, q)),
        lambda: max(
            max(
                -math.log(integral(p * ((p + q) / 2 / p))) - kl(p, (p + q) / 2),
                math.log(integral(p * ((p + q) / 2 / p))),
            )
            for p, q in PAIRS
        ),
    ],
    wrong={
        "log 2 once": lambda: over_pairs(
            lambda p, q: -math.log(2) + kl(p, (p + q) / 2) + kl(q, (p + q) / 2)
        ),
        "one JSD": lambda: over_pairs(lambda p, q: -math.log(4) + jensen_shannon(p, q)),
        "Jensen turned round": lambda: kl(PAIRS[0][0], sum(PAIRS[0]) / 2),  # type: ignore[arg-type]
    },
)
