"""Checks for the page on diffusion models."""

import math

import numpy as np
from formulas.diffusion import ALPHAS, bar, bayes_on_a_grid, posterior
from formulas.numerics import Array, cloud_density, cloud_mean_noise, gap, gauss, line, slope

from derivations.registry import derivation

X, WIDTH = line(-12, 12, 2401)
RNG = np.random.default_rng(9)
TS = (2, 3, 5)


def two_steps() -> float:
    """Both ways to compute x_2 from one set of draws."""
    x0, e1, e2 = RNG.normal(size=3)
    first = math.sqrt(ALPHAS[0]) * x0 + math.sqrt(1 - ALPHAS[0]) * e1
    second = math.sqrt(ALPHAS[1]) * first + math.sqrt(1 - ALPHAS[1]) * e2
    a1, a2 = ALPHAS[:2]
    right = math.sqrt(a1 * a2) * x0 + math.sqrt(a2 * (1 - a1)) * e1 + math.sqrt(1 - a2) * e2
    return abs(second - right)


def variance_after(t: int) -> float:
    """Return the variance after t steps from a point, by integrals of the chain's densities."""
    x, width = line(-8, 8, 641)
    density = gauss(x, 0.0, 1 - ALPHAS[0])
    for alpha in ALPHAS[1:t]:
        density = gauss(x[:, None], math.sqrt(alpha) * x[None, :], 1 - alpha) @ density * width
    return float(np.sum(x**2 * density) * width)


derivation(
    "d-diffusion-marginal",
    seen="b2201a1a2eee",
    lines=[
        two_steps,
        lambda: max(
            abs(ALPHAS[1] * (1 - ALPHAS[0]) + 1 - ALPHAS[1] - variance_after(2)),
            abs(1 - ALPHAS[0] * ALPHAS[1] - variance_after(2)),
        ),
        lambda: max(
            max(
                abs(ALPHAS[t - 1] * (1 - bar(t - 1)) + 1 - ALPHAS[t - 1] - variance_after(t)),
                abs(1 - bar(t) - variance_after(t)),
            )
            for t in TS
        ),
    ],
    wrong={"not multiplied": lambda: abs(1 - ALPHAS[0] + 1 - ALPHAS[1] - variance_after(2))},
)

CASES = ((2.0, 0.4, 2), (-0.7, 1.1, 4), (1.3, -0.6, 5))


def moments(x0: float, x_t: float, t: int) -> tuple[float, float]:
    """Return mean and variance of the posterior on a grid."""
    x, density, width = bayes_on_a_grid(x0, x_t, t)
    mean = float(np.sum(x * density) * width)
    return mean, float(np.sum((x - mean) ** 2 * density) * width)


def joint_slices() -> float:
    """The posterior by conditioning the joint normal of x_(t-1) and x_t, against Bayes' rule."""
    worst = 0.0
    for x0, x_t, t in CASES:
        before, alpha = 1 - bar(t - 1), ALPHAS[t - 1]
        cov = math.sqrt(alpha) * before  # of x_(t-1) and x_t, given x_0
        gain = cov / (1 - bar(t))
        mean = math.sqrt(bar(t - 1)) * x0 + gain * (x_t - math.sqrt(bar(t)) * x0)
        worst = max(worst, gap((mean, before - gain * cov), moments(x0, x_t, t)))
    return worst


def narrow(t: int, after: float = 1.0) -> float:
    return 1 / (after * ALPHAS[t - 1] / (1 - ALPHAS[t - 1]) + 1 / (1 - bar(t - 1)))


def mean_by_factors(x0: float, x_t: float, t: int, sign: float = 1.0) -> float:
    alpha = ALPHAS[t - 1]
    noisy = math.sqrt(alpha) / (1 - alpha) * x_t
    return narrow(t) * (noisy + sign * math.sqrt(bar(t - 1)) / (1 - bar(t - 1)) * x0)


derivation(
    "d-diffusion-posterior",
    seen="3ccc8a2aa793",
    lines=[
        joint_slices,
        lambda: max(abs(narrow(t) - moments(x0, x_t, t)[1]) for x0, x_t, t in CASES),
        lambda: max(
            abs((1 - ALPHAS[t - 1]) * (1 - bar(t - 1)) / (1 - bar(t)) - moments(x0, x_t, t)[1])
            for x0, x_t, t in CASES
        ),
        lambda: max(abs(mean_by_factors(*case) - moments(*case)[0]) for case in CASES),
        lambda: max(abs(posterior(*case)[0] - moments(*case)[0]) for case in CASES),
    ],
    wrong={
        "no alpha in the precision": lambda: max(
            abs(narrow(t, 1 / ALPHAS[t - 1]) - moments(x0, x_t, t)[1]) for x0, x_t, t in CASES
        ),
        "minus in the mean": lambda: max(
            abs(mean_by_factors(*case, -1.0) - moments(*case)[0]) for case in CASES
        ),
    },
)


