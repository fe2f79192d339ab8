"""Checks for the page on variational autoencoders."""

import math

import numpy as np
from formulas.numerics import Array, gauss, slope
from formulas.vae import BENT, CLOUDS, LINEAR, PRIOR, WIDTH, Z, elbo, integral, kl, true_posterior

from derivations.registry import derivation

# log p(x) of the linear decoder in closed form, that of the bent one on a finer grid.
FINE = np.linspace(-9, 9, 20_001)
BENT_LIKELIHOOD = float(
    np.sum(gauss(FINE) * gauss(0.9, FINE + 1.5 * np.sin(2 * FINE), 0.4)) * (FINE[1] - FINE[0])
)
LOGS = (
    (LINEAR, -0.5 * math.log(2 * math.pi * 1.14) - (1.4 - 0.3) ** 2 / (2 * 1.14)),
    (BENT, math.log(BENT_LIKELIHOOD)),
)
QS = [gauss(Z, mean, dev**2) for mean, dev in CLOUDS]


def log(values: Array) -> Array:
    return np.asarray(np.log(np.maximum(values, 1e-300)))


def mean_log_weight(q: Array, decoder: Array) -> float:
    return integral(q * (log(decoder) + log(PRIOR) - log(q)))


def each(gap: object) -> float:
    """Return the largest of a gap over both decoders and all clouds."""
    return max(gap(q, decoder, value) for decoder, value in LOGS for q in QS)  # type: ignore[operator]


derivation(
    "d-vae-jensen",
    seen="0ceb79646828",
    lines=[
        lambda: max(abs(value - math.log(integral(decoder * PRIOR))) for decoder, value in LOGS),
        lambda: each(
            lambda q, d, value: abs(
                value - math.log(integral(q * np.exp(log(d) + log(PRIOR) - log(q))))
            )
        ),
        lambda: each(lambda q, d, value: mean_log_weight(q, d) - value),
        lambda: each(lambda q, d, value: abs(mean_log_weight(q, d) - elbo(q, d))),
    ],
    wrong={
        "Jensen turned round": lambda: each(lambda q, d, value: value - mean_log_weight(q, d)),
        "plus KL": lambda: each(
            lambda q, d, _: abs(mean_log_weight(q, d) - elbo(q, d) - 2 * kl(q, PRIOR))
        ),
    },
)


def error(q: Array, decoder: Array) -> float:
    """Return KL(q || p(z|x)), the posterior by Bayes' rule on the grid."""
    return kl(q, true_posterior(decoder))


derivation(
    "d-vae-identity",
    seen="4f3982f9b879",
    tolerance=1e-7,
    lines=[
        lambda: each(
            lambda q, d, _: abs(error(q, d) - integral(q * (log(q) - log(true_posterior(d)))))
        ),
        lambda: each(
            lambda q, d, value: abs(
                error(q, d) - integral(q * (log(q) - log(d) - log(PRIOR))) - value
            )
        ),
        lambda: each(lambda q, d, value: abs(value - elbo(q, d) - error(q, d))),
        lambda: each(lambda q, d, value: elbo(q, d) - value),
    ],
    wrong={
        "minus the gap": lambda: each(lambda q, d, value: abs(value - elbo(q, d) + error(q, d))),
        "no log-likelihood": lambda: each(
            lambda q, d, _: abs(error(q, d) - integral(q * (log(q) - log(d) - log(PRIOR))))
        ),
    },
)

PAIRS = CLOUDS[1:]
CORE = np.linspace(-3, 3, 61)
derivation(
    "d-vae-normal",
    seen="e49dcb5582e3",
    lines=[
        lambda: max(
            float(
                np.max(
                    np.abs(
                        np.log(gauss(CORE, m, s**2) / gauss(CORE))
                        - (-math.log(s) - (CORE - m) ** 2 / (2 * s**2) + CORE**2 / 2)
                    )
                )
            )
            for m, s in PAIRS
        ),
        lambda: max(
            max(
                abs(integral(gauss(Z, m, s**2) * (Z - m) ** 2) - s**2),
                abs(integral(gauss(Z, m, s**2) * Z**2) - m**2 - s**2),
            )
            for m, s in PAIRS
        ),
        lambda: max(
            abs(kl(gauss(Z, m, s**2), PRIOR) - (-math.log(s) - 0.5 + (m**2 + s**2) / 2))
            for m, s in PAIRS
        ),
    ],
    wrong={
        "plus a half": lambda: abs(kl(QS[1], PRIOR) - (-math.log(0.3) + 0.5 + (0.64 + 0.09) / 2)),
    },
)

M, S = 0.4, 0.7


def f(z: Array) -> Array:
    return np.asarray(np.sin(z) + 0.3 * z**2)


def f_slope(z: Array) -> Array:
    return np.asarray(np.cos(z) + 0.6 * z)


def over(mu: float, sigma: float) -> float:
    """Return the average of f over the cloud, as an integral over the code."""
    return integral(gauss(Z, mu, sigma**2) * f(Z))


BY_MU = slope(lambda m: over(m[0], S), M)[0]
BY_SIGMA = slope(lambda s: over(M, s[0]), S)[0]
ONE = gauss(Z, 1.0, 1.0)


def spread(values: Array) -> float:
    """Return the variance under the normal distribution with mean 1 and variance 1."""
    return integral(ONE * values**2) - integral(ONE * values) ** 2


derivation(
    "d-vae-gradient",
    seen="6783f99980c0",
    tolerance=1e-7,
    lines=[
        lambda: abs(BY_MU - integral(PRIOR * f_slope(M + S * Z))),
        lambda: abs(BY_SIGMA - integral(PRIOR * Z * f_slope(M + S * Z))),
        lambda: abs(BY_MU - integral(gauss(Z, M, S**2) * f(Z) * (Z - M) / S**2)),
        lambda: max(abs(spread(2 * Z) - 4), abs(spread(Z**2 * (Z - 1)) - 30)),
    ],
    wrong={
        "no noise in the slope": lambda: abs(BY_SIGMA - integral(PRIOR * f_slope(M + S * Z))),
        "divided by the deviation": lambda: abs(
            BY_MU - integral(gauss(Z, M, S**2) * f(Z) * (Z - M) / S)
        ),
    },
)

GRID = Z[::10]
STEP = WIDTH * 10


def bound(draws: int, q: Array, decoder: Array) -> float:
    """Return the importance-weighted bound with one or two draws, as an integral over both."""
    q, decoder, prior = q[::10], decoder[::10], PRIOR[::10]
    log_w = log(decoder) + log(prior) - log(q)
    if draws == 1:
        return float(np.sum(q * log_w) * STEP)
    pair = np.logaddexp(log_w[:, None], log_w[None, :]) - math.log(2)
    return float(np.sum(q[:, None] * q[None, :] * pair) * STEP**2)


WIDE = [QS[0]]
derivation(
    "d-vae-importance",
    seen="22917fe36911",
    tolerance=1e-6,
    lines=[
        lambda: max(
            abs(integral(q * (d * PRIOR / q)) - math.exp(value)) for q in WIDE for d, value in LOGS
        ),
        lambda: max(bound(k, q, d) - value for k in (1, 2) for q in QS[:2] for d, value in LOGS),
        lambda: max(bound(1, q, d) - bound(2, q, d) for q in QS[:2] for d, _ in LOGS),
    ],
    wrong={
        "turned round": lambda: max(
            bound(2, q, d) - bound(1, q, d) for q in QS[:2] for d, _ in LOGS
        ),
    },
)
