"""Self-check questions in a form that every exporter can write: their words as HTML and as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldguide.addresses.permalinks import SHORT_FOLDER
from fieldguide.courses.inline_markdown import BASE, Writer
from fieldguide.model.site import Site
from fieldguide.source import inline
from fieldguide.source.pages import Page
from fieldguide.source.questions import Question

# What an option or an explanation may not hold, since platforms show it in many ways or not at all.
BLOCKS = (
    (re.compile(r"^\s*(```|~~~)"), "a block of code"),
    (re.compile(r"!\[[^\]]*\]\("), "a picture"),
    (re.compile(r"^\s*<!--"), "a marker"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), "HTML"),
    (re.compile(r"^\s*\$\$"), "a displayed formula"),
    (re.compile(r"^\s*\|"), "a table"),
    (re.compile(r"^\s+(?:[-*+]|\d+[.)])\s"), "a list"),
    (re.compile(r"^\s*(?:>|#{1,6}\s|!!!|\?\?\?)"), "a quotation, heading or note"),
)
MARKED = re.compile(r"(?<!`)`(?!`)[^`]*`|\$[^$]*\$")
LONGEST = 120  # letters of the name that a platform lists a question under


@dataclass(frozen=True)
class Option:
    """An option as plain text and as HTML, whether it is right, and why, as HTML."""

    plain: str
    html: str
    right: bool
    why: str


@dataclass(frozen=True)
class QuizQuestion:
    """A question ready for export; addresses of the site in its HTML begin with `BASE`.

    `chapter` is the title of its page, `chapter_id` the id of that title, `section` the id of the
    section that answers it, `name` a short plain text, and `text` the question as HTML.
    """

    id: str
    name: str
    text: str
    plain: str
    options: tuple[Option, ...]
    multiple: bool
    section: str
    chapter: str
    chapter_id: str
    page: str
    line: int

    @property
    def source(self) -> str:
        """The place of the question, as file and line."""
        return f"docs/{self.page}:{self.line}"

    @property
    def read_again(self) -> str:
        """A paragraph of HTML that links to the section with the answer."""
        link = f"{BASE}{SHORT_FOLDER}/{self.section}.html"
        return f'<p><a href="{link}">Read the section again</a></p>'

    @property
    def explanation(self) -> str:
        """What each option has for and against it, and where to read more, as HTML."""
        lines = "".join(
            f"<li><strong>{option.html}</strong>: {'right. ' if option.right else ''}"
            f"{option.why}</li>"
            for option in self.options
        )
        return f"<ul>{lines}</ul>{self.read_again}"


def read(site: Site, page: Page) -> tuple[list[QuizQuestion], list[str]]:
    """Return the questions of a page for export, and why others cannot be exported."""
    found = []
    warnings = []
    for question in page.questions:
        reason = obstacle(page, question)
        if reason:
            warnings.append(reason)
        else:
            found.append(_ready(question, page, Writer(site, page.path)))
    return found, warnings


def obstacle(page: Page, question: Question) -> str:
    """Return why platforms could not show a question, with file and line, or an empty text."""
    lines = page.text.split("\n")
    for number in range(question.line, question.end):
        text = lines[number - 1]
        bare = MARKED.sub("", text)
        for pattern, name in BLOCKS:
            if pattern.search(bare):
                return (
                    f"{page.source}:{number}: the question '{question.id}' cannot be exported to "
                    f"learning platforms: {name} stands in it; write it as a sentence"
                )
    return ""


def _ready(question: Question, page: Page, writer: Writer) -> QuizQuestion:
    plain = writer.plain(question.text)
    return QuizQuestion(
        question.id,
        _short(plain),
        f"<p>{writer.html(question.text)}</p>",
        plain,
        tuple(
            Option(
                writer.plain(answer.text),
                writer.html(answer.text),
                answer.right,
                writer.html(answer.why),
            )
            for answer in question.answers
        ),
        question.multiple,
        question.section,
        inline.plain(str(page.meta.get("title", ""))),
        page.headings[0].id if page.headings else "",
        page.path,
        question.line,
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
