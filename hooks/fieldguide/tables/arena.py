"""What learns live: all six families in the arena, and each on its own page."""

from __future__ import annotations

from fieldguide.drawings.svg import slot
from fieldguide.model.site import Context

STILL = "made-arena"  # the name of its drawing
CAPTION = (
    "What each family makes after 300 steps on a ring of eight clouds: 160 points each, seed 1. "
    "With JavaScript, the six learn here, live."
)


def place(context: Context, _: str) -> str:
    """The six families that learn live, with a still picture for where they cannot run."""
    still = ""
    if STILL in context.site.drawings:
        still = f"<figure>{slot(STILL)}<figcaption>{CAPTION}</figcaption></figure>"
    return f'<div class="arena-place"><guide-arena class="arena">{still}</guide-arena></div>'


def watch(context: Context, key: str) -> str:
    """One family that learns live; its room is kept where scripts run."""
    note = (
        f"With JavaScript, {context.guide.lab.points[key].line} here, live, on points of the plane."
    )
    return (
        f'<div class="arena-place"><guide-watch class="arena watch watch-{key}" '
        f'data-family="{key}"><p class="watch-still">{note}</p></guide-watch></div>'
    )
