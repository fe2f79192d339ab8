"""Digits as a pen writes them: strokes in several styles, to be drawn through a driven browser."""

from __future__ import annotations

import math
from collections.abc import Callable

Point = tuple[float, float]
Stroke = list[Point]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Stroke:
    """Return an arc around (x, y), by angles in degrees: 0 is right, 90 is down."""
    steps = max(2, int(abs(end - start) / 15))
    angles = [math.radians(start + (end - start) * k / steps) for k in range(steps + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


# (digit, strokes) in a box of 1 by 1, y downward.
SHAPES: list[tuple[int, list[Stroke]]] = [
    (0, [arc(0.5, 0.5, 0.3, 0.48, -90, -455)]),
    (0, [arc(0.5, 0.5, 0.42, 0.46, -60, 305)]),
    (1, [[(0.5, 0.0), (0.5, 1.0)]]),
    (1, [[(0.3, 0.22), (0.52, 0.0), (0.5, 1.0)]]),
    (1, [[(0.32, 0.2), (0.52, 0.0), (0.52, 1.0)], [(0.28, 1.0), (0.78, 1.0)]]),
    (2, [[*arc(0.5, 0.28, 0.32, 0.28, 190, 385), (0.12, 1.0), (0.9, 1.0)]]),
    (
        2,
        [
            [
                *arc(0.48, 0.27, 0.34, 0.27, 200, 400),
                (0.3, 0.85),
                *arc(0.24, 0.9, 0.1, 0.09, -30, -330),
                (0.5, 0.9),
                (0.92, 0.98),
            ]
        ],
    ),
    (3, [[*arc(0.45, 0.26, 0.3, 0.25, 200, 440), *arc(0.45, 0.74, 0.36, 0.25, -80, 165)]]),
    (3, [[(0.12, 0.02), (0.82, 0.02), (0.45, 0.4), *arc(0.45, 0.7, 0.36, 0.3, -80, 160)]]),
    (4, [[(0.55, 0.0), (0.1, 0.62), (0.95, 0.62)], [(0.68, 0.3), (0.68, 1.0)]]),
    (4, [[(0.15, 0.0), (0.12, 0.5), (0.8, 0.5)], [(0.8, 0.0), (0.78, 1.0)]]),
    (
        5,
        [
            [(0.2, 0.02), (0.16, 0.42), *arc(0.45, 0.68, 0.36, 0.3, -120, 150)],
            [(0.2, 0.02), (0.85, 0.02)],
        ],
    ),
    (5, [[(0.85, 0.0), (0.25, 0.0), (0.2, 0.45), *arc(0.46, 0.7, 0.34, 0.3, -110, 160)]]),
    (6, [[(0.7, 0.0), (0.35, 0.35), *arc(0.48, 0.7, 0.3, 0.28, 190, -175)]]),
    (6, [[(0.45, 0.0), (0.2, 0.5), *arc(0.5, 0.74, 0.3, 0.25, 180, -190)]]),
    (7, [[(0.1, 0.02), (0.88, 0.02), (0.4, 1.0)]]),
    (7, [[(0.1, 0.04), (0.88, 0.02), (0.42, 1.0)], [(0.35, 0.5), (0.85, 0.48)]]),
    (
        8,
        [
            [
                *arc(0.5, 0.26, 0.26, 0.25, -40, -270),
                *arc(0.5, 0.76, 0.32, 0.25, -90, 270),
                *arc(0.5, 0.26, 0.26, 0.25, 90, -60),
            ]
        ],
    ),
    (8, [arc(0.5, 0.26, 0.25, 0.25, 90, 450), arc(0.5, 0.75, 0.3, 0.25, -90, 270)]),
    (9, [[*arc(0.48, 0.3, 0.28, 0.28, -20, -380), (0.72, 0.5), (0.66, 1.0)]]),
    (9, [[*arc(0.48, 0.28, 0.3, 0.27, 0, -360), (0.8, 0.6), *arc(0.5, 0.75, 0.28, 0.25, 10, 130)]]),
]


def upright(x: float, y: float) -> Point:
    """As it is."""
    return x, y


def slanted(x: float, y: float) -> Point:
    """Leaning to the right, and narrower."""
    return 0.5 + 0.8 * (x - 0.5) + 0.25 * (0.5 - y), y


def shaky(x: float, y: float) -> Point:
    """Wider, with a hand that is not calm."""
    return 0.5 + 1.1 * (x - 0.5) + 0.02 * math.sin(23 * y), y + 0.02 * math.sin(19 * x + 1)


STYLES: tuple[Callable[[float, float], Point], ...] = (upright, slanted, shaky)


def drawings() -> list[tuple[int, list[Stroke]]]:
    """Return each digit in each style: which it is, and its strokes in a box of about 1 by 1."""
    return [
        (digit, [[style(x, y) for x, y in stroke] for stroke in strokes])
        for digit, strokes in SHAPES
        for style in STYLES
    ]


SCRIBBLES: list[list[Stroke]] = [
    [[(0.1 + 0.8 * (k % 2), 0.05 + 0.06 * k) for k in range(16)]],  # a zigzag
    [[(0.5 + 0.03 * k * math.cos(k), 0.5 + 0.03 * k * math.sin(k)) for k in range(17)]],  # a spiral
    [
        [(0.1, 0.1), (0.9, 0.9)],
        [(0.9, 0.1), (0.1, 0.9)],
        [(0.1, 0.5), (0.9, 0.5)],
        [(0.5, 0), (0.5, 1)],
    ],
    [[(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9), (0.1, 0.1)], [(0.1, 0.1), (0.9, 0.9)]],
    [[((37 * k % 11) / 10, (53 * k % 13) / 12) for k in range(24)]],  # across the sheet
    [[(0.2 + 0.6 * (k % 2), 0.1 + 0.8 * (k // 2 % 2)) for k in range(12)], [(0, 0.5), (1, 0.4)]],
]
