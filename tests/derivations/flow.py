"""Checks for the page on normalizing flows."""

import math

import numpy as np
from formulas.numerics import Array, gap, gauss, line, normal_below, slope

from derivations.registry import derivation

X, WIDTH = line(-6, 6, 4801)


def rising(x: Array) -> Array:
    return np.asarray(x + 0.5 * np.sin(x))


def rise(x: Array) -> Array:
    return np.asarray(1 + 0.5 * np.cos(x))


def density_by_search(x: float) -> float:
    """The density of data x = f^-1(z), by counting the noise between two data points."""
    h = 1e-4
    ends = [normal_below(float(rising(np.array(at)))) for at in (x - h, x + h)]
    return (ends[1] - ends[0]) / (2 * h)


def inverse(z: float) -> float:
    low, high = -20.0, 20.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(np.array(middle)) < z else (low, middle)
    return low


NOISE, NOISE_WIDTH = line(-8, 8, 4001)
BELOW = np.array([inverse(z) for z in NOISE])


def share_below(x: float) -> float:
    """The share of the data below x, as an integral over the noise."""
    ends = np.searchsorted(BELOW, x)
    weights = gauss(NOISE)
    part = (x - BELOW[ends - 1]) / (BELOW[ends] - BELOW[ends - 1])
    return float((weights[:ends].sum() + (part - 0.5) * weights[ends - 1]) * NOISE_WIDTH)


def plane(x: Array) -> Array:
    """An invertible map of the plane."""
    return np.array([x[0] + 0.3 * np.sin(x[1]), np.exp(0.2 * x[0]) * x[1] + 0.1 * x[0] ** 2])


AT = np.array([0.4, -0.7])
JACOBIAN = slope(plane, AT)


def area_ratio() -> float:
    """The area of the image of a small square, by the formula for polygons."""
    side = 1e-4
    corners = [AT + side * np.array(c) for c in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    image = [plane(corner) for corner in corners]
    area = 0.0
    for p, q in zip(image, image[1:] + image[:1], strict=True):
        area += (p[0] * q[1] - q[0] * p[1]) / 2
    return abs(area) / (2 * side) ** 2


def squeezed(sign: float = 1.0) -> float:
    """All density of the plane, pulled back by the map, adds up to 1."""
    axis, width = line(-12, 12, 481)
    total = 0.0
    for a in axis:
        points = np.array([np.full(axis.size, a), axis])
        z = plane(points)
        # The determinant of the map, written out.
        det = np.exp(0.2 * a) - 0.3 * np.cos(axis) * (0.2 * np.exp(0.2 * a) * axis + 0.2 * a)
        inside = (np.abs(axis) < 11) & (abs(a) < 8)
        total += float(np.sum((gauss(z[0]) * gauss(z[1]) * np.abs(det) ** sign)[inside]) * width**2)
    return abs(total - 1)


derivation(
    "d-flow-change",
    seen="4d5227018bbe",
    tolerance=1e-5,
    lines=[
        lambda: max(
            abs(share_below(x) - normal_below(float(rising(np.array(x))))) for x in (-1.0, 0.3, 1.6)
        ),
        lambda: max(
            abs(density_by_search(x) - float(gauss(rising(np.array(x))) * rise(np.array(x))))
            for x in (-1.0, 0.3, 1.6)
        ),
        lambda: abs(float(np.sum(gauss(rising(-X)) * np.abs(-rise(-X))) * WIDTH) - 1),
        lambda: abs(area_ratio() - abs(np.linalg.det(JACOBIAN))),
        squeezed,
    ],
    wrong={
        "divided": lambda: abs(
            density_by_search(0.3) - float(gauss(rising(np.array(0.3))) / rise(np.array(0.3)))
        ),
        "inverse determinant": lambda: squeezed(-1.0),
        "no absolute value": lambda: abs(float(np.sum(gauss(rising(-X)) * -rise(-X)) * WIDTH) - 1),
    },
)


def network(half: Array) -> tuple[Array, Array]:
    return np.sin(3 * half), half**2 - 0.4


def layer(x: Array) -> Array:
    s, t = network(x[:2])
    return np.concatenate([x[:2], x[2:] * np.exp(s) + t])


PLACE = np.array([0.3, -0.8, 1.1, 0.4])
COUPLED = slope(layer, PLACE)
S, SHIFT = network(PLACE[:2])
derivation(
    "d-flow-coupling",
    seen="df173c5e5592",
    tolerance=1e-7,
    lines=[
        lambda: max(gap(COUPLED[:2], np.eye(4)[:2]), gap(COUPLED[2:, 2:], np.diag(np.exp(S)))),
        lambda: abs(np.linalg.det(COUPLED) - np.prod(np.exp(S))),
        lambda: abs(np.linalg.slogdet(COUPLED)[1] - S.sum()),
        lambda: gap((layer(PLACE)[2:] - SHIFT) * np.exp(-S), PLACE[2:]),
    ],
    wrong={
        "minus s": lambda: abs(np.linalg.slogdet(COUPLED)[1] + S.sum()),
        "shift first": lambda: gap(layer(PLACE)[2:] * np.exp(-S) - SHIFT, PLACE[2:]),
    },
)

RNG = np.random.default_rng(4)
M = RNG.normal(size=(3, 3)) * 0.6


def velocity(x: Array) -> Array:
    return np.asarray(np.tanh(M @ x) + 0.2 * x)


def spread(x: Array) -> float:
    return float(np.trace(slope(velocity, x)))


def walk(x: Array, time: float, steps: int) -> Array:
    """Follow the velocity with the classical solver of fourth order."""
    h = time / steps
    for _ in range(steps):
        k1 = velocity(x)
        k2 = velocity(x + h / 2 * k1)
        k3 = velocity(x + h / 2 * k2)
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + velocity(x + h * k3))
    return np.asarray(x)


