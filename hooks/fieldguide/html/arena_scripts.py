"""The scripts of the arena: one file for each page that trains something, loaded there alone."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.html.assets import light

SCRIPTS = "assets/javascripts/arena"
STYLESHEET = "assets/stylesheets/arena.css"
FAMILIES = ("gan", "vae", "flow", "diffusion", "autoregressive", "matching")
# What every page that trains needs, in the order in which the parts build on each other.
ENGINE = ("kernel", "engine", "operations", "family", "data")
PAGE = ("plot", "inside", "pad", "chart", "settings", "controls", "view", "page")
# The file that a page loads: the parts that it is made of. An element <guide-NAME> asks for it.
BUNDLES = {
    "arena": (*ENGINE, *FAMILIES, "race", *PAGE),
}
ASKED = re.compile(r"<guide-(arena)\b")


def source(part: str) -> str:
    """Return where a part stands in the repository."""
    return f"docs/{SCRIPTS}/{part}.js"


def load(html: str, base: str) -> str:
    """Return a page with the script and the style of what trains on it, if anything does."""
    names = list(dict.fromkeys(ASKED.findall(html)))
    if not names:
        return html
    tags = [f'<link rel="stylesheet" href="{base}/{STYLESHEET}">']
    tags += [f'<script defer src="{base}/{SCRIPTS}/{name}.js"></script>' for name in names]
    return html.replace("</head>", "".join(tags) + "</head>", 1)


def bundle(site_dir: Path) -> None:
    """Put the parts of each file into one, without comments; drop the parts."""
    folder = site_dir / SCRIPTS
    if not folder.is_dir():
        return
    parts = {file.stem: light(file.read_text(encoding="utf-8")) for file in folder.glob("*.js")}
    for name in parts:
        (folder / f"{name}.js").unlink()
    for name, names in BUNDLES.items():
        script = "".join(parts[part] for part in names)
        (folder / f"{name}.js").write_text(script, encoding="utf-8")
