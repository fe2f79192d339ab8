"""What the search finds: the index that MkDocs wrote, prepared for the words that readers type.

The theme's search compares words as they begin, and nothing more: it knows no plurals, no synonyms
and no misspellings. What readers type instead of the words of a section is therefore put beside the
section, in fields that are searched and never shown. Sections that only repeat others are taken
out, and each term and each source becomes a result of its own. All functions but `write` map an
index to an index and know neither MkDocs nor files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from fieldguide.model import citations
from fieldguide.model.records import Guide, OtherWords
from fieldguide.model.site import GLOSSARY_PAGE, SOURCES_PAGE, Site
from fieldguide.search import misspellings
from fieldguide.search.words import STOP_WORDS, forms, listed, plural, split
from fieldguide.source import disk, json_schema, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page, target_fault

FILE = "docs/data/synonyms.yml"
SCHEMA = "docs/data/synonyms.schema.json"
FOLDER = "search"

Entry = dict[str, Any]
Index = dict[str, Any]

# How much a word weighs where it stands. Of these fields only title and text are ever shown.
FIELDS = {
    "title": 20,
    "forms": 18,  # the words of the title in the plural, in British spelling, without hyphen
    "also": 16,  # other words for the section
    "about": 6,  # what its page is called, and the terms that it explains
    "misspelled": 4,
    "text": 1,
}
# The theme multiplies pages by up to 5 and sections by up to 2; half of that is enough. Terms and
# sources are found, but a section of equal fit comes first.
WEIGHT = {"page": 0.5, "section": 1, "term": 0.6, "source": 0.2}

# What clings to the end and to the beginning of a word, and what parts words.
AFTER = r"[.,;:!?)\]\"'\u201d\u2019]"
BEFORE = r"[(\[\"'\u201c\u2018]"
BETWEEN = r"[\s/\-\u2013]"

# Words of the names of families that do not tell one from another.
GENERIC = {"model", "models", "network", "networks", "neural", "generative", "emerging"}
# Questions, problems whose solutions a search would give away, and what a page cites.
REPEATED = re.compile(r"#[\w-]+-(check|problems|sources)$")
LISTS = (  # sections that list what has an entry of its own
    "courses/contents.html#",
    "learn/glossary.html#glossary-",
    "learn/sources.html#sources-",
)
PAGE_FACTS = re.compile(
    r"^<p>\d+ min · .*?</p>\s*(?:After this page you can\s*<ul>.*?</ul>\s*)?", re.DOTALL
)


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


def write(site_dir: Path, site: Site) -> None:
    """Prepare the index in the built site, as JSON and, where there is one, as a script."""
    file = site_dir / FOLDER / "search_index.json"
    if not file.is_file():
        return
    index = prepared(json.loads(file.read_text(encoding="utf-8")), site)
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")
    script = file.with_suffix(".js")  # what pages on a disk load in its place
    if script.is_file():
        script.write_text(f"var __index = {text}", encoding="utf-8")


def prepared(index: Index, site: Site) -> Index:
    """Return the index with all that helps readers to find a section."""
    titles = {path: page.headings[0].id for path, page in site.pages.items() if page.headings}

    def address(target: str) -> str:
        path, _, key = target.partition("#")
        page = path.removesuffix(".md") + ".html"
        return page if titles.get(path) == key else f"{page}#{key}"

    entries = [cleaned(entry) for entry in index["docs"] if is_section(entry["location"])]
    entries += terms(site.guide, address(GLOSSARY_PAGE + "#").rstrip("#"))
    entries += references(site.guide, address(SOURCES_PAGE + "#").rstrip("#"))
    entries = with_words(
        entries,
        {address(target): words for target, words in names(site).items()},
        {address(target): words for target, words in compared(site).items()},
        {address(target): words for target, words in site.other_words.sections.items()},
        {address(target): words for target, words in explained(site.guide).items()},
    )
    entries = with_misspellings(entries, site.other_words.misspelled)
    weighed = [entry | {"boost": WEIGHT[kind(entry["location"])]} for entry in entries]
    return {"config": configured(index["config"]), "docs": weighed}


def kind(location: str) -> str:
    """Return what stands at an address: a page, a section, a term or a source."""
    key = location.partition("#")[2]
    if key.startswith("term-"):
        return "term"
    if key.startswith("src-"):
        return "source"
    return "section" if key else "page"


def is_section(location: str) -> bool:
    """Return whether an entry is worth finding, and does not only repeat other entries."""
    return not (REPEATED.search(location) or location.startswith(LISTS))


def cleaned(entry: Entry) -> Entry:
    """Return an entry whose text begins where the page does, without the line of facts.

    Asterisks, of code and formulas, go as well: an indexed word with one in it is taken for a
    wildcard, and breaks the first query that meets it.
    """
    text = PAGE_FACTS.sub("", entry["text"], count=1).replace("*", "")
    return entry | {"text": text.strip()}


def configured(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of the search: the weights, and what parts words.

    Punctuation around a word parts it from the next. At the end of a text it stays, since the
    theme cuts what it shows of a text after its last word. A stop word is dropped where it is all
    there is, as each word of a query is.
    """
    stop = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in STOP_WORDS)
    separator = rf"{AFTER}*{BETWEEN}+{BEFORE}*|[?!.,]+$|^(?:{stop})[?!.,]*$"
    fields = {name: {"boost": float(weight)} for name, weight in FIELDS.items()}
    return {**config, "separator": separator, "fields": fields}


def terms(guide: Guide, page: str) -> list[Entry]:
    """Return an entry for each term of the glossary."""
    return [
        {
            "location": f"{page}#term-{term.id}",
            "title": escape(term.term, quote=False),
            "text": f"<p>{escape(term.definition, quote=False)}</p>",
            "also": " ".join(term.aliases),
        }
        for term in guide.terms.values()
    ]


def references(guide: Guide, page: str) -> list[Entry]:
    """Return an entry for each source."""
    return [
        {
            "location": f"{page}#src-{key}",
            "title": escape(str(source["title"]), quote=False),
            "text": f"<p>{escape(citations.label(source), quote=False)}</p>",
            "also": " ".join(citations.names(source)),
        }
        for key, source in guide.sources.items()
    ]


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
