"""Worked example of the normalizing flow page: one point through two invertible layers."""

import math

Point = tuple[float, float]

SHIFT, SCALE = 1.0, 2.0  # the affine layer: h = (x - SHIFT) / SCALE, on both axes


def affine(x: Point) -> Point:
    """First layer, from data toward noise."""
    return (x[0] - SHIFT) / SCALE, (x[1] - SHIFT) / SCALE


def affine_inverse(h: Point) -> Point:
    """First layer, from noise toward data."""
    return SCALE * h[0] + SHIFT, SCALE * h[1] + SHIFT


def multiplier(kept: float) -> float:
    """What the coupling layer multiplies by; its logarithm is s."""
    return 1.0 + kept * kept


def offset(kept: float) -> float:
    """What the coupling layer adds, called t."""
    return -3.0 * kept


def coupling(h: Point) -> Point:
    """Second layer: keep the first number, move the second."""
    return h[0], h[1] * multiplier(h[0]) + offset(h[0])


def coupling_inverse(z: Point) -> Point:
    """Undo the second layer; neither multiplier nor offset is inverted."""
    return z[0], (z[1] - offset(z[0])) / multiplier(z[0])


def log_base(z: Point) -> float:
    """Log-density of two independent standard normal variables."""
    return -math.log(2.0 * math.pi) - 0.5 * (z[0] ** 2 + z[1] ** 2)


def area_ratio(x: Point, side: float = 1e-3) -> float:
    """Area of the image of a small square around x, over the area of the square."""
    r = side / 2.0
    around = [(-r, -r), (r, -r), (r, r), (-r, r)]
    image = [coupling(affine((x[0] + i, x[1] + j))) for i, j in around]
    edges = zip(image, image[1:] + image[:1], strict=True)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in edges)
    return abs(twice) / 2.0 / side**2


def values() -> dict[str, str]:
    """Numbers that the page quotes, as text."""
    x: Point = (3.0, 5.0)
    h = affine(x)
    z = coupling(h)
    logdet_affine = -2.0 * math.log(SCALE)
    logdet_coupling = math.log(multiplier(h[0]))
    log_p = log_base(z) + logdet_affine + logdet_coupling
    back_h = coupling_inverse(z)
    back_x = affine_inverse(back_h)
    return {
        "h1": f"{h[0]:g}",
        "h2": f"{h[1]:g}",
        "multiplier": f"{multiplier(h[0]):g}",
        "offset": f"{offset(h[0]):g}",
        "z1": f"{z[0]:g}",
        "z2": f"{z[1]:g}",
        "logdet_affine": f"{logdet_affine:.3f}",
        "logdet_coupling": f"{logdet_coupling:.3f}",
        "logdet": f"{logdet_affine + logdet_coupling:.3f}",
        "log_base": f"{log_base(z):.3f}",
        "base": f"{math.exp(log_base(z)):.4f}",
        "log_p": f"{log_p:.3f}",
        "p": f"{math.exp(log_p):.4f}",
        "area_ratio": f"{area_ratio(x):.3f}",
        "back_h2": f"{back_h[1]:g}",
        "back_x1": f"{back_x[0]:g}",
        "back_x2": f"{back_x[1]:g}",
    }
