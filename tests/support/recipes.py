"""The recipes of the page for course authors, taken from the page itself; and a server for them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from support import served

PAGE = Path(__file__).resolve().parents[2] / "docs/courses/index.md"
FENCE = re.compile(r"^[ ]*```(\w+)\n(.*?)^[ ]*```$", re.DOTALL | re.MULTILINE)


def recipe(key: str, address: str) -> dict[str, str]:
    """Return the code of a section of the page by its language, for the site at `address`."""
    text = PAGE.read_text(encoding="utf-8")
    _, found, rest = text.partition(f"{{ #{key} }}")
    assert found, f"{PAGE.name} has no section '{key}'"
    section = re.split(r"^#{1,3} ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    return {
        language: code.replace("https://SITE/", address)
        for language, code in FENCE.findall(section)
    }


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder as Python does; yields its address with a slash at the end."""
    with served.running(functools.partial(_Quiet, directory=str(folder))) as address:
        yield address
