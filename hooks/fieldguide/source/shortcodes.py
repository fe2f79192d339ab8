"""How a page writes its short forms: markers, citations, terms and computed numbers.

Each pattern begins with plain characters, since Python then skips to them, and looks for the start
of a line behind itself. That is many times faster, and a build searches every page many times.
"""

from __future__ import annotations

import re

MARKER = re.compile(
    r"<!--(?<![^\n]<!--)[ \t]*guide:(?P<name>[\w-]+)[ \t]*(?P<argument>[^\n]*?)[ \t]*-->[ \t]*$",
    re.MULTILINE,
)
CITATION = re.compile(r"\[(?P<keys>@[^\]\n]*)\]")
KEY = re.compile(r"@([a-z][\w-]*)")
TERM = re.compile(r"\[(?P<text>[^\[\]]+)\]\(term:(?P<term>[^)\s]*)\)")
VALUE = re.compile(r"\[=(?P<value>[\w.]+)\]")


def cited(text: str) -> list[str]:
    """Return the source keys that a text cites, in order, each once."""
    found = (KEY.findall(match["keys"]) for match in CITATION.finditer(text))
    return list(dict.fromkeys(key for keys in found for key in keys))
