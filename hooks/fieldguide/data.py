"""docs/data/*.yml -> typed, checked records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fieldguide import schema, yamlfile
from fieldguide.faults import Fault, suggest
from fieldguide.yamlfile import Key, YamlFile

FOLDER = "docs/data"
KINDS = ("guide", "sources", "glossary")


@dataclass(frozen=True)
class System:
    """A named, dated system of a family."""

    name: str
    year: int
    source: str
    note: str = ""


@dataclass(frozen=True)
class Family:
    """One of the ten model families, with all that its card and table row show."""

    id: str
    name: str
    short: str
    page: str
    kind: str
    definition: str
    strengths_and_uses: str
    likelihood: str
    passes: str
    passes_note: str
    one_pass: bool
    latent: str
    modalities: list[str]
    strengths: list[str]
    weaknesses: list[str]
    introduced: dict[str, Any]
    systems: list[System]
    related: list[str]
    sources: list[str]
    checked: str
    likelihood_note: str = ""


@dataclass(frozen=True)
class Statement:
    """An advantage or a limitation: what is claimed, precisely, and how good the evidence is."""

    id: str
    title: str
    statement: str
    evidence: str
    see: str
    sources: list[str]
    checked: str


@dataclass(frozen=True)
class Industry:
    """A field of use: what is done there, what has been shown, and a caution."""

    id: str
    name: str
    uses: str
    evidence_text: str
    caution: str
    page: str
    section: str
    families: list[str]
    sources: list[str]
    checked: str


@dataclass(frozen=True)
class Event:
    """A dated entry of the timeline."""

    id: str
    year: int
    title: str
    text: str
    kind: str
    sources: list[str]
    date: str = ""
    family: str = ""


@dataclass(frozen=True)
class Term:
    """A glossary term; `see` is `page.md#id`, where the guide explains it at length."""

    id: str
    term: str
    definition: str
    aliases: tuple[str, ...] = ()
    see: str = ""


@dataclass(frozen=True)
class ReadingPath:
    """Sections to read in an order, each as `page.md#id`; `days` to spread them over, if any."""

    id: str
    title: str
    for_whom: str
    sections: list[str]
    days: int = 0


@dataclass(frozen=True)
class OtherWords:
    """What readers type: other words for a section, by `page.md#id`, and words often misspelled."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    misspelled: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Guide:
    """All data of the site."""

    families: list[Family]
    advantages: list[Statement]
    limitations: list[Statement]
    industries: list[Industry]
    timeline: list[Event]
    terms: dict[str, Term]
    sources: dict[str, dict[str, Any]]

    def family(self, key: str) -> Family:
        """Return a family by its id; KeyError if there is none."""
        return {family.id: family for family in self.families}[key]


def load(root: Path, today: date) -> tuple[Guide | None, list[Fault]]:
    """Return the records and every fault of the data files; no records if there is a fault.

    `today` is the latest date that a `checked` may carry.
    """
    documents = {kind: yamlfile.read(root, f"{FOLDER}/{kind}.yml") for kind in KINDS}
    faults: list[Fault] = []
    for kind, document in documents.items():
        faults += document.faults
        if document.value is not None:
            faults += schema.validate(document, root / FOLDER / f"{kind}.schema.json")
            faults += schema.plain_text(document)
    if faults:
        return None, faults
    faults = _cross_check(root, documents, today)
    return (None, faults) if faults else (_records(documents), [])


def _records(documents: dict[str, YamlFile]) -> Guide:
    guide = documents["guide"].value
    return Guide(
        families=[
            Family(**(row | {"systems": [System(**system) for system in row["systems"]]}))
            for row in guide["families"]
        ],
        advantages=[Statement(**row) for row in guide["advantages"]],
        limitations=[Statement(**row) for row in guide["limitations"]],
        industries=[Industry(**row) for row in guide["industries"]],
        timeline=[Event(**row) for row in guide["timeline"]],
        terms={
            row["id"]: Term(**(row | {"aliases": tuple(row.get("aliases", ()))}))
            for row in documents["glossary"].value["terms"]
        },
        sources={row["id"]: row for row in documents["sources"].value["references"]},
    )


