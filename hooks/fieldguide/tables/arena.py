"""The arena on its page: a still picture, which the live one replaces where scripts run."""

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
