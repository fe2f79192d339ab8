"""The numbers of the problems on hybrid models."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-hybrid-passes")
def passes(_: Code) -> Iterable[float]:
    hybrid = sum(18 + sum(6 for step in range(10)) for block in range(16))
    loop = sum(24 for step in range(10) for block in range(16))
    yield from (hybrid, loop, 100 * hybrid / loop, loop / hybrid)


@solves("p-hybrid-ends")
def ends(_: Code) -> Iterable[float]:
    yield 1024 / 10
    size = next(s for s in range(1, 1025) if 16 * 1024 / s <= 102.4)
    yield size


@solves("p-hybrid-mask")
def pairs(code: Code) -> Iterable[float]:
    """Count by the rule in words."""
    parts = {"clean": 0, "across": 0, "within": 0}
    for one in range(6):
        for other in range(6):
            parts["clean"] += other // 2 <= one // 2
            parts["across"] += other // 2 < one // 2
            parts["within"] += other // 2 == one // 2
    assert code["pairs"] == sum(parts.values())
    yield from (*parts.values(), code["pairs"], code["allowed"].size)
