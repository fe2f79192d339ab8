"""The measured comparison: docs/lab/results.json -> tables, the gallery and the plot of passes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fieldguide import lab_figures
from fieldguide.drawing import figure, number, slot, svg, text
from fieldguide.site import Context

RESULTS = "docs/lab/results.json"
PLOT = "made-lab-passes"
STUDENT = "student"  # the second model on the page of the emerging directions
REFERENCES = {
    "real": "the digits that were learned from",
    "gaussian": "one Gaussian",
    "noise": "noise",
}
TRY = {  # where the reader finds the models of a page
    "autoregressive": "autoregressive.md",
    "diffusion": "diffusion.md",
    "emerging": "emerging.md",
    "flow": "flows.md",
    "gan": "gans.md",
    "hybrid": "hybrids.md",
    "multimodal": "multimodal.md",
    "rnn": "rnns.md",
    "transformer": "transformers.md",
    "vae": "vaes.md",
}
LIKELIHOOD = {"exact": "", "bound": "at most "}
Rows = dict[str, Any]


@cache
def _read(path: Path, _: int) -> Rows:
    found: Rows = json.loads(path.read_text(encoding="utf-8"))
    return found


def results(root: Path) -> Rows:
    """Return what was measured; empty where nothing has been yet."""
    path = root / RESULTS
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else {}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown pipe table; no cell holds a pipe."""
    names = list(head)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def name(key: str, context: Context) -> str:
    """Return a model's name, linked to where it can be tried."""
    family = "emerging" if key == STUDENT else key
    label = context.guide.family(family).short
    label += {"emerging": ": teacher", STUDENT: ": student"}.get(key, "")
    return f"[{label}]({context.link(f'models/{TRY[family]}#{family}-try')})"


def score(row: Rows, key: str, digits: int = 2) -> str:
    """Return a score, with its spread over the seeds where it has one."""
    value = row.get(key)
    if value is None:
        return "none"
    if isinstance(value, list):
        return f"{value[0]:.{digits}f} ± {value[1]:.{digits}f}"
    return f"{value:.{digits}f}"


def measured(context: Context, _: str) -> str:
    """All models side by side, as measured on the same digits."""
    found = results(context.site.root)
    rows: list[tuple[str, ...]] = [
        (
            name(key, context),
            score(row, "fd"),
            score(row, "precision"),
            score(row, "recall"),
            score(row, "accuracy"),
            LIKELIHOOD.get(row["likelihood"], "") + score(row, "bits"),
            score(row, "nearest"),
            score(row, "copies", 3),
        )
        for key, row in found.get("families", {}).items()
    ]
    rows += [
        (
            f"*{label}*",
            *(score(row, key) for key in ("fd", "precision", "recall", "accuracy")),
            "none",
            score(row, "nearest"),
            score(row, "copies", 3),
        )
        for key, label in REFERENCES.items()
        if (row := found.get("references", {}).get(key))
    ]
    head = ("Model", "Fréchet distance", "Precision", "Recall", "Class right", "Bits per pixel")
    return table((*head, "Nearest digit", "Copies"), rows)


def costs(context: Context, _: str) -> str:
    """What each model costs: its size, its training, and what a sample takes."""
    rows = [
        (
            name(key, context),
            f"{row['params']:,}",
            f"{row['seconds']}",
            str(row["passes"]),
            f"{row['milliseconds']:.2f}",
        )
        for key, row in results(context.site.root).get("families", {}).items()
    ]
    head = ("Model", "Weights", "Training, seconds", "Network passes per sample")
    return table((*head, "Milliseconds per sample"), rows)


def experiment(context: Context, argument: str) -> str:
    """One of the smaller experiments, by name."""
    found = results(context.site.root).get("experiments", {})
    if argument in ("guidance", "vae"):
        head = "Guidance w" if argument == "guidance" else "Output of the decoder"
        names = {"mean": "its mean", "noise": "with its pixel noise"}
        rows = [
            (names.get(key, key), *(score(row, part) for part in ("fd", "precision", "recall")))
            for key, row in found.get(argument, {}).items()
        ]
        return table((head, "Fréchet distance", "Precision", "Recall"), rows)
    if argument == "classifies":
        share = found.get(argument, {}).items()
        rows = [(name(key, context), f"{right:.1%}") for key, right in share]
        return table(("Model", "Test digits put into the right class"), rows)
    rows = [(key, f"{bits:.2f}") for key, bits in found.get("meter", {}).items()]
    return table(("What the flow was shown", "Bits per pixel, median"), rows)


