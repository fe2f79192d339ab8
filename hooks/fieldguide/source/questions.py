"""Self-check questions: written in Markdown beside the text, readable as data.

Without JavaScript each option is a disclosure that opens to its explanation.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar
from xml.etree import ElementTree

from markdown import Extension, Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_boolean, type_string

from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page, matches

QUESTION = re.compile(
    r"///(?<![^\n]///)[ \t]*question[ \t]*\|?[ \t]*(?P<text>[^\n]*)\n"
    r"(?P<options>(?:[ ]{4,}[^\n]*\n)*)(?P<content>.*?)^///[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
ANSWER = re.compile(
    r"^- \[(?P<mark>[x ])\][ \t]+(?P<text>[^\n]+(?:\n(?![ \t]*\n|- \[)[^\n]+)*)"
    r"(?P<why>(?:\n(?!- \[)[^\n]*)*)",
    re.MULTILINE,
)
ID = re.compile(r"^q-[a-z0-9]+(-[a-z0-9]+)+$")


@dataclass(frozen=True)
class Answer:
    """An option, whether it is right, and why."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class Question:
    """A question with its options; `section` is the id of the section that answers it."""

    id: str
    text: str
    section: str
    multiple: bool
    answers: list[Answer]
    page: str
    line: int


class QuestionBlock(Block):
    """`/// question | Text` with the options `id`, `section` and `multiple`."""

    NAME = "question"
    ARGUMENT = True
    OPTIONS: ClassVar = {
        "id": ["", type_string],
        "section": ["", type_string],
        "multiple": [False, type_boolean],
    }

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


class QuestionsExtension(BlocksExtension):
    """Registers the question block."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        block_mgr.register(QuestionBlock, self.getConfigs())


def extension() -> Extension:
    """Return the Markdown extension."""
    return QuestionsExtension()


def questions(page: Page) -> list[Question]:
    """Return the questions of a page as data."""
    found = []
    for line, match in matches(page, QUESTION):
        options = dict(re.findall(r"^\s+(\w+):[ \t]*(\S+)", match["options"], re.MULTILINE))
        answers = [
            Answer(
                " ".join(answer["text"].split()),
                answer["mark"] == "x",
                " ".join(answer["why"].split()),
            )
            for answer in ANSWER.finditer(match["content"])
        ]
        found.append(
            Question(
                options.get("id", ""),
                match["text"].strip(),
                options.get("section", ""),
                options.get("multiple") == "true",
                answers,
                page.path,
                line,
            )
        )
    return found


def check(page: Page) -> list[Fault]:
    """Return a fault for each question that is malformed or cannot be answered from its page."""
    ids = {heading.id for heading in page.headings}
    faults = []
    for question in questions(page):
        for message in _complaints(question, ids):
            faults.append(page.fault(question.line, message))
    return faults


def _complaints(question: Question, ids: set[str]) -> list[str]:
    name = question.id or question.text
    right = sum(answer.right for answer in question.answers)
    complaints = []
    if not ID.match(question.id):
        complaints.append(f"a question needs an id such as q-gan-signal, but has '{question.id}'")
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
    if question.section not in ids:
        complaints.append(
            f"question '{name}' points to the section '{question.section}', not on this page"
        )
    return complaints
