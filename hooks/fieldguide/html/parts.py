"""What stands on a page and needs a style or a script of its own, and the files made for it.

A part is found in the content of a page by a CSS selector, in the parsed document.
"""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from fieldguide.html import arena_scripts
from fieldguide.model.lab import Digits, Lab
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


PARTS = (
    Part("math", styles=(MATH,), scripts=(f"{SCRIPTS}/formulas.js",)),
    Part(".lab-sheet", styles=(f"{STYLES}/lab.css",)),
)
MORE = (
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
ENGINE = ("kernel", "loops", "engine", "work")  # what those of digits compute with


def all_of(lab: Lab) -> tuple[Part, ...]:
    """Return every kind of element with parts of its own; those of live models are data."""
    styles = (f"{STYLES}/lab.css", f"{STYLES}/text.css")
    language = (
        Part(f'guide-text[data-kind="{kind}"]', styles=styles, early=(f"{TEXTS}/{kind}.js",))
        for kind in lab.language
    )
    digits = (
        Part(f'guide-lab[data-family="{key}"]', early=(own(model),))
        for key, model in lab.digits.items()
    )
    return (*PARTS, *language, *digits, *MORE)


def own(model: Digits) -> str:
    """Return the script of a live model of digits."""
    return f"{PICTURES}/{model.family}.js"


def bundles(lab: Lab) -> dict[str, tuple[str, ...]]:
    """Return the files that pages load, each made of others, which are not published themselves."""
    return {
        # page.js asks for these once a page is there; for the second, if it has such a table.
        f"{SCRIPTS}/later.js": (f"{SCRIPTS}/sections.js", f"{SCRIPTS}/later.js"),
        f"{SCRIPTS}/tables.js": (f"{SCRIPTS}/tables.js", f"{SCRIPTS}/comparison.js"),
        **{
            own(model): (
                *(f"{LAB}/{name}.js" for name in SHARED),
                *(f"{PICTURES}/{name}.js" for name in (*ENGINE, *model.scripts, key)),
            )
            for key, model in lab.digits.items()
        },
        **{
            f"{TEXTS}/{kind}.js": (
                *(f"{LAB}/{name}.js" for name in BELOW_TEXTS),
                *(f"{TEXTS}/{name}.js" for name in ("ui", *widget.scripts, "start")),
            )
            for kind, widget in lab.language.items()
        },
        f"{PICTURES}/hero.js": (
            *(f"{LAB}/{name}.js" for name in ("math", "el", "core")),
            *(f"{PICTURES}/{name}.js" for name in (*ENGINE, "denoiser", "diffuser", "hero")),
        ),
        **arena_scripts.bundles(lab),
    }


def found(content: str, lab: Lab) -> list[Part]:
    """Return the parts of a page's content."""
    tree = LexborHTMLParser(content)
    return [part for part in all_of(lab) if tree.css_first(part.selector)]


def loaded(parts: list[Part], kind: str) -> list[str]:
    """Return the files of one kind (`styles`, `early` or `scripts`) that parts need."""
    return list(dict.fromkeys(path for part in parts for path in getattr(part, kind)))
