"""What the first page shows at once: a live model's picture, and a real sample of each family."""

from __future__ import annotations

from html import escape
from pathlib import Path

from fieldguide.drawings import sprite, widget_figures
from fieldguide.drawings.svg import figure, slot
from fieldguide.model import citations, text_results
from fieldguide.model.lab import Lab
from fieldguide.model.records import Family
from fieldguide.model.site import Context

SHOWN = (2, 3, 8)  # the same three digits of every model that draws


def hero(root: Path, lab: Lab) -> str:
    """Return ten digits of the diffusion model; `pictures/hero.js` makes them live."""
    digits = widget_figures.of(root, lab, "diffusion")[:10]
    title = "The digits 0 to 9, drawn by a diffusion model"
    drawn = sprite.picture("hero", title, digits, 5, "dots")
    return (
        f'<guide-hero><div class="hero-sheet">{drawn}</div>'
        '<p class="hero-told">Drawn by the model beforehand. With JavaScript it draws here.</p>'
        '<div class="hero-tools"></div></guide-hero>'
    )


def sample(root: Path, lab: Lab, key: str) -> str:
    """Return what a family's model in this guide has made: a line of text, or three digits."""
    for writer in (each for each in lab.language.values() if each.family == key and each.at_home):
        written = text_results.models(root).get(writer.samples, {}).get("samples")
        if isinstance(written, list) and written:
            first = written[0]
            return f'<p class="made"><b>{escape(first["word"])}:</b> {escape(first["text"])}</p>'
    digits = widget_figures.of(root, lab, key)
    chosen = [digits[place] for place in SHOWN if place < len(digits)]
    return (
        f'<div class="made">{sprite.picture(f"home-{key}", "", chosen, len(SHOWN), "dots")}</div>'
    )


def drawings(root: Path, lab: Lab) -> dict[str, str]:
    """Return the live picture of the first page and each family's sample as drawings."""
    samples = {f"made-home-{key}": sample(root, lab, key) for key in lab.digits}
    return {"made-hero": hero(root, lab)} | samples


def ten_digits(_: Context, argument: str) -> str:
    """The digits zero to nine, drawn live."""
    return figure("ten-digits", argument.partition("|")[2].strip(), "made-hero")


def families(context: Context, _: str) -> str:
    """The families as small cards, each with a sample of its model here, or with its sign."""
    cards = [_card(family, context) for family in context.guide.families]
    return '<ul class="samples" markdown="block">\n\n' + "\n\n".join(cards) + "\n\n</ul>"


def _card(family: Family, context: Context) -> str:
    link = f"**[{citations.escape(family.short)}]({context.link(family.page)})**"
    line = citations.escape(family.line or family.definition)
    drawn = family.id in context.guide.lab.digits
    made = slot(f"made-home-{family.id}" if drawn else f"glyph-{family.id}")
    return f'<li markdown="block">\n\n{link}\n\n{made}\n\n{line}\n\n</li>'
