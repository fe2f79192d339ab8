"""The HTML of a page without what says nothing in a line of text: drawings, cards, live models."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

# Labels of drawings, rows of cards, and what stands in the place of a model that runs.
SHOWN = "svg, .card, ul.plates, .headerlink, guide-lab, guide-text, guide-arena, guide-watch"


def prose(html: str) -> str:
    """Return the content of a page as the search is to read it."""
    tree = LexborHTMLParser(html)
    for element in tree.css(SHOWN):
        element.decompose()
    for cell in tree.css(":is(td, th):not(:last-child)"):
        cell.insert_child(";")  # a row is a line of text
    return tree.body.inner_html or "" if tree.body else ""