def kl(m: float, other: float, variance: float) -> float:
    p, q = gauss(X, m, variance), gauss(X, other, variance)
    return float(
        np.sum(p * (np.log(np.maximum(p, 1e-300)) - np.log(np.maximum(q, 1e-300)))) * WIDTH
    )


def both_noises(t: int) -> tuple[float, float, float, float]:
    """Return the squared difference of two posterior means, sigma^2, and two noises for it."""
    x_t, noise, other = 0.7, 0.5, -0.2
    root, far = math.sqrt(bar(t)), math.sqrt(1 - bar(t))
    means = [posterior((x_t - far * e) / root, x_t, t) for e in (noise, other)]
    return (means[0][0] - means[1][0]) ** 2, means[0][1], noise, other


def weight(t: int, power: int = 2) -> float:
    alpha = ALPHAS[t - 1]
    return (1 - alpha) ** power / (2 * both_noises(t)[1] * alpha * (1 - bar(t)))


derivation(
    "d-diffusion-noise",
    seen="fb3240caf614",
    lines=[
        lambda: abs(kl(0.4, -0.3, 0.6) - 0.49 / 1.2),
        lambda: max(
            abs(
                posterior((0.7 - math.sqrt(1 - bar(t)) * 0.5) / math.sqrt(bar(t)), 0.7, t)[0]
                - (0.7 - (1 - ALPHAS[t - 1]) / math.sqrt(1 - bar(t)) * 0.5)
                / math.sqrt(ALPHAS[t - 1])
            )
            for t in TS
        ),
        lambda: max(
            abs(both_noises(t)[0] / (2 * both_noises(t)[1]) - weight(t) * 0.7**2) for t in TS
        ),
    ],
    wrong={
        "variance in the place of its double": lambda: abs(kl(0.4, -0.3, 0.6) - 0.49 / 0.6),
        "not squared": lambda: max(
            abs(both_noises(t)[0] / (2 * both_noises(t)[1]) - weight(t, 1) * 0.7**2) for t in TS
        ),
    },
)

A, B = math.sqrt(0.4), math.sqrt(0.6)
X0, NOISE = 0.8, -1.3
XT = A * X0 + B * NOISE
V = A * NOISE - B * X0
POINT = np.array([0.3, 0.2])


def tweedie(sign: float = 1.0) -> float:
    """Tweedie's formula for three points of the plane, the mean by Bayes' rule."""
    root, var = math.sqrt(0.4), 0.6
    clean = (POINT - math.sqrt(var) * cloud_mean_noise(POINT, 0.4)) / root
    score = slope(lambda y: math.log(cloud_density(y, 0.4)), POINT)
    return gap(clean, (POINT + sign * var * score) / root)


derivation(
    "d-diffusion-targets",
    seen="ecf36df6efe3",
    lines=[
        lambda: abs((XT - B * NOISE) / A - X0),
        lambda: gap(
            [-(XT - A * X0) / B**2, -NOISE / B],
            [slope(lambda y: np.log(gauss(y[0], A * X0, B**2)), XT)[0]] * 2,
        ),
        tweedie,
        lambda: abs(
            slope(lambda p: math.cos(p[0]) * X0 + math.sin(p[0]) * NOISE, math.acos(A))[0] - V
        ),
        lambda: gap([A * XT - B * V, B * XT + A * V], [X0, NOISE]),
    ],
    wrong={
        "minus in Tweedie": lambda: tweedie(-1.0),
        "weights swapped": lambda: gap([B * XT - A * V, A * XT + B * V], [X0, NOISE]),
    },
)


def snr(t: int) -> float:
    return bar(t) / (1 - bar(t)) if t else math.inf


GUESS = 0.3  # another clean value for the same noisy one
GUESS_NOISE = (XT - A * GUESS) / B
GUESS_V = A * GUESS_NOISE - B * GUESS


def bound_weight(t: int) -> float:
    """Return the KL divergence of step t for two clean values, by the posterior on a grid."""
    m, var = moments(0.9, 0.2, t)
    other, _ = moments(-0.4, 0.2, t)
    return (m - other) ** 2 / (2 * var) / 1.3**2


