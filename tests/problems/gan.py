"""The numbers of the problems on generative adversarial networks."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-gan-verdicts")
def three_kinds(_: Code) -> Iterable[float]:
    real, fake = (0.5, 0.3, 0.2), (0.1, 0.3, 0.6)
    for p, q in zip(real, fake, strict=True):
        yield 1 / (1 + q / p)
    yield 0.6
    yield 0.8
    first = sum(p * -math.log1p(q / p) for p, q in zip(real, fake, strict=True))
    second = sum(q * -math.log1p(p / q) for p, q in zip(real, fake, strict=True))
    middle = [(p + q) / 2 for p, q in zip(real, fake, strict=True)]
    jsd = sum(
        (p * math.log(p / m) + q * math.log(q / m)) / 2
        for p, q, m in zip(real, fake, middle, strict=True)
    )
    yield from (first, second, first + second, math.log(4), jsd)


@solves("p-gan-score")
def score_at_two(_: Code) -> Iterable[float]:
    p, q = math.exp(-(2.0**2) / 2), math.exp(-((2.0 - 1) ** 2) / 2)
    yield from (math.log(p / q), p / (p + q))


@solves("p-gan-coverage")
def coverage(code: Code) -> Iterable[float]:
    yield from (*code["collapsed"], *code["spread"])


@solves("p-gan-fid")
def usual_number_of_samples(_: Code) -> Iterable[float]:
    yield 50_000
