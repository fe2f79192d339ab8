"""The numbers of the problems on what generative AI is."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-what-urn")
def sentences(_: Code) -> Iterable[float]:
    counts = {("dogs", "bark"): 6, ("dogs", "sleep"): 2, ("cats", "sleep"): 8}
    total = sum(counts.values())
    first = sum(n for words, n in counts.items() if words[0] == "dogs") / total
    yield from (
        first,
        2 / (6 + 2),
        counts["dogs", "sleep"] / total,
        counts["cats", "sleep"] / total,
    )
