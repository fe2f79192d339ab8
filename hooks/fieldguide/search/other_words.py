"""The words that readers type in the place of a section's own: kept beside it, never shown.

Plurals, British spellings, synonyms, the names of families and fields, likely misspellings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from fieldguide.model.records import Guide, OtherWords
from fieldguide.model.site import Site
from fieldguide.search import misspellings
from fieldguide.search.words import forms, listed, plural, split
from fieldguide.source import disk, json_schema, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page, target_fault

FILE = "docs/data/synonyms.yml"
SCHEMA = "docs/data/synonyms.schema.json"

Entry = dict[str, Any]

# How much a word weighs where it stands. Of these fields only title and text are ever shown.
FIELDS = {
    "title": 20,
    "forms": 18,  # the words of the title in the plural, in British spelling, without hyphen
    "also": 16,  # other words for the section
    "about": 6,  # what its page is called, and the terms that it explains
    "misspelled": 4,
    "text": 1,
}
# Words of the names of families that do not tell one from another.
GENERIC = {"model", "models", "network", "networks", "neural", "generative", "emerging"}


def load(root: Path, read: Mapping[str, Page | None]) -> tuple[OtherWords, list[Fault]]:
    """Return what readers type in the place of the words of the site, and every fault.

    A site may have no such list.
    """
    if not disk.stands(root / FILE):
        return OtherWords(), []
    document = yaml_document.read(root, FILE)
    faults = list(document.faults)
    if not faults:
        faults += json_schema.validate(document, root / SCHEMA) + json_schema.plain_text(document)
    if faults:
        return OtherWords(), faults
    found: dict[str, list[str]] = {}
    for index, row in enumerate(document.value["synonyms"]):
        message = target_fault(row["section"], read)
        if row["section"] in found:
            message = f"'{row['section']}' has an entry already; write all its words there"
        if message:
            faults.append(document.fault(("synonyms", index, "section"), message))
        found[row["section"]] = row["words"]
    comparison = document.value.get("comparison", "")
    if comparison and (message := target_fault(comparison, read)):
        faults.append(document.fault(("comparison",), message))
    return OtherWords(found, document.value["misspelled"], comparison), faults


def kind(location: str) -> str:
    """Return what stands at an address: a page, a section, a term or a source."""
    key = location.partition("#")[2]
    if key.startswith("term-"):
        return "term"
    if key.startswith("src-"):
        return "source"
    return "section" if key else "page"


def names(site: Site) -> dict[str, list[str]]:
    """Return what the data call the families and the fields of use, by their sections."""
    found = {
        f"{family.page}#{site.pages[family.page].headings[0].id}": [family.name, family.short]
        for family in site.guide.families
    }
    for industry in site.guide.industries:
        found[f"{industry.page}#{industry.section}"] = [industry.name, industry.id]
    return found


def compared(site: Site) -> dict[str, list[str]]:
    """Return, for the page of each family and for the comparison, what "gan vs vae" asks for.

    The search makes of it the names "gan-versus" and "vae-versus", see search-words.js.
    """
    found: dict[str, list[str]] = {}
    for family in site.guide.families:
        page = f"{family.page}#{site.pages[family.page].headings[0].id}"
        known = [family.name, family.short, *site.other_words.sections.get(page, [])]
        single = [word for phrase in known for word in split(phrase) if len(split(phrase)) == 1]
        words = {*split(family.name), *split(family.short), *single} - GENERIC
        both = sorted(words | {plural(word) for word in words})
        found[page] = [f"{word}-versus" for word in both]
        if site.other_words.comparison:
            found.setdefault(site.other_words.comparison, []).extend(found[page])
    return found


def explained(guide: Guide) -> dict[str, list[str]]:
    """Return for each section the terms of the glossary that it explains, with their aliases."""
    found: dict[str, list[str]] = {}
    for term in guide.terms.values():
        if term.see:
            found.setdefault(term.see, []).extend([term.term, *term.aliases])
    return found


def with_words(
    entries: Iterable[Entry],
    named: Mapping[str, list[str]],
    versus: Mapping[str, list[str]],
    synonyms: Mapping[str, list[str]],
    about: Mapping[str, list[str]],
) -> list[Entry]:
    """Return the entries with other words for them, and with what they are about.

    The four mappings give phrases by location. A section is also about what its page is called.
    """
    done: list[Entry] = []
    pages: dict[str, list[str]] = {}
    for entry in entries:
        location = entry["location"]
        page = location.partition("#")[0]
        title, name = split(entry["title"]), split(" ".join(named.get(location, [])))
        also = split(" ".join([entry.get("also", ""), *synonyms.get(location, [])]))
        around = split(" ".join(about.get(location, [])))
        if kind(location) == "page":
            pages[page] = [*title, *name]
        elif kind(location) == "section":
            around = [*pages.get(page, []), *around]
        against = " ".join(dict.fromkeys(versus.get(location, [])))
        fields = {
            "forms": listed(title),
            "also": " ".join(filter(None, (listed([*name, *also]), against))),
            "about": listed(around),
        }
        done.append({**entry, **{field: text for field, text in fields.items() if text}})
    return done


def with_misspellings(entries: list[Entry], words: Collection[str]) -> list[Entry]:
    """Return the entries with likely misspellings of some words, where each has its best place.

    That is the page with the word in its title; else a section; else what is called so otherwise.
    """
    if not words:
        return entries
    known = set(split(" ".join(entry.get(name, "") for entry in entries for name in FIELDS)))
    places = [
        (entry["location"], set(split(entry["title"])), set(split(entry.get("also", ""))))
        for entry in entries
        if kind(entry["location"]) in ("page", "section")
    ]
    wrong: dict[str, list[str]] = {}
    for word in words:
        written = {word, *forms(word)}
        ranks: dict[int, list[str]] = {}
        for location, title, also in places:
            named = not written.isdisjoint(title)
            if named or not written.isdisjoint(also):
                rank = 2 * (not named) + (kind(location) == "section")
                ranks.setdefault(rank, []).append(location)
        for location in ranks[min(ranks)] if ranks else ():
            wrong.setdefault(location, []).extend(misspellings.of(word, known))
    return [
        {**entry, "misspelled": " ".join(wrong[entry["location"]])}
        if entry["location"] in wrong
        else entry
        for entry in entries
    ]
