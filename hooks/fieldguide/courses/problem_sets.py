"""Problems in a form that every exporter can write, and the sheets of them to be printed.

`of_page` is the one door to them: it returns the problems of a page, in the order of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from fieldguide.addresses.permalinks import Links
from fieldguide.courses.inline_markdown import BASE, Writer, tex_in_text
from fieldguide.model.site import Site
from fieldguide.source import formulas, inline
from fieldguide.source.pages import Page

FENCE = re.compile(r"^```\w*$")
ITEM = re.compile(r"^(?:-|\d+\.) +(?P<text>\S.*)$")
Mathematics = Callable[[str], str]  # HTML of the TeX of a formula


@dataclass(frozen=True)
class ProblemText:
    """A problem ready for export: `statement` and `solution` as HTML.

    Addresses of the site begin with `inline_markdown.BASE`; formulas are TeX between `\\(` and
    `\\)`, unless another way was asked for. `markdown` is statement and solution as written.
    """

    id: str
    title: str
    kind: str
    level: str
    statement: str
    solution: str
    markdown: tuple[str, str]
    chapter: str
    chapter_id: str
    page: str
    line: int

    @property
    def name(self) -> str:
        """Return a short plain name, such as a platform lists it under."""
        return f"{self.title} ({self.kind}, {self.level})"


def in_text(tex: str) -> str:
    """Return a formula as learning platforms typeset it."""
    return escape(tex_in_text(tex))


def of_page(
    site: Site, page: Page, *, math: Mathematics = in_text, base: str = BASE
) -> list[ProblemText]:
    """Return the problems of a page."""
    writer = Writer(site, page.path, base, math)
    return [
        ProblemText(
            problem.id,
            writer.plain(problem.title),
            problem.kind,
            problem.level,
            html(problem.statement, writer),
            html(problem.solution, writer),
            (problem.statement, problem.solution),
            inline.plain(str(page.meta.get("title", ""))),
            page.headings[0].id if page.headings else "",
            page.path,
            problem.line,
        )
        for problem in page.problems
    ]


def html(text: str, writer: Writer) -> str:
    """Return paragraphs, lists and blocks of code as HTML."""
    shown = []
    for chunk in chunks(text):
        if FENCE.match(chunk[0]):
            shown.append(
                f"<pre><code>{escape(chr(10).join(chunk[1:-1]), quote=False)}</code></pre>"
            )
        elif ITEM.match(chunk[0]):
            tag = "ul" if chunk[0].startswith("-") else "ol"
            items = "".join(f"<li>{writer.html(item)}</li>" for item in listed(chunk))
            shown.append(f"<{tag}>{items}</{tag}>")
        else:
            shown.append(f"<p>{writer.html(' '.join(chunk))}</p>")
    return "\n".join(shown)


def chunks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph, list or block of code."""
    found: list[str] = []
    fenced = False
    for line in [*text.split("\n"), ""]:
        if fenced:
            found.append(line)
            if line.rstrip() == "```":
                yield found
                found, fenced = [], False
            continue
        opens = bool(FENCE.match(line.rstrip()))
        starts = bool(ITEM.match(line)) and bool(found) and not ITEM.match(found[0])
        if found and (opens or starts or not line.strip()):
            yield found
            found = []
        if line.strip():
            found.append(line.rstrip())
        fenced = opens


def listed(lines: Iterable[str]) -> list[str]:
    """Return the items of a list, each as one line."""
    items: list[str] = []
    for line in lines:
        if item := ITEM.match(line):
            items.append(item["text"])
        else:
            items[-1] += f" {line.strip()}"
    return items


def sheet(site: Site, page: Page, links: Links, *, solved: bool) -> str:
    """Return the problems of a page as HTML to print; where `solved`, the solutions follow."""

    def mathml(tex: str) -> str:
        return formulas.to_mathml(tex, display=False)

    asked = []
    answers = []
    for number, one in enumerate(of_page(site, page, math=mathml, base=links.site_url), 1):
        head = f"<h2>{number}. {escape(one.title)} <small>{one.kind}, {one.level}</small></h2>"
        asked.append(f"<section>\n{head}\n{one.statement}\n</section>")
        head = f"<h3>{number}. {escape(one.title)}</h3>"
        answers.append(f"<section>\n{head}\n{one.solution}\n</section>")
    if solved:
        asked += ['<div class="answers">\n<h2>Solutions</h2>', *answers, "</div>"]
    body = "\n".join(asked)
    return body
