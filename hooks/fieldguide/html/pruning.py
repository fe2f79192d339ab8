"""What is changed in the theme's pages, and what is taken out of its files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
READY_MADE = re.compile(r"\[data-md-color-(?:primary|accent)=")
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+(?: ?\*/)?\s*$")
SCRIPT_FILE = re.compile(r"<script src=")


def without_toc(html: str) -> str:
    """Return a page whose contents have no label where there is nothing that it would open.

    That is the first page of a part.
    """
    return html if 'id="__toc"' in html else html.replace(' for="__toc"', "")


def deferred(html: str) -> str:
    """Return a finished page whose script files run, in their order, when the page is read.

    The theme loads its own without that word; then nothing is drawn before they have arrived.
    """
    return SCRIPT_FILE.sub("<script defer src=", html)


def prune(site_dir: Path, *, keep_sitemap: bool) -> None:
    """Delete what the theme copies and no page asks for: source maps, languages, colors."""
    for file in [*site_dir.rglob("*.map"), site_dir / "sitemap.xml.gz"]:
        file.unlink(missing_ok=True)
    shutil.rmtree(site_dir / "assets/javascripts/lunr", ignore_errors=True)
    if not keep_sitemap:
        (site_dir / "sitemap.xml").unlink(missing_ok=True)
    for script in site_dir.glob("assets/**/*.min.*"):
        text = script.read_text(encoding="utf-8")
        text = SOURCE_MAP.sub("", text)
        if script.name.startswith("palette."):
            text = without_colors(text)
        script.write_text(text, encoding="utf-8")


def without_colors(css: str) -> str:
    """Return the theme's palette without its ready-made colors; the guide has its own."""

    def kept(rule: re.Match[str]) -> str:
        selectors = [one for one in rule[1].split(",") if not READY_MADE.search(one)]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    return CSS_RULE.sub(kept, css)
