"""Every short link, at both widths and in both browsers, lands on its section and stays there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import landing

FAR = 4  # pixels that a section may be from its place
LOWEST = 120  # pixels below what is fixed at the top
MOVED = 0.1  # of the layout, by Chromium's measure: more is felt


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", ["chrome", "firefox"])
def test_every_short_link_lands(root: Path, unpacked: Path, kind: str, width: int) -> None:
    names = ("firefox-esr", "firefox") if kind == "firefox" else ("chromium", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    node, tools = shutil.which("node"), root / ".ci/slow"
    if not program or not node or not (tools / "node_modules/puppeteer-core").is_dir():
        pytest.skip("needs the browser, Node.js, and `npm ci --prefix .ci/slow`")
    ids = sorted(file.stem for file in (unpacked / "s").glob("*.html"))
    assert len(ids) > 700
    done = subprocess.run(
        [node, "landing.mjs", str(unpacked), kind, str(width), str(landing.SCRIPT), landing.SHIFTS],
        cwd=tools,
        env={**os.environ, "FIREFOX": program, "CHROMIUM": program},
        input=json.dumps(ids),
        capture_output=True,
        text=True,
        timeout=5400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == len(ids)
    missed = [row for row in found if abs(row.get("error", 999)) > FAR]
    hidden = [row for row in found if not 0 <= row.get("free", -1) <= LOWEST and not at_end(row)]
    # A derivation opens when a link leads to it: what is below moves, and is meant to.
    moved = [row for row in found if row["shift"] > MOVED and not row["id"].startswith("d-")]
    worst = max(abs(row.get("error", 999)) for row in found)
    print(f"{kind} {width}: worst error {worst} px, {len(moved)} moved")
    assert missed == []
    assert hidden == []
    assert moved == []


def at_end(row: dict[str, Any]) -> bool:
    """Return whether a section lies so near to the page's end that it cannot come to the top."""
    return row.get("free", -1) > LOWEST and bool(row.get("end"))
