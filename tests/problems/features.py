"""The numbers of the problems on key features."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-features-lora")
def adapter(_: Code) -> Iterable[float]:
    trained, whole = sum(4096 * 8 for side in ("down", "up")), 2**12 * 2**12
    yield from (trained, whole, 100 * trained / whole)
