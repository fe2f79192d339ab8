"""The scripts of the live models: one file for each family, loaded where its widget stands."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.drawings.widget_figures import WIDGETS
from fieldguide.html.assets import light

SCRIPTS = "assets/javascripts/lab"
STYLESHEET = "assets/stylesheets/lab.css"
LAB = re.compile(r'<guide-lab [^>]*data-family="(\w+)"')


def load(html: str, base: str) -> str:
    """Return a page with the script and the style of its live model, if it has one."""
    if "lab-sheet" not in html:
        return html
    tags = [f'<link rel="stylesheet" href="{base}/{STYLESHEET}">']
    tags += [
        f'<script defer src="{base}/{SCRIPTS}/{key}.js"></script>' for key in LAB.findall(html)
    ]
    return html.replace("</head>", "".join(tags) + "</head>", 1)


# Parts that every live model needs, in the order in which they build on each other.
SHARED = ("math", "core", "tile", "panel", "ui")


def bundle(site_dir: Path) -> None:
    """Put the scripts of each family into one, without comments; drop what they were made of."""
    folder = site_dir / SCRIPTS
    if not folder.is_dir():
        return
    parts = {file.stem: light(file.read_text(encoding="utf-8")) for file in folder.glob("*.js")}
    for name in parts:
        (folder / f"{name}.js").unlink()
    for key, widget in WIDGETS.items():
        names = (*SHARED, *widget.scripts.split(), key)
        script = "".join(parts[name] for name in names)
        (folder / f"{key}.js").write_text(script, encoding="utf-8")
