"""The measured language models: docs/lab/text/results.json -> tables."""

from __future__ import annotations

from statistics import mean

from fieldguide.model.site import Context
from fieldguide.model.text_results import models, results, speed
from fieldguide.tables.pipe_table import boxed, number, table

SURPRISE, APART = ("bits", "definition"), ("told_apart", "told_apart_plain")


def name(key: str, context: Context) -> str:
    """Return a model's name, linked to its page."""
    widget = context.guide.lab.text_rows()[key]
    page = context.guide.family(widget.family).page
    return f"[{widget.row['label']}]({context.link(f'{page}#{widget.family}')})"


def measured(context: Context, _: str) -> str:
    """All language models side by side, as measured on the same unseen definitions.

    The best values are bold; of the shares told apart, that is the one nearest to pure guessing.
    """
    found = models(context.site.root)
    known = context.guide.lab.text_rows()
    top = {
        **{part: min((row[part] for row in found.values()), default=0) for part in SURPRISE},
        **{
            part: min((row[part] for row in found.values()), key=guessing, default=0)
            for part in APART
        },
    }
    rows = [
        (
            name(key, context),
            *(
                number(
                    ("at most " if known[key].row.get("bound") else "") + f"{row[part]:.2f}",
                    best=row[part] == top[part],
                )
                for part in SURPRISE
            ),
            *(number(f"{row[part]:.0%}", best=row[part] == top[part]) for part in APART),
            *(number(f"{row[part]:.1%}") for part in ("verbatim", "verbatim_met")),
        )
        for key, row in found.items()
    ]
    head = ("Bits per character", "The same, word given", "Told apart", "at temperature 1")
    names = (*head, "Verbatim, unseen words", "Verbatim, trained words")
    return boxed(table(("Model", *map(number, names)), rows), "The measurements")


def guessing(share: float) -> float:
    """Return how far a share is from that of pure guessing."""
    return abs(share - 0.5)


def seeds(context: Context, _: str) -> str:
    """How much chance moves the result: trainings that differ in their seed alone."""
    found = {key: row["seeds"] for key, row in models(context.site.root).items() if "seeds" in row}
    numbers = sorted({seed for row in found.values() for seed in row["bits"]}, key=int)
    rows = [
        (
            name(key, context),
            f"{row['steps']:,}",
            *(f"{row['bits'][seed]:.3f}" if seed in row["bits"] else "" for seed in numbers),
            f"{mean(row['bits'].values()):.3f}",
            f"{max(row['bits'].values()) - min(row['bits'].values()):.3f}",
        )
        for key, row in found.items()
    ]
    return table(("Model", "Steps", *(f"Seed {seed}" for seed in numbers), "Mean", "Range"), rows)


def costs(context: Context, _: str) -> str:
    """What each language model costs: its size, its training, and a token in the browser."""
    taken = speed(context.site.root).get("milliseconds", {})
    rows = [
        (
            name(key, context),
            *map(
                number,
                (
                    f"{row['params']:,}" + (" counts" if key == "ngram" else ""),
                    f"{row['gzip'] / 1e6:.2f} MB" if "gzip" in row else "not shipped",
                    f"{row['seconds'] / 60:.1f}",
                    f"{taken[key]:.1f}" if key in taken else "not measured",
                ),
            ),
        )
        for key, row in models(context.site.root).items()
    ]
    head = ("Weights", "File, compressed", "Training, minutes")
    names = map(number, (*head, "Milliseconds a token, in the browser"))
    return boxed(table(("Model", *names), rows), "What a model costs")


def samples(context: Context, argument: str) -> str:
    """Ten unselected samples of a model, and the training definition nearest to each."""
    rows = [
        (
            str(found["seed"]),
            f"**{found['word']}**: {found['text'] or '(nothing)'}",
            "the same, verbatim" if found["known"] else f"{found['of']}: {found['nearest']}",
            f"{found['alike']:.0%}",
        )
        for found in models(context.site.root).get(argument, {}).get("samples", ())
    ]
    return table(("Seed", "What it wrote", "Nearest training definition", "Shared"), rows)


def rounding(context: Context, _: str) -> str:
    """What coarser weights cost the transformer."""
    plain = 4 * models(context.site.root).get("transformer", {}).get("params", 0)
    rows = [
        (
            "exact (32 bits)" if label == "float32" else f"one of {label} numbers",
            f"{bits:.3f}",
            f"{size / 1e6:.2f} MB" if size else f"{plain / 1e6:.2f} MB, not compressed",
        )
        for label, (bits, size) in results(context.site.root).get("rounding", {}).items()
    ]
    return table(("A weight is", "Bits per character", "Weights, compressed"), rows)
