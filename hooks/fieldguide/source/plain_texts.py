"""Texts outside of pages' bodies, which are shown as they stand: front matter and data.

A citation may stand in guide.yml alone; a short form or Markdown anywhere else would be shown to
readers as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from fieldguide.source import almost, json_schema, leftovers, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page
from fieldguide.source.shortcodes import CITATION

CITING = "docs/data/guide.yml"
DATA = (CITING, "docs/data/glossary.yml", "docs/data/paths.yml")
FIELDS = ("title", "description", "objectives")
# What may begin a sign; most texts hold none of it, and the name of a source alone is no text.
SUSPECT = re.compile(
    r"[\[\]{}`*$@\\<&~^\uff01-\uff5e]|\b_|_\b|--|==|!!|\?\?|::|\+\+|%%|!-|8<|\w:\w"
    r"| [^ ]*?(?:\w\.[a-z]|[a-z]\d{4})"
)


def check(root: Path, read: Iterable[Page], known: Collection[str]) -> list[Fault]:
    """Return a fault for each text with a sign of a short form or of Markdown.

    `known` are the names of sources and numbers.
    """
    faults = []
    for path in filter(lambda path: (root / path).is_file(), DATA):
        document = yaml_document.read(root, path)
        for where, text in json_schema.texts(document.value, ()):
            bare = CITATION.sub("", text) if path == CITING else text
            faults += [document.fault(where, message) for message in _first(bare, known)]
    for page in read:
        for where, text in json_schema.texts({n: page.meta.get(n) for n in FIELDS}, ()):
            faults += [page.front.fault(where, message) for message in _first(text, known)]
    return faults


def _first(text: str, known: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the first sign of a text, if anything is."""
    if not SUSPECT.search(text):
        return
    found = list(leftovers.signs(text, known))
    found += [(match.start(), "") for _, sign, _ in almost.SIGNS for match in sign.finditer(text)]
    if found:
        place = min(found)[0]
        words = " ".join(text[place:].split())[:30]
        yield f"'{words}': this text is shown as it stands; write it without marks and short forms"
