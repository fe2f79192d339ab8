"""The numbers of the problems on risks."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-risks-energy")
def kettle(_: Code) -> Iterable[float]:
    assert abs(4186 * 80 / 3600 - 93) < 0.1  # one liter, 80 kelvin, in watt-hours
    yield from (93 / 0.24, 1e9 * 0.24 / 1e9, 1e9 * 0.24 * 365 / 1e9)
