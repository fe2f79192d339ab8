"""Checks for the page on the way from data to sample."""

import numpy as np

from formulas.numerics import Array, equal_draws, gap, shares
from formulas.registry import Formula, check


def rescaled(logits: Array, t: float) -> tuple[Array, Array]:
    """exp(l_i/T) over its sum, and p_i^(1/T) over its sum, with p the softmax of the logits."""
    p = np.exp(logits) / np.sum(np.exp(logits))
    left = np.exp(logits / t) / np.sum(np.exp(logits / t))
    return left, p ** (1 / t) / np.sum(p ** (1 / t))


def power_t(logits: Array, t: float) -> tuple[Array, Array]:
    p = np.exp(logits) / np.sum(np.exp(logits))
    return rescaled(logits, t)[0], p**t / np.sum(p**t)


def times_t(logits: Array, t: float) -> tuple[Array, Array]:
    return np.exp(logits * t) / np.sum(np.exp(logits * t)), rescaled(logits, t)[1]


def sum_not_rescaled(logits: Array, t: float) -> tuple[Array, Array]:
    p = np.exp(logits) / np.sum(np.exp(logits))
    return rescaled(logits, t)[0], p ** (1 / t) / np.sum(p)


@check(
    "eq-process-temperature",
    seen="09fb92546f10",
    right=rescaled,
    wrong={
        "p to the power T": power_t,
        "logits times T": times_t,
        "sum without the power": sum_not_rescaled,
    },
)
def draws_that_agree(formula: Formula) -> float:
    """Truth: at T = 1/k, a token given that k draws at T = 1 agree, by enumeration of all draws;
    elsewhere, the slope of T log sum exp(l/T) by central differences.
    """
    logits = np.array([1.3, 0.2, -0.7, 0.9])
    worst = 0.0
    for k in (1, 2, 3):
        truth = equal_draws(shares(logits), k)
        worst = max(worst, gap(formula(logits, 1 / k), (truth, truth)))
    for t in (0.7, 1.6, 4.0):
        truth = shares(logits, t)
        worst = max(worst, gap(formula(logits, t), (truth, truth)))
    return worst
