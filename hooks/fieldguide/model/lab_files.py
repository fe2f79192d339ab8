"""The lab's files: its code can be parsed, its weights are whole, its results name families."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fieldguide.source import json_text, yaml_document
from fieldguide.source.diagnostics import Fault, suggest

FOLDER = "docs/lab"
SHEETS = "docs/lab/pictures/sheets"
# Classic scripts, which load from a disk: a line that makes the table, and one entry of it.
WEIGHTS = re.compile(r"^window\.\w+\[(?P<name>\"[^\"\n]*\")\]\s*=\s*(?=\{)", re.MULTILINE)
AGAIN = "take the last good version, or train again"


def check(root: Path) -> list[Fault]:
    """Return what is wrong with the code and the weights of the lab; a site may have none."""
    faults: list[Fault] = []
    for file in sorted((root / FOLDER).rglob("*.py")):
        if "__pycache__" not in file.parts:
            faults += _code(root, file.relative_to(root).as_posix())
    for file in sorted((root / FOLDER).rglob("weights/*.js")):
        faults += _weights(root, file.relative_to(root).as_posix())
    for file in sorted((root / SHEETS).glob("*.png")):
        if not _is_png(file):
            path = file.relative_to(root).as_posix()
            faults.append(Fault(path, 1, "", f"not a PNG picture; {AGAIN}"))
    return faults


def sheets(root: Path) -> list[Path]:
    """Return the pictures of a hundred samples each that can be shown."""
    return [file for file in sorted((root / SHEETS).glob("*.png")) if _is_png(file)]


def _is_png(file: Path) -> bool:
    """Say whether a file begins and ends as a PNG does, and says how large it is."""
    try:
        content = file.read_bytes()
    except OSError:
        return False
    return content[:16] == b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" and content[-8:-4] == b"IEND"


def _code(root: Path, path: str) -> list[Fault]:
    text, faults = yaml_document.read_text(root, path)
    if text is None:
        return faults
    try:
        ast.parse(text)
    except SyntaxError as error:
        return [Fault(path, error.lineno or 1, "", f"not Python: {error.msg}")]
    except (ValueError, RecursionError, MemoryError) as error:
        return [Fault(path, 1, "", f"not Python: {error}")]
    return []


def _weights(root: Path, path: str) -> list[Fault]:
    """Check that a file of weights is one assignment of an object of JSON, under its own name."""
    text, faults = yaml_document.read_text(root, path)
    if text is None:
        return faults
    found = WEIGHTS.search(text)
    if not found:
        message = f"no weights: 'window.name[\"{Path(path).stem}\"] = {{...}}' is missing; {AGAIN}"
        return [Fault(path, 1, "", message)]
    line = text.count("\n", 0, found.end()) + 1
    value, wrong = json_text.parse(text[found.end() :].rstrip().removesuffix(";"), path, line)
    if wrong:
        return wrong
    named = json.loads(found["name"])
    if named != Path(path).stem:
        return [Fault(path, line, "", f"the weights are called '{named}', not as their file is")]
    if not isinstance(value, dict) or not any(value.values()):
        return [Fault(path, line, "", f"the weights are empty; {AGAIN}")]
    return []


def names(path: str, value: Any, places: Iterable[str], known: Iterable[str]) -> list[Fault]:
    """Return a fault for each entry of a file of the lab that is called as no model is."""
    known = set(known)
    faults = []
    for place in places:
        found = value
        for part in filter(None, place.split(".")):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        for name in found if isinstance(found, dict) else ():
            if name not in known:
                where = ".".join(filter(None, (place, name)))
                faults.append(Fault(path, 1, where, f"unknown model; {suggest(name, known)}"))
    return faults
