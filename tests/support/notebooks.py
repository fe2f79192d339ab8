"""Notebooks, run by nbclient in a process of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

STEPS = re.compile(r"^steps = \S+", re.MULTILINE)
RUN = """
import sys, nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], 4)
NotebookClient(book, timeout=900, kernel_name="python3").execute()
nbformat.write(book, sys.argv[1])
"""


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
    assert done.returncode == 0, done.stderr[-3000:]
    cells = json.loads(file.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def pictures(cells: list[dict[str, Any]]) -> int:
    """Return how many cells show a picture."""
    return sum(
        any("image/png" in output.get("data", {}) for output in cell["outputs"]) for cell in cells
    )
