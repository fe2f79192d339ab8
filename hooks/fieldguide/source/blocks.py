"""Blocks, `/// name | title` to `///`: read once, by the rules and types of pymdown-extensions.

Markdown itself shows a block that breaks a rule as text, or drops it without a word; here that is
a fault. `KINDS` says which blocks there are, and what their options may be.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markdown import Extension, Markdown
from pymdownx.blocks import BlocksExtension, get_frontmatter
from pymdownx.blocks.block import Block as MarkdownBlock
from pymdownx.blocks.block import type_boolean, type_string, type_string_in

from fieldguide.source import yaml_document
from fieldguide.source.diagnostics import Fault, shown, suggest


def _formed(pattern: str) -> Callable[[Any], str]:
    """Return a type: text of a form."""

    def read(value: Any) -> str:
        if not re.fullmatch(pattern, type_string(value)):
            raise ValueError(f"{value} does not have the form {pattern}")
        return str(value)

    return read


@dataclass(frozen=True)
class Option:
    """An option of a block: its type, that type in words, and its value where it is left out.

    An option without such a value is required.
    """

    read: Callable[[Any], Any]
    allowed: str
    default: Any = None


WORDS = r"-[a-z0-9]+(-[a-z0-9]+)+"
FORMULA_KINDS = ("claim", "definition")
PROBLEM_KINDS = ("compute", "derive", "explain", "code", "criticize")
LEVELS = ("easy", "medium", "hard")
KINDS: dict[str, dict[str, Option]] = {
    "formula": {
        "id": Option(_formed("eq" + WORDS), "an id such as eq-gan-value"),
        "kind": Option(type_string_in(FORMULA_KINDS, insensitive=False), "claim, definition"),
    },
    "question": {
        "id": Option(_formed("q" + WORDS), "an id such as q-gan-signal"),
        "section": Option(type_string, "the id of a section of the page"),
        "multiple": Option(type_boolean, "true, false", default=False),
    },
    "problem": {
        "id": Option(_formed("p" + WORDS), "an id such as p-gan-verdict"),
        "kind": Option(type_string_in(PROBLEM_KINDS, insensitive=False), ", ".join(PROBLEM_KINDS)),
        "level": Option(type_string_in(LEVELS, insensitive=False), ", ".join(LEVELS)),
    },
    "derivation": {
        "id": Option(_formed("d" + WORDS), "an id such as d-gan-jsd"),
    },
}
MARK = re.compile(r"///[ \t]*(?P<name>[^\s|]*)[ \t]*(?:\|[ \t]*(?P<title>.*?)[ \t]*)?")
# What pymdown-extensions, or a writer, takes for such a line although it does not begin as one.
ALMOST = re.compile(
    r"^(?:[\s>*+:-]|\d+[.)]\s)*/{3,}(?:[ \t]*(?:[\w-]+[ \t]*(?:\|.*)?)?)$"
    rf"|^[ \t]*(?:/{{1,2}}|[:/]{{3,}}|\\+)[ \t]*(?:{'|'.join(KINDS)})\b[ \t]*(?:\||$)",
    re.IGNORECASE,
)
OPTION = re.compile(r"^[ ]{4,}\S")


@dataclass(frozen=True)
class Block:
    """A block: its options by name, its text, and where both stand; `line` opens, `end` closes."""

    name: str
    title: str
    options: dict[str, Any]
    text: str
    line: int
    text_line: int
    end: int


def specification(name: str) -> dict[str, list[Any]]:
    """Return the options of a kind of block as pymdown-extensions wants them."""
    return {key: [option.default, option.read] for key, option in KINDS[name].items()}


def read(
    path: str, prose: Iterable[tuple[int, str]], lines: list[str]
) -> tuple[list[Block], list[Fault]]:
    """Return the blocks of a page and what is wrong with their frames and options.

    `prose` are its numbered lines outside fenced code, `lines` all of them.
    """
    faults: list[Fault] = []
    found: list[Block] = []
    opened: tuple[int, str, str] | None = None
    for line, text in prose:
        if "/" not in text and ":::" not in text and "\\" not in text:
            continue
        mark = MARK.fullmatch(text.rstrip()) if text.startswith("///") else None
        if mark is None:
            if ALMOST.match(text):
                message = "a block begins and ends with /// at the start of a line, and no more"
                faults.append(Fault(path, line, "", message))
            continue
        name = mark["name"]
        if opened and name:
            faults.append(Fault(path, opened[0], "", _open(line)))
        elif opened:
            block, more = _block(path, opened, line, lines)
            found += block
            faults += more
        elif not name:
            faults.append(Fault(path, line, "", "a line of /// closes a block, but none is open"))
        opened = (line, name, mark["title"] or "") if name else None
    if opened:
        faults.append(Fault(path, opened[0], "", _open(0)))
    return found, faults


def _open(line: int) -> str:
    until = f"before the next one begins on line {line}" if line else "before the page ends"
    return f"the block is not closed by a line of /// {until}"


def _block(
    path: str, opened: tuple[int, str, str], end: int, lines: list[str]
) -> tuple[list[Block], list[Fault]]:
    line, name, title = opened
    if name not in KINDS:
        return [], [Fault(path, line, "", f"unknown block '{name}'; {suggest(name, KINDS)}")]
    first = line  # the index of the line below the one that opens
    while first < end - 1 and OPTION.match(lines[first].expandtabs(4)):
        first += 1
    header = textwrap.dedent("\n".join(text.expandtabs(4) for text in lines[line:first]))
    values, faults = _options(path, name, header, line)
    text = "\n".join([*lines[first : end - 1], ""])
    return [Block(name, title, values, text, line, first + 1, end)], faults


def _options(path: str, name: str, header: str, line: int) -> tuple[dict[str, Any], list[Fault]]:
    """Return the options of a block that opens on `line`, and what is wrong with them.

    An option that is missing or wrong is an empty text.
    """
    known = KINDS[name]
    values = {
        key: "" if option.default is None else option.default for key, option in known.items()
    }
    document = yaml_document.parse(header or "{}", path, first_line=line + 1)
    faults = [Fault(path, fault.line, "", fault.message) for fault in document.faults]
    given = get_frontmatter(header)
    if faults or given is None:
        form = f"options are written as 'name: value', one a line; {suggest('', known)}"
        return values, faults or [Fault(path, line + 1, "", form)]
    for key, value in given.items():
        at = document.line((str(key),))
        if key not in known:
            message = f"unknown option '{key}'; {suggest(str(key), known)}"
            faults.append(Fault(path, at, "", message))
            continue
        try:
            values[key] = known[key].read(value)
        except ValueError:
            message = f"{key} is {shown(value)}; allowed: {known[key].allowed}"
            faults.append(Fault(path, at, "", message))
    for key, option in known.items():
        if key not in given and option.default is None:
            message = f"a {name} needs the option '{key}'; allowed: {option.allowed}"
            faults.append(Fault(path, line, "", message))
    return values, faults


class _One(BlocksExtension):
    """Registers one kind of block."""

    def __init__(self, block: type[MarkdownBlock]) -> None:
        self.block = block
        super().__init__()

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        block_mgr.register(self.block, self.getConfigs())


def registering(block: type[MarkdownBlock]) -> Extension:
    """Return a Markdown extension that renders one kind of block."""
    return _One(block)
