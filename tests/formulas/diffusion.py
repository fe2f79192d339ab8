"""Checks for the page on diffusion models."""

import math

import numpy as np

from formulas.numerics import (
    CLOUD_WEIGHTS,
    Array,
    cloud_density,
    cloud_mean_noise,
    gap,
    gauss,
    line,
    slope,
)
from formulas.registry import Formula, check

ALPHAS = np.array([0.9, 0.8, 0.7, 0.6, 0.75])  # alpha_1 ... alpha_5
Normal = tuple[float, float]


def bar(t: int) -> float:
    """Return alpha-bar at level t; at level 0 it is 1."""
    return float(np.prod(ALPHAS[:t]))


def marginal(x0: float, t: int) -> Normal:
    """Mean sqrt(bar_t) x_0 and variance 1 - bar_t, with bar_t = alpha_1 ... alpha_t."""
    bar_t = math.prod(ALPHAS[:t])
    return math.sqrt(bar_t) * x0, 1 - bar_t


@check(
    "eq-diffusion-marginal",
    seen="fb9f58932c58",
    right=marginal,
    wrong={
        "no root": lambda x0, t: (bar(t) * x0, 1 - bar(t)),
        "variance of one step": lambda x0, t: (math.sqrt(bar(t)) * x0, 1 - ALPHAS[t - 1]),
        "product to t - 1": lambda x0, t: marginal(x0, t - 1),
    },
)
def steps_one_after_another(formula: Formula) -> float:
    """Truth: the density after each forward step, as the integral of the step's own normal
    density over the density before it, on a grid.
    """
    x, width = line(-8, 8, 481)
    worst = 0.0
    for x0 in (2.0, -0.5):
        density = gauss(x, math.sqrt(ALPHAS[0]) * x0, 1 - ALPHAS[0])
        for t, alpha in enumerate(ALPHAS[1:], start=2):
            step = gauss(x[:, None], math.sqrt(alpha) * x[None, :], 1 - alpha)
            density = step @ density * width
            worst = max(worst, gap(gauss(x, *formula(x0, t)), density))
    return worst


@check(
    "eq-diffusion-score",
    seen="a3409bf91f29",
    right=lambda noise, bar_t: -noise / math.sqrt(1 - bar_t),
    wrong={
        "no minus": lambda noise, bar_t: noise / math.sqrt(1 - bar_t),
        "no root": lambda noise, bar_t: -noise / (1 - bar_t),
        "root of bar": lambda noise, bar_t: -noise / math.sqrt(bar_t),
    },
)
def slope_of_the_log_density(formula: Formula) -> float:
    """Truth: central differences of the log-density of three weighted points of the plane."""
    worst = 0.0
    for bar_t in (0.8, 0.4, 0.1):
        for point in ([0.3, 0.2], [-1.0, 1.1], [0.6, -0.9]):
            x = np.array(point)
            truth = slope(lambda y, b=bar_t: math.log(cloud_density(y, b)), x)
            worst = max(worst, gap(formula(cloud_mean_noise(x, bar_t), bar_t), truth))
    return worst


def posterior(x0: float, x_t: float, t: int) -> Normal:
    """Mean: sqrt(bar_(t-1)) (1 - alpha_t) / (1 - bar_t) x_0
    + sqrt(alpha_t) (1 - bar_(t-1)) / (1 - bar_t) x_t;
    variance: (1 - bar_(t-1)) / (1 - bar_t) (1 - alpha_t).
    """
    alpha, bar_t, before = ALPHAS[t - 1], bar(t), bar(t - 1)
    clean = math.sqrt(before) * (1 - alpha) / (1 - bar_t)
    noisy = math.sqrt(alpha) * (1 - before) / (1 - bar_t)
    return clean * x0 + noisy * x_t, (1 - before) / (1 - bar_t) * (1 - alpha)


