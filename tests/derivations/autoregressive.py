"""Checks for the page on autoregressive models."""

import itertools
import math

import numpy as np
from formulas.numerics import chance, random_joint
from formulas.numerics import conditional as given

from derivations.registry import derivation

JOINT = random_joint(3, "abc", 3)
TEXTS = list(JOINT)
RNG = np.random.default_rng(8)


def shares(count: int) -> list[float]:
    weights = RNG.gamma(1.0, size=count)
    return [float(w) for w in weights / weights.sum()]


# A model of guesses: after each beginning a distribution over three symbols.
MODEL = {
    beginning: dict(zip("abc", shares(3), strict=True))
    for length in range(3)
    for beginning in itertools.product("abc", repeat=length)
}


def guess(text: tuple[str, ...]) -> float:
    """Return the product of the guesses."""
    return math.prod(MODEL[text[:i]][text[i]] for i in range(len(text)))


def link(text: tuple[object, ...]) -> float:
    """p(x1) p(x2 | x1) p(x3 | x1, x2), each factor from the table."""
    a, b, c = text
    return (
        chance(JOINT, {0: a})  # type: ignore[dict-item]
        * given(JOINT, {1: b}, {0: a})  # type: ignore[dict-item]
        * given(JOINT, {2: c}, {0: a, 1: b})  # type: ignore[dict-item]
    )


derivation(
    "d-autoregressive-chain",
    seen="661e9a98c6c7",
    lines=[
        lambda: max(
            abs(
                JOINT[t]
                - chance(JOINT, {0: t[0], 1: t[1]}) * given(JOINT, {2: t[2]}, {0: t[0], 1: t[1]})
            )
            for t in TEXTS
        ),
        lambda: max(abs(JOINT[t] - link(t)) for t in TEXTS),
        lambda: max(
            abs(sum(guess((a, b, c)) for c in "abc") - guess((a, b))) for a in "abc" for b in "abc"
        ),
        lambda: abs(math.fsum(map(guess, itertools.product("abc", repeat=3))) - 1),
    ],
    wrong={
        "a condition left out": lambda: max(
            abs(
                JOINT[t]
                - chance(JOINT, {0: t[0]})
                * given(JOINT, {1: t[1]}, {0: t[0]})
                * chance(JOINT, {2: t[2]})
            )
            for t in TEXTS
        ),
    },
)


def cost() -> float:
    """The mean code length in bits of texts from the table, coded by the model."""
    return math.fsum(-JOINT[t] * math.log2(guess(t)) for t in TEXTS)  # type: ignore[arg-type]


ENTROPY = math.fsum(-p * math.log2(p) for p in JOINT.values())
PRICE = math.fsum(p * math.log2(p / guess(t)) for t, p in JOINT.items())  # type: ignore[arg-type]
derivation(
    "d-autoregressive-bits",
    seen="39b5328fe64f",
    lines=[
        lambda: max(
            abs(
                -math.log(guess(t)) / (3 * math.log(2))  # type: ignore[arg-type]
                - sum(-math.log2(MODEL[t[:i]][t[i]]) for i in range(3)) / 3  # type: ignore[index]
            )
            for t in TEXTS
        ),
        lambda: abs(cost() - ENTROPY - PRICE),
        lambda: ENTROPY - cost(),
        lambda: max(abs(-math.log2((1 / k) ** 5) / 5 - math.log2(k)) for k in (3, 16, 256)),
    ],
    wrong={
        "minus the price": lambda: abs(cost() - ENTROPY + PRICE),
        "nats": lambda: abs(cost() * math.log(2) - ENTROPY - PRICE),
    },
)
