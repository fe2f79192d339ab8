"""Section ids: explicit, lowercase, unique over the site, and permanent."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.faults import Fault
from fieldguide.pages import Page

ID = re.compile(r"^[a-z][a-z0-9-]*$")


def check(root: Path, read: list[Page]) -> list[Fault]:
    """Return a fault for each heading whose id is missing, malformed or used twice."""
    faults = []
    seen: dict[str, str] = {}
    for page in read:
        top = [heading for heading in page.headings if heading.level == 1]
        if len(top) != 1:
            line = top[1].line if len(top) > 1 else page.body_line
            faults.append(page.fault(line, f"{len(top)} headings of level 1; a page has one"))
        for heading in page.headings:
            message = ""
            if not heading.id:
                message = f"the heading '{heading.title}' has no id; write {{ #page-concept }}"
            elif not ID.match(heading.id):
                message = f"the id '{heading.id}' is malformed; lowercase letters, digits, hyphens"
            elif heading.id in seen:
                message = f"the id '{heading.id}' stands already at {seen[heading.id]}"
            if message:
                faults.append(page.fault(heading.line, message))
            else:
                seen[heading.id] = f"{page.source}:{heading.line}"
    return faults
