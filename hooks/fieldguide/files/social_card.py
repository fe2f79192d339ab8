"""The picture that a course or a chat shows beside a link: a title, and digits of the models.

A page of a family shows samples of its own model; every other page a digit of each family.
"""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path

from fieldguide.addresses.permalinks import Links
from fieldguide.drawings import sprite, widget_figures
from fieldguide.files import svg_to_png
from fieldguide.model import lab_results
from fieldguide.model.site import Site

FOLDER = "assets/cards"
GENERAL = "0-guide"  # no family is called so, since an id begins with a letter
SHOWN = 10  # digits on a card
LINE = 30  # letters of a title on one line
SIZE = (1200, 630)  # the shape that most programs cut a picture to
CARD = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<g class="diagram"><rect class="d-dot" width="{width}" height="14"/>
<text x="76" y="104" style="font-size: 30px; letter-spacing: 1px">{name}</text>
{title}
<text x="76" y="{below}" style="font-size: 27px">{about}</text></g>
{digits}
</svg>"""


def path(site: Site, page: str) -> str:
    """Return where the picture of a page stands in the built site."""
    family = next((row.id for row in site.guide.families if row.page == page), GENERAL)
    return f"{FOLDER}/{family}.png"


def metas(site: Site, links: Links, page: str) -> dict[str, str]:
    """Return what the <head> of a page says of its picture; nothing without an address."""
    if not links.site_url:
        return {}
    width, height = (side * svg_to_png.PIXELS // SIZE[0] for side in SIZE)
    return {
        "og:image": links.site_url + path(site, page),
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": links.pages[page],
    }


def write(site_dir: Path, site: Site, links: Links, cache: Path) -> None:
    """Write the picture of the guide and of each family; without an address nobody links to it."""
    if not links.site_url:
        return
    titles = {GENERAL: links.name}
    titles |= {
        row.id: str(site.pages[row.page].meta["title"])
        for row in site.guide.families
        if row.page in site.pages
    }
    (site_dir / FOLDER).mkdir(parents=True, exist_ok=True)
    for key, title in titles.items():
        digits = widget_figures.of(site.root, site.guide.lab, key)[:SHOWN]
        about = "Made by a model of this kind, small enough to run in the page."
        if key == GENERAL:
            digits = widget_figures.one_of_each(site.root, site.guide.lab)
            about = "Each digit is drawn by a generative model of another family."
        shown = drawing(links.name, title, about if digits else "", digits)
        alone = svg_to_png.svg(shown, site.root)
        picture = svg_to_png.png(alone, cache / "drawings")
        (site_dir / FOLDER / f"{key}.png").write_bytes(picture)


def drawing(name: str, title: str, about: str, digits: list[lab_results.Digit]) -> str:
    """Return a card as a drawing of the site: the guide's name, a title, a line, and digits."""
    width, height = SIZE
    lines = textwrap.wrap(title, LINE, max_lines=2, placeholder=" …")
    top = 190 if title == name else 214
    written = "\n".join(
        f'<text x="74" y="{top + 86 * number}" '
        f'style="font-family: STIX Two Math; font-size: 76px">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    row = sprite.picture("card", about, digits, SHOWN) if digits else ""
    placed = f'<svg x="76" y="440" width="{width - 152}" height="130" '
    return CARD.format(
        width=width,
        height=height,
        name=escape("" if title == name else name),
        title=written,
        below=top + 86 * len(lines),
        about=escape(about),
        digits=row.replace("<svg ", placed, 1),
    )
