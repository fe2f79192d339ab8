"""What was recorded of one answer and one picture, and the network that learns a curve."""

from __future__ import annotations

from html import escape

from fieldguide.drawings import fit_plot, walk_answer, walk_picture
from fieldguide.drawings.svg import figure, slot
from fieldguide.model.site import Context, Site
from fieldguide.model.walks import percent, record, shown
from fieldguide.tables.pipe_table import table

BEFORE = "before-"
DRAFTS = "preferences"  # two drafts, of which people choose one
CONTEXT = "context"


def names(site: Site) -> list[str]:
    """Return what was recorded, by the names that pages use."""
    found = record(site.root)
    if not found:
        return []
    drawn = [*walk_answer.NAMES, *walk_picture.NAMES]
    return [*drawn, CONTEXT, BEFORE + DRAFTS, *(BEFORE + key for key in found["answer"]["asked"])]


def place(context: Context, argument: str) -> str:
    """A part of the record: a drawing, a table, or what a model says before and after a stage."""
    key, _, words = (part.strip() for part in argument.partition("|"))
    if key == CONTEXT:
        return contexts(context)
    if key.startswith(BEFORE):
        return turns(context, key.removeprefix(BEFORE), words)
    return figure(f"walk-{key}", words, f"made-walk-{key}")


def contexts(context: Context) -> str:
    """What the model holds most likely next, after contexts that differ in one word."""
    rows = [
        (
            f"*{row['prompt']}*",
            ", ".join(f"{shown(token)} {percent(share)}" for token, share in row["top"][:2]),
            percent(row["te"]),
        )
        for row in record(context.site.root)["answer"]["context"]
    ]
    return table(("Context", "Most likely next", "Chance of \u00b7te"), rows)


def turns(context: Context, key: str, after: str) -> str:
    """A request, what the text model makes of it, and an illustration of what is wanted."""
    answer = record(context.site.root)["answer"]
    if key == DRAFTS:
        asked = f"{answer['prompt']} (two drafts)"
        before = f"1. {answer['draws'][1]} &ensp; 2. {answer['draws'][2]}"
    else:
        asked, before = answer["asked"][key]
    return (
        '<div class="turns" markdown="block">\n\n'
        f"**{asked}**\n\n"
        f"*Before, recorded:* {before}\n\n"
        f"*After, illustration:* {after}\n\n</div>"
    )


def fit(_: Context, argument: str) -> str:
    """The network that learns a curve; a still of it stands where it cannot run."""
    words = argument.partition("|")[2].strip()
    still = f"<figure>{slot(fit_plot.NAME)}<figcaption>{escape(words)}</figcaption></figure>"
    return f'<div class="arena-place"><guide-fit class="arena fit">{still}</guide-fit></div>'
