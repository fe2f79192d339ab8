"""A page, read once: front matter, headings, blocks, questions, formulas, markers, prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from fieldguide.source import (
    blocks,
    build_settings,
    derivations,
    formulas,
    local_path,
    problems,
    questions,
    yaml_document,
)
from fieldguide.source.blocks import Block
from fieldguide.source.derivations import Derivation
from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.formulas import Formula
from fieldguide.source.problems import Problem
from fieldguide.source.prose import outside_code, prose_lines
from fieldguide.source.questions import Question
from fieldguide.source.shortcodes import MARKER

FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{([^{}]*)\})?\s*#*\s*$")
ID = re.compile(r"#([^\s}]+)")
EXCLUDED = ("overrides/", "lab/", "assets/")


@dataclass(frozen=True)
class Heading:
    """A heading with its explicit id ('' if it has none) and its line."""

    level: int
    title: str
    id: str
    line: int


@dataclass(eq=False)
class Page:
    """A page of the site; `path` is relative to docs/, `meta` is its checked front matter."""

    path: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    front: yaml_document.YamlFile = field(default_factory=lambda: yaml_document.YamlFile(""))
    body_line: int = 1
    headings: list[Heading] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Return the path as faults show it."""
        return f"docs/{self.path}"

    @cached_property
    def body(self) -> str:
        """Return the Markdown below the front matter."""
        return "\n".join(self.text.split("\n")[self.body_line - 1 :])

    @cached_property
    def prose(self) -> list[tuple[int, str]]:
        """Return number and text of each line that is neither front matter nor fenced code."""
        return list(prose_lines(self.body, self.body_line))

    @cached_property
    def _framed(self) -> tuple[list[Block], list[Fault]]:
        return blocks.read(self.source, self.prose, self.text.split("\n"))

    @property
    def blocks(self) -> list[Block]:
        """Return the blocks, `/// name` to `///`, in their order."""
        return self._framed[0]

    @property
    def block_faults(self) -> list[Fault]:
        """Return what is wrong with the frames and options of the blocks."""
        return self._framed[1]

    @cached_property
    def questions(self) -> list[Question]:
        """Return the questions for self-checking."""
        return [questions.parse(one, self.path) for one in self.blocks if one.name == "question"]

    @cached_property
    def formulas(self) -> list[Formula]:
        """Return the displayed formulas."""
        return [formulas.parse(one) for one in self.blocks if one.name == "formula"]

    @cached_property
    def problems(self) -> list[Problem]:
        """Return the problems, each with its solution."""
        return [problems.parse(one, self.path) for one in self.blocks if one.name == "problem"]

    @cached_property
    def derivations(self) -> list[Derivation]:
        """Return the derivations, step by step."""
        return [
            derivations.parse(one, self.path) for one in self.blocks if one.name == "derivation"
        ]

    @cached_property
    def markers(self) -> list[tuple[int, re.Match[str]]]:
        """Return line and match of each marker, which asks for a table or a drawing."""
        return list(self.matches(MARKER))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield line and match of each match of `pattern` in the body, code excepted."""
        for match in outside_code(pattern, self.body):
            yield self.body_line + self.body.count("\n", 0, match.start()), match

    def fault(self, line: int, message: str) -> Fault:
        """Return a fault on a line of this page."""
        return Fault(self.source, line, "", message)


def page_paths(root: Path) -> list[str]:
    """Return the path of every page, relative to docs/, in a stable order."""
    docs = root / "docs"
    passed_over = build_settings.passed_over(root)
    paths = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return sorted(
        path for path in paths if not path.startswith(EXCLUDED) and not passed_over.match_file(path)
    )


def read(root: Path, path: str) -> tuple[Page | None, list[Fault]]:
    """Return a page, or None and why it cannot be read; front matter is not yet checked."""
    text, faults = yaml_document.read_text(root, f"docs/{path}")
    return (None, faults) if text is None else (parse(path, text), faults)


def read_all(root: Path) -> tuple[dict[str, Page | None], list[Fault]]:
    """Return each page by its path, None where it cannot be read, and why it cannot."""
    found: dict[str, Page | None] = {}
    faults = []
    for path in page_paths(root):
        found[path], unreadable = read(root, path)
        faults += unreadable
    return found, faults


def target_fault(target: str, known: Mapping[str, Page | None]) -> str:
    """Return what is wrong with `page.md` or `page.md#id`, or an empty text.

    `known` are the pages as `read_all` returns them. What stands on one that cannot be read is not
    known, so nothing is wrong with that.
    """
    path, mark, key = target.partition("#")
    if wrong := local_path.fault(path):
        return wrong
    if path not in known:
        return f"unknown page '{path}'; {suggest(path, known)}"
    page = known[path]
    ids = [heading.id for heading in page.headings if heading.id] if page else []
    if not mark or not page or key in ids:
        return ""
    return f"unknown section '{key}' of {path}; {suggest(key, ids)}"


def parse(path: str, text: str) -> Page:
    """Return the page that `text` describes."""
    page = Page(path, text)
    front = FRONT.match(text)
    if front:
        if front[1].strip():
            page.front = yaml_document.parse(front[1], page.source, first_line=2)
        page.meta = page.front.value if isinstance(page.front.value, dict) else {}
        page.body_line = front[0].count("\n") + 1
    page.headings = [
        Heading(len(mark[1]), mark[2], (ID.search(mark[3] or "") or ["", ""])[1], number)
        for number, line in page.prose
        if (mark := HEADING.match(line))
    ]
    return page
