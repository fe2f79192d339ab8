"""Checks for the page on transformers."""

import itertools
import math

import numpy as np

from formulas.numerics import (
    Array,
    Joint,
    Outcome,
    conditional,
    equal_draws,
    gap,
    prefix,
    random_joint,
    shares,
)
from formulas.registry import Formula, check

TopP = tuple[int, list[float]]


def weight(s: Array, i: int, j: int) -> float:
    """exp(s_ij) over the sum over k <= i of exp(s_ik) if j <= i, else 0."""
    if j > i:
        return 0.0
    return float(np.exp(s[i, j]) / sum(np.exp(s[i, k]) for k in range(i + 1)))


def weight_all(s: Array, i: int, j: int) -> float:
    return float(np.exp(s[i, j]) / np.sum(np.exp(s[i]))) if j <= i else 0.0


def weight_strict(s: Array, i: int, j: int) -> float:
    return float(np.exp(s[i, j]) / np.sum(np.exp(s[i, : max(i, 1)]))) if j <= i else 0.0


def weight_negative(s: Array, i: int, j: int) -> float:
    return weight(-s, i, j)


@check(
    "eq-transformer-mask",
    seen="011c93eb7848",
    right=weight,
    wrong={
        "sum over all k": weight_all,
        "sum over k < i": weight_strict,
        "sign of the scores": weight_negative,
    },
    tolerance=1e-12,
)
def softmax_of_masked_scores(formula: Formula) -> float:
    """Truth: attention as the page defines it, with the mask of 0 and -inf added to the scores."""
    s = np.random.default_rng(2).normal(size=(6, 6)) * 2
    mask = np.array([[0.0 if j <= i else -math.inf for j in range(6)] for i in range(6)])
    powers = np.exp(s + mask - np.max(s + mask, axis=1, keepdims=True))
    found = [[formula(s, i, j) for j in range(6)] for i in range(6)]
    return gap(found, powers / powers.sum(axis=1, keepdims=True))


def loss(joint: Joint, x: Outcome) -> float:
    """Minus the sum over i of log p(x_i | x_<i)."""
    places = range(len(x))
    return -sum(math.log(conditional(joint, {i: x[i]}, prefix(x, i))) for i in places)


def loss_plus(joint: Joint, x: Outcome) -> float:
    return -loss(joint, x)


def loss_short_memory(joint: Joint, x: Outcome) -> float:
    places = range(len(x))
    return -sum(
        math.log(conditional(joint, {i: x[i]}, {i - 1: x[i - 1]} if i else {})) for i in places
    )


def loss_from_second(joint: Joint, x: Outcome) -> float:
    places = range(1, len(x))
    return -sum(math.log(conditional(joint, {i: x[i]}, prefix(x, i))) for i in places)


@check(
    "eq-transformer-loss",
    seen="8d4b75c0dd3c",
    right=loss,
    wrong={
        "no minus": loss_plus,
        "only the previous token as context": loss_short_memory,
        "sum from i = 2": loss_from_second,
    },
    tolerance=1e-10,
)
def table_of_all_texts(formula: Formula) -> float:
    """Truth: minus the log of the text's own entry in a random table of all texts."""
    joint = random_joint(3, "abc", 4)
    return max(abs(formula(joint, x) + math.log(p)) for x, p in joint.items())


def temperature(logits: Array, tau: float) -> tuple[Array, Array]:
    """exp(l_a/tau) over its sum, and the ratios (p_1(a)/p_1(b))^(1/tau)."""
    p_tau = np.exp(logits / tau) / np.sum(np.exp(logits / tau))
    p_1 = np.exp(logits) / np.sum(np.exp(logits))
    return p_tau, (p_1[:, None] / p_1[None, :]) ** (1 / tau)


def temperature_power_tau(logits: Array, tau: float) -> tuple[Array, Array]:
    return temperature(logits, tau)[0], temperature(logits, 1 / tau)[1]


