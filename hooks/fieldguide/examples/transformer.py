"""The numbers of the worked example on the Transformers page.

Three tokens, two-dimensional queries and keys, one-dimensional values: one head of causal
self-attention, and then one draw of a next token with temperature and top-p.
"""

import math

TOKENS = ("ana", "says", "she")
QUERIES = ((0.0, 1.0), (2.0, 0.0), (1.0, 0.0))
KEYS = ((2.0, 0.0), (0.0, 2.0), (1.0, 1.0))
VALUES = (10.0, 5.0, 0.0)
LOGITS = (2.0, 1.0, 0.0)
TOP_P = 0.9
CACHE_TOKENS = 1000


def softmax(scores: list[float], temperature: float = 1.0) -> list[float]:
    """Positive numbers that add up to 1, in the order of the scores."""
    top = max(scores)
    powers = [math.exp((score - top) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def attention_weights(row: int, causal: bool = True) -> list[float]:
    """The weights of one position over all positions; with the mask the later ones are -inf."""
    query = QUERIES[row]
    scores = [
        sum(a * b for a, b in zip(query, key, strict=True)) / math.sqrt(len(query)) for key in KEYS
    ]
    if causal:
        scores = [s if column <= row else -math.inf for column, s in enumerate(scores)]
    return softmax(scores)


def top_p(probabilities: list[float], threshold: float) -> list[float]:
    """Keep the fewest most probable entries that reach the threshold, and rescale them."""
    order = sorted(range(len(probabilities)), key=lambda index: -probabilities[index])
    kept: list[int] = []
    mass = 0.0
    for index in order:
        kept.append(index)
        mass += probabilities[index]
        if mass >= threshold:
            break
    return [p / mass if index in kept else 0.0 for index, p in enumerate(probabilities)]


def values() -> dict[str, str]:
    """Every computed number that the page shows, ready for the text."""
    out: dict[str, str] = {}
    query = QUERIES[2]
    scores = []
    for name, key in zip(TOKENS, KEYS, strict=True):
        dot = sum(a * b for a, b in zip(query, key, strict=True))
        scaled = dot / math.sqrt(len(query))
        scores.append(scaled)
        out[f"dot_{name}"] = f"{dot:.0f}"
        out[f"score_{name}"] = f"{scaled:.3f}"
        out[f"exp_{name}"] = f"{math.exp(scaled):.2f}"
    out["exp_sum"] = f"{sum(math.exp(score) for score in scores):.2f}"
    for row, asking in enumerate(TOKENS):
        for column in range(row + 1):
            out[f"w_{asking}_{TOKENS[column]}"] = f"{attention_weights(row)[column]:.3f}"
    out["open_ana_says"] = f"{attention_weights(0, causal=False)[1]:.3f}"
    mixed = sum(w * v for w, v in zip(attention_weights(2), VALUES, strict=True))
    out["mixed_she"] = f"{mixed:.2f}"
    for label, temperature in (("cold", 0.5), ("one", 1.0), ("hot", 2.0)):
        for place, probability in enumerate(softmax(list(LOGITS), temperature), start=1):
            out[f"{label}_{place}"] = f"{probability:.3f}"
    plain = softmax(list(LOGITS))
    out["top_mass"] = f"{plain[0] + plain[1]:.3f}"
    for place, probability in enumerate(top_p(plain, TOP_P), start=1):
        out[f"top_{place}"] = f"{probability:.3f}"
    out["cached"] = f"{CACHE_TOKENS:,}"
    out["uncached"] = f"{CACHE_TOKENS * (CACHE_TOKENS + 1) // 2:,}"
    return out