def bayes_on_a_grid(x0: float, x_t: float, t: int) -> tuple[Array, Array, float]:
    """Return the grid, the density of x_(t-1) given x_t and x_0 on it, and its width."""
    x, width = line(-8, 8, 1601)
    product = gauss(x, math.sqrt(bar(t - 1)) * x0, 1 - bar(t - 1))
    product = product * gauss(x_t, math.sqrt(ALPHAS[t - 1]) * x, 1 - ALPHAS[t - 1])
    return x, product / (product.sum() * width), width


@check(
    "eq-diffusion-posterior",
    seen="d008e2c13ede",
    right=posterior,
    wrong={
        "weights swapped": lambda x0, x_t, t: (
            posterior(x_t, x0, t)[0],
            posterior(x0, x_t, t)[1],
        ),
        "minus before the clean value": lambda x0, x_t, t: posterior(-x0, x_t, t),
        "variance of the forward step": lambda x0, x_t, t: (
            posterior(x0, x_t, t)[0],
            1 - ALPHAS[t - 1],
        ),
    },
)
def bayes_of_one_step(formula: Formula) -> float:
    """Truth: Bayes' rule on a grid; prior times likelihood, divided by its integral."""
    worst = 0.0
    for x0, x_t, t in ((2.0, 0.4, 2), (-0.7, 1.1, 4), (1.3, -0.6, 5)):
        x, truth, _ = bayes_on_a_grid(x0, x_t, t)
        worst = max(worst, gap(gauss(x, *formula(x0, x_t, t)), truth))
    return worst


def ancestral(x_t: float, noise: float, z: float, t: int) -> float:
    """(x_t - (1 - alpha_t) / sqrt(1 - bar_t) noise) / sqrt(alpha_t) + sigma_t z."""
    alpha, bar_t = ALPHAS[t - 1], bar(t)
    mean = (x_t - (1 - alpha) / math.sqrt(1 - bar_t) * noise) / math.sqrt(alpha)
    return mean + sigma(t) * z


def sigma(t: int) -> float:
    """Return the deviation sigma_t that the page gives with the posterior."""
    return math.sqrt((1 - bar(t - 1)) / (1 - bar(t)) * (1 - ALPHAS[t - 1]))


def ancestral_ddim_root(x_t: float, noise: float, z: float, t: int) -> float:
    alpha, bar_t = ALPHAS[t - 1], bar(t)
    mean = (x_t - math.sqrt(1 - alpha) / math.sqrt(1 - bar_t) * noise) / math.sqrt(alpha)
    return mean + sigma(t) * z


@check(
    "eq-diffusion-ancestral",
    seen="2ada40275123",
    right=ancestral,
    wrong={
        "noise added": lambda x_t, noise, z, t: ancestral(x_t, -noise, z, t),
        "root of 1 - alpha": ancestral_ddim_root,
        "not divided by the root of alpha": lambda x_t, noise, z, t: (
            math.sqrt(ALPHAS[t - 1]) * ancestral(x_t, noise, 0, t) + sigma(t) * z
        ),
        "variance for the deviation": lambda x_t, noise, z, t: ancestral(
            x_t, noise, sigma(t) * z, t
        ),
    },
)
def posterior_at_the_guess(formula: Formula) -> float:
    """Truth: mean and deviation of Bayes' rule on a grid, for the clean value that the noising
    would need to arrive at x_t with this noise.
    """
    worst = 0.0
    for clean, noise, z, t in ((1.7, -0.9, 0.8, 2), (-0.4, 0.5, -1.3, 3), (0.9, 1.4, 0.0, 5)):
        x_t = math.sqrt(bar(t)) * clean + math.sqrt(1 - bar(t)) * noise
        x, truth, width = bayes_on_a_grid(clean, x_t, t)
        mean = float(np.sum(x * truth) * width)
        deviation = math.sqrt(np.sum((x - mean) ** 2 * truth) * width)
        worst = max(worst, abs(formula(x_t, noise, z, t) - (mean + deviation * z)))
    return worst


