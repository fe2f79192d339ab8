"""The curve that a small network learns, as a still: what its widget shows where none can run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fieldguide.drawings.svg import number, svg, text
from fieldguide.model.walks import record

NAME = "made-fit"
LEFT, RIGHT, TOP, BOTTOM = 34, 350, 30, 190
LOW, HIGH, STEP = 0, 30, 10  # degrees
STYLES = ("d-line-2", "d-curve-3", "d-curve")


def x_of(share: float) -> float:
    """Return where a part of the day stands, from 0 to 1."""
    return LEFT + (RIGHT - LEFT) * share


def y_of(degrees: float) -> float:
    """Return where a temperature stands."""
    return BOTTOM - (BOTTOM - TOP) * (degrees - LOW) / (HIGH - LOW)


def curve(values: Sequence[float], style: str) -> str:
    """Return a curve over the day."""
    last = len(values) - 1
    points = " ".join(f"{number(x_of(i / last))},{number(y_of(v))}" for i, v in enumerate(values))
    return f'<polyline class="{style}" fill="none" points="{points}"/>'


def drawings(root: Path) -> dict[str, str]:
    """Return the drawing by name, if there is a record."""
    found = record(root).get("fit")
    return {NAME: plot(found["degrees"], found["steps"])} if found else {}


def plot(degrees: Sequence[float], steps: dict[str, dict[str, Sequence[float]]]) -> str:
    """Return the points, and the curve after some steps of training."""
    parts = []
    for value in range(LOW, HIGH + 1, STEP):
        parts.append(f'<path class="d-axis" d="M{LEFT} {number(y_of(value))}H{RIGHT}"/>')
        parts.append(text(LEFT - 6, y_of(value) + 4, f"{value}°", "d-small d-end"))
    parts += [text(x_of(h / 24), BOTTOM + 16, f"{h}:00", "d-small d-mid") for h in (3, 12, 21)]
    left = float(LEFT)
    for style, (count, row) in zip(STYLES, steps.items(), strict=True):
        parts.append(curve(row["curve"], style))
        parts.append(f'<path class="{style}" d="M{number(left)} 14h20"/>')
        label = f"{int(count):,} steps"
        parts.append(text(left + 25, 18, label))
        left += 100
    last = len(degrees) - 1
    parts += [
        f'<circle class="d-dot-2" cx="{number(x_of(i / last))}" cy="{number(y_of(v))}" r="4.5"/>'
        for i, v in enumerate(degrees)
    ]
    about = "Nine points of a day. At first the curve is flat, after 3,000 steps it meets them all."
    return svg("fit", BOTTOM + 26, "A network learns a curve", about, parts)
