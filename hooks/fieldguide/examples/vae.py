"""The worked example of the VAE page: a model so small that its likelihood is known exactly.

The code z is drawn from N(0, 1) and the observation x from N(z, 1). Then x is N(0, 2) and
the exact posterior of z is N(x / 2, 1 / 2), so the gap of the bound can be seen.
"""

import math

X = 2.0
NOISE = 1.0
ENCODERS = {
    "collapsed": (0.0, 1.0),
    "point": (1.0, 0.1),
    "rough": (0.8, 0.6),
    "exact": (X / 2, math.sqrt(0.5)),
}


def log_likelihood() -> float:
    """Return log p(x) under the marginal N(0, 2)."""
    variance = 1 + NOISE**2
    return -0.5 * math.log(2 * math.pi * variance) - X**2 / (2 * variance)


def reconstruction(mean: float, deviation: float) -> float:
    """Return the mean of log p(x | z) when z is drawn from N(mean, deviation ** 2)."""
    squared_error = (X - mean) ** 2 + deviation**2
    return -0.5 * math.log(2 * math.pi * NOISE**2) - squared_error / (2 * NOISE**2)


def kl(mean: float, deviation: float, to_mean: float = 0.0, to_deviation: float = 1.0) -> float:
    """Return the divergence of one Gaussian from another, by default the standard one."""
    ratio = deviation / to_deviation
    return 0.5 * (((mean - to_mean) / to_deviation) ** 2 + ratio**2 - 1) - math.log(ratio)


def plain(number: float, digits: int = 3) -> str:
    """Return a number whose rounded zero never carries a minus sign."""
    return f"{round(number, digits) + 0.0:.{digits}f}"


def values() -> dict[str, str]:
    """Return every number that the page shows, already formatted."""
    posterior_mean, posterior_deviation = ENCODERS["exact"]
    result = {
        "x": f"{X:.0f}",
        "log_likelihood": plain(log_likelihood()),
        "posterior_mean": f"{posterior_mean:.0f}",
        "posterior_deviation": f"{posterior_deviation:.2f}",
    }
    for name, (mean, deviation) in ENCODERS.items():
        bound = reconstruction(mean, deviation) - kl(mean, deviation)
        result[f"mean_{name}"] = f"{mean:.1f}"
        result[f"deviation_{name}"] = f"{deviation:.2f}"
        result[f"reconstruction_{name}"] = plain(reconstruction(mean, deviation))
        result[f"kl_{name}"] = plain(kl(mean, deviation))
        result[f"elbo_{name}"] = plain(bound)
        result[f"gap_{name}"] = plain(kl(mean, deviation, posterior_mean, posterior_deviation))
    return result
