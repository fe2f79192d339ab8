"""The measured comparison: docs/lab/pictures/results.json -> tables and the gallery."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fieldguide.drawings.svg import slot
from fieldguide.model import lab_files
from fieldguide.model.lab_results import SMALL, Rows, results
from fieldguide.model.site import Context
from fieldguide.tables.pipe_table import boxed, number, table

REFERENCES = {
    "real": "the digits that were learned from",
    "varied": "the same, varied as for learning",
    "gaussian": "one Gaussian",
    "noise": "noise",
}
LIKELIHOOD = {"exact": "", "bound": "at most "}


def name(key: str, context: Context) -> str:
    """Return a model's name, linked to where it can be tried."""
    family, row = context.guide.lab.rows()[key]
    record = context.guide.family(family)
    label = f"{record.short}: {row.label}" if row.label else record.short
    return f"[{label}]({context.link(f'{record.page}#{family}-try')})"


def score(row: Rows, key: str, digits: int = 2) -> str:
    """Return a score, with its spread over the seeds where it has one."""
    value = row.get(key)
    if value is None:
        return "none"
    if isinstance(value, list):
        if row.get("seeds") == 1:
            return f"{value[0]:.{digits}f}"
        return f"{value[0]:.{digits}f} ± {value[1]:.{digits}f}"
    return f"{value:.{digits}f}"


BETTER = {"fd": min, "precision": max, "recall": max, "accuracy": max, "bits": min}
DIGITS = {"copies": 3}
SCORES = (*BETTER, "nearest", "copies")
COSTS = ("params", "seconds", "passes", "milliseconds")


def mean(value: Any) -> float:
    """Return a score without its spread."""
    return float(value[0] if isinstance(value, list) else value)


def best(rows: Iterable[Rows], key: str, better: Callable[[list[float]], float]) -> float | None:
    """Return the best score of all, as precisely as it is shown."""
    known = [round(mean(row[key]), 2) for row in rows if row.get(key) is not None]
    return better(known) if known else None


def measured(context: Context, _: str) -> str:
    """All models side by side, as measured on the same digits; the best scores are bold."""
    return scored(context, results(context.site.root), "The measurements")


def small(context: Context, _: str) -> str:
    """The same of the models at 8 x 8 pixels."""
    return scored(context, results(context.site.root, SMALL), "The measurements at 8 x 8")


def scored(context: Context, found: Rows, title: str) -> str:
    """Return a table of all scores of one file of results."""
    families = found.get("families", {})
    top = {key: best(families.values(), key, better) for key, better in BETTER.items()}

    def scores(row: Rows, *, compete: bool) -> list[str]:
        cells = []
        for key in SCORES:
            text = score(row, key, DIGITS.get(key, 2))
            if key == "bits":
                text = LIKELIHOOD.get(row.get("likelihood", ""), "") + text
            has = compete and key in top and row.get(key) is not None
            cells.append(number(text, best=has and round(mean(row[key]), 2) == top[key]))
        return cells

    rows = [(name(key, context), *scores(row, compete=True)) for key, row in families.items()]
    rows += [
        (f"*{label}*", *scores(row, compete=False))
        for key, label in REFERENCES.items()
        if (row := found.get("references", {}).get(key))
    ]
    head = ("Fréchet distance", "Precision", "Recall", "Class right", "Bits per pixel")
    names = ("Model", *map(number, (*head, "Nearest digit", "Copies")))
    return boxed(table(names, rows), title)


def costs(context: Context, _: str) -> str:
    """What each model costs: its size, its training, and what a sample takes; the least is bold."""
    families = results(context.site.root).get("families", {})
    least = {key: min((row[key] for row in families.values()), default=0) for key in COSTS}
    rows = [
        (
            name(key, context),
            *(
                number(text, best=row[part] == least[part])
                for part, text in zip(
                    COSTS,
                    (
                        f"{row['params']:,}",
                        *(str(row[part]) for part in COSTS[1:3]),
                        f"{row['milliseconds']:.2f}",
                    ),
                    strict=True,
                )
            ),
        )
        for key, row in families.items()
    ]
    head = ("Weights", "Training, seconds", "Network passes per sample", "Milliseconds per sample")
    return boxed(table(("Model", *map(number, head)), rows), "What a model costs")


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
    if argument == "captions":
        rows = [
            (f"“{text}”" + UNSEEN.get(text, ""), f"{row['accuracy']:.1%}", f"{row['ink']:.2f}")
            for text, row in found.get(argument, {}).items()
        ]
        return table(("Caption", "Pictures of its digit", "Ink of a pixel, 0 to 7"), rows)
    rows = [(key, f"{bits:.2f}") for key, bits in found.get("meter", {}).items()]
    return table(("What the flow was shown", "Bits per pixel, median"), rows)


EXPERIMENTS = ("guidance", "vae", "classifies", "captions", "meter")
UNSEEN = dict.fromkeys(("bold three", "thin seven"), ", never shown in training")


def gallery(context: Context, _: str) -> str:
    """A hundred samples of every model beside a hundred real digits."""
    parts = []
    shown = {file.stem for file in lab_files.sheets(context.site.root)}
    order = [*results(context.site.root).get("families", {}), "real"]
    for key in sorted(shown, key=lambda name: order.index(name) if name in order else len(order)):
        label = "Real test digits" if key == "real" else name(key, context)
        parts.append(
            f'<figure markdown="block">\n\n{slot(f"made-hundred-{key}")}\n\n'
            f'<figcaption markdown="span">{label}</figcaption>\n\n</figure>'
        )
    body = "\n\n".join(parts)
    return f'<div class="lab-gallery" markdown="block">\n\n{body}\n\n</div>'
