"""Problems with solutions, for homework and exercise classes: statement, `Solution:`, solution.

Without JavaScript the solution is folded. What stands in them also goes to learning platforms and
to printed sheets, so that only paragraphs, lists, code and formulas within a line are allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from xml.etree import ElementTree

from markdown import Extension
from pymdownx.blocks.block import Block as MarkdownBlock

from fieldguide.source import blocks
from fieldguide.source.blocks import LEVELS, Block, specification
from fieldguide.source.diagnostics import Fault
from fieldguide.source.prose import prose_lines

if TYPE_CHECKING:
    from fieldguide.source.pages import Page

SOLUTION = "Solution:"
FEWEST_WORDS = 8  # of a solution: a bare result shows no way
CODE_BLOCK = re.compile(r"^```", re.MULTILINE)
# What platforms or sheets would show in another way, or not at all.
NOT_SHOWN = (
    (re.compile(r"!\[[^\]]*\]\("), "a picture"),
    (re.compile(r"^\s*<!--"), "a marker"),
    (re.compile(r"^\s*</?[a-zA-Z][^<>]*>"), "HTML"),
    (re.compile(r"^\s*\|"), "a table"),
    (re.compile(r"^\s*(?:>|#{1,6}\s|!!!|\?\?\?)"), "a quotation, heading or note"),
    (re.compile(r"^\s+(?:[-*+]|\d+[.)])\s"), "a list within a list"),
)


@dataclass(frozen=True)
class Problem:
    """A problem; `statement` and `solution` are Markdown, `solution_line` is where that begins."""

    id: str
    title: str
    kind: str
    level: str
    statement: str
    solution: str
    page: str
    line: int
    end: int
    text_line: int
    solution_line: int
    parts: int  # into which lines of `Solution:` cut the block


def parse(block: Block, page: str) -> Problem:
    """Return the problem that a block of a page holds."""
    lines = block.text.split("\n")
    cuts = [
        number - 1 for number, line in prose_lines(block.text) if line.rstrip() == SOLUTION
    ] or [len(lines)]
    return Problem(
        block.options["id"],
        block.title,
        block.options["kind"],
        block.options["level"],
        "\n".join(lines[: cuts[0]]).strip("\n"),
        "\n".join(lines[cuts[0] + 1 :]).strip("\n"),
        page,
        block.line,
        block.end,
        block.text_line,
        block.text_line + cuts[0],
        len(cuts) + (cuts[0] < len(lines)),
    )


class ProblemBlock(MarkdownBlock):
    """`/// problem | Title` with the options `id`, `kind` and `level`."""

    NAME = "problem"
    ARGUMENT = True
    OPTIONS: ClassVar = specification(NAME)

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        attributes = {"class": "problem", "id": self.options["id"]}
        problem = ElementTree.SubElement(parent, "div", attributes)
        head = ElementTree.SubElement(problem, "p", {"class": "problem-head"})
        kind = ElementTree.SubElement(head, "span", {"class": "problem-kind"})
        kind.text = f"{self.options['kind']}, {self.options['level']}"
        title = ElementTree.SubElement(head, "strong")
        title.text = self.argument
        return problem

    def on_end(self, block: ElementTree.Element) -> None:
        """Fold what stands below the line `Solution:`."""
        parts = list(block)
        cut = next((at for at, part in enumerate(parts) if part.text == SOLUTION), len(parts))
        details = ElementTree.Element("details", {"class": "solution"})
        ElementTree.SubElement(details, "summary").text = SOLUTION.rstrip(":")
        details.extend(parts[cut + 1 :])
        block[cut:] = [details]


def extension() -> Extension:
    """Return the Markdown extension."""
    return blocks.registering(ProblemBlock)


def check(page: Page) -> list[Fault]:
    """Return a fault for each problem without statement or solution, or out of order."""
    faults = []
    hardest = ""
    for problem in page.problems:
        faults += [page.fault(line, message) for line, message in _complaints(problem)]
        if problem.level and hardest and LEVELS.index(problem.level) < LEVELS.index(hardest):
            message = f"problem '{problem.id}' is {problem.level} and stands below a {hardest} one"
            faults.append(page.fault(problem.line, f"{message}; sort them from easy to hard"))
        hardest = problem.level or hardest
    return faults


def _complaints(problem: Problem) -> list[tuple[int, str]]:
    """Return line and message of each thing that is wrong with a problem."""
    name = f"problem '{problem.id or problem.title}'"
    line = problem.line
    found = []
    if not problem.title:
        found.append((line, f"{name} has no title after the bar"))
    if not problem.statement.strip():
        found.append((line, f"{name} asks nothing; write the statement above '{SOLUTION}'"))
    if problem.parts < 2:
        found.append((line, f"{name} has no solution; write '{SOLUTION}' alone on a line above it"))
    elif problem.parts > 2:
        found.append((line, f"{name} has {problem.parts - 1} lines '{SOLUTION}'; keep one"))
    elif len(problem.solution.split()) < FEWEST_WORDS:
        message = f"the solution of {name} has fewer than {FEWEST_WORDS} words; show the way"
        found.append((problem.solution_line, message))
    if problem.kind == "code" and problem.parts == 2 and not CODE_BLOCK.search(problem.solution):
        message = f"{name} is of the kind code, but no code stands in its solution"
        found.append((problem.solution_line, message))
    text = f"{problem.statement}\n{problem.solution}"
    for first, text in (
        (problem.text_line, problem.statement),
        (problem.solution_line + 1, problem.solution),
    ):
        for number, shown in prose_lines(text, first):
            for pattern, what in NOT_SHOWN:
                if pattern.search(shown):
                    message = f"{name} cannot be exported: {what} stands in it"
                    found.append((number, f"{message}; write paragraphs, lists or code"))
    return found
