"""A line of our Markdown for other programs: as HTML, or as plain text; formulas stay TeX.

Questions go to learning platforms, which know neither our short forms nor our relative links.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from fieldguide.addresses.permalinks import SHORT_FOLDER
from fieldguide.model import citations
from fieldguide.model.site import SOURCES_PAGE, Site
from fieldguide.source import inline
from fieldguide.source.shortcodes import KEY, VALUE

BASE = "{guide-address}"  # in the place of the site's address, where it is not known yet


def tex_in_text(tex: str) -> str:
    """Return TeX between the marks that Moodle, Canvas and Open edX typeset."""
    tex = " ".join(tex.split()).replace("<", r"\lt ").replace(">", r"\gt ")
    return rf"\({tex}\)"


def escape_words(text: str) -> str:
    """Return text as HTML shows it."""
    return escape(text, quote=False)


@dataclass(frozen=True)
class Writer:
    """Writes the text of one page; `math` makes HTML of the TeX of a formula."""

    site: Site
    page: str
    base: str = BASE
    math: Callable[[str], str] = lambda tex: escape(tex_in_text(tex))

    def html(self, text: str) -> str:
        """Return a line of Markdown as HTML."""
        return self._written(text, plain=False)

    def plain(self, text: str) -> str:
        """Return a line of Markdown as plain text."""
        return self._written(text, plain=True)

    def _written(self, text: str, *, plain: bool) -> str:
        text = VALUE.sub(lambda match: self.site.values.get(match["value"], ""), text)
        if plain:
            return inline.read(text, lambda piece: self._token(piece, True))
        return inline.read(
            text, lambda piece: self._token(piece, False), escape_words, r"<{}>\1</{}>"
        )

    def _token(self, match: re.Match[str], plain: bool) -> str:
        """Return what stands for an escape, code, formula, citation, term or link."""
        if match["escaped"]:
            return match["escaped"][1] if plain else escape(match["escaped"][1])
        if match["attributes"] or match["tag"]:
            return match[0] if plain else escape_words(match[0])
        if match["code"]:
            code = match["inside"].strip()
            return code if plain else f"<code>{escape(code)}</code>"
        if match["math"]:
            return tex_in_text(match["tex"]) if plain else self.math(match["tex"])
        if match["keys"]:
            return self._citation(match["keys"], plain)
        if match["term"] is not None:
            return self._link(match["text"], f"s/term-{match['term']}.html", plain)
        return self._link(match["words"], self.address(match["to"]), plain)

    def _citation(self, keys: str, plain: bool) -> str:
        found = KEY.findall(keys)
        labels = ((citations.label(self.site.guide.sources[key]), key) for key in found)
        page = SOURCES_PAGE.removesuffix(".md") + ".html"
        links = (self._link(label, f"{page}#src-{key}", plain) for label, key in labels)
        return f"({'; '.join(links)})"

    def _link(self, words: str, to: str, plain: bool) -> str:
        shown = self._written(words, plain=plain)
        if plain or not to:
            return shown
        address = to if re.match(r"[a-z]+:", to) else self.base + to
        return f'<a href="{escape(address)}">{shown}</a>'

    def address(self, target: str) -> str:
        """Return where a link of the page leads: a short link, from the root of the site."""
        if re.match(r"[a-z]+:", target):
            return target
        path, _, key = target.partition("#")
        path, mark, query = path.partition("?")  # the state of a live model; short links keep it
        page = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))
        page = page if path else self.page
        if not key and page in self.site.pages:
            key = self.site.pages[page].headings[0].id
        return (f"{SHORT_FOLDER}/{key}.html" if key else page) + mark + query
