"""What was measured of the language models: docs/lab/text/results.json, and speed.json if there."""

from __future__ import annotations

from pathlib import Path

from fieldguide.model.lab_results import Rows, read
from fieldguide.source import json_schema
from fieldguide.source.diagnostics import Fault

RESULTS = "docs/lab/text/results.json"
SPEED = "docs/lab/text/speed.json"  # what the benchmark in the browser wrote
SCHEMA = "docs/data/text-results.schema.json"


def check(root: Path) -> list[Fault]:
    """Return what is wrong with the results; a site may have none."""
    if not (root / RESULTS).is_file():
        return []
    document = read(root, RESULTS)
    return document.faults or json_schema.validate(document, root / SCHEMA)


def results(root: Path) -> Rows:
    """Return what was measured; empty where nothing has been yet."""
    found: Rows = read(root, RESULTS).value or {}
    return found


def models(root: Path) -> Rows:
    """Return the measured models by name."""
    found: Rows = results(root).get("models", {})
    return found


def speed(root: Path) -> Rows:
    """Return the milliseconds a token in the browser by model, and on what they were measured."""
    found: Rows = read(root, SPEED).value or {}
    return found
