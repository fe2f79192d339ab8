"""Checks for the page on normalizing flows."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from formulas.numerics import Array, gap, gauss, interval, line, normal_below, slope
from formulas.registry import Formula, check

Map = Callable[[Array], Array]
TURN = np.array([[math.cos(0.5), -math.sin(0.5)], [math.sin(0.5), math.cos(0.5)]])
STRETCH = np.array([1.3, -0.8])


def to_noise(x: Array) -> Array:
    """Return f(x): turn the plane, move one coordinate by the other, stretch and mirror."""
    turned = x @ TURN.T
    a, b = turned[..., 0], turned[..., 1]
    return np.asarray(np.stack([a, b * np.exp(0.5 * np.tanh(a)) + np.sin(a)], axis=-1) * STRETCH)


def to_data(z: Array) -> Array:
    """Return the inverse of `to_noise`."""
    a, moved = z[..., 0] / STRETCH[0], z[..., 1] / STRETCH[1]
    b = (moved - np.sin(a)) * np.exp(-0.5 * np.tanh(a))
    return np.asarray(np.stack([a, b], axis=-1) @ TURN)


def jacobians(f: Map, x: Array) -> Array:
    """Return the matrix of all derivatives at each of many points of the plane."""
    moves = 1e-5 * np.eye(2)
    return np.stack([(f(x + move) - f(x - move)) / 2e-5 for move in moves], axis=-1)


@check(
    "eq-flow-change-of-variables",
    seen="69df4d804c52",
    right=lambda log_base, jacobian: log_base + np.log(np.abs(np.linalg.det(jacobian))),
    wrong={
        "minus the log": lambda log_base, jacobian: (
            log_base - np.log(np.abs(np.linalg.det(jacobian)))
        ),
        "no determinant": lambda log_base, jacobian: log_base,
        "trace for determinant": lambda log_base, jacobian: (
            log_base + np.log(np.abs(np.trace(jacobian, axis1=-2, axis2=-1)))
        ),
    },
)
def shares_and_averages(formula: Formula) -> float:
    """Truth in one dimension: the change of the share below x, for a rising and a falling map.
    Truth in the plane: averages over all data points equal averages over all noise carried to
    the data, both as integrals; among them the total, 1.
    """
    worst = 0.0
    for sign in (1, -1):
        for x in (-1.2, 0.1, 0.9):

            def f(y: float, sign: int = sign) -> float:
                return sign * (y + 0.3 * y**3)

            share = slope(lambda y, f=f: normal_below(f(y[0])), x)[0]
            jacobian = slope(lambda y, f=f: [f(y[0])], x)
            found = formula(math.log(gauss(f(x))), jacobian)
            worst = max(worst, abs(math.exp(found) - abs(share)))
    side, width = line(-14, 14, 201)
    plane = np.stack(np.meshgrid(side, side, indexing="ij"), axis=-1)
    base = np.sum(np.log(gauss(plane)), axis=-1)
    log_base = -np.sum(to_noise(plane) ** 2, axis=-1) / 2 - math.log(2 * math.pi)
    density = np.exp(formula(log_base, jacobians(to_noise, plane)))
    for a, b in ((0.0, 0.0), (1.0, 0.0), (0.5, -1.0)):
        over_data = np.sum(density * np.cos(plane @ [a, b])) * width**2
        over_noise = np.sum(np.exp(base) * np.cos(to_data(plane) @ [a, b])) * width**2
        worst = max(worst, abs(over_data - over_noise))
    return worst


def chain(layers: Sequence[Map], x: Array) -> float:
    """The sum over k of log |det d f_k(h_(k-1)) / d h_(k-1)|, with h_0 = x, h_k = f_k(h_(k-1))."""
    total, h = 0.0, x
    for layer in layers:
        total += math.log(abs(np.linalg.det(slope(layer, h))))
        h = layer(h)
    return total


def chain_at_x(layers: Sequence[Map], x: Array) -> float:
    return math.fsum(math.log(abs(np.linalg.det(slope(layer, x)))) for layer in layers)


def chain_without_last(layers: Sequence[Map], x: Array) -> float:
    return chain(layers[:-1], x)


@check(
    "eq-flow-composition",
    seen="1664c673fb2f",
    right=chain,
    wrong={
        "all layers at x": chain_at_x,
        "sum to K - 1": chain_without_last,
        "minus the sum": lambda layers, x: -chain(layers, x),
    },
    tolerance=1e-7,
)
def stretch_of_the_whole(formula: Formula) -> float:
    """Truth: the determinant of the derivatives of the whole chain, by central differences."""
    matrix = np.random.default_rng(51).normal(size=(3, 3))
    layers: list[Map] = [
        lambda h: matrix @ h,
        lambda h: h + 0.3 * h**3,
        lambda h: np.roll(h, 1) * np.exp(0.4 * np.sin(h)),
        np.sinh,
    ]

    def whole(h: Array) -> Array:
        for layer in layers:
            h = layer(h)
        return h

    points = np.random.default_rng(52).normal(size=(4, 3)) * 0.5
    return max(
        abs(formula(layers, x) - math.log(abs(np.linalg.det(slope(whole, x))))) for x in points
    )


def coupling(x: Array, s: Map, t: Map) -> tuple[Array, Map, float]:
    """z_a = x_a, z_b = x_b e^s(x_a) + t(x_a); back: x_a = z_a, x_b = (z_b - t(z_a)) e^-s(z_a);
    the log of the stretch is the sum of s_i(x_a).
    """
    half = x.size // 2
    x_a, x_b = x[:half], x[half:]

    def back(z: Array) -> Array:
        z_a, z_b = z[:half], z[half:]
        return np.concatenate([z_a, (z_b - t(z_a)) * np.exp(-s(z_a))])

    return np.concatenate([x_a, x_b * np.exp(s(x_a)) + t(x_a)]), back, float(sum(s(x_a)))


def coupling_back_plus(x: Array, s: Map, t: Map) -> tuple[Array, Map, float]:
    z, _, stretch = coupling(x, s, t)
    return z, lambda y: coupling(y, lambda a: -s(a), lambda a: t(a) * np.exp(-s(a)))[0], stretch


@check(
    "eq-flow-coupling",
    seen="e63783f11f36",
    right=coupling,
    wrong={
        "minus t": lambda x, s, t: (coupling(x, s, lambda a: -t(a))[0], *coupling(x, s, t)[1:]),
        "t added on the way back": coupling_back_plus,
        "e^-s forward": lambda x, s, t: (
            coupling(x, lambda a: -s(a), t)[0],
            *coupling(x, s, t)[1:],
        ),
        "minus the sum": lambda x, s, t: (*coupling(x, s, t)[:2], -coupling(x, s, t)[2]),
    },
)
def there_and_back(formula: Formula) -> float:
    """Truth: the way back ends at the start; the stretch is the log of the determinant by central
    differences; and the pencil example, (1, 2) times 2 less 3, gives (1, 1).
    """
    weights = np.random.default_rng(53).normal(size=(2, 2, 2))
    worst = 0.0
    for x in np.random.default_rng(54).normal(size=(4, 4)):

        def s(a: Array) -> Array:
            return np.asarray(np.tanh(weights[0] @ a))

        def t(a: Array) -> Array:
            return np.asarray(np.sin(weights[1] @ a) + a**2)

        z, back, stretch = formula(x, s, t)
        determinant = np.linalg.det(slope(lambda y, s=s, t=t: formula(y, s, t)[0], x))
        worst = max(worst, gap(back(z), x), abs(stretch - math.log(abs(determinant))))
    z, _, _ = formula(np.array([1.0, 2.0]), lambda a: np.log1p(a**2), lambda a: -3 * a)
    return max(worst, gap(z, [1.0, 1.0]))


def dequantized(density: Map, x: Array) -> tuple[float, float]:
    """log of the integral of p(x + u) over u in [0, 1)^D, and the integral of log p(x + u)."""
    return cell(density, x, 0.0)


def cell(density: Map, x: Array, start: float, sign: float = 1.0) -> tuple[float, float]:
    nodes, weights = interval(24)
    u = np.stack(np.meshgrid(nodes, nodes, indexing="ij"), axis=-1) + start
    p, weight = density(x + sign * u), np.multiply.outer(weights, weights)
    return math.log(np.sum(weight * p)), float(np.sum(weight * np.log(p)))


@check(
    "eq-flow-dequantization",
    seen="6a9bddf548c3",
    right=dequantized,
    wrong={
        "u subtracted": lambda density, x: cell(density, x, 0.0, sign=-1.0),
        "cell around x": lambda density, x: cell(density, x, -0.5),
        "sides exchanged": lambda density, x: dequantized(density, x)[::-1],
        "sign of the right side": lambda density, x: (
            dequantized(density, x)[0],
            -dequantized(density, x)[1],
        ),
    },
)
def share_of_a_cell(formula: Formula) -> float:
    """Truth: the share of a cell from shares below its corners, for a mixture of two normal
    densities of the plane. The right side must not be above its logarithm, and must be equal to
    it where the density is the same in the whole cell.
    """
    parts = ((0.6, (0.4, 1.0), 0.8), (0.4, (2.0, 0.2), 0.5))  # weight, center, deviation

    def density(x: Array) -> Array:
        terms = [w * np.prod(gauss(x, np.array(c), d**2), axis=-1) for w, c, d in parts]
        return np.asarray(sum(terms))

    worst = 0.0
    for corner in ((0, 0), (1, 0), (-1, 2)):
        share = 0.0
        for w, center, d in parts:
            ends = [(k - c) / d for k, c in zip(corner, center, strict=True)]
            share += w * math.prod(normal_below(e + 1 / d) - normal_below(e) for e in ends)
        middle, right = formula(density, np.array(corner, dtype=float))
        worst = max(worst, abs(middle - math.log(share)), right - math.log(share))
    flat = formula(lambda x: np.full(x.shape[:-1], 0.07), np.zeros(2))
    return max(worst, gap(flat, [math.log(0.07)] * 2))
