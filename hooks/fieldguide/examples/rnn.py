"""The numbers of the worked example on the page about recurrent networks.

A state of one number that should remember whether a quotation mark is open: a gated (GRU)
step by hand, the same memory carried over ten ordinary letters, and a plain recurrent cell
beside it.
"""

import math

START = 0.2
GATE_BIAS = 4.0
GATE_INPUT = -8.0
CANDIDATE_INPUT = 2.0
CANDIDATE_STATE = 1.0
PLAIN_STATE = 0.9
LETTERS = 10


def sigmoid(number: float) -> float:
    """A number between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-number))


def gate(x: float) -> float:
    """Both gates of the example: nearly 1 for a letter (0), nearly 0 for a quotation mark (1)."""
    return sigmoid(GATE_BIAS + GATE_INPUT * x)


def candidate(state: float, x: float) -> float:
    """What the cell would write if it forgot everything else."""
    return math.tanh(CANDIDATE_INPUT * x + CANDIDATE_STATE * gate(x) * state)


def gru_step(state: float, x: float) -> float:
    """The new state: a mixture of the old one and the candidate."""
    keep = gate(x)
    return keep * state + (1.0 - keep) * candidate(state, x)


def values() -> dict[str, str]:
    """Every computed number that the page shows, ready for the text."""
    opened = gru_step(START, 1.0)
    out = {
        "gate_mark": f"{gate(1.0):.3f}",
        "gate_letter": f"{gate(0.0):.3f}",
        "write_mark": f"{1.0 - gate(1.0):.3f}",
        "candidate_in": f"{CANDIDATE_INPUT + CANDIDATE_STATE * gate(1.0) * START:.3f}",
        "candidate_mark": f"{candidate(START, 1.0):.3f}",
        "opened": f"{opened:.2f}",
    }
    gated = plain = opened
    slope = 1.0
    for _ in range(LETTERS):
        gated = gru_step(gated, 0.0)
        plain = math.tanh(PLAIN_STATE * plain)
        slope *= PLAIN_STATE * (1.0 - plain**2)
    out["gated_after"] = f"{gated:.2f}"
    out["plain_after"] = f"{plain:.2f}"
    out["plain_slope"] = f"{slope:.3f}"
    out["gate_product"] = f"{gate(0.0) ** LETTERS:.3f}"
    for label, factor in (("half", 0.5), ("nine", 0.9), ("more", 1.5)):
        out[f"power_{label}"] = f"{factor**LETTERS:.3g}"
    return out
