"""Checks for the page on autoregressive models."""

import heapq
import itertools
import math

from formulas.numerics import Joint, Outcome, conditional, gap, random_joint
from formulas.registry import Formula, check


def chain_rule(joint: Joint, x: Outcome, order: tuple[int, ...]) -> float:
    """The product over i of p(x_i | x_<i), the elements taken in this order."""
    return math.prod(
        conditional(joint, {place: x[place]}, {k: x[k] for k in order[:i]})
        for i, place in enumerate(order)
    )


def chain_memoryless(joint: Joint, x: Outcome, order: tuple[int, ...]) -> float:
    return math.prod(conditional(joint, {place: x[place]}, {}) for place in order)


def chain_previous_only(joint: Joint, x: Outcome, order: tuple[int, ...]) -> float:
    return math.prod(
        conditional(joint, {place: x[place]}, {k: x[k] for k in order[max(i - 1, 0) : i]})
        for i, place in enumerate(order)
    )


def chain_from_second(joint: Joint, x: Outcome, order: tuple[int, ...]) -> float:
    return chain_rule(joint, x, order) / conditional(joint, {order[0]: x[order[0]]}, {})


@check(
    "eq-autoregressive-chain-rule",
    seen="cc15d45bc9b4",
    right=chain_rule,
    wrong={
        "no condition": chain_memoryless,
        "only the previous element as condition": chain_previous_only,
        "product from i = 2": chain_from_second,
    },
    tolerance=1e-12,
)
def table_of_all_sequences(formula: Formula) -> float:
    """Truth: the entry of each sequence in a random table, for every order of the elements."""
    joint = random_joint(61, "abc", 3)
    orders = list(itertools.permutations(range(3)))
    return max(abs(formula(joint, x, order) - p) for x, p in joint.items() for order in orders)


def bits(p: float, d: int) -> tuple[float, float]:
    """b = -log p / (D log 2), and 2^(-D b)."""
    b = -math.log(p) / (d * math.log(2))
    return b, 2 ** (-d * b)


def code_lengths(probabilities: list[float]) -> list[int]:
    """Return how many bits Huffman's code gives to each: the two rarest are merged, repeatedly."""
    lengths = [0] * len(probabilities)
    heap = [(p, [i]) for i, p in enumerate(probabilities)]
    heapq.heapify(heap)
    while len(heap) > 1:
        (p, some), (q, others) = heapq.heappop(heap), heapq.heappop(heap)
        for i in some + others:
            lengths[i] += 1
        heapq.heappush(heap, (p + q, some + others))
    return lengths


@check(
    "eq-autoregressive-bits",
    seen="a6d656c1b889",
    right=bits,
    wrong={
        "no log 2": lambda p, d: (-math.log(p) / d, bits(p, d)[1]),
        "not divided by D": lambda p, d: (d * bits(p, d)[0], p),
        "no minus": lambda p, d: (-bits(p, d)[0], p),
        "power without D": lambda p, d: (bits(p, d)[0], 2 ** -bits(p, d)[0]),
    },
    tolerance=1e-12,
)
def huffman_code(formula: Formula) -> float:
    """Truth: the lengths of Huffman's code for all strings of two symbols, which no code beats
    and which are whole numbers since every probability is a power of 1/2; and for eight equally
    probable symbols, three bits.
    """
    first = [0.5, 0.25, 0.125, 0.125]
    then = [[0.25] * 4, [0.5, 0.125, 0.125, 0.25], [0.125, 0.5, 0.25, 0.125], [0.25] * 4]
    strings = [p * q for p, row in zip(first, then, strict=True) for q in row]
    lengths = code_lengths(strings)
    found = [formula(p, 2) for p in strings]
    truth = [(length / 2, p) for length, p in zip(lengths, strings, strict=True)]
    return max(gap(found, truth), gap(formula(8.0**-5, 5), (3.0, 8.0**-5)))
