"""The numbers of the problems on people and work."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-work-share")
def saved(_: Code) -> Iterable[float]:
    before, after = 1.0, 0.4 * 0.75 + 0.3 + 0.2 + 0.1 * 0.5 + 0.03
    yield from (0.4, 0.1, 0.25, 0.5, 3 / 100, before - after + 0.03, 100 * (before - after))


@solves("p-work-oversight")
def pace(_: Code) -> Iterable[float]:
    yield from (3600 / 300, 8 * 300, 8 * 300 / 1000)
