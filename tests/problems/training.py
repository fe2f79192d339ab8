"""The numbers of the problems on training and data."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-training-likelihood")
def coins(_: Code) -> Iterable[float]:
    data = (1, 1, 1, 0)
    for heads in (0.5, 0.75):
        likelihood = math.prod(heads if toss else 1 - heads for toss in data)
        yield from (1 - 0.75, likelihood, -math.log(likelihood) / 4)
    best = min(-math.log(h**3 * (1 - h)) / 4 for h in (k / 1000 for k in range(1, 1000)))
    yield best


@solves("p-training-budget")
def run(_: Code) -> Iterable[float]:
    operations = 6 * 405 * 10**9 * 15.6 * 10**12
    seconds = operations / (16_000 * 4e14)
    yield from (operations / 1e25, seconds / 1e6, seconds / 86_400, 405e9 * 20 / 1e12)
    yield from (4.05, 1.56, 16_000 * 4e14 / 1e18)


@solves("p-training-benchmark")
def chance(_: Code) -> Iterable[float]:
    share = 0.88
    variance = sum(p * (x - share) ** 2 for x, p in ((1, share), (0, 1 - share)))
    yield from (share, 1 - share, math.sqrt(variance / 500), 100 * math.sqrt(variance / 500))
