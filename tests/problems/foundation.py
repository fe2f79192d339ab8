"""The numbers of the problems on foundation models."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-foundation-jump")
def per_letter(_: Code) -> Iterable[float]:
    for whole in (0.02, 0.71):
        low, high = 0.0, 1.0
        for _ in range(60):
            q = (low + high) / 2
            low, high = (q, high) if q**10 < whole else (low, q)
        yield low
