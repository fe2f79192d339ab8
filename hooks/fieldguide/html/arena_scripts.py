"""The scripts of the arena: one file for each page that trains something, loaded there alone."""

from __future__ import annotations

SCRIPTS = "assets/javascripts/arena"
STYLESHEET = "assets/stylesheets/arena.css"
FAMILIES = ("gan", "vae", "flow", "diffusion", "autoregressive", "matching")
# What every page that trains needs, in the order in which the parts build on each other.
ENGINE = ("kernel", "engine", "operations", "family", "data")
PAGE = ("plot", "inside", "pad", "chart", "settings", "controls", "view", "page")
# The file that a page loads, by the parts it is made of; an element <guide-arena> asks for it.
BUNDLES = {
    f"{SCRIPTS}/arena.js": tuple(
        f"{SCRIPTS}/{part}.js" for part in (*ENGINE, *FAMILIES, "race", *PAGE)
    )
}


def source(part: str) -> str:
    """Return where a part stands in the repository."""
    return f"docs/{SCRIPTS}/{part}.js"
