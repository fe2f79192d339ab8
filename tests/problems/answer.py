"""The numbers of the problems on a chat answer."""

from collections.abc import Iterable
from itertools import accumulate

from problems.registry import Code, solves


@solves("p-answer-draw")
def top_p(_: Code) -> Iterable[float]:
    offered = [0.5, 0.3, 0.15, 0.05]
    reached = list(accumulate(offered))
    kept = next(n for n, total in enumerate(reached, 1) if total >= 0.9 - 1e-12)
    shares = [p / reached[kept - 1] for p in offered[:kept]]
    ends = list(accumulate(shares))
    assert ends[0] < 0.7 < ends[1]
    yield from (reached[1], reached[2], *shares, *ends)
