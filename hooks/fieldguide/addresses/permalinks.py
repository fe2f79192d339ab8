"""What a build does for permanent addresses: aliases, notes where ids stood, whole pages of notes.

All of it is static HTML, so that it works without JavaScript, from a disk, and for link checkers.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass, field

from fieldguide.addresses import anchors as addresses_anchors
from fieldguide.addresses import lock, redirects
from fieldguide.addresses.anchors import Anchor
from fieldguide.model import citations
from fieldguide.model.site import Site
from fieldguide.source.diagnostics import Fault

SHORT_FOLDER = "s"
SHOWN = 5  # new addresses in the warning
# Before anything is drawn: within a frame, or when asked, the page is shown without its frame.
EMBED_SWITCH = (
    "<script>if(/[?&]embed\\b/.test(location.search)||self!==top)"
    'document.documentElement.classList.add("embed")</script>'
)


@dataclass(frozen=True)
class Retired:
    """An id that stands no more where it stood: its successor, or a dated note."""

    id: str
    page: str
    successor: Anchor | None
    removed: str = ""
    note: str = ""


@dataclass
class Links:
    """Every address of the site: what stands, what stood, and what is not locked yet."""

    anchors: dict[str, Anchor]
    retired: list[Retired]
    unlocked: list[Fault]
    edition: str
    name: str
    site_url: str
    pages: dict[str, str] = field(default_factory=dict)  # the title of each page

    def __post_init__(self) -> None:
        self.left: dict[str, list[Retired]] = {}  # what each page has lost
        for old in self.retired:
            self.left.setdefault(old.page, []).append(old)

    def short(self) -> dict[str, str]:
        """Return for each short link the address that it leads to, from the root of the site."""
        found = {key: address(anchor.page, key) for key, anchor in self.anchors.items()}
        for old in self.retired:
            goal = None if old.note else old.successor
            place = address(goal.page, goal.id) if goal else address(old.page, old.id)
            found.setdefault(old.id, place)
        return found

    def gone_pages(self) -> dict[str, str]:
        """Return the Markdown of a page for each deleted one, with a note for each of its ids."""
        return {path: self._gone_page(path) for path in sorted(self.left.keys() - self.pages)}

    def _gone_page(self, path: str) -> str:
        key = "gone-" + re.sub(r"[^a-z0-9]+", "-", path.removesuffix(".md").lower())
        return (
            "---\ntitle: This page has moved\n"
            "description: Where the sections of a former page of this guide stand now.\n"
            "search: {exclude: true}\nhide: [toc]\n---\n\n"
            f"# This page has moved {{ #{key} }}\n\n"
            "Its sections have permanent addresses, so each old link still leads somewhere.\n\n"
            + self.notes(path)
        )

    def notes(self, path: str) -> str:
        """Return the Markdown of the notes on a page, one for each id that has left it."""
        left = [old for old in self.left.get(path, []) if not self._is_alias(old)]
        if not left:
            return ""
        shown = "" if path in self.pages else " moved-all"
        lines = "\n".join(self._note(old, path) for old in left)
        return (
            f'\n\n<div class="moved-notes{shown}" data-search-exclude markdown="block">\n\n'
            f"{lines}\n\n</div>\n"
        )

    def _note(self, old: Retired, path: str) -> str:
        link = ""
        jump = ""
        if old.successor:
            target = old.successor.place
            base = posixpath.dirname(path) or "."
            relative = posixpath.relpath(target.partition("#")[0], base)
            name = citations.escape(self.full_title(old.successor))
            link = f"[{name}]({relative}#{old.successor.id})"
            jump = "" if old.note else " data-jump"
        if old.note:
            note = citations.escape(old.note)
            text = f"The section `{old.id}` was removed on {old.removed}: {note}"
            text += f" See {link}." if link else ""
        else:
            text = f"The section `{old.id}` stands here now: {link}"
        return f'<p id="{old.id}" class="moved" markdown="span"{jump}>{text}</p>\n'

    def _is_alias(self, old: Retired) -> bool:
        return bool(old.successor and not old.note and old.successor.page == old.page)

    def full_title(self, anchor: Anchor) -> str:
        """Return a title that also says which page it is of."""
        page = self.pages.get(anchor.page, "")
        if anchor.level == 1 or anchor.kind == "index" or not page:
            return anchor.title
        return f"{page}: {anchor.title}"

    def aliases(self, path: str) -> dict[str, list[str]]:
        """Return the former ids of what stands on a page, by the ids that it has now."""
        found: dict[str, list[str]] = {}
        for old in self.left.get(path, []):
            if old.successor and self._is_alias(old):
                found.setdefault(old.successor.id, []).insert(0, old.id)
        return found

    def head(self, path: str) -> str:
        """Return what the scripts of a page need to know, for its <head>."""
        facts = {
            "site": self.site_url,
            "base": posixpath.relpath(".", posixpath.dirname(path) or "."),
            "name": self.name,
            "version": self.edition,
        }
        text = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
        robots = "" if path in self.pages else '<meta name="robots" content="noindex">'
        script = f'<script type="application/json" id="guide-links">{text}</script>'
        return f"{robots}{script}{EMBED_SWITCH}"

    def warnings(self) -> list[str]:
        """Return a line for each of the first addresses that the lock does not hold yet."""
        more = len(self.unlocked) - SHOWN
        rest = [Fault(lock.PATH, 1, "", f"{more} more are not in it yet")] if more > 0 else []
        return [str(fault) for fault in self.unlocked[:SHOWN] + rest]


def _new(place: str) -> str:
    return f"'{place}' is not in {lock.PATH} yet; review it, then run {lock.COMMAND}"


def address(page: str, key: str = "") -> str:
    """Return the address of a place in the built site, from its root."""
    return page.removesuffix(".md") + ".html" + (f"#{key}" if key else "")


def links(site: Site, *, name: str, edition: str) -> Links:
    """Return every address of a checked site."""
    found = {
        anchor.id: anchor for anchor in addresses_anchors.anchors(site.pages.values(), site.guide)
    }
    live = {anchor.place: anchor for anchor in found.values()}
    moves, _ = redirects.read(site.root)
    locked, _ = lock.read(site.root)
    retired = []
    for place, move in moves.entries.items():
        last = moves.entries.get(moves.end(place))
        goal = moves.end(last.see) if last and last.see else moves.end(place)
        retired.append(
            Retired(
                move.id,
                move.page,
                live.get(goal),
                last.removed if last else "",
                last.note if last else "",
            )
        )
    titles = {path: str(page.meta["title"]) for path, page in site.pages.items()}
    unlocked = [
        Fault(f"docs/{live[place].page}", live[place].line, "", _new(place))
        if place in live
        else moves.fault(place, _new(place))
        for place in sorted({*live, *moves.entries} - locked.keys())
    ]
    return Links(
        found,
        retired,
        unlocked,
        edition,
        name,
        site.site_url,
        titles,
    )
