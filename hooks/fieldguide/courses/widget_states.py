"""States of the live models that are worth showing in a lesson, as links."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from fieldguide.addresses.permalinks import SHORT_FOLDER, Links, address
from fieldguide.model.lab import Lab, State
from fieldguide.source.pages import Page

PREFIX = "lab-"
TEXT_PREFIX = "text-"
WATCH_PREFIX, RACE_PREFIX = "watch-", "arena-"
RACES_AT = "models/arena.md", "arena"
ABOUT = (
    "Each link opens a page with its live model in that state. What you set there stands in "
    "the address, so you can make links of your own."
)


@dataclass(frozen=True)
class Shown:
    """A state of a live model, and the section of the page on which the model stands."""

    state: State
    place: str
    section: str
    prefix: str

    def item(self, links: Links) -> str:
        """Return it as an item of a list."""
        words = escape(self.state.see)
        query = urlencode({self.prefix + name: value for name, value in self.state.set.items()})
        if links.site_url:
            url = f"{links.site_url}{SHORT_FOLDER}/{self.section}.html?{query}"
            return f'<li><a href="{escape(url)}">{words}</a></li>'
        file, _, anchor = address(self.place, self.section).partition("#")
        return f"<li>{words}: <code>{escape(f'{file}?{query}#{anchor}')}</code></li>"


def shown(lab: Lab, family: str, chapter: Page) -> list[Shown]:
    """Return the states of a family's models; a chapter may have none."""
    found = []
    language, points = (
        [state for each in kind.values() if each.family == family for state in each.states]
        for kind in (lab.language, lab.points)
    )
    digits = lab.digits[family].states if family in lab.digits else []
    for ending, prefix, states in (
        ("-try", TEXT_PREFIX, language),
        ("-try", PREFIX, digits),
        ("-watch", WATCH_PREFIX, points),
    ):
        section = next((each.id for each in chapter.headings if each.id.endswith(ending)), "")
        if section:
            found += [Shown(state, chapter.path, section, prefix) for state in states]
            if states is points and points:
                found += [Shown(state, *RACES_AT, RACE_PREFIX) for state in lab.races]
    return found


def page(lab: Lab, family: str, chapter: Page, links: Links) -> str:
    """Return the states of a family's models as a list; a chapter may have no live model."""
    items = [state.item(links) for state in shown(lab, family, chapter)]
    if not items:
        return ""
    note = "" if links.site_url else "<p>Put the address of your copy in front of each.</p>\n"
    return f"{note}<ul>\n" + "\n".join(items) + "\n</ul>"
