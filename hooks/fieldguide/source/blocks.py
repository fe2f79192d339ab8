"""The frame of blocks, `/// name | title` to `///`: what is not closed or not known is a fault.

Markdown itself would show such a block as text.
"""

from __future__ import annotations

import re

from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.formulas import FormulaBlock
from fieldguide.source.pages import Page
from fieldguide.source.questions import QuestionBlock

BLOCKS: dict[str, list[str]] = {
    block.NAME: sorted(block.OPTIONS) for block in (FormulaBlock, QuestionBlock)
}
MARK = re.compile(r"^///[ \t]*(?P<name>[^\s|]*)")
OPTION = re.compile(r"^[ ]{4,}(?P<name>[\w-]+):")


def check(page: Page) -> list[Fault]:
    """Return a fault for each block of a page that is unknown, not closed, or never opened."""
    faults = []
    opened = 0  # the line on which the block begins that is open
    options: list[str] = []  # the options allowed on the next line, directly below that line
    for line, text in page.prose:
        mark, option = MARK.match(text), OPTION.match(text)
        if not mark:
            if options and option and option["name"] not in options:
                message = f"unknown option '{option['name']}'; {suggest(option['name'], options)}"
                faults.append(page.fault(line, message))
            options = options if option else []
            continue
        name = mark["name"]
        if opened and name:
            faults.append(page.fault(opened, _open(line)))
        elif not opened and not name:
            faults.append(page.fault(line, "a line of /// closes a block, but none is open"))
        elif name and name not in BLOCKS:
            message = f"unknown block '{name}'; {suggest(name, BLOCKS)}"
            faults.append(page.fault(line, message))
        opened = line if name else 0
        options = BLOCKS.get(name, [])
    if opened:
        faults.append(page.fault(opened, _open(0)))
    return faults


def _open(line: int) -> str:
    until = f"before the next one begins on line {line}" if line else "before the page ends"
    return f"the block is not closed by a line of /// {until}"
