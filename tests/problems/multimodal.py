"""The numbers of the problems on multimodal models."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-multimodal-batch")
def batch(_: Code) -> Iterable[float]:
    s = ((8.0, 2.0), (4.0, 6.0))
    parts = []
    for i in range(2):
        row, column = s[i], (s[0][i], s[1][i])
        for values in (row, column):
            parts.append(math.log(sum(map(math.exp, values))) - s[i][i])
    assert abs(parts[1] - parts[3]) < 1e-12
    yield from (*parts, sum(parts) / 4, math.log(2))


@solves("p-multimodal-tokens")
def tokens(_: Code) -> Iterable[float]:
    kept, raw = 1024 * (8192).bit_length() - 1024, 512 * 512 * 24
    yield from (kept, kept / 8, raw, raw / kept, (2**2) ** 2)


@solves("p-multimodal-zeroshot")
def zero_shot(code: Code) -> Iterable[float]:
    cosines = [4 / (3 * math.sqrt(2)), 1 / 3, 3 / (3 * math.sqrt(2))]
    yield from cosines
    for temperature, name in ((0.1, "shares"), (1.0, "warm")):
        weights = [math.exp(cosine / temperature) for cosine in cosines]
        shares = [weight / sum(weights) for weight in weights]
        assert max(abs(a - b) for a, b in zip(shares, code[name], strict=True)) < 1e-9
        yield from shares if temperature < 1 else shares[:1]


@solves("p-multimodal-limit")
def limit(_: Code) -> Iterable[float]:
    information = sum(1 / 1000 * math.log((1 / 1000) / (1 / 1000 * 1 / 1000)) for _ in range(1000))
    yield from (information, math.log(100))
