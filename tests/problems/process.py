"""The numbers of the problems on the way from data to a sample."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-process-temperature")
def colder(_: Code) -> Iterable[float]:
    weights = [math.exp(math.log(p) / 0.5) for p in (0.6, 0.3, 0.1)]
    yield from (*weights, sum(weights), *(weight / sum(weights) for weight in weights))
    yield from (weights[0] / weights[2], weights[0] / weights[2] / 6)