derivation(
    "d-diffusion-snr",
    seen="4c9f4116b4dd",
    lines=[
        lambda: abs((NOISE - GUESS_NOISE) ** 2 - A**2 / B**2 * (X0 - GUESS) ** 2),
        lambda: abs((V - GUESS_V) ** 2 - (1 + A**2 / B**2) * (X0 - GUESS) ** 2),
        lambda: max(
            max(
                abs(
                    bar(t - 1)
                    * (1 - ALPHAS[t - 1]) ** 2
                    / (2 * posterior(0, 0, t)[1] * (1 - bar(t)) ** 2)
                    - bound_weight(t)
                ),
                abs((snr(t - 1) - snr(t)) / 2 - bound_weight(t)),
            )
            for t in TS
        ),
    ],
    wrong={
        "no half": lambda: max(abs(snr(t - 1) - snr(t) - bound_weight(t)) for t in TS),
        "no one": lambda: abs((V - GUESS_V) ** 2 - A**2 / B**2 * (X0 - GUESS) ** 2),
    },
)

CLASS = np.array([1.0, 0.0, 0.0])  # the condition: the first of the three points
BAR = 0.3


def log_class(y: Array) -> float:
    """Return the log-probability that the first point is the origin of y."""
    return math.log(0.5 * cloud_density(y, BAR, CLASS) / cloud_density(y, BAR))


def score(weights: Array | None = None) -> Array:
    extra = () if weights is None else (weights,)
    return slope(lambda y: math.log(cloud_density(y, BAR, *extra)), POINT)


W = 1.7
TILTED = slope(lambda y: math.log(cloud_density(y, BAR, CLASS)) + W * log_class(y), POINT)


def guided(w: float) -> Array:
    """Return the score that belongs to the guided noise; the conditional noise in closed form."""
    root, far = math.sqrt(BAR), math.sqrt(1 - BAR)
    conditional = (POINT - root * np.array([1.0, 0.5])) / far
    return np.asarray(-(conditional + w * (conditional - cloud_mean_noise(POINT, BAR))) / far)


derivation(
    "d-diffusion-guidance",
    seen="68370cf873a7",
    tolerance=1e-7,
    lines=[
        lambda: gap(score(CLASS), score() + slope(log_class, POINT)),
        lambda: gap(TILTED, score(CLASS) + W * slope(log_class, POINT)),
        lambda: gap(slope(log_class, POINT), score(CLASS) - score()),
        lambda: max(gap((1 + W) * score(CLASS) - W * score(), guided(W)), gap(guided(W), TILTED)),
    ],
    wrong={
        "w for 1 + w": lambda: gap(guided(W - 1), TILTED),
        "minus": lambda: gap(score(CLASS), score() - slope(log_class, POINT)),
    },
)

# A mixture of two normal clouds under the forward process with beta = 0.8.
BETA = 0.8


def mixture(x: Array, t: float) -> Array:
    decay = math.exp(-BETA * t)
    root = math.sqrt(decay)
    var = 0.2 * decay + 1 - decay
    return np.asarray(0.6 * gauss(x, -1.2 * root, var) + 0.4 * gauss(x, 0.9 * root, var))


H = 1e-4
INNER = np.linspace(-2.5, 2.5, 41)


def by_x(values: object, x: Array = INNER) -> Array:
    return np.asarray((values(x + H) - values(x - H)) / (2 * H))  # type: ignore[operator]


def flow(x: Array, t: float, half: float = 0.5) -> Array:
    """Return the velocity u = -beta/2 (x + slope of log p)."""
    return np.asarray(-half * BETA * (x + by_x(lambda y: np.log(mixture(y, t)), x)))


T = 0.5
BY_T = (mixture(INNER, T + H) - mixture(INNER, T - H)) / (2 * H)


def along_path(sign: float = 1.0) -> float:
    """The change of log p along one small step of the path."""
    step = 1e-4
    x = np.array([0.3])
    middle = x + step / 2 * flow(x, T)
    ahead = x + step * flow(middle, T + step / 2)
    change = (np.log(mixture(ahead, T + step)) - np.log(mixture(x, T))) / step
    spread = by_x(lambda y: flow(y, T + step / 2), middle)
    return gap(change, -sign * spread)


derivation(
    "d-diffusion-ode",
    seen="0c14fb8e87cf",
    tolerance=2e-5,
    lines=[
        lambda: gap(
            BY_T,
            by_x(lambda x: BETA / 2 * x * mixture(x, T))
            + BETA / 2 * by_x(lambda x: by_x(lambda y: mixture(y, T), x)),
        ),
        lambda: gap(
            by_x(lambda x: by_x(lambda y: mixture(y, T), x)),
            by_x(lambda x: mixture(x, T) * by_x(lambda y: np.log(mixture(y, T)), x)),
        ),
        lambda: gap(BY_T, -by_x(lambda x: flow(x, T) * mixture(x, T))),
        along_path,
    ],
    wrong={
        "the whole score": lambda: gap(BY_T, -by_x(lambda x: flow(x, T, 1.0) * mixture(x, T))),
        "denser where paths part": lambda: along_path(-1.0),
    },
)