START = np.array([0.4, -0.9, 0.2])
SMALL = 1e-4


def log_base(x: Array) -> float:
    return float(np.sum(np.log(gauss(x))))


def stretch(time: float, steps: int) -> float:
    """Return log |det| of the map from start to end, by differences."""
    return float(np.linalg.slogdet(slope(lambda y: walk(y, time, steps), START, 1e-4))[1])


def traces(steps: int = 100) -> float:
    """Return the integral of the trace along the path, by Simpson's rule."""
    places = [walk(START, i / steps, max(i, 1)) if i else START for i in range(steps + 1)]
    values = np.array([spread(x) for x in places])
    return float(
        (values[0] + values[-1] + 4 * values[1:-1:2].sum() + 2 * values[2:-1:2].sum()) / 300
    )


J = slope(velocity, START)
PROBES = np.array([[a, b, c] for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)], dtype=float)
derivation(
    "d-flow-continuous",
    seen="b58c88a09f50",
    tolerance=1e-4,
    lines=[
        lambda: gap(
            (walk(START, SMALL, 10) - START - SMALL * velocity(START)) / SMALL, np.zeros(3)
        ),
        lambda: abs(np.linalg.slogdet(np.eye(3) + 1e-5 * J)[1] / 1e-5 - np.trace(J)),
        lambda: abs(-stretch(1e-3, 2) / 1e-3 + spread(walk(START, 5e-4, 2))),
        lambda: abs(log_base(START) - stretch(1.0, 60) - (log_base(START) - traces())),
        lambda: abs(np.mean([probe @ J @ probe for probe in PROBES]) - np.trace(J)),
    ],
    wrong={
        "plus the trace": lambda: abs(stretch(1.0, 60) + traces()),
        "determinant in the place of the trace": lambda: abs(
            np.linalg.slogdet(np.eye(3) + 1e-5 * J)[1] / 1e-5 - np.linalg.det(J)
        ),
    },
)

U, WEIGHTS = np.polynomial.legendre.leggauss(24)
U, WEIGHTS = (U + 1) / 2, WEIGHTS / 2


def pixel_density(y: Array) -> Array:
    """A density on [0, 1] for one pixel, a mixture with all its mass inside."""
    return np.asarray(0.2 + 0.8 * 30 * y**4 * (1 - y))


VALUES = np.arange(256)
CELLS = np.array(
    [float(np.sum(WEIGHTS * pixel_density((x + U) / 256)) / 256) for x in VALUES]
)  # the probability of each value
MEANS = np.array([float(np.sum(WEIGHTS * np.log2(pixel_density((x + U) / 256)))) for x in VALUES])
derivation(
    "d-flow-bits",
    seen="ac23a08f326e",
    lines=[
        lambda: abs(
            sum(float(np.sum(WEIGHTS * pixel_density((x + U) / 256) / 256)) for x in VALUES) - 1
        ),
        lambda: float(np.max(-np.log2(CELLS) - (-MEANS + 8))),
        lambda: float(np.max(-np.log2(CELLS) - (8 - MEANS * math.log(2) / (1 * math.log(2))))),
    ],
    wrong={
        "not squeezed": lambda: abs(
            sum(float(np.sum(WEIGHTS * pixel_density((x + U) / 256))) for x in VALUES) - 1
        ),
        "7 bits": lambda: float(np.max(-np.log2(CELLS) - (-MEANS + 7))),
    },
)
