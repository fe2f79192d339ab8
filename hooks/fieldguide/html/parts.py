"""What stands on a page and needs a style or a script of its own, and the files made for it.

A part is found in the content of a page by a CSS selector, in the parsed document.
"""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from fieldguide.drawings import text_figures
from fieldguide.drawings.widget_figures import WIDGETS, Widget
from fieldguide.html import arena_scripts
from fieldguide.source.formulas import STYLESHEET as MATH

SCRIPTS, STYLES = "assets/javascripts", "assets/stylesheets"
LAB, TEXTS, PICTURES = f"{SCRIPTS}/lab", f"{SCRIPTS}/text", f"{SCRIPTS}/pictures"


@dataclass(frozen=True)
class Part:
    """A kind of element, with the styles and scripts that a page with one loads.

    A script is run when the page is read; one that is `early` is fetched from the head.
    """

    selector: str
    styles: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def room(widget: Widget) -> str:
    """Return where a live model's own script stands: those of 28 x 28 pixels have a room."""
    return LAB if widget.side == 8 else PICTURES


PARTS = (
    Part("math", styles=(MATH,), scripts=(f"{SCRIPTS}/formulas.js",)),
    Part(".lab-sheet", styles=(f"{STYLES}/lab.css",)),
    *(
        Part(
            f'guide-text[data-kind="{key}"]',
            styles=(f"{STYLES}/lab.css", f"{STYLES}/text.css"),
            early=(f"{TEXTS}/{key}.js",),
        )
        for key in text_figures.WIDGETS
    ),
    *(
        Part(f'guide-lab[data-family="{key}"]', early=(f"{room(widget)}/{key}.js",))
        for key, widget in WIDGETS.items()
    ),
    Part("ul.plates", styles=(f"{STYLES}/home.css",)),
    Part("guide-hero", styles=(f"{STYLES}/home.css",), scripts=(f"{PICTURES}/hero.js",)),
    Part("guide-arena", styles=(arena_scripts.STYLESHEET,), early=(arena_scripts.ARENA,)),
    Part("guide-watch", styles=(arena_scripts.STYLESHEET,), early=(arena_scripts.NEAR,)),
    Part("guide-fit", styles=(arena_scripts.STYLESHEET,), early=(arena_scripts.FIT,)),
    Part(".glossary-tools", styles=(f"{STYLES}/glossary.css",)),
    Part("div.table-box", styles=(f"{STYLES}/cards.css",)),
    Part("guide-question", scripts=(f"{SCRIPTS}/questions.js",)),
    Part("guide-question, .problem", scripts=(f"{SCRIPTS}/answers.js",)),
    Part("div.path", scripts=(f"{SCRIPTS}/paths.js",)),
    Part("div.picker", scripts=(f"{SCRIPTS}/picker-start.js",)),
)
# What every live model needs, in the order in which the parts build on each other.
SHARED = ("math", "el", "core", "tile", "panel", "host", "ui")
BELOW_TEXTS = ("math", "el", "panel", "host")  # those that the language widgets share with them
ENGINE = ("kernel", "loops", "engine", "work")  # what those of 28 x 28 pixels compute with
# Files that pages load, each made of others, which are not published themselves.
BUNDLES = {
    # page.js asks for these once a page is there; for the second, if it has such a table.
    f"{SCRIPTS}/later.js": (f"{SCRIPTS}/sections.js", f"{SCRIPTS}/later.js"),
    f"{SCRIPTS}/tables.js": (f"{SCRIPTS}/tables.js", f"{SCRIPTS}/comparison.js"),
    **{
        f"{room(widget)}/{key}.js": (
            *(f"{LAB}/{name}.js" for name in SHARED),
            *(f"{PICTURES}/{name}.js" for name in ENGINE if widget.side != 8),
            *(f"{room(widget)}/{name}.js" for name in (*widget.scripts.split(), key)),
        )
        for key, widget in WIDGETS.items()
    },
    **{
        f"{TEXTS}/{key}.js": (
            *(f"{LAB}/{name}.js" for name in BELOW_TEXTS),
            *(f"{TEXTS}/{name}.js" for name in ("ui", *text.scripts.split(), "start")),
        )
        for key, text in text_figures.WIDGETS.items()
    },
    f"{PICTURES}/hero.js": (
        *(f"{LAB}/{name}.js" for name in ("math", "el", "core")),
        *(f"{PICTURES}/{name}.js" for name in (*ENGINE, "denoiser", "diffuser", "hero")),
    ),
    **arena_scripts.BUNDLES,
}


def found(content: str) -> list[Part]:
    """Return the parts of a page's content."""
    tree = LexborHTMLParser(content)
    return [part for part in PARTS if tree.css_first(part.selector)]


def loaded(parts: list[Part], kind: str) -> list[str]:
    """Return the files of one kind (`styles`, `early` or `scripts`) that parts need."""
    return list(dict.fromkeys(path for part in parts for path in getattr(part, kind)))
