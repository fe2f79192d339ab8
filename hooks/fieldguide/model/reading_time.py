"""What a page says of itself at its top: reading time, level, date of the last check, aims."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from fieldguide.model.outline import Outlined
from fieldguide.model.site import Context, Site
from fieldguide.source.pages import Page
from fieldguide.source.prose import prose_lines

# A word, in a group; or what is no word of the text: markup, addresses, citations, formulas.
WORD = re.compile(r"\{[^{}]*\}|\]\([^)]*\)|\[@[^\]]*\]|\$[^$]*\$|([A-Za-z][\w'-]*)")
# What is folded, or takes as long as the reader likes.
FOLDED = re.compile(r"^/// (?:problem|derivation)\b.*?^///[ \t]*$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile("<!--.*?-->", re.DOTALL)
WORDS_PER_MINUTE = 200  # expository text with terms to take in; adults read prose at about 240
DRAWN = ("diagram", "walk")  # markers of drawings
SECONDS = {"formula": 45, "question": 30, "drawing": 20}
LEVEL = {"intro": "Introductory", "core": "Core", "deep": "In depth"}  # from easy to hard
HOME = "index.md"
QUIET = (HOME, "learn/glossary.md", "learn/sources.md")  # places to look things up
PRESENT = "[Present this page](?present){ .present-in }"  # of use with JavaScript alone


@cache  # of a section that stands on several paths and lists
def words(text: str) -> int:
    """Return the number of words of Markdown, fenced code and markup left out."""
    if "///" in text:
        text = FOLDED.sub("", text)
    prose = "\n".join(line for _, line in prose_lines(text))
    if "<!--" in prose:
        prose = COMMENT.sub(" ", prose)
    return sum(map(_words, prose.split("\n\n")))


@lru_cache(maxsize=4096)  # a paragraph is part of its section, of the one above, and of the page
def _words(paragraph: str) -> int:
    return sum(map(bool, WORD.findall(paragraph.replace("\n", " "))))


def minutes(page: Page, part: Outlined | None = None) -> int:
    """Return the minutes that a page or a part of it takes, with all that stands in it."""
    lines = part.lines if part else range(len(page.text) + 1)
    seconds = words(part.whole if part else page.body) * 60 / WORDS_PER_MINUTE
    seconds += sum(SECONDS.get(block.name, 0) for block in page.blocks if block.line in lines)
    drawn = (line for line, marker in page.markers if marker["name"] in DRAWN)
    seconds += SECONDS["drawing"] * sum(line in lines for line in drawn)
    return max(1, math.ceil(seconds / 60))


def page_facts(site: Site, path: str, kit: str = "") -> str:
    """Return the calm line under a page's title, and its aims, as Markdown.

    `kit` is the path of what a teacher takes along, if there is such a file.
    """
    page = site.pages[path]
    if path in QUIET:
        return f"\n{PRESENT}\n{{ .page-facts }}\n" if path != HOME else ""
    context = Context(site, path)
    facts = [
        f"{minutes(page)} min",
        LEVEL[page.meta["level"]],
        f"checked {page.meta['checked']}",
    ]
    needed = ", ".join(
        f"[{site.pages[other].meta['title']}]({context.link(other)})"
        for other in page.meta["prerequisites"]
    )
    facts += [f"after {needed}"] if needed else []
    taken = f" [Kit for teachers]({context.link(kit)}){{ .kit-in }}" if kit else ""
    aims = "\n".join(f"- {aim}" for aim in page.meta["objectives"])
    return (
        f"\n{' · '.join(facts)} {PRESENT}{taken}\n{{ .page-facts }}\n\n"
        f'<details class="aims" markdown="block">\n<summary>After this page you can</summary>\n\n'
        f"{aims}\n\n</details>\n"
    )
