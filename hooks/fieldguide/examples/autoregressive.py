"""Worked example of the autoregressive page: a language of two-symbol strings."""

import math
from itertools import product

SYMBOLS = "abc"
FIRST = {"a": 0.5, "b": 0.4, "c": 0.1}
SECOND = {
    "a": {"a": 0.4, "b": 0.3, "c": 0.3},
    "b": {"a": 0.05, "b": 0.05, "c": 0.9},
    "c": {"a": 0.2, "b": 0.3, "c": 0.5},
}


def probability(string: str) -> float:
    """The chain rule for a string of two symbols."""
    return FIRST[string[0]] * SECOND[string[0]][string[1]]


def bits(string: str) -> float:
    """Code length of the whole string."""
    return -math.log2(probability(string))


def greedy() -> str:
    """Take the most probable symbol at each position."""
    first = max(SYMBOLS, key=lambda s: FIRST[s])
    return first + max(SYMBOLS, key=lambda s: SECOND[first][s])


def values() -> dict[str, str]:
    """Numbers that the page quotes, as text."""
    strings = ["".join(pair) for pair in product(SYMBOLS, repeat=2)]
    best = max(strings, key=probability)
    second_c = sum(probability(s + "c") for s in SYMBOLS)
    b_given_c = probability("bc") / second_c
    average = sum(probability(s) * bits(s) for s in strings)
    return {
        "count": str(len(strings)),
        "total": f"{sum(probability(s) for s in strings):.2f}",
        "greedy": greedy(),
        "best": best,
        "p_greedy": f"{probability(greedy()):.2f}",
        "p_best": f"{probability(best):.2f}",
        "bits_best": f"{bits(best):.3f}",
        "bits_best_symbol": f"{bits(best) / 2:.3f}",
        "bits_average_symbol": f"{average / 2:.3f}",
        "bits_uniform_symbol": f"{math.log2(len(SYMBOLS)):.3f}",
        "second_c": f"{second_c:.2f}",
        "b_given_c": f"{b_given_c:.3f}",
        "backward": f"{second_c * b_given_c:.2f}",
        "pixel_passes": f"{256 * 256 * 3:,}",
    }
