"""Checks for the page on variational autoencoders."""

import math

import numpy as np

from formulas.numerics import Array, gap, gauss, line, normal_below
from formulas.registry import Formula, check

Z, WIDTH = line(-9, 9, 1801)
PRIOR = gauss(Z)
LINEAR = gauss(1.4, 0.8 * Z + 0.3, 0.5)  # p(x|z) at x = 1.4 for a linear decoder
BENT = gauss(0.9, Z + 1.5 * np.sin(2 * Z), 0.4)  # the same for a bent one, at x = 0.9
CLOUDS = ((0.0, 1.0), (0.8, 0.3), (-0.6, 0.7), (1.2, 0.15))  # encoders: mean and deviation


def integral(values: Array) -> float:
    """Return the integral over all codes."""
    return float(np.sum(values) * WIDTH)


def kl(q: Array, p: Array) -> float:
    """KL(q || p), the mean under q of log q - log p; what is too small for a number counts 0."""
    return integral(q * (np.log(np.maximum(q, 1e-300)) - np.log(np.maximum(p, 1e-300))))


def elbo(q: Array, decoder: Array) -> float:
    """E_q[log p(x|z)] - KL(q || p(z))."""
    return integral(q * np.log(decoder)) - kl(q, PRIOR)


def elbo_kl_turned(q: Array, decoder: Array) -> float:
    return integral(q * np.log(decoder)) - kl(PRIOR, q)


def true_posterior(decoder: Array) -> Array:
    """Return p(z|x) by Bayes' rule, the likelihood being an integral over all codes."""
    return np.asarray(PRIOR * decoder / integral(PRIOR * decoder))


@check(
    "eq-vae-elbo",
    seen="fbccb265b379",
    right=elbo,
    wrong={
        "plus KL": lambda q, decoder: elbo(q, decoder) + 2 * kl(q, PRIOR),
        "no KL": lambda q, decoder: elbo(q, decoder) + kl(q, PRIOR),
        "KL turned round": elbo_kl_turned,
    },
)
def likelihood_as_an_integral(formula: Formula) -> float:
    """Truth: log p(x) as an integral over all codes. The bound must not be above it for any
    encoder, and must be equal to it for the encoder that is the true posterior.
    """
    worst = 0.0
    for decoder in (LINEAR, BENT):
        log_p = math.log(integral(PRIOR * decoder))
        above = max(formula(gauss(Z, mean, dev**2), decoder) - log_p for mean, dev in CLOUDS)
        worst = max(worst, above, abs(formula(true_posterior(decoder), decoder) - log_p))
    return worst


@check(
    "eq-vae-gap",
    seen="f81c8c23f58b",
    right=kl,
    wrong={
        "KL turned round": lambda q, posterior: kl(posterior, q),
        "minus KL": lambda q, posterior: -kl(q, posterior),
        "half of KL": lambda q, posterior: kl(q, posterior) / 2,
    },
)
def likelihood_less_bound(formula: Formula) -> float:
    """Truth: log p(x) less the bound of the page, both as integrals; for the linear decoder log
    p(x) in closed form.
    """
    closed = -0.5 * math.log(2 * math.pi * 1.14) - (1.4 - 0.3) ** 2 / (2 * 1.14)
    worst = 0.0
    for decoder, log_p in ((LINEAR, closed), (BENT, math.log(integral(PRIOR * BENT)))):
        for mean, dev in CLOUDS:
            q = gauss(Z, mean, dev**2)
            missing = log_p - elbo(q, decoder)
            worst = max(worst, abs(formula(q, true_posterior(decoder)) - missing))
    return worst


@check(
    "eq-vae-kl",
    seen="6e69bd8c28d4",
    right=lambda mu, sigma: (mu**2 + sigma**2 - 1) / 2 - math.log(sigma),
    wrong={
        "plus 1": lambda mu, sigma: (mu**2 + sigma**2 + 1) / 2 - math.log(sigma),
        "plus the log": lambda mu, sigma: (mu**2 + sigma**2 - 1) / 2 + math.log(sigma),
        "no half": lambda mu, sigma: mu**2 + sigma**2 - 1 - math.log(sigma),
        "log of the variance": lambda mu, sigma: (mu**2 + sigma**2 - 1) / 2 - 2 * math.log(sigma),
    },
)
def divergence_as_an_integral(formula: Formula) -> float:
    """Truth: the integral of q (log q - log p) over the code."""
    clouds = (*CLOUDS, (0.5, 1.1))
    return max(abs(formula(mu, dev) - kl(gauss(Z, mu, dev**2), PRIOR)) for mu, dev in clouds)


DRAWS = 400_000
# How far the shares below any point can be off, but for one set of draws in a billion
# (the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart).
OFF = math.sqrt(math.log(2 / 1e-9) / (2 * DRAWS))


@check(
    "eq-vae-reparameterization",
    seen="e332bdd1a78e",
    right=lambda mu, sigma, noise: mu + sigma * noise,
    wrong={
        "variance for the deviation": lambda mu, sigma, noise: mu + sigma**2 * noise,
        "minus the mean": lambda mu, sigma, noise: -mu + sigma * noise,
        "noise not multiplied": lambda mu, sigma, noise: mu + noise,
        "mean multiplied": lambda mu, sigma, noise: sigma * (mu + noise),
    },
    tolerance=OFF,
)
def shares_of_many_draws(formula: Formula) -> float:
    """Truth: the share of N(mu, sigma^2) below each of 41 points, against 400,000 draws."""
    noise = np.random.default_rng(41).normal(size=DRAWS)
    worst = 0.0
    for mu, sigma in ((0.7, 1.6), (-1.0, 0.4)):
        drawn = np.sort(formula(mu, sigma, noise))
        points = np.linspace(mu - 3 * sigma, mu + 3 * sigma, 41)
        truth = [normal_below((point - mu) / sigma) for point in points]
        worst = max(worst, gap(np.searchsorted(drawn, points) / DRAWS, truth))
    return worst
