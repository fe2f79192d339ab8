"""What the drawings share: their place on a page, and the frame of those made from data."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

WIDTH = (
    360  # of every viewBox; shown 390 to 520 pixels wide, so that 13 units are at least 14 pixels
)
CURVES = ("", "d-curve", "d-curve-2", "d-curve-3")  # styles, by the colors of lab.yml
LETTER = 7.0  # units that a letter of the class d-small takes, on a broad sans-serif font


def slot(name: str) -> str:
    """Return the place of a drawing, which is filled after Markdown has run."""
    return f'<div data-drawing="{name}"></div>'


def figure(name: str, caption: str, drawing: str = "") -> str:
    """Return a drawing with its caption, as Markdown; `drawing` is its key if not `name`."""
    return (
        f'<figure class="drawing" id="fig-{name}" markdown="block">\n\n{slot(drawing or name)}\n\n'
        f'<figcaption markdown="span">{caption}</figcaption>\n\n</figure>'
    )


def svg(name: str, height: float, title: str, description: str, parts: Iterable[str]) -> str:
    """Return an SVG in the frame that every drawing of the guide has; with links, it is a group."""
    parts = list(parts)
    role = "group" if any("<a " in part for part in parts) else "img"
    return "\n".join(
        [
            f'<svg class="diagram" viewBox="0 0 {WIDTH} {number(height)}" role="{role}" '
            f'aria-labelledby="{name}-t {name}-d" xmlns="http://www.w3.org/2000/svg">',
            f'<title id="{name}-t">{escape(title)}</title>',
            f'<desc id="{name}-d">{escape(description)}</desc>',
            *parts,
            "</svg>",
        ]
    )


def text(x: float, y: float, words: str, style: str = "d-small") -> str:
    """Return a line of text."""
    return f'<text class="{style}" x="{number(x)}" y="{number(y)}">{escape(words)}</text>'


def number(value: float) -> str:
    """Return a coordinate in as few characters as it needs."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def lines(words: str, width: float) -> list[str]:
    """Return a text in lines that fit into `width` units, broken at spaces."""
    found: list[str] = []
    for word in words.split():
        if found and len(f"{found[-1]} {word}") * LETTER <= width:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
