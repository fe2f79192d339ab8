"""What of the theme's own files is not published, since no page asks for it."""

from __future__ import annotations

import re

CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
READY_MADE = re.compile(r"\[data-md-color-(?:primary|accent)=")
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+(?: ?\*/)?\s*$")
LANGUAGES = "assets/javascripts/lunr/"


def is_ballast(path: str) -> bool:
    """Return whether no page asks for a file: source maps, languages, a template of the theme."""
    return path.endswith(".map") or path.startswith(LANGUAGES) or path == "sitemap.xml"


def is_minified(path: str) -> bool:
    """Return whether a file is one of the theme's scripts and styles."""
    return path.startswith("assets/") and ".min." in path


def slim(path: str, text: str) -> str:
    """Return a script or style of the theme without what no page asks for."""
    text = SOURCE_MAP.sub("", text)
    return without_colors(text) if "/palette." in path else text


def without_colors(css: str) -> str:
    """Return the theme's palette without its ready-made colors; the guide has its own."""

    def kept(rule: re.Match[str]) -> str:
        selectors = [one for one in rule[1].split(",") if not READY_MADE.search(one)]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    return CSS_RULE.sub(kept, css)
