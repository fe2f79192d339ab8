"""What the lab has measured and drawn: its results.json and samples.json, read and checked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from fieldguide.source import disk, json_schema, json_text, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.yaml_document import YamlFile

RESULTS = "docs/lab/pictures/results.json"
# The table "The same at 8 x 8" alone: what was measured there is not measured again.
SMALL = "docs/lab/results.json"
SAMPLES = "docs/lab/pictures/samples.json"  # of each model: 784 letters each, a is paper, h is ink
SCHEMAS = {
    RESULTS: "docs/data/results.schema.json",
    SMALL: "docs/data/results.schema.json",
    SAMPLES: "docs/data/samples.schema.json",
}

Digit = str
Rows = dict[str, Any]


def check(root: Path) -> list[Fault]:
    """Return what is wrong with these files; a site may have none."""
    return [fault for path, form in SCHEMAS.items() for fault in faults(root, path, form)]


def faults(root: Path, path: str, form: str) -> list[Fault]:
    """Return what is wrong with a file of the lab by its schema; there may be no such file."""
    if not disk.stands(root / path):
        return []
    document = read(root, path)
    return document.faults or json_schema.validate(document, root / form)


def value(root: Path, path: str) -> Rows:
    """Return what a file of the lab holds; empty where there is none."""
    found: Rows = read(root, path).value or {}
    return found


def results(root: Path, path: str = RESULTS) -> Rows:
    """Return what was measured; empty where nothing has been yet."""
    return value(root, path)


def samples(root: Path) -> dict[str, list[Digit]]:
    """Return some samples of each model, and real digits; empty where there are none."""
    return value(root, SAMPLES)


def read(root: Path, path: str) -> YamlFile:
    """Return a file of the lab, without a value where there is none or where it is no JSON."""
    file = root / path
    if not disk.stands(file):
        return YamlFile(path)
    try:
        changed = file.stat().st_mtime_ns
    except OSError:  # a link that leads nowhere
        changed = 0
    return _parsed(root, path, changed)


@cache
def _parsed(root: Path, path: str, _: int) -> YamlFile:
    text, wrong = yaml_document.read_text(root, path)
    if text is None:
        return YamlFile(path, faults=wrong)
    found, wrong = json_text.parse(text, path)
    if wrong:
        remedy = "take the last good version, or measure again"
        wrong = [replace(fault, message=f"{fault.message}; {remedy}") for fault in wrong]
        return YamlFile(path, faults=wrong)
    return YamlFile(path, found, text=text)  # JSON is YAML, as far as lines are asked for
