"""The numbers of the problems on variational autoencoders."""

import math
from collections.abc import Iterable

import numpy as np
from formulas.numerics import gauss, line

from problems.registry import Code, solves


@solves("p-vae-price")
def price(_: Code) -> Iterable[float]:
    z, width = line(-12, 12, 4801)
    costs = []
    for mean, deviation in ((1.0, 0.5), (-0.5, 1.0)):
        q = gauss(z, mean, deviation**2)
        logs = -math.log(deviation) - (z - mean) ** 2 / (2 * deviation**2) + z**2 / 2
        costs.append(float((q * logs).sum() * width))
    yield 0.5**2
    yield from (
        *costs,
        sum(costs),
        sum(costs) / math.log(2),
        -math.log(0.5),
        costs[0] + math.log(0.5),
    )


@solves("p-vae-codebook")
def codebook(_: Code) -> Iterable[float]:
    z, entries = (1.3, 0.4), ((0, 0), (2, 0), (0, 2))
    far = [math.dist(z, entry) ** 2 for entry in entries]
    assert min(far) == far[1]
    yield from far
    beta, step = 0.25, 1e-6

    def commitment(a: float, b: float) -> float:
        return beta * math.dist((a, b), entries[1]) ** 2

    yield commitment(*z)
    slopes = (
        (commitment(z[0] + step, z[1]) - commitment(z[0] - step, z[1])) / (2 * step),
        (commitment(z[0], z[1] + step) - commitment(z[0], z[1] - step)) / (2 * step),
    )
    yield from (*slopes, 0.2 + slopes[0], -0.1 + slopes[1])


@solves("p-vae-importance")
def importance(code: Code) -> Iterable[float]:
    z, width = line(-10, 10, 801)
    log_w = -0.5 * math.log(2 * math.pi) - 0.5 * (1 - z) ** 2
    q = gauss(z)
    elbo = float((q * log_w).sum() * width)
    pair = np.logaddexp(log_w[:, None], log_w[None, :]) - math.log(2)
    two = float((q[:, None] * q[None, :] * pair).sum() * width**2)
    exact = math.log(float(gauss(1.0, 0.0, 2.0)))
    for name, value in (("exact", exact), ("elbo", elbo), ("two", two)):
        assert abs(code[name] - value) < 1e-4, name
    yield from (exact, elbo, two, exact - elbo)


@solves("p-vae-bounds")
def difference(_: Code) -> Iterable[float]:
    yield 85.6 - 84.9
