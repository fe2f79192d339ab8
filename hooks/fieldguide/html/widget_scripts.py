"""The scripts of the live models: one file for each widget, loaded where it stands."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.drawings import text_figures
from fieldguide.drawings.widget_figures import WIDGETS
from fieldguide.html.assets import light

SCRIPTS = "assets/javascripts/lab"
TEXTS = "assets/javascripts/text"
STYLESHEET = "assets/stylesheets/lab.css"
TEXT_STYLESHEET = "assets/stylesheets/text.css"
LAB = re.compile(r'<guide-lab [^>]*data-family="(\w+)"')
TEXT = re.compile(r'<guide-text [^>]*data-kind="(\w+)"')


def load(html: str, base: str) -> str:
    """Return a page with the scripts and the styles of its live models, if it has any."""
    texts = TEXT.findall(html)
    if "lab-sheet" not in html and not texts:
        return html
    tags = [f'<link rel="stylesheet" href="{base}/{STYLESHEET}">']
    if texts:
        tags.append(f'<link rel="stylesheet" href="{base}/{TEXT_STYLESHEET}">')
    found = [f"{SCRIPTS}/{key}" for key in LAB.findall(html)] + [f"{TEXTS}/{key}" for key in texts]
    tags += [f'<script defer src="{base}/{name}.js"></script>' for name in found]
    return html.replace("</head>", "".join(tags) + "</head>", 1)


# Parts that every live model needs, in the order in which they build on each other.
SHARED = ("math", "el", "core", "tile", "panel", "ui")
BELOW_TEXTS = ("math", "el", "panel")  # those that the language widgets share with them


def bundle(site_dir: Path) -> None:
    """Put the scripts of each widget into one, without comments; drop what they were made of."""
    folder, texts = site_dir / SCRIPTS, site_dir / TEXTS
    if not folder.is_dir():
        return
    parts, text_parts = _parts(folder), _parts(texts)
    for key, widget in WIDGETS.items():
        names = (*SHARED, *widget.scripts.split(), key)
        script = "".join(parts[name] for name in names)
        (folder / f"{key}.js").write_text(script, encoding="utf-8")
    below = "".join(parts[name] for name in BELOW_TEXTS)
    for key, text in text_figures.WIDGETS.items():
        names = ("ui", *text.scripts.split(), "start")
        script = below + "".join(text_parts[name] for name in names)
        (texts / f"{key}.js").write_text(script, encoding="utf-8")


def _parts(folder: Path) -> dict[str, str]:
    """Return the scripts of a folder by name, without comments; the folder is empty afterward."""
    parts = {file.stem: light(file.read_text(encoding="utf-8")) for file in folder.glob("*.js")}
    for file in folder.iterdir():
        file.unlink()
    return parts
