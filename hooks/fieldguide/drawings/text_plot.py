"""The plot of surprise by place in a definition: what context buys, made from the results."""

from __future__ import annotations

from pathlib import Path

from fieldguide.drawings.svg import CURVES, figure, number, svg, text
from fieldguide.model.lab import Lab
from fieldguide.model.site import Context
from fieldguide.model.text_results import models

NAME = "made-text-places"
LEFT, RIGHT, TOP, BOTTOM = 34, 340, 34, 220


def plot(root: Path, lab: Lab) -> str:
    """Return the plot as SVG, a curve for each model that predicts from left to right."""
    found = {key: row["places"] for key, row in models(root).items() if "places" in row}
    rows = [each.row for each in lab.language.values() if each.row.get("color")]
    rows = [row for row in rows if row["model"] in found]
    curves = {row["model"]: found[row["model"]] for row in rows}
    high = max((max(bits) for bits in curves.values()), default=8.0)
    count = max((len(bits) for bits in curves.values()), default=2)

    def x_of(place: int) -> float:
        return LEFT + (RIGHT - LEFT) * place / max(count - 1, 1)

    def y_of(bits: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * bits / (1.05 * high)

    parts = [text(8, 18, "bits per token (less is better)", "d-small")]
    parts.append(f'<path class="d-axis" d="M{LEFT} {TOP - 6}V{BOTTOM}H{RIGHT + 6}"/>')
    for bits in range(0, int(high) + 1, 2):
        parts.append(f'<path class="d-axis" d="M{LEFT} {number(y_of(bits))}h-4"/>')
        parts.append(text(LEFT - 8, y_of(bits) + 4, str(bits), "d-small d-end"))
    for place in range(0, count, 5):
        parts.append(f'<path class="d-axis" d="M{number(x_of(place))} {BOTTOM}v4"/>')
        parts.append(text(x_of(place), BOTTOM + 18, str(place + 1), "d-small d-mid"))
    parts.append(text((LEFT + RIGHT) / 2, BOTTOM + 36, "token of the definition", "d-small d-mid"))
    told, x = [], 12.0
    for row in sorted(rows, key=lambda row: -row["color"]):
        label, style, values = row["label"], CURVES[row["color"]], found[row["model"]]
        points = "L".join(f"{number(x_of(i))} {number(y_of(v))}" for i, v in enumerate(values))
        parts.append(f'<path class="{style}" d="M{points}"/>')
        parts.append(f'<path class="{style}" d="M{number(x)} {BOTTOM + 54}h18"/>')
        parts.append(text(x + 24, BOTTOM + 58, label))
        x += 36 + 7.5 * len(label)
        told.append(f"{label} {values[0]:.1f} bits at the first, {values[-1]:.1f} at the last")
    description = f"Bits per token by place in the definition, {count} places: {'; '.join(told)}."
    title = "Surprise by place in the definition"
    return svg("text-places", BOTTOM + 70, title, description, parts)


def places(_: Context, argument: str) -> str:
    """The plot of surprise by place in a definition."""
    return figure("text-places", argument.partition("|")[2].strip(), NAME)
