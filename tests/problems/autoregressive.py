"""The numbers of the problems on autoregressive models."""

import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-autoregressive-code")
def code_length(_: Code) -> Iterable[float]:
    bits = [math.log(1 / p) / math.log(2) for p in (0.5, 0.25, 0.8, 0.9)]
    yield from (*bits, sum(bits), sum(bits) / 4, 2 ** -sum(bits), math.log2(16), 4 * math.log2(16))


@solves("p-autoregressive-order")
def both_orders(_: Code) -> Iterable[float]:
    table = {(0, 0): 0.5, (0, 1): 0.1, (1, 0): 0.1, (1, 1): 0.3}
    for place in (0, 1):
        alone = sum(p for pair, p in table.items() if pair[place] == 1)
        yield from (alone, table[1, 1] / alone)


@solves("p-autoregressive-field")
def field(_: Code) -> Iterable[float]:
    seen = {0}
    for layer in range(10):  # what each element of the layer below sees, shifted
        seen |= {place + 2**layer for place in seen}
    yield from (2**9, max(seen), len(seen), len(seen) / 16_000, 16_000)


@solves("p-autoregressive-coder")
def coder(code: Code) -> Iterable[float]:
    chance = 0.75**2 * 0.25**2
    assert abs(code["width"] - chance) < 1e-12
    # The words of six bits that begin a number inside the interval, whatever follows.
    low, high, steps = code["low"], code["low"] + code["width"], 2 ** code["bits"]
    assert any(low <= k / steps and (k + 1) / steps <= high for k in range(steps))
    yield from (code["width"], math.log2(1 / chance), code["bits"])
