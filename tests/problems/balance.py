"""The numbers of the problems on advantages and limitations."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-balance-weigh")
def hours(_: Code) -> Iterable[float]:
    saved, errors = 10_000 * 4, 10_000 * 2 // 1000
    yield from (saved, saved / 60, errors, errors * 5, saved / 60 - errors * 5)
    most = saved / (5 * 60)
    yield from (most, 100 * most / 10_000)
