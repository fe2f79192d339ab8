"""The two pages to look things up in: every term, and every source with what cites it."""

from __future__ import annotations

from itertools import groupby

from fieldguide.model import citations
from fieldguide.model.site import SOURCES_PAGE, Context, Place


def glossary(context: Context, _: str) -> str:
    """All terms by first letter, each with an id of its own."""
    terms = sorted(context.guide.terms.values(), key=lambda term: term.term.casefold())
    parts = []
    for letter, group in groupby(terms, key=lambda term: term.term[0].upper()):
        entries = []
        for term in group:
            names = (
                f" Also: {', '.join(map(citations.escape, term.aliases))}." if term.aliases else ""
            )
            more = f" {context.more(term.see)}" if term.see else ""
            entries.append(
                f'<dt id="term-{term.id}" markdown="span">{citations.escape(term.term)}</dt>\n'
                f'<dd markdown="span">{citations.escape(term.definition)}{names}{more}</dd>'
            )
        head = f"## {letter} {{ #glossary-{letter.lower()} .index }}"
        parts.append(
            f'{head}\n\n<dl class="terms" markdown="1">\n' + "\n".join(entries) + "\n</dl>"
        )
    letters = [part[3] for part in parts]
    row = " ".join(f"[{letter}](#glossary-{letter.lower()})" for letter in letters)
    return "\n\n".join([f'<div class="glossary-tools" markdown="1">\n\n{row}\n\n</div>', *parts])


def bibliography(context: Context, _: str) -> str:
    """All sources by first letter of the first author, each with its id and what cites it."""
    entries = sorted(
        context.guide.sources.values(),
        key=lambda source: (citations.names(source)[0].casefold(), citations.year(source)),
    )
    parts = []
    for letter, group in groupby(entries, key=lambda source: citations.names(source)[0][0].upper()):
        items = "\n".join(
            f'<li id="src-{source["id"]}" markdown="span">{citations.reference(source)}'
            f"{_cited_by(source['id'], context)}</li>"
            for source in group
        )
        head = f"## {letter} {{ #sources-{letter.lower()} .index }}"
        parts.append(f'{head}\n\n<ul class="sources" markdown="1">\n{items}\n</ul>')
    return "\n\n".join(parts)


def _cited_by(key: str, context: Context) -> str:
    places = context.site.citing.get(key, [])
    links = ", ".join(
        f"[{_name(place, context)}]({context.link(place.target)})" for place in places
    )
    return f' <span class="cited-by">Cited in: {links}.</span>' if links else ""


def _name(place: Place, context: Context) -> str:
    page = context.site.pages[place.page]
    title = str(page.meta["title"])
    return title if place.id == page.headings[0].id else f"{title}: {place.title}"


def cited(context: Context, _: str) -> str:
    """The sources that the page cites, as short references."""
    guide = context.guide
    keys = sorted(
        (key for key, places in context.site.citing.items() if _on(context.page, places)),
        key=lambda key: citations.label(guide.sources[key]).casefold(),
    )
    target = context.link(SOURCES_PAGE)
    lines = []
    for key in keys:
        source = guide.sources[key]
        title = citations.escape(str(source["title"]))
        url, name = citations.address(source)
        label = citations.escape(citations.label(source))
        lines.append(
            f"- [{label}]({target}#src-{key}). *{title}*. [{citations.escape(name)}]({url})"
        )
    return "\n".join(lines)


def _on(page: str, places: list[Place]) -> bool:
    return any(place.page == page for place in places)
