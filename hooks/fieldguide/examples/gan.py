"""The worked example of the GAN page: three kinds of picture, a collection and a forger.

The collection and the forger are distributions over the same three bins, so the best
discriminator, the value of the game and the Jensen-Shannon divergence are plain sums.
"""

import math

KINDS = ("portrait", "landscape", "still")
P_DATA = (0.6, 0.3, 0.1)
P_GENERATOR = (0.2, 0.3, 0.5)
EARLY_D = 0.02


def best_discriminator(data: float, generator: float) -> float:
    """Return the verdict that wins most at a point with these two probabilities."""
    return data / (data + generator)


def value(verdicts: tuple[float, ...]) -> float:
    """Return the value of the game when the discriminator gives these verdicts."""
    real = sum(p * math.log(d) for p, d in zip(P_DATA, verdicts, strict=True))
    fake = sum(p * math.log(1 - d) for p, d in zip(P_GENERATOR, verdicts, strict=True))
    return real + fake


def kl(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    """Return the Kullback-Leibler divergence of q from p."""
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


def jensen_shannon(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    """Return the Jensen-Shannon divergence in natural units."""
    middle = tuple((a + b) / 2 for a, b in zip(p, q, strict=True))
    return (kl(p, middle) + kl(q, middle)) / 2


def values() -> dict[str, str]:
    """Return every number that the page shows, already formatted."""
    verdicts = tuple(best_discriminator(a, b) for a, b in zip(P_DATA, P_GENERATOR, strict=True))
    best, coin = value(verdicts), value((0.5, 0.5, 0.5))
    result = {
        "value_at_optimum": f"{best:.3f}",
        "value_at_half": f"{coin:.3f}",
        "advantage": f"{best - coin:.3f}",
        "jsd": f"{jensen_shannon(P_DATA, P_GENERATOR):.3f}",
        "early_d": f"{EARLY_D:.2f}",
        "slope_saturating": f"{-EARLY_D:.2f}",
        "slope_nonsaturating": f"{-(1 - EARLY_D):.2f}",
        "slope_ratio": f"{(1 - EARLY_D) / EARLY_D:.0f}",
    }
    for kind, data, generator, verdict in zip(KINDS, P_DATA, P_GENERATOR, verdicts, strict=True):
        result[f"data_{kind}"] = f"{data:.1f}"
        result[f"generator_{kind}"] = f"{generator:.1f}"
        result[f"best_{kind}"] = f"{verdict:.2f}"
    return result
