"""The displayed formulas of a page as a LaTeX document."""

from __future__ import annotations

from fieldguide.addresses.permalinks import Links
from fieldguide.files.bibliography import tex
from fieldguide.model.site import Site
from fieldguide.source import formulas, inline
from fieldguide.source.pages import Page
from fieldguide.source.shortcodes import VALUE

TEX = r"""% {title}: the displayed formulas, from the {name}, version {version}, CC BY 4.0.
% {source}
\documentclass{{article}}
\usepackage{{amsmath,amssymb}}
\begin{{document}}
\title{{{title}}}
\date{{Version {version}, CC BY 4.0}}
\author{{{name}}}
\maketitle
{formulas}
\end{{document}}
"""


def formula_sheet(page: Page, site: Site, links: Links, line: str) -> str:
    """Return the displayed formulas of a page as a LaTeX document."""

    def numbers(text: str) -> str:
        return VALUE.sub(lambda match: site.values.get(match["value"], ""), text)

    parts = []
    for formula in page.formulas:
        symbols = [_tex(numbers(text)) for text in formula.symbols]
        listed = "".join(f"  \\item {text}\n" for text in symbols)
        parts.append(
            f"\n% {formula.id}\n\\subsection*{{{_tex(formula.title)}}}\n"
            f"\\[\n{numbers(formula.tex).strip()}\n\\]\n"
            + (f"\\begin{{itemize}}\n{listed}\\end{{itemize}}\n" if listed else "")
        )
    title = tex(inline.plain(str(page.meta["title"])))
    return TEX.format(
        title=title,
        name=tex(links.name),
        version=links.edition,
        source=line,
        formulas="".join(parts),
    )


def _tex(text: str) -> str:
    """Return a line of Markdown as TeX; its formulas stay as they are."""
    found = []
    last = 0
    text = " ".join(text.split())
    for match in formulas.INLINE.finditer(text):
        found += [_words(text[last : match.start()]), match[0]]
        last = match.end()
    return "".join([*found, _words(text[last:])])


def _words(text: str) -> str:
    """Return the words between two formulas, with the spaces at their ends."""
    return tex(inline.plain(f"|{text}|")[1:-1])
