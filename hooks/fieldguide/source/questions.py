"""Self-check questions: written in Markdown beside the text, readable as data.

Without JavaScript each option is a disclosure that opens to its explanation.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from xml.etree import ElementTree

from markdown import Extension
from pymdownx.blocks.block import Block as MarkdownBlock

from fieldguide.source import blocks
from fieldguide.source.blocks import Block, specification
from fieldguide.source.diagnostics import Fault

if TYPE_CHECKING:
    from fieldguide.source.pages import Page

OPTION = re.compile(r"- \[(?P<mark>[x ])\] (?P<text>\S.*)")
# What Markdown, or a writer, takes for an option although it does not have that form.
ALMOST = re.compile(r"[ ]{0,3}(?:[*+\-\u2010-\u2015\u2022]|\d+[.)]|\[.?\])(?:\s|\[|$)")
INDENT = "    "


@dataclass
class Answer:
    """An option, whether it is right, and why."""

    text: str
    right: bool
    why: str = ""


@dataclass
class Question:
    """A question with its options; `section` is the id of the section that answers it.

    `astray` are the lines of the block that are part of no option, and what is wrong with each.
    """

    id: str
    text: str
    section: str
    multiple: bool
    answers: list[Answer]
    page: str
    line: int
    end: int
    astray: list[tuple[int, str]]


def parse(block: Block, page: str) -> Question:
    """Return the question that a block of a page holds: options, each with its explanation.

    A line is an option, goes on with the text of the one above it, or explains it, indented, below
    an empty line; Markdown would show anything else, and learning platforms would lose it.
    """
    answers: list[Answer] = []
    astray: list[tuple[int, str]] = []
    in_text = False  # the line above is part of the text of an option
    for number, line in enumerate(block.text.expandtabs(4).split("\n"), block.text_line):
        if option := OPTION.fullmatch(line.rstrip()):
            answers.append(Answer(option["text"], option["mark"] == "x"))
            in_text = True
        elif not line.strip():
            in_text = False
        elif ALMOST.match(line) or (in_text and ALMOST.match(line.strip())):
            astray.append((number, "an option is written '- [ ] text', or '- [x] text' if right"))
        elif in_text:
            answers[-1].text += f" {line}"
        elif answers and line.startswith(INDENT):
            answers[-1].why += f" {line}"
        elif answers:
            message = "an explanation is indented by four spaces, below its option"
            astray.append((number, message))
        else:
            astray.append((number, "a question begins with an option; write '- [ ] text'"))
    for answer in answers:
        answer.text, answer.why = " ".join(answer.text.split()), " ".join(answer.why.split())
    options = block.options
    return Question(
        options["id"],
        block.title,
        options["section"],
        bool(options["multiple"]),
        answers,
        page,
        block.line,
        block.end,
        astray,
    )


class QuestionBlock(MarkdownBlock):
    """`/// question | Text` with the options `id`, `section` and `multiple`."""

    NAME = "question"
    ARGUMENT = True
    OPTIONS: ClassVar = specification(NAME)

    def on_markdown(self) -> str:
        return "block"  # a custom element would be taken for an inline one

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        question = ElementTree.SubElement(parent, "guide-question")
        question.set("id", self.options["id"])
        question.set("class", "question")
        if self.options["multiple"]:
            question.set("data-multiple", "")
        text = ElementTree.SubElement(question, "p", {"class": "question-text"})
        text.text = self.argument
        return question

    def on_end(self, block: ElementTree.Element) -> None:
        """Turn the list of options into disclosures."""
        options = block.find("ul")
        if options is None:
            return
        options.set("class", "options")
        for item in options.findall("li"):
            paragraphs = list(item)
            if not paragraphs:
                continue
            first = paragraphs[0]
            right = (first.text or "").startswith("[x]")
            first.text = (first.text or "")[3:].lstrip()
            details = ElementTree.Element("details", {"data-right": "yes" if right else "no"})
            summary = ElementTree.SubElement(details, "summary")
            summary.text, summary[:] = first.text, list(first)
            why = ElementTree.SubElement(details, "div", {"class": "why"})
            verdict = ElementTree.SubElement(why, "p", {"class": "verdict"})
            verdict.text = "Right." if right else "Not this one."
            why.extend(paragraphs[1:])
            item.text, item[:] = "", [details]
        more = ElementTree.SubElement(block, "p", {"class": "question-more"})
        link = ElementTree.SubElement(more, "a", {"href": f"#{self.options['section']}"})
        link.text = "Read the section again"


def extension() -> Extension:
    """Return the Markdown extension."""
    return blocks.registering(QuestionBlock)


def check(page: Page) -> list[Fault]:
    """Return a fault for each question that is malformed or cannot be answered from its page."""
    ids = {heading.id for heading in page.headings}
    faults = []
    for question in page.questions:
        faults += [page.fault(line, message) for line, message in question.astray]
        for message in _complaints(question, ids):
            faults.append(page.fault(question.line, message))
    return faults


def _complaints(question: Question, ids: set[str]) -> list[str]:
    name = question.id or question.text
    right = sum(answer.right for answer in question.answers)
    complaints = []
    if not question.text:
        complaints.append(f"question '{name}' has no text after the bar")
    if not 2 <= len(question.answers) <= 6:
        complaints.append(
            f"question '{name}' has {len(question.answers)} options; write 2 to 6 as '- [ ] text'"
        )
    if question.answers and right == 0:
        complaints.append(f"question '{name}' has no right option; mark one with [x]")
    if right > 1 and not question.multiple:
        complaints.append(
            f"question '{name}' has {right} right options; keep one or add 'multiple: true'"
        )
    for answer in question.answers:
        if not answer.why:
            complaints.append(f"question '{name}': the option '{answer.text}' is not explained")
    for text, times in Counter(answer.text for answer in question.answers).items():
        if times > 1:
            complaints.append(f"question '{name}' has the option '{text}' twice")
    if question.section and question.section not in ids:
        complaints.append(
            f"question '{name}' points to the section '{question.section}', not on this page"
        )
    return complaints
