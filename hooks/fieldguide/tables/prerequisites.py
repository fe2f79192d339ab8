"""Which page needs which: the graph of prerequisites, as a drawing and as a list."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from fieldguide.drawings.svg import LETTER, WIDTH, figure, lines, number, svg, text
from fieldguide.model.reading_time import LEVEL
from fieldguide.model.site import Context, Site

NAME = "made-prerequisites"
PAGE = "learn/paths.md"  # the page that shows it
INDENT = 20
LEFT = 20
ROW = 16  # the height of a line of text
GAP = 7  # between two pages
LANE = 9  # between two dashed lines at the right edge


@dataclass(frozen=True)
class Row:
    """A page in the drawing: below its `parent`, and after the pages in `others` too."""

    path: str
    title: str
    depth: int
    parent: str
    others: tuple[str, ...]


def reduced(asked: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what each page asks for, without what these pages ask for anyway."""
    before: dict[str, set[str]] = {}

    def all_before(path: str) -> set[str]:
        if path not in before:
            before[path] = set(asked[path]).union(*map(all_before, asked[path]))
        return before[path]

    return {
        path: [one for one in others if not any(one in all_before(two) for two in others)]
        for path, others in asked.items()
    }


def depths(needed: dict[str, list[str]]) -> dict[str, int]:
    """Return how many pages stand before each page on the longest way to it."""
    found: dict[str, int] = {}

    def depth(path: str) -> int:
        if path not in found:
            found[path] = max((depth(other) + 1 for other in needed[path]), default=0)
        return found[path]

    return {path: depth(path) for path in needed}


def rows(site: Site) -> list[Row]:
    """Return the pages that have to do with prerequisites, each below the last one it needs."""
    needed = reduced({path: page.meta["prerequisites"] for path, page in site.pages.items()})
    depth = depths(needed)
    linked = {other for others in needed.values() for other in others}
    below: dict[str, list[str]] = {}
    for path, others in needed.items():
        below.setdefault(max(others, key=lambda other: depth[other], default=""), []).append(path)

    def order(path: str) -> tuple[int, str]:
        return list(LEVEL).index(site.pages[path].meta["level"]), path

    def tree(parent: str, level: int) -> Iterator[Row]:
        for path in sorted(below.get(parent, []), key=order):
            if parent or path in linked:
                others = tuple(other for other in needed[path] if other != parent)
                yield Row(path, str(site.pages[path].meta["title"]), level, parent, others)
                yield from tree(path, level + 1)

    return list(tree("", 0))


def drawing(site: Site) -> str:
    """Return the graph as SVG: a tree, with dashed lines for what a page needs besides."""
    found = rows(site)
    parts: list[str] = []
    dots: dict[str, tuple[float, float]] = {}
    ends: dict[str, float] = {}
    trunks: dict[str, float] = {}
    y = 22.0
    for row in found:
        x = LEFT + INDENT * row.depth
        dots[row.path] = (x, y - 4)
        if row.parent:
            above = dots[row.parent][0]
            trunks[row.parent] = y - 4
            parts.append(
                f'<path class="d-line" d="M{number(above)} {number(y - 4)}H{number(x - 6)}" '
                f'marker-end="url(#{NAME}-a)"/>'
            )
        style = "d-small" if row.depth else "d-small d-strong"
        broken = lines(row.title, WIDTH - x - 12 - 4 * LANE)
        ends[row.path] = x + 14 + LETTER * len(broken[0])
        parts.append(f'<circle class="d-model" cx="{number(x)}" cy="{number(y - 4)}" r="4.5"/>')
        address = posixpath.relpath(row.path, posixpath.dirname(PAGE)).removesuffix(".md") + ".html"
        parts.append(f'<a href="{address}">')
        for line in broken:
            parts.append(text(x + 10, y, line, style))
            y += ROW
        parts.append("</a>")
        y += GAP
    for path, bottom in trunks.items():
        left, top = dots[path]
        line = f"M{number(left)} {number(top + 5)}V{number(bottom)}"
        parts.append(f'<path class="d-line" d="{line}"/>')
    parts += _besides(found, dots, ends)
    arrow = (
        f'<defs><marker id="{NAME}-a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" '
        'markerHeight="6" orient="auto-start-reverse"><path class="d-head" d="M0 0 10 5 0 10z"/>'
        "</marker></defs>"
    )
    told = "; ".join(sentence(row, site) for row in found if row.parent)
    return svg(NAME, y - 2, "Which page to read before which", f"{told}.", [arrow, *parts])


def _besides(
    found: list[Row], dots: dict[str, tuple[float, float]], ends: dict[str, float]
) -> list[str]:
    """Return the dashed lines, each in a lane of its own at the right edge."""
    parts = []
    pairs = [(other, row.path) for row in found for other in row.others]
    for place, (start, end) in enumerate(pairs):
        lane = WIDTH - 10 - LANE * (place % 4)
        parts.append(
            f'<path class="d-line-2" d="M{number(ends[start])} {number(dots[start][1])}H{lane}'
            f'V{number(dots[end][1])}H{number(ends[end])}" marker-end="url(#{NAME}-a)"/>'
        )
    return parts


def sentence(row: Row, site: Site) -> str:
    """Return in words what stands before a page."""
    before = [row.parent, *row.others]
    return f"{row.title} after {' and '.join(str(site.pages[one].meta['title']) for one in before)}"


def table(context: Context, argument: str) -> str:
    """The graph of the pages' prerequisites, and the same as a list."""
    site = context.site
    caption = argument.partition("|")[2].strip()

    def link(path: str) -> str:
        return f"[{site.pages[path].meta['title']}]({context.link(path)})"

    entries = []
    for row in rows(site):
        before = " and ".join(link(one) for one in (row.parent, *row.others) if one)
        entries.append(f"- {link(row.path)}{f', after {before}' if before else ''}")
    return (
        f"{figure('prerequisites', caption, NAME)}\n\n"
        '<details class="aims" markdown="block">\n<summary>The same as a list</summary>\n\n'
        + "\n".join(entries)
        + "\n\n</details>"
    )
