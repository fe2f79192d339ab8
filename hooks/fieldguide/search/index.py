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
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from fieldguide.model import citations
from fieldguide.model.records import Guide
from fieldguide.model.site import GLOSSARY_PAGE, SOURCES_PAGE, Site
from fieldguide.search import other_words
from fieldguide.search.other_words import Entry
from fieldguide.search.words import STOP_WORDS

FOLDER = "search"

Index = dict[str, Any]

# The theme multiplies pages by up to 5 and sections by up to 2; half of that is enough. Terms and
# sources are found, but a section of equal fit comes first.
WEIGHT = {"page": 0.5, "section": 1, "term": 0.6, "source": 0.2}

# What clings to the end and to the beginning of a word, and what parts words.
AFTER = r"[.,;:!?)\]\"'\u201d\u2019]"
BEFORE = r"[(\[\"'\u201c\u2018]"
BETWEEN = r"[\s/\-\u2013]"

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
    entries = other_words.with_words(
        entries,
        {address(target): words for target, words in other_words.names(site).items()},
        {address(target): words for target, words in other_words.compared(site).items()},
        {address(target): words for target, words in site.other_words.sections.items()},
        {address(target): words for target, words in other_words.explained(site.guide).items()},
    )
    entries = other_words.with_misspellings(entries, site.other_words.misspelled)
    weighed = [entry | {"boost": WEIGHT[other_words.kind(entry["location"])]} for entry in entries]
    return {"config": configured(index["config"]), "docs": weighed}


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
    fields = {name: {"boost": float(weight)} for name, weight in other_words.FIELDS.items()}
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
