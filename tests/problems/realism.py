"""The numbers of the problems on realistic results."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-realism-coin")
def errors(_: Code) -> Iterable[float]:
    def spread(judgments: int) -> float:
        """The standard deviation of the number of right guesses, from its distribution."""
        logs = [
            math.lgamma(judgments + 1) - math.lgamma(k + 1) - math.lgamma(judgments - k + 1)
            for k in range(judgments + 1)
        ]
        shares = [math.exp(log - judgments * math.log(2)) for log in logs]
        return math.sqrt(sum(p * (k - judgments / 2) ** 2 for k, p in enumerate(shares)))

    few, many = spread(100), spread(10_000)
    yield from (few / 100, 4 / few, many / 10_000, 100 * 0.8 * many / 10_000)
    yield from (5000 + 0.8 * many, 10_000 * 54 / 100)
    assert abs(400 / many - 8) < 1e-6


@solves("p-realism-detector")
def flags(_: Code) -> Iterable[float]:
    right, wrong = 50 * 9 // 10, 950 * 2 // 100
    yield from (right, wrong, right + wrong, 100 * wrong / (right + wrong))
    group, others = 100 // 5, 850 * 2 // 100
    yield from (group, 850, others, group + others, right + group + others)
