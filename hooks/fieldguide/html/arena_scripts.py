"""The scripts of the arena: one file for each page that trains something, loaded there alone."""

from __future__ import annotations

SCRIPTS = "assets/javascripts/arena"
STYLESHEET = "assets/stylesheets/arena.css"
FAMILIES = ("gan", "vae", "flow", "diffusion", "autoregressive", "matching")
# What every page that trains needs, in the order in which the parts build on each other.
ENGINE = ("kernel", "loops", "memory", "engine", "operations", "family", "data")
WATCH = ("plot", "curves", "watcher", "watch-controls", "watch-tools")
PAGE = ("plot", "inside", "pad", "chart", "settings", "controls", "view", "page")
NEEDS = {"matching": ("diffusion",)}  # a family that uses parts of another
_MADE: dict[str, tuple[str, ...]] = {
    "arena": (*ENGINE, *FAMILIES, "race", *PAGE),
    "watch": ("watch",),
    "fit": (*ENGINE[:-1], "fit-model", "fit-plot", "fit"),  # points of its own instead of data
    **{
        f"watch-{key}": (*ENGINE, *NEEDS.get(key, ()), key, *WATCH, f"lens-{key}")
        for key in FAMILIES
    },
}
# The files that pages load, by the parts they are made of. An element <guide-arena> asks for the
# first; <guide-watch> for a small one, which fetches a family's when a reader comes near.
BUNDLES = {
    f"{SCRIPTS}/{name}.js": tuple(f"{SCRIPTS}/{part}.js" for part in made)
    for name, made in _MADE.items()
}
ARENA, NEAR, FIT = f"{SCRIPTS}/arena.js", f"{SCRIPTS}/watch.js", f"{SCRIPTS}/fit.js"


def source(part: str) -> str:
    """Return where a part stands in the repository."""
    return f"docs/{SCRIPTS}/{part}.js"
