"""docs/data/*.yml -> typed, checked records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from fieldguide.model import lab_entries
from fieldguide.model.lab import Lab
from fieldguide.model.records import Event, Family, Guide, Industry, Statement, System, Term
from fieldguide.source import dates, json_schema, web_address, yaml_document
from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.pages import Page, target_fault
from fieldguide.source.shortcodes import cited
from fieldguide.source.yaml_document import Key, YamlFile

FOLDER = "docs/data"
KINDS = ("guide", "sources", "glossary")
CITING = ("advantages", "limitations", "industries")  # whose texts cite all that they list


def load(
    root: Path, read: Mapping[str, Page | None], today: date
) -> tuple[Guide | None, list[Fault]]:
    """Return the records and every fault of the data files; no records if there is a fault.

    `read` are the pages, which the data refer to, None where one cannot be read; `today` is the
    latest date that a `checked` may carry.
    """
    documents = {kind: yaml_document.read(root, f"{FOLDER}/{kind}.yml") for kind in KINDS}
    faults: list[Fault] = []
    for kind, document in documents.items():
        faults += document.faults
        if document.value is not None:
            faults += json_schema.validate(document, root / FOLDER / f"{kind}.schema.json")
            faults += json_schema.plain_text(document)
    if faults:
        return None, faults
    faults = _cross_check(documents, read, today) + _glyphs(documents["guide"], root)
    pages = {row["id"]: read.get(row["page"]) for row in documents["guide"].value["families"]}
    lab, wrong = lab_entries.load(root, pages)
    faults += wrong
    return (None, faults) if faults else (_records(documents, lab), [])


def _records(documents: dict[str, YamlFile], lab: Lab) -> Guide:
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
        lab=lab,
    )


def _cross_check(
    documents: dict[str, YamlFile], read: Mapping[str, Page | None], today: date
) -> list[Fault]:
    """Check what a schema cannot: uniqueness, dates, and names that refer to other things."""
    guide, sources, glossary = (documents[kind] for kind in KINDS)
    known = {
        "sources": {row["id"] for row in sources.value["references"]},
        "families": {row["id"] for row in guide.value["families"]},
    }
    faults = _duplicates(guide, list(guide.value)) + _duplicates(sources, ["references"])
    faults += _duplicates(glossary, ["terms"]) + _terms(glossary)
    faults += _industries(guide, read) + _timeline(guide) + _listed(guide, known["sources"])
    for document in documents.values():
        for where, text in json_schema.texts(document.value, ()):
            faults += _reference(document, where, text, known, read, today)
    return faults


def _duplicates(document: YamlFile, lists: list[str]) -> list[Fault]:
    faults = []
    seen: dict[str, tuple[Key, ...]] = {}
    for name in lists:
        for index, row in enumerate(document.value[name]):
            where = (name, index, "id")
            first = seen.setdefault(row["id"], where)
            if first != where:
                line = document.line(first)
                message = f"the id '{row['id']}' stands already on line {line}; ids are unique"
                faults.append(document.fault(where, message))
    return faults


def _terms(glossary: YamlFile) -> list[Fault]:
    """Check that no two terms are called alike, in whatever case, by name or by another name."""
    faults = []
    seen: dict[str, tuple[Key, ...]] = {}
    for index, row in enumerate(glossary.value["terms"]):
        names: list[tuple[tuple[Key, ...], str]] = [(("terms", index, "term"), row["term"])]
        aliases = row.get("aliases", ())
        names += [(("terms", index, "aliases", place), name) for place, name in enumerate(aliases)]
        for where, name in names:
            first = seen.setdefault(" ".join(name.casefold().split()), where)
            if first != where:
                line = glossary.line(first)
                message = f"'{name}' is called so already on line {line}; a term stands once"
                faults.append(glossary.fault(where, message))
    return faults


def _glyphs(guide: YamlFile, root: Path) -> list[Fault]:
    """Check that each family has its sign, which the grid of families shows."""
    faults = []
    for index, row in enumerate(guide.value["families"]):
        file = f"docs/assets/diagrams/glyph-{row['id']}.svg"
        if not (root / file).is_file():
            message = f"{file} is missing; draw it, in the manner of the others beside it"
            faults.append(guide.fault(("families", index, "id"), message))
    return faults


def _listed(guide: YamlFile, known: set[str]) -> list[Fault]:
    """Check that the sources of an entry are those that its texts cite.

    An entry with a source that is not `known` has its fault already.
    """
    faults = []
    for name in CITING:
        for index, row in enumerate(guide.value[name]):
            listed = set(row["sources"])
            used = {key for _, text in json_schema.texts(row, ()) for key in cited(text)}
            changes = [f"add '{key}', which a text cites" for key in sorted(used - listed)]
            changes += [f"take away '{key}', which no text cites" for key in sorted(listed - used)]
            if changes and listed | used <= known:
                message = f"the list and the citations differ; {'; '.join(changes)}"
                faults.append(guide.fault((name, index, "sources"), message))
    return faults


def _industries(guide: YamlFile, read: Mapping[str, Page | None]) -> list[Fault]:
    """Check the section of each field of use, whose page stands in a field of its own."""
    faults = []
    for index, row in enumerate(guide.value["industries"]):
        message = target_fault(f"{row['page']}#{row['section']}", read)
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


def _reference(
    document: YamlFile,
    where: tuple[Key, ...],
    text: str,
    known: dict[str, set[str]],
    read: Mapping[str, Page | None],
    today: date,
) -> list[Fault]:
    """Check one text that may name a source, a family, a page with a section, or a date."""
    field = next((part for part in reversed(where) if isinstance(part, str)), "")
    message = ""
    if field in ("checked", "date"):
        message = dates.fault(text, today)
    elif document.path.endswith("sources.yml"):  # its `family` is a name, its `page` a number
        message = web_address.source_fault(text) if field in ("URL", "DOI") else ""
    elif field in ("source", "sources") and text not in known["sources"]:
        message = f"unknown source '{text}'; {suggest(text, known['sources'])}"
    elif field in ("family", "related") and text not in known["families"]:
        message = f"unknown family '{text}'; {suggest(text, known['families'])}"
    elif field in ("page", "see"):
        message = target_fault(text, read)
    elif unknown := [key for key in cited(text) if key not in known["sources"]]:
        message = f"unknown source '{unknown[0]}'; {suggest(unknown[0], known['sources'])}"
    return [document.fault(where, message)] if message else []
