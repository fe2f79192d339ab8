"""The numbers of the problems on a picture from words."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-picture-numbers")
def sizes(_: Code) -> Iterable[float]:
    side = 1024 // 8
    yield from (side, 1024**2 * 3, side**2 * 16, 1024**2 * 3 / (side**2 * 16), 30 + 30)