def _cross_check(root: Path, documents: dict[str, YamlFile], today: date) -> list[Fault]:
    """Check what a schema cannot: uniqueness, dates, and names that refer to other things."""
    guide, sources, glossary = (documents[kind] for kind in KINDS)
    known = {
        "sources": {row["id"] for row in sources.value["references"]},
        "families": {row["id"] for row in guide.value["families"]},
    }
    faults = _duplicates(guide, list(guide.value)) + _duplicates(sources, ["references"])
    faults += _duplicates(glossary, ["terms"])
    faults += _industries(guide, root) + _timeline(guide)
    for document in documents.values():
        for where, text in schema.texts(document.value, ()):
            faults += _reference(document, where, text, known, root, today)
    return faults


def _duplicates(document: YamlFile, lists: list[str]) -> list[Fault]:
    faults = []
    seen: dict[str, int] = {}
    for name in lists:
        for index, row in enumerate(document.value[name]):
            where: tuple[Key, ...] = (name, index, "id")
            first = seen.setdefault(row["id"], document.line(where))
            if first != document.line(where):
                message = f"the id '{row['id']}' stands already on line {first}; ids are unique"
                faults.append(document.fault(where, message))
    return faults


def _industries(guide: YamlFile, root: Path) -> list[Fault]:
    """Check the section of each field of use, whose page stands in a field of its own."""
    faults = []
    for index, row in enumerate(guide.value["industries"]):
        message = _page_fault(f"{row['page']}#{row['section']}", root)
        if message.startswith("unknown section"):
            faults.append(guide.fault(("industries", index, "section"), message))
    return faults


def _timeline(guide: YamlFile) -> list[Fault]:
    """Check that the date of each event lies in its year."""
    faults = []
    for index, row in enumerate(guide.value["timeline"]):
        if "date" in row and row["date"][:4] != str(row["year"]):
            message = f"{row['date']} does not lie in the year {row['year']}"
            faults.append(guide.fault(("timeline", index, "date"), message))
    return faults


CITED = re.compile(r"@([a-z][a-z0-9_-]*)")


def _reference(
    document: YamlFile,
    where: tuple[Key, ...],
    text: str,
    known: dict[str, set[str]],
    root: Path,
    today: date,
) -> list[Fault]:
    """Check one text that may name a source, a family, a page with a section, or a date."""
    field = next((part for part in reversed(where) if isinstance(part, str)), "")
    message = ""
    if field in ("checked", "date"):
        message = date_fault(text, today)
    elif document.path.endswith("sources.yml"):
        pass  # a bibliography's `family` is a name and its `page` a number
    elif field in ("source", "sources") and text not in known["sources"]:
        message = f"unknown source '{text}'; {suggest(text, known['sources'])}"
    elif field in ("family", "families", "related") and text not in known["families"]:
        message = f"unknown family '{text}'; {suggest(text, known['families'])}"
    elif field in ("page", "see"):
        message = _page_fault(text, root)
    elif "[@" in text:
        unknown = [key for key in CITED.findall(text) if key not in known["sources"]]
        if unknown:
            message = f"unknown source '{unknown[0]}'; {suggest(unknown[0], known['sources'])}"
    return [document.fault(where, message)] if message else []


def _page_fault(target: str, root: Path) -> str:
    page, _, section = target.partition("#")
    file = root / "docs" / page
    if not file.is_file():
        pages = [path.relative_to(root / "docs").as_posix() for path in root.glob("docs/*/*.md")]
        return f"unknown page '{page}'; {suggest(page, pages)}"
    ids = re.findall(r"\{\s*#([^\s}]+)", file.read_text(encoding="utf-8"))
    if section and section not in ids:
        return f"unknown section '{section}' of {page}; {suggest(section, ids)}"
    return ""


def date_fault(text: str, today: date) -> str:
    """Return what is wrong with a date that may not lie after `today`, or an empty text."""
    try:
        day = date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return f"'{text}' is not a date; write YYYY-MM-DD, or YYYY-MM where the day is not known"
    if day > today:
        return f"{text} is in the future; the latest date allowed is {today}"
    return ""
