"""The numbers of the problems on recurrent neural networks."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-rnn-halflife")
def half_life(_: Code) -> Iterable[float]:
    steps, left = 0, 1.0
    while left * 0.95 > 0.5:
        steps, left = steps + 1, left * 0.95
    whole = steps + math.log(left / 0.5) / math.log(1 / 0.95)
    low, high = 0.9, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if middle**1000 < 0.5 else (low, middle)
    yield from (whole, low)


@solves("p-rnn-backward")
def backward(_: Code) -> Iterable[float]:
    def run(u: float, later: float | None = None) -> float:
        first = math.tanh(u * 0.2 + 0.3)
        return math.tanh((u if later is None else later) * first - 0.1)

    h1, h2, step = math.tanh(0.4), run(0.5), 1e-6
    yield from (0.4, h1, 0.5 * h1 - 0.1, h2)
    late = (run(0.5, 0.5 + step) - run(0.5, 0.5 - step)) / (2 * step)
    early = (run(0.5 + step, 0.5) - run(0.5 - step, 0.5)) / (2 * step)
    yield from (late / h1, late, late / h1 * 0.5, early, late + early)


@solves("p-rnn-scan")
def scan(code: Code) -> Iterable[float]:
    assert code["error"] < 1e-12
    yield code["rounds"]


@solves("p-rnn-explode")
def explode(_: Code) -> Iterable[float]:
    for u in (1.2, 0.8):

        def loss(v: float) -> float:
            h = 1.0
            for _ in range(20):
                h *= v
            return (h - 1) ** 2 / 2

        step = 1e-6
        yield from (u**20, u**20 / u, (loss(u + step) - loss(u - step)) / (2 * step))
    yield 0.01
