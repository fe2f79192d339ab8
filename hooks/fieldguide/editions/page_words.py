"""Sections of a page as Markdown that Jupyter reads: formulas as TeX, links with addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldguide.courses.inline_markdown import Writer
from fieldguide.model import citations, outline
from fieldguide.model.site import Site
from fieldguide.source.inline import LINK
from fieldguide.source.pages import Page
from fieldguide.source.problems import Problem
from fieldguide.source.prose import map_prose
from fieldguide.source.questions import Question
from fieldguide.source.shortcodes import CITATION, KEY, TERM, VALUE

BLOCK = re.compile(r"^/// (?P<name>[a-z]+) \|[^\n]*\n(?P<inside>.*?)^///[ \t]*$", re.M | re.S)
ID = re.compile(r"^ +id: *([\w-]+)", re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ATTRIBUTES = re.compile(r"[ \t]*\{[ ]?[#.:][^{}\n]*\}")
FENCED = re.compile(r"^```.*?^```[ \t]*$", re.M | re.S)  # the code stands in cells
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """The words of one page; `base` is the address of the site, or nothing."""

    site: Site
    page: Page
    base: str

    def section(self, ending: str) -> str:
        """Return the section whose id ends so, with its heading; nothing if there is none."""
        key = f"{self.page.headings[0].id}-{ending}"
        for part in outline.outlined(self.page):
            if part.heading.id == key:
                return f"## {part.title}\n\n{self.markdown(part.whole)}"
        return ""

    def lead(self) -> str:
        """Return the first paragraphs of the page."""
        return self.markdown(outline.outlined(self.page)[0].own)

    def markdown(self, text: str) -> str:
        """Return Markdown of the page as Markdown for others."""
        text = BLOCK.sub(self._block, text)
        text = FOLDED.sub("", COMMENT.sub("", text))
        text = self._inline(FENCED.sub("", text))
        return re.sub(r"\n{3,}", "\n\n", ATTRIBUTES.sub("", text)).strip()

    def question(self, asked: Question, number: int) -> str:
        """Return a question with its options, and the answer folded."""
        options = "\n".join(f"- {self.line(each.text)}" for each in asked.answers)
        why = "\n".join(
            f"- {'**Right.** ' if each.right else ''}{self.line(each.text)}: {self.line(each.why)}"
            for each in asked.answers
        )
        return (
            f"**{number}.** {self.line(asked.text)}\n\n{options}\n\n"
            f"<details><summary>Answer</summary>\n\n{why}\n\n</details>"
        )

    def problem(self, asked: Problem, number: int) -> str:
        """Return a problem, and its solution folded."""
        head = f"**{number}. {self.line(asked.title)}** ({asked.kind}, {asked.level})"
        solution = self._inline(asked.solution)
        return (
            f"{head}\n\n{self._inline(asked.statement)}\n\n"
            f"<details><summary>Solution</summary>\n\n{solution}\n\n</details>"
        )

    def line(self, text: str) -> str:
        """Return some Markdown on one line."""
        return " ".join(self._inline(text).split())

    def _block(self, match: re.Match[str]) -> str:
        key = ID.search(match["inside"])
        for formula in self.page.formulas:
            if key and match["name"] == "formula" and formula.id == key[1]:
                listed = "\n".join(f"- {' '.join(text.split())}" for text in formula.symbols)
                return f"**{formula.title}**\n\n$$\n{formula.tex.strip()}\n$$\n\n{listed}\n"
        return ""

    def _inline(self, text: str) -> str:
        writer = Writer(self.site, self.page.path, self.base)
        text = map_prose(text, VALUE, lambda match: self.site.values.get(match["value"], ""))
        text = map_prose(text, CITATION, self._cited)
        text = map_prose(
            text, TERM, lambda match: self._link(match["text"], f"s/term-{match['term']}.html")
        )
        return map_prose(
            text, LINK, lambda match: self._link(match["words"], writer.address(match["to"]))
        )

    def _cited(self, match: re.Match[str]) -> str:
        known = self.site.guide.sources
        links = (
            self._link(citations.label(known[key]), f"learn/sources.html#src-{key}")
            for key in KEY.findall(match["keys"])
        )
        return f"({'; '.join(links)})"

    def _link(self, words: str, to: str) -> str:
        if re.match(r"[a-z]+:", to):
            return f"[{words}]({to})"
        return f"[{words}]({self.base}{to})" if self.base else words
