"""The numbers of the problems on why it matters."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-why-percent")
def percent(_: Code) -> Iterable[float]:
    saved = 161 - 71
    yield from (saved, 100 * saved / 161, 161 / 71, 100 * (60 / 71) / (60 / 161) - 100)
    yield 100  # the largest share
