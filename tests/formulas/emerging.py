"""Checks for the page on emerging directions."""

import itertools
import math
from collections.abc import Callable

import numpy as np

from formulas.numerics import Joint, conditional, gap, interval, normal_below, random_joint
from formulas.registry import Formula, check

POINTS, WEIGHTS = (-1.0, 1.0, 2.0), (0.3, 0.5, 0.2)
TEXT = ("b", "a", "b")
Model = Callable[[int, frozenset[int]], float]  # place, visible places -> p(right token)
Velocity = Callable[[float, float], float]


def below(x: float, t: float) -> float:
    """Return the share of line points that lie below x at time t."""
    return math.fsum(
        w * normal_below((x - t * d) / (1 - t)) for d, w in zip(POINTS, WEIGHTS, strict=True)
    )


def lines_through(x: float, t: float) -> tuple[float, float]:
    """Return the averages of data and of noise over the lines through x, by Bayes' rule."""
    noises = [(x - t * d) / (1 - t) for d in POINTS]
    shares = [w * math.exp(-(e**2) / 2) for w, e in zip(WEIGHTS, noises, strict=True)]
    data = math.fsum(s * d for s, d in zip(shares, POINTS, strict=True)) / sum(shares)
    return data, math.fsum(s * e for s, e in zip(shares, noises, strict=True)) / sum(shares)


@check(
    "eq-emerging-marginal-velocity",
    seen="1f4ddd7301ce",
    right=lambda data, noise, x, t: (data - noise, (data - x) / (1 - t)),
    wrong={
        "data plus noise": lambda data, noise, x, t: (data + noise, (data - x) / (1 - t)),
        "divided by t": lambda data, noise, x, t: (data - noise, (data - x) / t),
        "place minus data": lambda data, noise, x, t: (data - noise, (x - data) / (1 - t)),
        "not divided": lambda data, noise, x, t: (data - noise, data - x),
    },
    tolerance=1e-7,
)
def flow_of_the_crowd(formula: Formula) -> float:
    """Truth: conservation of the crowd. In one dimension the velocity is minus the change in time
    of the share below x, divided by its change in x; both by central differences.
    """
    worst, step = 0.0, 1e-5
    for x, t in ((0.25, 0.5), (-0.8, 0.3), (1.1, 0.7), (0.5, 0.05)):
        in_time = (below(x, t + step) - below(x, t - step)) / (2 * step)
        in_place = (below(x + step, t) - below(x - step, t)) / (2 * step)
        truth = -in_time / in_place
        worst = max(worst, gap(formula(*lines_through(x, t), x, t), (truth, truth)))
    return worst


def masked_bound(log_p: Model, n: int, scale: Callable[[float], float]) -> float:
    """E over t and x_t of scale(t) times the sum over masked i of -log p(x^i | x_t)."""
    total = 0.0
    for t, weight in zip(*interval(12), strict=True):
        for hidden in itertools.product((True, False), repeat=n):
            visible = frozenset(i for i in range(n) if not hidden[i])
            masked = [i for i in range(n) if hidden[i]]
            chance = t ** len(masked) * (1 - t) ** len(visible)
            loss = math.fsum(-log_p(i, visible) for i in masked)
            total += weight * chance * scale(t) * loss
    return total


