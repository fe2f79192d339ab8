"""Which part of Markdown is prose and which is code, where text is shown and never replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
FENCED = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?[ \t]*(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
SPAN = re.compile(r"(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
MARK = re.compile(r"`+|~{3,}")


def prose_lines(text: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line of Markdown outside fenced code."""
    fence = ""
    for number, line in enumerate(text.split("\n"), first_line):
        mark = FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        yield number, line


def map_prose(text: str, change: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> str:
    """Return `text` with each match of `change` replaced by `by(match)`, code excepted."""
    done, at = [], 0
    for match in outside_code(change, text):
        done += [text[at : match.start()], by(match)]
        at = match.end()
    return "".join([*done, text[at:]]) if done else text


def outside_code(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that do not begin in code; a match may hold code."""
    spans = code_spans(text)
    at = passed = 0
    while match := pattern.search(text, at):
        while passed < len(spans) and (spans[passed][1] <= match.start() or spans[passed][0] < at):
            passed += 1
        if passed < len(spans) and spans[passed][0] <= match.start():
            at = spans[passed][1]
        else:
            yield match
            at = match.end()
            if any(
                begin < at < end for begin, end in spans[passed:]
            ):  # it ends within what was code
                spans, passed = code_spans(text, at), 0


def blank(text: str) -> str:
    """Return as many lines, and as many characters, with nothing on them."""
    return re.sub(r"[^\n]", " ", text)


@lru_cache(maxsize=16)  # several patterns are looked for in one text
def code_spans(text: str, at: int = 0) -> list[tuple[int, int]]:
    """Return begin and end of each piece of code in Markdown from a place on, in their order."""
    spans: list[tuple[int, int]] = []
    if "`" not in text and "~~~" not in text:
        return spans
    while at and text.startswith("`", at) and text[at - 1] == "`":
        at += 1
    while mark := MARK.search(text, at):
        line = text.rfind("\n", 0, mark.start()) + 1
        found = FENCED.match(text, line) if not text[line : mark.start()].strip(" \t") else None
        found = found or SPAN.match(text, mark.start())
        if found:
            spans.append(found.span())
        at = found.end() if found else mark.end()
    return spans
