"""The numbers of the problems on emerging directions."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-emerging-line")
def lines(_: Code) -> Iterable[float]:
    place = -1 + 0.25 * (2 - (-1))
    yield from (0.75, place, 3)
    end = -0.25 + (place + 0.25) / 0.25
    yield end


@solves("p-emerging-reflow")
def reflow(_: Code) -> Iterable[float]:
    mean = (-1 + 1) / 2
    yield from (0.5 + (mean - 0.5), 1 - 0.5, 0.5 + (1 - 0.5))


@solves("p-emerging-masked")
def masked(_: Code) -> Iterable[float]:
    orders = (0.6 * 0.8, 0.5 * 0.9)
    costs = [-math.log(p) for p in orders]
    yield from (*orders, sum(orders) / 2, -math.log(sum(orders) / 2), sum(costs) / 2)


@solves("p-emerging-euler")
def euler(code: Code) -> Iterable[float]:
    yield from code["ends"]


@solves("p-emerging-claim")
def nothing(_: Code) -> Iterable[float]:
    return ()
