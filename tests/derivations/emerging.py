"""Checks for the page on emerging directions."""

import math
from itertools import pairwise

import numpy as np
from formulas.numerics import Array, gap, gauss, line, slope

from derivations.registry import derivation

DATA, WEIGHTS = np.array([-1.0, 0.4, 1.5]), np.array([0.3, 0.5, 0.2])
NOISE, WIDTH = line(-7, 7, 1401)
T = 0.4
PLACES = np.array([-0.8, 0.1, 0.9])


def posterior(x_t: float, t: float) -> Array:
    """Return the probability of each data point, given a place on a line, by Bayes' rule."""
    likely = WEIGHTS * gauss((x_t - t * DATA) / (1 - t))
    return np.asarray(likely / likely.sum())


def clean(x_t: float, t: float) -> float:
    return float(posterior(x_t, t) @ DATA)


def noise(x_t: float, t: float) -> float:
    return float(posterior(x_t, t) @ ((x_t - t * DATA) / (1 - t)))


def velocity(x_t: float, t: float) -> float:
    """Return the average of x - epsilon over the lines through a place."""
    return float(posterior(x_t, t) @ (DATA - (x_t - t * DATA) / (1 - t)))


def guess(x: float) -> float:
    """Any other velocity."""
    return math.sin(x) - 0.3 * x


def error(of: object, other: object = None) -> float:
    """Return the mean squared difference of two velocities over lines; from the target if none."""
    total = 0.0
    for x, weight in zip(DATA, WEIGHTS, strict=True):
        places = (1 - T) * NOISE[::20] + T * x
        for place, eps in zip(places, NOISE[::20], strict=True):
            value = of(place) if of else x - eps  # type: ignore[operator]
            target = other(place) if other else x - eps  # type: ignore[operator]
            total += weight * gauss(eps) * 20 * WIDTH * (value - target) ** 2
    return float(total)


def mean(x: float) -> float:
    return velocity(x, T)


def density(x: float, t: float = T) -> float:
    return float(WEIGHTS @ gauss(x, t * DATA, (1 - t) ** 2))


H = 1e-4


def moved(sign: float = 1.0) -> float:
    """The change of the density in time against what flows out of a place."""
    worst = 0.0
    for x in PLACES:
        change = (density(x, T + H) - density(x, T - H)) / (2 * H)
        out = (mean(x + H) * density(x + H) - mean(x - H) * density(x - H)) / (2 * H)
        worst = max(worst, abs(change + sign * out))
    return worst


def score(x: float) -> float:
    return float(slope(lambda y: math.log(density(y[0])), x)[0])


derivation(
    "d-emerging-target",
    seen="e214bb131ab1",
    tolerance=2e-7,
    lines=[
        lambda: abs(error(guess) - error(guess, mean) - error(mean)),
        lambda: max(
            gap([x - e, x - e], [(x - y) / (1 - T), (y - e) / T])
            for x, e in ((1.5, -0.3), (-1.0, 0.8))
            for y in ((1 - T) * e + T * x,)
        ),
        lambda: max(
            gap([mean(x), mean(x)], [(clean(x, T) - x) / (1 - T), (x - noise(x, T)) / T])
            for x in PLACES
        ),
        lambda: max(
            gap([score(x), score(x)], [-noise(x, T) / (1 - T), (T * mean(x) - x) / (1 - T)])
            for x in PLACES
        ),
        moved,
    ],
    wrong={
        "no mixed error": lambda: abs(error(guess) - error(guess, mean)),
        "divided by t": lambda: max(abs(mean(x) - (clean(x, T) - x) / T) for x in PLACES),
        "plus what flows out": lambda: moved(-1.0),
    },
)


def walk(x: float, t: float, steps: int = 400, end: float = 0.9) -> float:
    """Follow the velocity to the time `end` with the classical solver of fourth order."""
    h = (end - t) / steps
    for k in range(steps):
        s = t + k * h
        k1 = velocity(x, s)
        k2 = velocity(x + h / 2 * k1, s + h / 2)
        k3 = velocity(x + h / 2 * k2, s + h / 2)
        x += h / 6 * (k1 + 2 * k2 + 2 * k3 + velocity(x + h * k3, s + h))
    return x


def off(step: float, sign: float = 1.0) -> float:
    """How far the ends of two neighbors on one solver's step are apart."""
    x = 0.3
    return abs(walk(x, T) - walk(x + sign * step * velocity(x, T), T + step))


def slopes(sign: float = 1.0) -> float:
    x = 0.3
    by_t = (walk(x, T + H) - walk(x, T - H)) / (2 * H)
    by_x = (walk(x + H, T) - walk(x - H, T)) / (2 * H)
    return abs(by_t + sign * velocity(x, T) * by_x)


def jump(x: float, t: float) -> float:
    """A network that is not quite right, and exact at the end."""
    return walk(x, t, 40) + 0.05 * (0.9 - t) * math.sin(3 * x)


def errors(steps: int = 5) -> tuple[float, list[float]]:
    """Return the error of the jump from the start, and those between neighbors on a path."""
    x, times, found = 0.3, np.linspace(0.1, 0.9, steps + 1), []
    path = [x]
    for now, then in pairwise(times):
        path.append(walk(path[-1], float(now), 40, float(then)))
    jumps = [jump(y, float(t)) for y, t in zip(path[:-1], times, strict=False)] + [path[-1]]
    found = [abs(a - b) for a, b in pairwise(jumps)]
    return abs(jumps[0] - path[-1]), found


derivation(
    "d-emerging-consistency",
    seen="c408cb9c8f59",
    tolerance=1e-5,
    lines=[
        lambda: max(abs(walk(0.3, T) - walk(walk(0.3, T, 100, end), end)) for end in (0.5, 0.7)),
        slopes,
        lambda: max(off(1e-3) / 1e-3 - 20 * 1e-3, off(1e-4) / 1e-4 - 20 * 1e-4, off(1e-4)),
        lambda: errors()[0] - sum(errors()[1]),
    ],
    wrong={
        "minus": lambda: slopes(-1.0),
        "the step in the other direction": lambda: off(1e-2, -1.0),
        "the largest error alone": lambda: errors()[0] - min(errors()[1]),
    },
)
