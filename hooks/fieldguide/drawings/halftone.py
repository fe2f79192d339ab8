"""Digits as they are printed: a dot for each point of a finer grid, larger for more ink."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from html import escape

SIDE = 8  # pixels of a digit each way
FINE = 18  # dots of a digit each way
PITCH = 20  # units from one digit to the next; a dot has one unit
LEVELS = 6  # sizes of dots


def picture(name: str, title: str, digits: Sequence[str], columns: int, label: str = "") -> str:
    """Return digits in rows as one SVG: a path of round strokes for each size of dots."""
    dots: dict[int, list[str]] = {}
    for place, digit in enumerate(digits):
        left, top = PITCH * (place % columns) + 1, PITCH * (place // columns) + 1
        for row, inks in enumerate(finer(digit)):
            for column, ink in enumerate(inks):
                if level := round(LEVELS * ink):
                    at = f"M{left + column}.5 {top + row}.5h0"
                    dots.setdefault(level, []).append(at)
    rows = -(-len(digits) // columns)
    paths = "".join(
        f'<path stroke-width="{math.sqrt(level / LEVELS) * 1.15:.2f}" d="{"".join(found)}"/>'
        for level, found in sorted(dots.items())
    )
    told = f'role="img" aria-labelledby="{name}-t"' if title else 'aria-hidden="true"'
    head = f'<title id="{name}-t">{escape(title)}</title>' if title else ""
    return (
        f'<svg class="dots {label}" viewBox="0 0 {PITCH * columns} {PITCH * rows}" {told} '
        f'xmlns="http://www.w3.org/2000/svg">{head}{paths}</svg>'
    )


def finer(digit: str) -> list[list[float]]:
    """Return the ink of each point of the finer grid, 0 to 1, of a digit in letters a to q."""
    ink = [
        [(ord(letter) - ord("a")) / 16 for letter in digit[SIDE * y : SIDE * y + SIDE]]
        for y in range(SIDE)
    ]
    wide = [[sum(weight * row[at] for at, weight in taps) for taps in _taps()] for row in ink]
    return [
        [min(1.0, max(0.0, sum(weight * wide[at][x] for at, weight in taps))) for x in range(FINE)]
        for taps in _taps()
    ]


@cache
def _taps() -> list[list[tuple[int, float]]]:
    """Return for each point the four nearest pixels and their weights (Catmull-Rom)."""
    found = []
    for point in range(FINE):
        at = (point + 0.5) * SIDE / FINE - 0.5
        first = math.floor(at) - 1
        found.append(
            [
                (min(SIDE - 1, max(0, pixel)), _cubic(abs(at - pixel)))
                for pixel in range(first, first + 4)
            ]
        )
    return found


def _cubic(far: float) -> float:
    if far < 1:
        return 1 - 2.5 * far**2 + 1.5 * far**3
    return 2 - 4 * far + 2.5 * far**2 - 0.5 * far**3