EXPERIMENTS = ("guidance", "vae", "classifies", "meter")


def gallery(context: Context, _: str) -> str:
    """Twenty samples of every model beside twenty real digits."""
    parts = []
    for key in lab_figures.samples(context.site.root):
        label = "Real test digits" if key == "real" else name(key, context)
        parts.append(
            f'<figure markdown="block">\n\n{slot(f"made-sheet-{key}")}\n\n'
            f'<figcaption markdown="span">{label}</figcaption>\n\n</figure>'
        )
    body = "\n\n".join(parts)
    return f'<div class="lab-gallery" markdown="block">\n\n{body}\n\n</div>'


def passes(_: Context, argument: str) -> str:
    """The plot of quality against network passes."""
    return figure("lab-passes", argument.partition("|")[2].strip(), PLOT)


LEFT, RIGHT, TOP, BOTTOM = 108, 240, 34, 232
TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
CURVES = {
    "steps-diffusion": ("diffusion", "d-curve"),
    "steps-emerging": ("flow matching", "d-curve-2"),
    "steps-hybrid": ("hybrid", "d-curve-3"),
}
SINGLE = {  # a model with one number of passes: its label, its passes, and the side of its label
    "gan": ("GAN", 1, "left"),
    "vae": ("VAE, mean", 1, "left"),
    "flow": ("flow", 1, "left"),
    "student": ("student", 1, "left"),
    "transformer": ("transformer", 64, "right"),
    "autoregressive": ("autoregressive", 64, "right"),
    "rnn": ("RNN", 72, "right"),
    "multimodal": ("multimodal", 38, "right"),
}


def x_of(count: float) -> float:
    """Return where a number of passes stands: each doubling is a step."""
    return LEFT + (RIGHT - LEFT) * math.log2(count) / math.log2(72)


Points = list[tuple[int, float]]


def curve(found: Rows, key: str) -> Points:
    """Return passes and Fréchet distance of a model whose passes can be chosen."""
    rows = found.get("experiments", {}).get(key, {})
    points = [
        (4 + 4 * int(steps) if key == "steps-hybrid" else int(steps), float(fd))
        for steps, fd in rows.items()
    ]
    return [(count, fd) for count, fd in points if count <= 72]


def plot(root: Path) -> str:
    """Return the plot as SVG: curves where the passes can be chosen, points where not."""
    found = results(root)
    families = found.get("families", {})
    curves = {key: points for key in CURVES if (points := curve(found, key))}
    singles = {key: families[key]["fd"][0] for key in SINGLE if key in families}
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
            parts.append(text(10, y_of(fd) + 4, f"{fd:g}", "d-small"))
    for count in (1, 4, 16, 64):
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
        label, style = CURVES[key]
        path = "L".join(f"{number(x_of(count))} {number(y_of(fd))}" for count, fd in points)
        parts.append(f'<path class="{style}" d="M{path}"/>')
        told.append(f"{label} " + ", ".join(f"{fd:.2f} after {n} passes" for n, fd in points))
    labels: dict[str, list[tuple[float, float, str]]] = {"left": [], "right": []}
    for key, fd in singles.items():
        label, count, side = SINGLE[key]
        x, y = x_of(count), y_of(fd)
        parts.append(f'<circle class="d-dot" cx="{number(x)}" cy="{number(y)}" r="3.4"/>')
        labels[side].append((y, x, label))
        told.append(f"{label} {fd:.2f}")
    for side, items in labels.items():
        parts += _labels(side, items)
    parts += _legend(BOTTOM + 58)
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


def _legend(y: float) -> list[str]:
    parts = []
    x = 12.0
    for label, style in CURVES.values():
        parts.append(f'<path class="{style}" d="M{number(x)} {number(y - 4)}h18"/>')
        parts.append(text(x + 24, y, label))
        x += 36 + 6.5 * len(label)
    parts.append(f'<path class="d-line-2" d="M{number(x)} {number(y - 4)}h18"/>')
    parts.append(text(x + 24, y, "real"))
    return parts


def drawings(root: Path) -> dict[str, str]:
    """Return the plot under its name."""
    return {PLOT: plot(root)}
