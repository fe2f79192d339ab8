"""What was measured of the language models: docs/lab/text/results.json, and speed.json if there."""

from __future__ import annotations

from pathlib import Path

from fieldguide.model.lab_results import Rows, faults, value
from fieldguide.source.diagnostics import Fault

RESULTS = "docs/lab/text/results.json"
SPEED = "docs/lab/text/speed.json"  # what the benchmark in the browser wrote
SCHEMA = "docs/data/text-results.schema.json"


def check(root: Path) -> list[Fault]:
    """Return what is wrong with the results; a site may have none."""
    return faults(root, RESULTS, SCHEMA)


def results(root: Path) -> Rows:
    """Return what was measured; empty where nothing has been yet."""
    return value(root, RESULTS)


def models(root: Path) -> Rows:
    """Return the measured models by name."""
    found: Rows = results(root).get("models", {})
    return found


def speed(root: Path) -> Rows:
    """Return the milliseconds a token in the browser by model, and on what they were measured."""
    return value(root, SPEED)
