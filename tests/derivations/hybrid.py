"""Checks for the page on hybrid models."""

import math

import numpy as np
from formulas.numerics import chance, random_joint
from formulas.numerics import conditional as given

from derivations.registry import derivation

# Three blocks; each value hides a code z that its model sums over: (x1, z1, x2, z2, x3, z3).
JOINT = random_joint(12, (0, 1), 6)
BLOCKS = (1, 0, 1)
SEEN = {0: BLOCKS[0], 2: BLOCKS[1], 4: BLOCKS[2]}
RNG = np.random.default_rng(2)
QS = [float(q) for q in RNG.uniform(0.2, 0.8, 3)]


def before(b: int) -> dict[int, int]:
    return {place: value for place, value in SEEN.items() if place < 2 * b}


def factor(b: int) -> float:
    return given(JOINT, {2 * b: BLOCKS[b]}, before(b))  # type: ignore[arg-type]


def elbo(b: int, sign: float = 1.0) -> float:
    """The average of log p(x_b, z | earlier) - log q(z) over the two codes."""
    total = 0.0
    for z, q in ((0, QS[b]), (1, 1 - QS[b])):
        both = given(JOINT, {2 * b: BLOCKS[b], 2 * b + 1: z}, before(b))  # type: ignore[arg-type]
        total += q * (math.log(both) - sign * math.log(q))
    return total


WHOLE = math.log(chance(JOINT, SEEN))  # type: ignore[arg-type]
derivation(
    "d-hybrid-bound",
    seen="eb35fdd8abd3",
    lines=[
        lambda: abs(WHOLE - sum(math.log(factor(b)) for b in range(3))),
        lambda: max(elbo(b) - math.log(factor(b)) for b in range(3)),
        lambda: sum(elbo(b) for b in range(3)) - WHOLE,
    ],
    wrong={
        "turned round": lambda: WHOLE - sum(elbo(b) for b in range(3)),
        "no condition": lambda: abs(
            WHOLE - sum(math.log(chance(JOINT, {2 * b: BLOCKS[b]})) for b in range(3))
        ),
    },
)


def run(blocks: int, once: int, looped: int, steps: int) -> int:
    """Count layer by layer."""
    count = 0
    for _ in range(blocks):
        count += sum(1 for _ in range(once))
        for _ in range(steps):
            count += sum(1 for _ in range(looped))
    return count


CASES = ((16, 18, 6, 10), (4, 3, 5, 1), (7, 2, 9, 30))
derivation(
    "d-hybrid-cost",
    seen="e757219c2976",
    lines=[
        lambda: max(abs(run(b, c1, c2, k) - b * (c1 + k * c2)) for b, c1, c2, k in CASES),
        lambda: max(abs(run(b, 0, c1 + c2, k) - b * k * (c1 + c2)) for b, c1, c2, k in CASES),
        lambda: max(
            max(
                abs(run(b, c1, c2, k) / run(b, 0, c1 + c2, k) - (c1 + k * c2) / (k * (c1 + c2))),
                abs((c1 + 1e12 * c2) / (1e12 * (c1 + c2)) - c2 / (c1 + c2)),
            )
            for b, c1, c2, k in CASES
        ),
    ],
    wrong={"the planner in the loop": lambda: abs(run(16, 18, 6, 10) - 16 * 10 * (18 + 6))},
)
