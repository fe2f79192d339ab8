"""The numbers of the problems on neural networks."""

from collections.abc import Iterable

import numpy as np

from problems.registry import Code, solves


@solves("p-network-count")
def parameters(_: Code) -> Iterable[float]:
    shapes = [[(12, 1), (12,), (12,), ()], [(12, 1), (12,), (5, 12), (5,), (5,), ()]]
    yield from (sum(np.zeros(shape).size for shape in network) for network in shapes)
    yield from (12 * 2, 5 * 13, 6)


@solves("p-network-step")
def one_step(_: Code) -> Iterable[float]:
    def loss(w: float) -> float:
        return (w * 2 - 3) ** 2

    slope = (loss(0.5 + 1e-6) - loss(0.5 - 1e-6)) / 2e-6
    new = 0.5 - 0.1 * slope
    yield from (loss(0.5), slope, -0.1 * slope, new, new * 2, loss(new))
    low, high = 0.1, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        low, high = (rate, high) if loss(0.5 - rate * slope) <= loss(0.5) + 1e-12 else (low, rate)
    yield low


@solves("p-network-check")
def agree(code: Code) -> Iterable[float]:
    assert code["gap"] < 1e-8 and np.abs(code["by_rule"]).max() > 0.01
    return ()
