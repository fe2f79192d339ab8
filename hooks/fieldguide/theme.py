"""The few repairs of the theme's HTML, and what is taken out of its files.

A repair of what stands on every page fails when the theme has changed; the others do nothing then.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
READY_MADE = re.compile(r"\[data-md-color-(?:primary|accent)=")
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+(?: ?\*/)?\s*$")
SCRIPT_FILE = re.compile(r"<script src=")


class RepairError(ValueError):
    """The theme's HTML is not what a repair expects: look whether it is still needed."""


# What a page remembers with, or a stand-in that forgets.
STORE = (
    "__md_store=()=>{try{if(localStorage)return localStorage}catch(e){}"
    "return{getItem:()=>null,setItem(){}}}"
)
# What is wrong in stock Material 9.8.1, what stands there, and what should.
REPAIRS = (
    (
        "two checkboxes carry an attribute that HTML does not allow on them",
        re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'),
        r"\1",
    ),
    (
        "the search dialog has no name",
        re.compile(r'(<div class="md-search" data-md-component="search" role="dialog")'),
        r'\1 aria-label="Search"',
    ),
    (
        "the list of results, which takes the focus, has no name",
        re.compile(r'(<div class="md-search__scrollwrap" tabindex="0")'),
        r'\1 role="group" aria-label="Results"',
    ),
    (
        "its scripts stop for good where a browser forbids them to remember anything",
        re.compile(r"<script>(__md_scope=.*?\(e,_=)localStorage(,.*?,t=)localStorage,"),
        rf"<script>{STORE},\1__md_store()\2__md_store(),",
    ),
)
# Repairs of parts that only some pages have.
OPTIONAL_REPAIRS = (
    (re.compile(r' tabindex=""'), ""),
    # The list of a part with a page of its own takes its name from an icon, which has none.
    (
        re.compile(
            r'(<nav class="md-nav" data-md-level="1") aria-labelledby="__nav_\d+_label"'
            r'([^>]*>\s*<label class="md-nav__title"[^>]*>\s*<span[^>]*></span>\s*)'
            r"([^<]*?)(\s*</label>)"
        ),
        r'\1 aria-label="\3, pages"\2\3\4',
    ),
)


def repair(html: str) -> str:
    """Return the theme's HTML with its known faults mended; RepairError if one is not found."""
    for reason, pattern, by in REPAIRS:
        html, times = pattern.subn(by, html)
        if not times:
            raise RepairError(f"the theme has changed; is this repair still needed? {reason}")
    for pattern, by in OPTIONAL_REPAIRS:
        html = pattern.sub(by, html)
    if 'id="__toc"' not in html:  # the first page of a part has only its label
        html = html.replace(' for="__toc"', "")
    return html


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
