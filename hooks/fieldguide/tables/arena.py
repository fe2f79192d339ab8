"""What learns live: all six families in the arena, and each on its own page."""

from __future__ import annotations

from fieldguide.drawings.svg import slot
from fieldguide.model.site import Context

STILL = "made-arena"  # the name of its drawing
CAPTION = (
    "What each family makes after 300 steps on a ring of eight clouds: 160 points each, seed 1. "
    "With JavaScript, the six learn here, live."
)

WATCHED = {
    "gan": "a generator and a discriminator play their game",
    "vae": "an autoencoder spreads its clouds over the latent plane",
    "flow": "a normalizing flow bends its grid",
    "diffusion": "a diffusion model learns to clear noise",
    "autoregressive": "an autoregressive model learns one coordinate, then the other",
    "matching": "a flow-matching model learns its paths",
}


def place(context: Context, _: str) -> str:
    """The six families that learn live, with a still picture for where they cannot run."""
    still = ""
    if STILL in context.site.drawings:
        still = f"<figure>{slot(STILL)}<figcaption>{CAPTION}</figcaption></figure>"
    return f'<div class="arena-place"><guide-arena class="arena">{still}</guide-arena></div>'


def watch(_: Context, key: str) -> str:
    """One family that learns live; its room is kept where scripts run."""
    note = f"With JavaScript, {WATCHED[key]} here, live, on points of the plane."
    return (
        f'<div class="arena-place"><guide-watch class="arena watch watch-{key}" '
        f'data-family="{key}"><p class="watch-still">{note}</p></guide-watch></div>'
    )
