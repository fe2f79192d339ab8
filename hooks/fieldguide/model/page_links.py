"""Links that a page writes out: the page or file is there, and so is its section, with the line.

MkDocs looks at links too, but late, and without a line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.pages import Page

LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?P<to>[^()\s<>]+)>?[^()\n]*\)")
REFERENCE = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<to>[^\s<>]+)>?", re.MULTILINE)
ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*?\s(?:href|src)\s*=\s*[\"']?(?P<to>[^\s\"'<>]+)")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
KNOWN = ("http:", "https:", "mailto:", "term:")
DRAWN = (".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp")
OURS = ("assets/", "data/", "lab/")  # folders whose files are in docs/ before any build


def check(page: Page, ids: Mapping[str, set[str]], docs: Path) -> list[Fault]:
    """Return a fault for each link of a page that leads nowhere; `ids` are those of each page."""
    found: dict[tuple[int, str], str] = {}
    for pattern in (LINK, REFERENCE, ATTRIBUTE):
        for line, match in page.matches(pattern):
            inside = match.start("to") - match.start()
            line += match[0][:inside].count("\n")
            if message := _complaint(match["to"], page.path, ids, docs):
                found.setdefault((line, match["to"]), message)
    return [page.fault(line, message) for (line, _), message in found.items()]


def _complaint(to: str, here: str, ids: Mapping[str, set[str]], docs: Path) -> str:
    """Return what is wrong with the target of a link, or an empty text."""
    if scheme := SCHEME.match(to):
        if scheme[0].lower() in KNOWN:
            return ""
        return f"the link '{to}' is of an unknown kind; allowed: {', '.join(KNOWN)}, a path"
    if to.startswith("//"):
        return ""
    if to.startswith("/"):
        return f"the link '{to}' begins at the root; write it relative to the page"
    path, mark, key = to.partition("#")
    path = unquote(path.partition("?")[0])
    goal = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
    if goal.endswith(".html") and f"{goal[:-5]}.md" in ids:
        goal = f"{goal[:-5]}.md"
    if goal.endswith(".md") or goal in ids:
        if goal not in ids:
            return f"the link '{to}' leads to no page; {suggest(goal, ids)}"
        if mark and key and key not in ids[goal]:
            return f"the link '{to}' leads to no section; {suggest(key, ids[goal])}"
    elif (
        goal.endswith(".html") and path and not (docs / goal).exists() and not goal.startswith("s/")
    ):
        return f"the link '{to}' leads to no page; {suggest(goal[:-5] + '.md', ids)}"
    elif goal.startswith("..") or not (Path(goal).suffix or (docs / goal).is_file()):
        return f"the link '{to}' leads to no page and no file; {suggest(goal, ids)}"
    elif (goal.startswith(OURS) or goal.endswith(DRAWN)) and not (docs / goal).exists():
        return f"the link '{to}' leads to no file; docs/{goal} is missing"
    return ""
