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
SMALL = "docs/lab/results.json"  # the same models at 8 x 8 pixels
SAMPLES = "docs/lab/samples.json"  # model -> its samples, each 64 letters: a is paper, q is ink
PICTURES = "docs/lab/pictures/samples.json"  # the same at 28 x 28: 784 letters, h is ink
SCHEMAS = {
    RESULTS: "docs/data/results.schema.json",
    SMALL: "docs/data/results.schema.json",
    SAMPLES: "docs/data/samples.schema.json",
    PICTURES: "docs/data/samples.schema.json",
}

Digit = str
Rows = dict[str, Any]


def check(root: Path) -> list[Fault]:
    """Return what is wrong with these files; a site may have none."""
    faults = []
    for path, form in SCHEMAS.items():
        if disk.stands(root / path):
            document = read(root, path)
            faults += document.faults or json_schema.validate(document, root / form)
    return faults


def results(root: Path, side: int = 28) -> Rows:
    """Return what was measured; empty where nothing has been yet."""
    found: Rows = read(root, SMALL if side == 8 else RESULTS).value or {}
    return found


def samples(root: Path, side: int = 8) -> dict[str, list[Digit]]:
    """Return some samples of each model, and real digits; empty where there are none."""
    found: dict[str, list[Digit]] = read(root, SAMPLES if side == 8 else PICTURES).value or {}
    return found


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
    text, faults = yaml_document.read_text(root, path)
    if text is None:
        return YamlFile(path, faults=faults)
    value, faults = json_text.parse(text, path)
    if faults:
        remedy = "take the last good version, or measure again"
        wrong = [replace(fault, message=f"{fault.message}; {remedy}") for fault in faults]
        return YamlFile(path, faults=wrong)
    return YamlFile(path, value, text=text)  # JSON is YAML, as far as lines are asked for
