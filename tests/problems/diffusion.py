"""The numbers of the problems on diffusion models."""

import cmath
import math
from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-diffusion-schedule")
def schedule(_: Code) -> Iterable[float]:
    mean, variance = 1.0, 0.0
    for alpha in (0.9, 0.8, 0.5):
        mean, variance = math.sqrt(alpha) * mean, alpha * variance + 1 - alpha
        yield from (mean**2, mean, math.sqrt(variance), mean**2 / variance)
    yield mean * 2 - math.sqrt(variance)


@solves("p-diffusion-convert")
def four_names(_: Code) -> Iterable[float]:
    """A point on a circle: x_t and the velocity are two sides of one turned pair."""
    yield 0.6**2
    a, b = 0.6, math.sin(math.acos(0.6))
    turned = complex(1, -((1 - 0.5 * b) / a * b - 0.5 * a))  # x_t and v
    clean = (turned * cmath.exp(1j * math.acos(0.6))).real
    guided = 0.5 + 2 * 0.3
    yield from (b, clean, 0.5 / b, turned.imag, guided, (1 - b * guided) / a)


@solves("p-diffusion-tanh")
def mean_of_two_points(_: Code) -> Iterable[float]:
    a, x = math.sqrt(0.5), 0.3
    left, right = (math.exp(-((x - a * point) ** 2) / (2 * 0.5)) for point in (-1, 1))
    yield from (a, a * x / 0.5, (right - left) / (right + left))


@solves("p-diffusion-sampler")
def ends(code: Code) -> Iterable[float]:
    yield from (code["right"], code["left"])


@solves("p-diffusion-latent")
def sizes(_: Code) -> Iterable[float]:
    pixels, codes = len(range(512)) ** 2 * 3, 64**2 * 4
    yield from (pixels, codes, pixels / codes)
