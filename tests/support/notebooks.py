"""Notebooks, run by nbclient in a process of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from fieldguide.editions import lab_code

STEPS = re.compile(r"^steps = \S+", re.MULTILINE)
RUN = """
import sys, nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], 4)
try:
    NotebookClient(book, timeout=900, kernel_name="python3").execute()
finally:
    nbformat.write(book, sys.argv[1])
"""
COLORS = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
ROOT = Path(__file__).parents[2]
SOURCES = ("docs/lab", "hooks/fieldguide/editions")  # what cells are made of


def shortened(content: bytes, steps: int) -> bytes:
    """Return a notebook that trains for a few steps only."""
    book = json.loads(content)
    changed = 0
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            text, count = STEPS.subn(f"steps = {steps}", "".join(cell["source"]))
            cell["source"] = text.splitlines(keepends=True)
            changed += count
    assert changed == 1, "one line of a notebook sets how long it trains"
    return json.dumps(book).encode()


def run(file: Path, python: str | Path = sys.executable) -> list[dict[str, Any]]:
    """Run a notebook; return its code cells with their outputs."""
    home = {name: str(file.parent) for name in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")}
    # One thread: on a busy machine, several wait for each other most of the time.
    environment = {**os.environ, **home, "OMP_NUM_THREADS": "1"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [python, "-W", "ignore", "-c", RUN, file],
        env=environment,
        cwd=file.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    cells = json.loads(file.read_text("utf-8"))["cells"]
    cells = [cell for cell in cells if cell["cell_type"] == "code"]
    assert done.returncode == 0, "\n".join([*faults(file.name, cells), done.stderr[-3000:]])
    return cells


def faults(name: str, cells: list[dict[str, Any]]) -> list[str]:
    """Return a line for each cell that failed: where in the notebook, what, and of which source."""
    found = []
    for error in (
        out for cell in cells for out in cell["outputs"] if out["output_type"] == "error"
    ):
        frames = FRAME.findall(COLORS.sub("", "\n".join(error["traceback"])))
        number, line = map(int, frames[-1])  # the innermost that is a cell's
        cell = next(each for each in cells if each["execution_count"] == number)
        source = "".join(cell["source"]).splitlines()
        places = " or ".join(origins(source, line)) or "no file of ours"
        said = f"{error['ename']}: {error['evalue']}"
        found.append(f"{name}, {cell['id']}:{line} ({places}): {said}: {source[line - 1].strip()}")
    return found


def origins(source: list[str], line: int) -> list[str]:
    """Return the places in our sources that a line of a cell, whose first line is there, is of."""
    wanted = source[0].strip(), source[line - 1].strip()
    found = []
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*.py")):
            text = file.read_text("utf-8").splitlines()
            # Cells have no marks of what the pages show, and no prefix of the common file.
            rows = [
                (at, lab_code.PREFIX.sub("", row).strip())
                for at, row in enumerate(text, 1)
                if not lab_code.MARKER.match(row)
            ]
            found += [
                f"{file.relative_to(ROOT).as_posix()}:{below[0]}"
                for (_, first), below in zip(rows, rows[line - 1 :], strict=False)
                if (first, below[1]) == wanted
            ]
    return found


def pictures(cells: list[dict[str, Any]]) -> int:
    """Return how many cells show a picture."""
    return sum(
        any("image/png" in output.get("data", {}) for output in cell["outputs"]) for cell in cells
    )
