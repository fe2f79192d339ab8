"""Checks for the page on multimodal models."""

import math

import numpy as np

from formulas.numerics import (
    Array,
    Joint,
    Outcome,
    chance,
    conditional,
    gap,
    prefix,
    random_joint,
    shares,
)
from formulas.registry import Formula, check

Sides = tuple[float, float]


def similarity(u: Array, v: Array) -> float:
    """u . v over ||u|| ||v||."""
    return float(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)))


@check(
    "eq-multimodal-similarity",
    seen="b099cf5e1adc",
    right=similarity,
    wrong={
        "no norm of v": lambda u, v: float(u @ v / np.linalg.norm(u)),
        "sign": lambda u, v: -similarity(u, v),
    },
    tolerance=1e-12,
)
def distance_of_directions(formula: Formula) -> float:
    """Truth for a definition: the squared distance of the two directions is 2 - 2 s."""
    u, v = np.random.default_rng(21).normal(size=(2, 4))
    squared = np.sum((u / math.sqrt(sum(u**2)) - v / math.sqrt(sum(v**2))) ** 2)
    return abs(formula(u, v) - (1 - squared / 2))


def contrastive(s: Array, tau: float) -> float:
    """-1/(2N) sum over i of log e^(s_ii/tau) / sum_j e^(s_ij/tau), plus the same with s_ji."""
    total = 0.0
    for i in range(len(s)):
        own = math.exp(s[i, i] / tau)
        total += math.log(own / sum(np.exp(s[i, :] / tau)))
        total += math.log(own / sum(np.exp(s[:, i] / tau)))
    return -total / (2 * len(s))


def contrastive_rows(s: Array, tau: float) -> float:
    own = np.diag(s) / tau
    return float(-np.mean(own - np.log(np.sum(np.exp(s / tau), axis=1))))


@check(
    "eq-multimodal-contrastive",
    seen="c0582dc7bd02",
    right=contrastive,
    wrong={
        "rows only": contrastive_rows,
        "1/N instead of 1/(2N)": lambda s, tau: 2 * contrastive(s, tau),
        "times tau": lambda s, tau: contrastive(s, 1 / tau),
    },
)
def share_of_the_true_partner(formula: Formula) -> float:
    """Truth for a definition: the mean of -log of the true partner's share in its row and in its
    column, each share as the slope of a log of a sum of exponentials.
    """
    s, tau = np.random.default_rng(22).uniform(-1, 1, size=(4, 4)), 0.5
    rows = [-math.log(shares(s[i, :] / tau)[i]) for i in range(4)]
    columns = [-math.log(shares(s[:, i] / tau)[i]) for i in range(4)]
    return abs(formula(s, tau) - math.fsum(rows + columns) / 8)


@check(
    "eq-multimodal-chance",
    seen="f121f45cf8a3",
    right=lambda n: math.log(n),
    wrong={
        "both directions added": lambda n: 2 * math.log(n),
        "log of N - 1": lambda n: math.log(n - 1),
        "sign": lambda n: -math.log(n),
    },
    tolerance=1e-12,
)
def equal_similarities(formula: Formula) -> float:
    """Truth: the loss as the page defines it, for a table with one and the same number in it."""
    cases = ((2, 0.4, 0.1), (3, -0.7, 1.0), (16, 0.9, 0.05))
    return max(abs(formula(n) - contrastive(np.full((n, n), s), tau)) for n, s, tau in cases)


def zero_shot(s: Array, tau: float) -> tuple[Array, int, int]:
    """p(c|x) = e^(s/tau) over its sum; the place of the largest p; the place of the largest s."""
    p = np.exp(s / tau) / sum(np.exp(s / tau))
    return p, int(np.argmax(p)), int(np.argmax(s))


def zero_shot_negative(s: Array, tau: float) -> tuple[Array, int, int]:
    p = np.exp(-s / tau) / sum(np.exp(-s / tau))
    return p, int(np.argmax(p)), int(np.argmax(s))


def zero_shot_smallest(s: Array, tau: float) -> tuple[Array, int, int]:
    p, winner, _ = zero_shot(s, tau)
    return p, winner, int(np.argmin(s))


