"""docs/data/lab.yml -> records: read, checked, and every file named that a live model lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fieldguide.model.lab import Digits, Lab, Language, Model, Points, Row, State
from fieldguide.model.lab_results import RESULTS, results
from fieldguide.source import disk, json_schema, yaml_document
from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.pages import Page
from fieldguide.source.yaml_document import Key, YamlFile

FILE = "docs/data/lab.yml"
SCHEMA = "docs/data/lab.schema.json"
MAKE = "run all.py in its room"
LAB, SCRIPTS = "docs/lab", "docs/assets/javascripts"

KINDS: dict[str, type[Model]] = {"digits": Digits, "language": Language, "points": Points}
Place = tuple[Key, ...]
Wanted = tuple[Place, str, str]  # where a file is named, its path, what to do where it is missing


def load(root: Path, families: Mapping[str, Page | None]) -> tuple[Lab, list[Fault]]:
    """Return the live models, and every fault of their file; a site may have none.

    `families` has the page of each family by its id, None where it cannot be read.
    """
    if not disk.stands(root / FILE):
        return Lab(), []
    document = yaml_document.read(root, FILE)
    faults = list(document.faults)
    if not faults:
        faults += json_schema.validate(document, root / SCHEMA)
        faults += json_schema.plain_text(document)
    if faults:
        return Lab(), faults
    placed = list(_placed(document.value))
    faults += _twice(document, placed) + _unknown(document, families, placed)
    faults += _unmeasured(document, root, placed)
    for place, path, remedy in (file for each in placed for file in _files(*each)):
        if not (root / path).is_file():
            faults.append(document.fault(place, f"{path} is missing; {remedy}"))
    return (Lab(), faults) if faults else (records(document.value), [])


def records(value: Mapping[str, Any]) -> Lab:
    """Return the live models of a file that fits its schema."""
    models = [model for _, model in _placed(value)]
    return Lab(
        {each.family: each for each in models if isinstance(each, Digits)},
        {each.kind: each for each in models if isinstance(each, Language)},
        {each.key: each for each in models if isinstance(each, Points)},
        [State(**row) for row in value.get("races", ())],
    )


def _placed(value: Mapping[str, Any]) -> Iterator[tuple[Place, Model]]:
    """Give each live model as a record, with its place in the file."""
    for index, entry in enumerate(value["families"]):
        for part, kind in KINDS.items():
            if part in entry:
                yield ("families", index, part), _record(kind, entry[part], entry["id"])
    for index, row in enumerate(value.get("language", ())):
        yield ("language", index), _record(Language, row, "")


def _record(kind: type[Model], row: Mapping[str, Any], family: str) -> Model:
    parts = {**row, "family": family, "states": [State(**one) for one in row.get("states", ())]}
    if "rows" in row:
        parts["rows"] = [Row(**one) for one in row["rows"]]
    return kind(**parts)


def _twice(document: YamlFile, placed: list[tuple[Place, Model]]) -> list[Fault]:
    """Check that each name stands once: of an entry, a widget, a script, a measured model."""
    names: list[tuple[str, str, Place]] = [
        ("family", entry["id"], ("families", index, "id"))
        for index, entry in enumerate(document.value["families"])
    ]
    for place, model in placed:
        if isinstance(model, Digits):
            names += [
                ("model", row.model, (*place, "rows", number, "model"))
                for number, row in enumerate(model.rows)
            ]
        elif isinstance(model, Language):
            names.append(("widget", model.kind, (*place, "kind")))
        else:
            names.append(("script", model.key, (*place, "key")))
    faults = []
    seen: dict[tuple[str, str], Place] = {}
    for kind, name, place in names:
        first = seen.setdefault((kind, name), place)
        if first != place:
            message = f"the {kind} '{name}' stands already on line {document.line(first)}"
            faults.append(document.fault(place, f"{message}; it stands once"))
    return faults


def _unknown(
    document: YamlFile, families: Mapping[str, Page | None], placed: list[tuple[Place, Model]]
) -> list[Fault]:
    """Check that each entry is one of a family, whose page shows the models."""
    faults = [
        document.fault(
            ("families", index, "id"),
            f"unknown family '{entry['id']}'; {suggest(entry['id'], families)}",
        )
        for index, entry in enumerate(document.value["families"])
        if entry["id"] not in families
    ]
    for place, model in placed:
        if page := families.get(model.family):
            shown = {(match["name"], match["argument"].strip()) for _, match in page.markers}
            if _asked(model) not in shown:
                marker = f"<!-- guide:{' '.join(_asked(model))} -->"
                faults.append(document.fault(place, f"{page.source} lacks a marker '{marker}'"))
    return faults


def _asked(model: Model) -> tuple[str, str]:
    """Return the marker by which a page asks for a model: its name and its argument."""
    if isinstance(model, Digits):
        return "lab", model.family
    return ("text", model.kind) if isinstance(model, Language) else ("watch", model.key)


def _unmeasured(
    document: YamlFile, root: Path, placed: list[tuple[Place, Model]]
) -> Iterator[Fault]:
    """Give each model of digits that the tables are to show and that nobody has measured."""
    for place, model in placed:
        if isinstance(model, Digits) and (known := results(root).get("families")):
            for number, row in enumerate(model.rows):
                if row.model not in known:
                    message = f"'{row.model}' is not measured in {RESULTS}; run all.py beside it"
                    yield document.fault((*place, "rows", number, "model"), message)


def _files(at: Place, model: Model) -> Iterator[Wanted]:
    """Give each file that a live model is made of."""
    if isinstance(model, Points):
        for key in (model.key, *model.needs):
            yield at, f"{SCRIPTS}/arena/{key}.js", "write what learns in the arena"
        yield at, f"{SCRIPTS}/arena/lens-{model.key}.js", "write what shows it from inside"
        return
    code = f"{LAB}/{model.code}"
    yield (*at, "code"), code, "write what trains the model"
    if isinstance(model, Digits):
        yield (*at, "code"), f"{LAB}/pictures/lab.py", "write the workbench that it is trained on"
        yield at, f"{SCRIPTS}/pictures/{model.family}.js", "write the script of the live model"
        room, weights = "pictures", model.files()
        if model.later:
            yield (*at, "later"), f"{LAB}/{model.files([model.later])[0]}.js", MAKE
    else:
        room, weights = "text", [f"text/weights/{name}" for name in model.weights]
    for file in weights:
        yield (*at, "weights"), f"{LAB}/{file}.js", MAKE
    for name in model.scripts:
        yield (*at, "scripts"), f"{SCRIPTS}/{room}/{name}.js", "write it, or name another"
