"""Checks for the page on hybrid models."""

import math

import numpy as np

from formulas.numerics import Array, Joint, Outcome, conditional, gap, prefix, random_joint
from formulas.registry import Formula, check

Costs = tuple[float, float]


def blocks(joint: Joint, x: Outcome, size: int) -> float:
    """The product over b of p(x^(b) | x^(1), ..., x^(b-1)); a block has `size` elements."""
    return math.prod(
        conditional(joint, {i: x[i] for i in range(start, start + size)}, prefix(x, start))
        for start in range(0, len(x), size)
    )


def blocks_apart(joint: Joint, x: Outcome, size: int) -> float:
    return math.prod(
        conditional(joint, {i: x[i] for i in range(start, start + size)}, {})
        for start in range(0, len(x), size)
    )


def elements_apart(joint: Joint, x: Outcome, size: int) -> float:
    return math.prod(conditional(joint, {i: x[i]}, prefix(x, i - i % size)) for i in range(len(x)))


@check(
    "eq-hybrid-blocks",
    seen="abc9b7acb197",
    right=blocks,
    wrong={
        "no earlier blocks as condition": blocks_apart,
        "elements of a block drawn independently": elements_apart,
    },
    tolerance=1e-12,
)
def table_of_all_pictures(formula: Formula) -> float:
    """Truth: the entry of each picture in a random table of all pictures of four pixels with
    three values, cut into blocks of 1, 2 and 4.
    """
    joint = random_joint(11, range(3), 4)
    return max(abs(formula(joint, x, size) - p) for x, p in joint.items() for size in (1, 2, 4))


def step(x_t: Array, guess: Array, bar_t: float, bar_s: float) -> Array:
    """clean = (x_t - sqrt(1 - bar_t) guess) / sqrt(bar_t); then
    x_s = sqrt(bar_s) clean + sqrt(1 - bar_s) guess.
    """
    clean = (x_t - math.sqrt(1 - bar_t) * guess) / math.sqrt(bar_t)
    return np.asarray(math.sqrt(bar_s) * clean + math.sqrt(1 - bar_s) * guess)


def step_minus(x_t: Array, guess: Array, bar_t: float, bar_s: float) -> Array:
    clean = (x_t - math.sqrt(1 - bar_t) * guess) / math.sqrt(bar_t)
    return np.asarray(math.sqrt(bar_s) * clean - math.sqrt(1 - bar_s) * guess)


def step_no_root(x_t: Array, guess: Array, bar_t: float, bar_s: float) -> Array:
    clean = (x_t - math.sqrt(1 - bar_t) * guess) / bar_t
    return np.asarray(math.sqrt(bar_s) * clean + math.sqrt(1 - bar_s) * guess)


def step_noise_of_t(x_t: Array, guess: Array, bar_t: float, bar_s: float) -> Array:
    clean = (x_t - math.sqrt(1 - bar_t) * guess) / math.sqrt(bar_t)
    return np.asarray(math.sqrt(bar_s) * clean + math.sqrt(1 - bar_t) * guess)


@check(
    "eq-hybrid-sampling",
    seen="9dce42269047",
    right=step,
    wrong={
        "noise put back with a minus": step_minus,
        "divided by bar_t without the root": step_no_root,
        "noise weight of level t": step_noise_of_t,
    },
    tolerance=1e-12,
)
def landing_on_the_lower_level(formula: Formula) -> float:
    """Truth: with the exact noise, the step lands where the noising of the page puts the same
    block and noise at level s; in two jumps as in one; and at level 0 on the block itself.
    """
    random = np.random.default_rng(12)
    clean, noise = random.normal(size=(2, 2)) * 2, random.normal(size=(2, 2))

    def level(bar: float) -> Array:
        return np.asarray(math.sqrt(bar) * clean + math.sqrt(1 - bar) * noise)

    middle = formula(level(0.2), noise, 0.2, 0.5)
    return max(
        gap(middle, level(0.5)),
        gap(formula(middle, noise, 0.5, 0.9), level(0.9)),
        gap(formula(level(0.2), noise, 0.2, 1.0), clean),
    )


def cost(n: int, blocks: int, once: int, loop: int, steps: int) -> Costs:
    """W = n (L_once + T L_loop) and S = B (L_once + T L_loop)."""
    return n * (once + steps * loop), blocks * (once + steps * loop)


def cost_all_in_loop(n: int, blocks: int, once: int, loop: int, steps: int) -> Costs:
    return n * steps * (once + loop), blocks * steps * (once + loop)


def cost_work_per_block(n: int, blocks: int, once: int, loop: int, steps: int) -> Costs:
    return n * blocks * (once + steps * loop), blocks * (once + steps * loop)


def cost_no_queue(n: int, blocks: int, once: int, loop: int, steps: int) -> Costs:
    return n * (once + steps * loop), once + steps * loop


@check(
    "eq-hybrid-cost",
    seen="05c1dd1cc994",
    right=cost,
    wrong={
        "all layers in the loop": cost_all_in_loop,
        "work times the blocks": cost_work_per_block,
        "waiting without the blocks": cost_no_queue,
    },
    tolerance=1e-12,
)
def counted_layer_runs(formula: Formula) -> float:
    """Truth: a counter inside the loops of the sampling algorithm itself."""
    worst = 0.0
    for n, count, once, loop, steps in ((12, 3, 4, 2, 5), (16, 4, 8, 4, 10), (6, 1, 0, 3, 7)):
        work = waiting = 0
        for _ in range(count):
            layers = ["once"] * once
            for _ in range(steps):
                layers += ["loop"] * loop
            for _ in layers:
                waiting += 1
                for _ in range(n // count):
                    work += 1
        worst = max(worst, gap(formula(n, count, once, loop, steps), (work, waiting)))
    return worst