def temperature_times(logits: Array, tau: float) -> tuple[Array, Array]:
    return temperature(logits, 1 / tau)[0], temperature(logits, tau)[1]


def temperature_upside_down(logits: Array, tau: float) -> tuple[Array, Array]:
    return temperature(logits, tau)[0], temperature(logits, tau)[1].T


@check(
    "eq-transformer-temperature",
    seen="3a9851a07419",
    right=temperature,
    wrong={
        "ratio to the power tau": temperature_power_tau,
        "logits times tau": temperature_times,
        "ratio of b to a": temperature_upside_down,
    },
    tolerance=1e-7,
)
def draws_that_agree(formula: Formula) -> float:
    """Truth: at tau = 1/k, a token given that k draws at tau = 1 agree, by enumeration of all
    draws; elsewhere, the slope of tau log sum exp(l/tau) by central differences.
    """
    logits = np.array([0.8, -0.3, 0.1])
    cases = [(1 / k, equal_draws(shares(logits), k)) for k in (1, 2, 3)]
    cases += [(tau, shares(logits, tau)) for tau in (0.6, 2.0, 5.0)]
    worst = 0.0
    for tau, truth in cases:
        p_tau, ratio = formula(logits, tau)
        worst = max(worst, gap(p_tau, truth), gap(ratio, truth[:, None] / truth[None, :]))
    return worst


def top_p(p: list[float], rho: float) -> TopP:
    """m = min{n: p_(1) + ... + p_(n) >= rho}; q_(r) = p_(r) over p_(1) + ... + p_(m), else 0."""
    m = min(n for n in range(1, len(p) + 1) if sum(p[:n]) >= rho)
    return m, [p[r] / sum(p[:m]) if r < m else 0.0 for r in range(len(p))]


def top_p_strict(p: list[float], rho: float) -> TopP:
    m = min((n for n in range(1, len(p) + 1) if sum(p[:n]) > rho), default=len(p))
    return m, [p[r] / sum(p[:m]) if r < m else 0.0 for r in range(len(p))]


def top_p_over_rho(p: list[float], rho: float) -> TopP:
    m = top_p(p, rho)[0]
    return m, [p[r] / rho if r < m else 0.0 for r in range(len(p))]


def top_p_not_rescaled(p: list[float], rho: float) -> TopP:
    m = top_p(p, rho)[0]
    return m, [p[r] if r < m else 0.0 for r in range(len(p))]


@check(
    "eq-transformer-top-p",
    seen="614719eb5b04",
    right=top_p,
    wrong={
        "more than rho instead of at least": top_p_strict,
        "divided by rho": top_p_over_rho,
        "not divided": top_p_not_rescaled,
    },
    tolerance=1e-12,
)
def every_set_of_candidates(formula: Formula) -> float:
    """Truth: of all sets of candidates that reach rho, the smallest, and of those the heaviest;
    then the probability of each candidate given that the draw falls into it. All fractions are
    sums of powers of 1/2, so that a total can be exactly rho.
    """
    worst = 0.0
    for p in ([0.5, 0.25, 0.125, 0.0625, 0.0625], [0.375, 0.3125, 0.1875, 0.125]):
        for rho in (0.03125, 0.375, 0.5, 0.6875, 0.75, 0.90625, 1.0):
            sets = [
                chosen
                for size in range(1, len(p) + 1)
                for chosen in itertools.combinations(range(len(p)), size)
                if math.fsum(p[i] for i in chosen) >= rho
            ]
            best = min(sets, key=lambda chosen: (len(chosen), -math.fsum(p[i] for i in chosen)))
            mass = math.fsum(p[i] for i in best)
            m, q = formula(p, rho)
            truth = [p[i] / mass if i in best else 0.0 for i in range(len(p))]
            worst = max(worst, abs(m - len(best)), gap(q, truth))
    return worst
