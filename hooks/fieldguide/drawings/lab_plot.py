"""The plot of the measured comparison: quality against network passes, made from the results."""

from __future__ import annotations

import math
from pathlib import Path

from fieldguide.drawings.svg import CURVES, figure, number, svg, text
from fieldguide.model.lab import Lab, Row
from fieldguide.model.lab_results import Rows, results
from fieldguide.model.site import Context

NAME = "made-lab-passes"
LEFT, RIGHT, TOP, BOTTOM = 108, 240, 34, 232
MOST = 1300  # passes at the right end
TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


def x_of(count: float) -> float:
    """Return where a number of passes stands: each doubling is a step."""
    return LEFT + (RIGHT - LEFT) * math.log2(count) / math.log2(MOST)


Points = list[tuple[int, float]]


def curve(found: Rows, row: Row) -> Points:
    """Return passes and Fréchet distance of a model whose passes can be chosen."""
    rows = found.get("experiments", {}).get(f"steps-{row.model}", {})
    first, step = row.curve["first"], row.curve["step"]
    points = [(first + step * int(steps), float(fd)) for steps, fd in rows.items()]
    return [(count, fd) for count, fd in points if count <= MOST]


def plot(root: Path, lab: Lab) -> str:
    """Return the plot as SVG: curves where the passes can be chosen, points where not."""
    found = results(root)
    families = found.get("families", {})
    rows = {key: row for key, (_, row) in lab.rows().items()}
    bent = sorted((row for row in rows.values() if row.curve), key=lambda row: row.curve["color"])
    curves = {row.model: points for row in bent if (points := curve(found, row))}
    singles = {
        key: families[key]["fd"][0] for key, row in rows.items() if row.point and key in families
    }
    real = found.get("references", {}).get("real", {}).get("fd")
    values = [fd for points in curves.values() for _, fd in points] + [*singles.values()]
    values += [real] if real else []
    low, high = 0.85 * min(values, default=0.1), 1.15 * max(values, default=1.0)

    def y_of(fd: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * math.log(fd / low) / math.log(high / low)

    parts = [text(8, 18, "Fréchet distance (less is better)", "d-small")]
    parts.append(f'<path class="d-axis" d="M{LEFT} {TOP - 6}V{BOTTOM}H{RIGHT + 6}"/>')
    for fd in TICKS:
        if low <= fd <= high:
            parts.append(f'<path class="d-axis" d="M{LEFT} {number(y_of(fd))}h-4"/>')
            parts.append(text(5, y_of(fd) + 4, f"{fd:g}", "d-small"))
    for count in (1, 4, 16, 64, 256, 1024):
        parts.append(f'<path class="d-axis" d="M{number(x_of(count))} {BOTTOM}v4"/>')
        parts.append(text(x_of(count), BOTTOM + 18, str(count), "d-small d-mid"))
    parts.append(
        text((LEFT + RIGHT) / 2, BOTTOM + 36, "network passes per sample", "d-small d-mid")
    )
    told = []
    if real:
        parts.append(f'<path class="d-line-2" d="M{LEFT} {number(y_of(real))}H{RIGHT + 6}"/>')
        told.append(f"real digits against real digits {real:.2f}")
    for key, points in curves.items():
        label, style = rows[key].curve["label"], CURVES[rows[key].curve["color"]]
        path = "L".join(f"{number(x_of(count))} {number(y_of(fd))}" for count, fd in points)
        parts.append(f'<path class="{style}" d="M{path}"/>')
        told.append(f"{label} " + ", ".join(f"{fd:.2f} after {n} passes" for n, fd in points))
    labels: dict[str, list[tuple[float, float, str]]] = {"left": [], "right": []}
    for key, fd in singles.items():
        label, side = rows[key].point["label"], rows[key].point["side"]
        x, y = x_of(families[key]["total_passes"]), y_of(fd)
        parts.append(f'<circle class="d-dot" cx="{number(x)}" cy="{number(y)}" r="3.4"/>')
        labels[side].append((y, x, label))
        told.append(f"{label} {fd:.2f}")
    for side, items in labels.items():
        parts += _labels(side, items)
    parts += _legend(BOTTOM + 58, bent)
    description = "Fréchet distance by network passes: " + "; ".join(told) + "."
    return svg("lab-passes", BOTTOM + 70, "Quality against network passes", description, parts)


def _labels(side: str, items: list[tuple[float, float, str]]) -> list[str]:
    """Return labels beside their points, pushed apart so that none covers another."""
    parts = []
    lowest = -math.inf
    for y, x, label in sorted(items):
        at = max(y, lowest + 14)
        lowest = at
        if side == "left":
            parts.append(text(LEFT - 12, at + 4, label, "d-small d-end"))
            start, end = LEFT - 10, x - 4
        else:
            parts.append(text(RIGHT + 18, at + 4, label, "d-small"))
            start, end = RIGHT + 16, x + 4
        line = f"M{number(start)} {number(at)}L{number(end)} {number(y)}"
        parts.append(f'<path class="d-axis" opacity="0.5" d="{line}"/>')
    return parts


def _legend(y: float, rows: list[Row]) -> list[str]:
    parts = []
    x = 12.0
    for row in rows:
        label, style = row.curve["label"], CURVES[row.curve["color"]]
        parts.append(f'<path class="{style}" d="M{number(x)} {number(y - 4)}h18"/>')
        parts.append(text(x + 24, y, label))
        x += 36 + 6.5 * len(label)
    parts.append(f'<path class="d-line-2" d="M{number(x)} {number(y - 4)}h18"/>')
    parts.append(text(x + 24, y, "real"))
    return parts


def passes(_: Context, argument: str) -> str:
    """The plot of quality against network passes."""
    return figure("lab-passes", argument.partition("|")[2].strip(), NAME)