def ddim(x_t: Array, noise: Array, bar_t: float, bar_s: float) -> Array:
    """sqrt(bar_s) clean + sqrt(1 - bar_s) noise, with
    clean = (x_t - sqrt(1 - bar_t) noise) / sqrt(bar_t).
    """
    clean = (x_t - math.sqrt(1 - bar_t) * noise) / math.sqrt(bar_t)
    return np.asarray(math.sqrt(bar_s) * clean + math.sqrt(1 - bar_s) * noise)


@check(
    "eq-diffusion-ddim",
    seen="e2077d28eb5b",
    right=ddim,
    wrong={
        "noise put back with a minus": lambda x_t, noise, bar_t, bar_s: (
            ddim(x_t, noise, bar_t, bar_s) - 2 * math.sqrt(1 - bar_s) * noise
        ),
        "no noise put back": lambda x_t, noise, bar_t, bar_s: (
            ddim(x_t, noise, bar_t, bar_s) - math.sqrt(1 - bar_s) * noise
        ),
        "weights of s without roots": lambda x_t, noise, bar_t, bar_s: ddim(
            x_t, noise, bar_t, bar_s**2
        ),
    },
    tolerance=2e-3,
)
def transported_normal_distribution(formula: Formula) -> float:
    """Truth: where data are normal, the perfect noise estimate is known, and 2,000 steps must
    carry each point to the same quantile of the data. With exact noise one step must land on the
    noising of the same value (this part to rounding, scaled up to the tolerance).
    """
    mean, spread = 0.8, 0.5
    start = math.pi / 2 - 0.05
    angles = np.linspace(start, 0, 2001)  # bar = cos(angle)^2
    z = np.array([-1.5, -0.3, 0.0, 0.9, 2.0])

    def deviation(bar_t: float) -> float:
        return math.sqrt(bar_t * spread**2 + 1 - bar_t)

    x = math.cos(start) * mean + deviation(math.cos(start) ** 2) * z
    for bar_t, bar_s in zip(np.cos(angles[:-1]) ** 2, np.cos(angles[1:]) ** 2, strict=True):
        noise = math.sqrt(1 - bar_t) * (x - math.sqrt(bar_t) * mean) / deviation(bar_t) ** 2
        x = formula(x, noise, bar_t, bar_s)
    exact = formula(np.array(0.6 * 2.0 - 0.8), np.array(-1.0), 0.36, 0.64)
    return max(gap(x, mean + spread * z), gap(exact, 0.8 * 2.0 - 0.6) * 1e6)


@check(
    "eq-diffusion-guidance",
    seen="47518114019c",
    right=lambda given, empty, w: given + w * (given - empty),
    wrong={
        "w - 1": lambda given, empty, w: given + (w - 1) * (given - empty),
        "difference turned round": lambda given, empty, w: given + w * (empty - given),
        "extended from the empty estimate": lambda given, empty, w: empty + w * (given - empty),
    },
)
def tilted_cloud_density(formula: Formula) -> float:
    """Truth for a definition: guided noise is the noise of the density that is proportional to
    q(x) (q(x|c) / q(x))^(1+w), by central differences of its logarithm.
    """
    bar_t, c = 0.5, np.array([0.1, 0.8, 0.1])  # the caption fits the second data point
    worst = 0.0
    for w in (0.0, 1.0, 2.5):
        for point in ([0.3, 0.2], [-1.0, 0.4]):

            def log_q(x: Array, weights: Array) -> float:
                return math.log(cloud_density(x, bar_t, weights=weights))

            def tilted(x: Array, w: float = w) -> float:
                return (1 + w) * log_q(x, c) - w * log_q(x, CLOUD_WEIGHTS)

            x, scale = np.array(point), -math.sqrt(1 - bar_t)
            given, empty = (
                scale * slope(lambda y, k=k: log_q(y, k), x) for k in (c, CLOUD_WEIGHTS)
            )
            worst = max(worst, gap(formula(given, empty, w), scale * slope(tilted, x)))
    return worst
