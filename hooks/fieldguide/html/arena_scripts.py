"""The scripts of the arena: one file for each page that trains something, loaded there alone."""

from __future__ import annotations

from fieldguide.model.lab import Lab

SCRIPTS = "assets/javascripts/arena"
STYLESHEET = "assets/stylesheets/arena.css"
# What every page that trains needs, in the order in which the parts build on each other.
ENGINE = ("kernel", "loops", "memory", "engine", "operations", "family", "data")
WATCH = ("plot", "curves", "watcher", "watch-controls", "watch-tools")
PAGE = ("plot", "inside", "pad", "chart", "settings", "controls", "view", "page")
ARENA, NEAR, FIT = f"{SCRIPTS}/arena.js", f"{SCRIPTS}/watch.js", f"{SCRIPTS}/fit.js"


def bundles(lab: Lab) -> dict[str, tuple[str, ...]]:
    """Return the files that pages load, by the parts they are made of.

    An element <guide-arena> asks for the first; <guide-watch> for a small one, which fetches a
    family's when a reader comes near.
    """
    made: dict[str, tuple[str, ...]] = {
        "arena": (*ENGINE, *lab.points, "race", *PAGE),
        "watch": ("watch",),
        "fit": (*ENGINE[:-1], "fit-model", "fit-plot", "fit"),  # points of its own, no data
    }
    for key, family in lab.points.items():
        made[f"watch-{key}"] = (*ENGINE, *family.needs, key, *WATCH, f"lens-{key}")
    return {
        f"{SCRIPTS}/{name}.js": tuple(f"{SCRIPTS}/{part}.js" for part in parts)
        for name, parts in made.items()
    }


def source(part: str) -> str:
    """Return where a part stands in the repository."""
    return f"docs/{SCRIPTS}/{part}.js"
