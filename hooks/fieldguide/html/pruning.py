"""What of the theme's own files is not published, since no page asks for it."""

from __future__ import annotations

import re

SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+(?: ?\*/)?\s*$")
LANGUAGES = "assets/javascripts/lunr/"


def is_ballast(path: str) -> bool:
    """Return whether no page asks for a file: source maps, languages, a template of the theme."""
    return path.endswith(".map") or path.startswith(LANGUAGES) or path == "sitemap.xml"


def is_minified(path: str) -> bool:
    """Return whether a file is one of the theme's scripts and styles."""
    return path.startswith("assets/") and ".min." in path


def slim(text: str) -> str:
    """Return a script or style of the theme without the address of its source map."""
    return SOURCE_MAP.sub("", text)