@check(
    "eq-multimodal-zero-shot",
    seen="04c29245b5f8",
    right=zero_shot,
    wrong={
        "sign of the similarities": zero_shot_negative,
        "times tau": lambda s, tau: zero_shot(s, 1 / tau),
        "the smallest similarity wins": zero_shot_smallest,
    },
    tolerance=1e-7,
)
def contest_of_the_classes(formula: Formula) -> float:
    """Truth: shares as slopes of tau log sum exp(s/tau); the winner by a knock-out contest."""
    random = np.random.default_rng(23)
    worst = 0.0
    for tau in (0.2, 1.0, 3.0):
        s = random.uniform(-1, 1, size=6)
        champion = 0
        for challenger in range(1, 6):
            champion = challenger if s[challenger] > s[champion] else champion
        p, by_share, by_similarity = formula(s, tau)
        wins = abs(by_share - champion) + abs(by_similarity - champion)
        worst = max(worst, gap(p, shares(s, tau)), float(wins))
    return worst


def stream(joint: Joint, u: Outcome) -> Sides:
    """prod over t of p(u_t | u_<t), and minus the sum of the logs of the same."""
    factors = [conditional(joint, {t: u[t]}, prefix(u, t)) for t in range(len(u))]
    return math.prod(factors), -sum(math.log(factor) for factor in factors)


def stream_same_medium(joint: Joint, u: Outcome) -> Sides:
    factors = [
        conditional(joint, {t: u[t]}, {s: u[s] for s in range(t) if str(u[s])[0] == str(u[t])[0]})
        for t in range(len(u))
    ]
    return math.prod(factors), -sum(math.log(factor) for factor in factors)


def stream_plus(joint: Joint, u: Outcome) -> Sides:
    product, loss = stream(joint, u)
    return product, -loss


@check(
    "eq-multimodal-tokens",
    seen="ab33d3da1acf",
    right=stream,
    wrong={
        "only earlier tokens of the same medium": stream_same_medium,
        "no minus before the sum": stream_plus,
    },
    tolerance=1e-10,
)
def table_of_all_streams(formula: Formula) -> float:
    """Truth: the entry of each stream in a random table over two words and two image codes."""
    joint = random_joint(24, ("word 1", "word 2", "code 1", "code 2"), 3)
    return max(gap(formula(joint, u), (p, -math.log(p))) for u, p in joint.items())


def continued(joint: Joint, c: Outcome, x: Outcome) -> Sides:
    """p(c, x) over the sum over x' of p(c, x'), and the product of p(x_t | c, x_<t)."""
    whole = c + x
    total = sum(p for other, p in joint.items() if other[: len(c)] == c)
    factors = [
        conditional(joint, {t: whole[t]}, prefix(whole, t)) for t in range(len(c), len(whole))
    ]
    return joint[whole] / total, math.prod(factors)


def continued_all(joint: Joint, c: Outcome, x: Outcome) -> Sides:
    return joint[c + x] / sum(joint.values()), continued(joint, c, x)[1]


def continued_without_condition(joint: Joint, c: Outcome, x: Outcome) -> Sides:
    whole, n = c + x, len(c)
    factors = [
        conditional(joint, {t: whole[t]}, {s: whole[s] for s in range(n, t)})
        for t in range(n, len(whole))
    ]
    return continued(joint, c, x)[0], math.prod(factors)


@check(
    "eq-multimodal-conditional",
    seen="c38051de8dcd",
    right=continued,
    wrong={
        "sum over the captions too": continued_all,
        "factors without the caption": continued_without_condition,
    },
    tolerance=1e-12,
)
def filtered_records(formula: Formula) -> float:
    """Truth: a file of records of which those with the caption are kept and counted."""
    random = np.random.default_rng(25)
    records = [tuple(record) for record in random.integers(0, 3, size=(4000, 4)).tolist()]
    joint = {record: records.count(record) / len(records) for record in set(records)}

    def count(start: Outcome) -> int:
        return sum(record[: len(start)] == start for record in records)

    worst = abs(chance(joint, {}) - 1)
    for whole in sorted(joint)[::7]:
        c, x = whole[:2], whole[2:]
        worst = max(worst, gap(formula(joint, c, x), [count(whole) / count(c)] * 2))
    return worst