@check(
    "eq-emerging-masked-bound",
    seen="999f95c4f5d4",
    right=lambda log_p, n: masked_bound(log_p, n, lambda t: 1 / t),
    wrong={
        "no factor 1/t": lambda log_p, n: masked_bound(log_p, n, lambda t: 1.0),
        "factor t": lambda log_p, n: masked_bound(log_p, n, lambda t: t),
        "no minus before the log": lambda log_p, n: -masked_bound(log_p, n, lambda t: 1 / t),
    },
    tolerance=1e-9,
)
def every_order_of_filling(formula: Formula) -> float:
    """Truth: p(x) as the average over all orders in which single places can be filled. For a
    model with contradictions the bound must not be below -log p(x); for one whose orders all
    agree, it must be -log p(x) itself.
    """
    joint: Joint = random_joint(31, "ab", len(TEXT))
    random = np.random.default_rng(32)
    loose: dict[tuple[int, frozenset[int]], float] = {
        (i, frozenset(v)): random.uniform(0.05, 0.95)
        for i in range(len(TEXT))
        for size in range(len(TEXT))
        for v in itertools.combinations([k for k in range(len(TEXT)) if k != i], size)
    }

    def consistent(i: int, visible: frozenset[int]) -> float:
        return math.log(conditional(joint, {i: TEXT[i]}, {k: TEXT[k] for k in sorted(visible)}))

    def contradictory(i: int, visible: frozenset[int]) -> float:
        return math.log(loose[i, visible])

    def log_p(model: Model) -> float:
        orders = list(itertools.permutations(range(len(TEXT))))
        ways = [sum(model(i, frozenset(o[:k])) for k, i in enumerate(o)) for o in orders]
        return math.log(math.fsum(map(math.exp, ways)) / len(orders))

    below = -log_p(contradictory) - formula(contradictory, len(TEXT))
    return max(0.0, below, abs(formula(consistent, len(TEXT)) + math.log(joint[TEXT])))


@check(
    "eq-emerging-scan",
    seen="f83b90530524",
    right=lambda a_next, b_next, a, b, h: (a_next @ a) @ h + (a_next @ b + b_next),
    wrong={
        "matrices in the other order": lambda a_next, b_next, a, b, h: (
            (a @ a_next) @ h + (a_next @ b + b_next)
        ),
        "b_i not multiplied": lambda a_next, b_next, a, b, h: (a_next @ a) @ h + (b + b_next),
        "minus b_(i+1)": lambda a_next, b_next, a, b, h: (a_next @ a) @ h + (a_next @ b - b_next),
    },
    tolerance=1e-12,
)
def two_updates(formula: Formula) -> float:
    """Truth: two updates h = A h + b with random matrices, one after the other."""
    random = np.random.default_rng(33)
    a, a_next = random.normal(size=(2, 3, 3))
    h, b, b_next = random.normal(size=(3, 3))
    after_one = np.array([a[i] @ h + b[i] for i in range(3)])
    after_two = np.array([a_next[i] @ after_one + b_next[i] for i in range(3)])
    return gap(formula(a_next, b_next, a, b, h), after_two)


def euler(v: Velocity, start: float, steps: int) -> float:
    """x_(t+h) = x_t + h v(x_t, t) for t = 0, h, 2h, ..., 1 - h, with h = 1/K."""
    x, h = start, 1 / steps
    for k in range(steps):
        x = x + h * v(x, k * h)
    return x


def euler_changed(
    v: Velocity, start: float, steps: int, factor: float = 1.0, missing: int = 0
) -> float:
    x, h = start, 1 / steps
    for k in range(steps - missing):
        x = x + factor * h * v(x, k * h)
    return x


@check(
    "eq-emerging-euler",
    seen="b92546d15e7c",
    right=euler,
    wrong={
        "minus h": lambda v, start, steps: euler_changed(v, start, steps, factor=-1),
        "half the step": lambda v, start, steps: euler_changed(v, start, steps, factor=0.5),
        "last step missing": lambda v, start, steps: euler_changed(v, start, steps, missing=1),
    },
    tolerance=0.02,
)
def quantiles_of_normal_data(formula: Formula) -> float:
    """Truth: where data are normal, the exact path keeps its quantile, so the end is known. Twice
    the steps must halve the error (to 2%), 2,000 steps must come within 1% of the end, and on
    a straight path one step must be exact (to rounding, scaled up to the tolerance).
    """
    mean, spread, z = 0.6, 0.4, 1.2

    def v(x: float, t: float) -> float:
        variance = (1 - t) ** 2 + (t * spread) ** 2
        return mean + (t * spread**2 - (1 - t)) / variance * (x - t * mean)

    error = {steps: formula(v, z, steps) - (mean + spread * z) for steps in (200, 400, 2000)}
    ratio = error[400] / error[200] if error[200] else math.inf
    straight = max(abs(formula(lambda x, t: 2.3, z, k) - (z + 2.3)) for k in (1, 3))
    return max(abs(2 * ratio - 1), 2 * abs(error[2000]), 1e6 * straight)
