"""Derivations, step by step: each line a formula, and below it the reason for it; all folded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from xml.etree import ElementTree

from markdown import Extension
from markdown.util import AtomicString
from pymdownx.blocks.block import Block as MarkdownBlock

from fieldguide.source import blocks
from fieldguide.source.blocks import Block, specification
from fieldguide.source.diagnostics import Fault
from fieldguide.source.formulas import to_mathml

if TYPE_CHECKING:
    from fieldguide.source.pages import Page

STEP = re.compile(r"- (?P<text>\S.*)")
WHOLE = re.compile(r"\$(?P<tex>[^$]+)\$")  # a line of a derivation is one formula
INDENT = "    "


@dataclass
class Step:
    """A line of a derivation, and why it holds."""

    text: str
    line: int
    why: str = ""

    @property
    def tex(self) -> str:
        """Return the formula, or an empty text where the line is not one formula."""
        found = WHOLE.fullmatch(self.text)
        return found["tex"] if found else ""


@dataclass
class Derivation:
    """A derivation: what is to be shown, its steps, and lines that are part of neither."""

    id: str
    title: str
    intro: str
    steps: list[Step]
    page: str
    line: int
    end: int
    astray: list[tuple[int, str]]


def parse(block: Block, page: str) -> Derivation:
    """Return the derivation that a block of a page holds."""
    steps: list[Step] = []
    intro: list[str] = []
    astray: list[tuple[int, str]] = []
    in_text = False  # the line above is a formula
    for number, line in enumerate(block.text.expandtabs(4).split("\n"), block.text_line):
        if step := STEP.fullmatch(line.rstrip()):
            steps.append(Step(step["text"], number))
            in_text = True
        elif not line.strip():
            in_text = False
        elif not steps:
            intro.append(line)
        elif in_text:  # a sign at the beginning of a line would open a list
            astray.append((number, "a formula of a derivation stands on one line, however long"))
        elif line.startswith(INDENT):
            steps[-1].why += f" {line}"
        else:
            message = "a reason is indented by four spaces, below its line and an empty one"
            astray.append((number, message))
    for one in steps:
        one.why = " ".join(one.why.split())
    key = block.options["id"]
    text = " ".join(" ".join(intro).split())
    return Derivation(key, block.title, text, steps, page, block.line, block.end, astray)


class DerivationBlock(MarkdownBlock):
    """`/// derivation | Title` with the option `id`."""

    NAME = "derivation"
    ARGUMENT = True
    OPTIONS: ClassVar = specification(NAME)

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        attributes = {"class": "derivation", "id": self.options["id"]}
        details = ElementTree.SubElement(parent, "details", attributes)
        ElementTree.SubElement(details, "summary").text = self.argument
        return details

    def on_end(self, block: ElementTree.Element) -> None:
        """Number the steps, and show their formulas in full size."""
        for steps in block.findall("ul"):
            steps.tag = "ol"
            steps.set("class", "steps")
            for item in steps.findall("li"):
                line = item.find("p")
                found = (
                    WHOLE.fullmatch(" ".join((line.text or "").split()))
                    if line is not None
                    else None
                )
                if line is None or found is None:
                    continue
                line.tag = "div"
                line.attrib = {"class": "math-scroll", "tabindex": "0", "role": "group"}
                line.set("aria-label", "Formula")
                mathml = to_mathml(found["tex"], display=True)
                line.text = AtomicString(self.md.htmlStash.store(mathml))


def extension() -> Extension:
    """Return the Markdown extension."""
    return blocks.registering(DerivationBlock)


def check(page: Page) -> list[Fault]:
    """Return a fault for each derivation with a line that is no formula or has no reason."""
    faults = []
    for derivation in page.derivations:
        name = f"derivation '{derivation.id or derivation.title}'"
        faults += [page.fault(line, message) for line, message in derivation.astray]
        if not derivation.title:
            faults.append(page.fault(derivation.line, f"{name} has no title after the bar"))
        if not derivation.intro:
            message = f"{name} does not say what is to be shown; write it above the first line"
            faults.append(page.fault(derivation.line, message))
        if len(derivation.steps) < 2:
            message = f"{name} has fewer than 2 lines; each is written '- $...$'"
            faults.append(page.fault(derivation.line, message))
        for step in derivation.steps:
            if not step.tex:
                message = f"a line of {name} is not one formula; write '- $...$' and the reason"
                faults.append(page.fault(step.line, f"{message} below it"))
            elif not step.why:
                message = f"a line of {name} has no reason; write it below, indented"
                faults.append(page.fault(step.line, message))
    return faults
