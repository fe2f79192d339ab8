"""Read JSON so that every way in which it can be wrong is a fault with its line."""

from __future__ import annotations

import json
import re
from typing import Any

from fieldguide.source.diagnostics import Fault

DEEPEST = 60  # more than any file of ours needs, and less than Python can follow
LONGEST = 1000  # digits of a number
NUMBER = re.compile(rf"[0-9]{{{LONGEST},}}")
HALF = re.compile(r"\\u[dD][89a-bA-B][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u....)\\u[dD][c-fC-F]")
MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]')  # a whole text, or a bracket
NO_NUMBER = re.compile(r"(?<![\w\"])(?:NaN|-?Infinity)(?![\w\"])")


def parse(text: str, path: str, first_line: int = 1) -> tuple[Any, list[Fault]]:
    """Return the value of a JSON text, which begins on `first_line` of a file, or its fault."""

    def fault(position: int, message: str) -> tuple[None, list[Fault]]:
        line = text.count("\n", 0, position) + first_line
        return None, [Fault(path, line, "", message)]

    if (position := _too_deep(text)) >= 0:
        return fault(position, f"not JSON of ours: nested more than {DEEPEST} deep")
    try:
        value = json.loads(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        return fault(error.pos, f"not JSON: {error.msg}")
    except UnicodeEncodeError:
        half = HALF.search(text)
        message = "an escape such as \\ud83d is half a character; write the character itself"
        return fault(half.start() if half else 0, message)
    except (ValueError, RecursionError):
        long = NUMBER.search(text)
        return fault(long.start() if long else 0, f"a number has more than {LONGEST} digits")
    if (long := NUMBER.search(text)) and not isinstance(value, str):
        return fault(long.start(), f"a number has more than {LONGEST} digits")
    return value, []


def _too_deep(text: str) -> int:
    """Return where brackets are nested too deep, or -1."""
    depth = 0
    if text.count("[") + text.count("{") <= DEEPEST:
        return -1
    for match in MARK.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            if depth > DEEPEST:
                return match.start()
        elif mark in "]}":
            depth -= 1
    return -1
