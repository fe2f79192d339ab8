"""The numbers of the problems on transformers."""

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from problems.registry import Code, solves


@solves("p-transformer-bpe")
def merges(_: Code) -> Iterable[float]:
    words = [list("banana"), list("bandana")]
    found = []
    for _ in range(3):
        pairs = Counter(pair for word in words for pair in pairwise(word))
        best = max(pairs.values())
        left, right = next(pair for pair in pairs if pairs[pair] == best)
        found.append((left + right, best))
        for word in words:
            at = 0
            while at < len(word) - 1:
                if (word[at], word[at + 1]) == (left, right):
                    word[at : at + 2] = [left + right]
                at += 1
    assert found == [("an", 4), ("ban", 2), ("ana", 2)]
    assert words == [["ban", "ana"], ["ban", "d", "ana"]]
    yield from (13, sum(map(len, words)), 3)


@solves("p-transformer-cache")
def cache(_: Code) -> Iterable[float]:
    numbers = sum(128 for layer in range(32) for head in range(32) for kept in ("key", "value"))
    whole = numbers * 2 * 4096
    yield from (numbers, numbers * 2, whole, whole / 2**30, whole / 2**30 * 8 / 32)


@solves("p-transformer-tying")
def counted(_: Code) -> Iterable[float]:
    d = 768
    block = 4 * d * d + d * 4 * d + 4 * d * d
    blocks, tokens, places = 12 * block, 50_257 * d, 1_024 * d
    yield from (blocks / 1e6, tokens / 1e6, places / 1e6, (blocks + tokens + places) / 1e6)


@solves("p-transformer-sines")
def sines(_: Code) -> Iterable[float]:
    pair = complex(math.cos(1.0), math.sin(1.0))
    turned = pair * complex(math.cos(0.5), math.sin(0.5))
    yield from (pair.imag, pair.real, turned.imag, turned.real)


@solves("p-transformer-gradient")
def gradient(_: Code) -> Iterable[float]:
    logits = [2.0, 1.0, 0.0]

    def loss(shift: int, by: float) -> float:
        moved = [value + by * (at == shift) for at, value in enumerate(logits)]
        return -moved[1] + math.log(sum(map(math.exp, moved)))

    for place in range(3):
        yield (loss(place, 1e-5) - loss(place, -1e-5)) / 2e-5
    yield 1 / (1 + math.e + math.exp(-1))


@solves("p-transformer-mask")
def masked(code: Code) -> Iterable[float]:
    assert code["rows"] == [False, False, False, True]
    return ()


@solves("p-transformer-compare")
def bits(_: Code) -> Iterable[float]:
    a, b = 300 * math.log(12) / math.log(2), 250 * math.log(14) / math.log(2)
    yield from (a, b, a / 1000, b / 1000)
