"""Lighthouse on five kinds of page, as a phone and as a desk, from a host that compresses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import served, site_build

pytestmark = [pytest.mark.browser, pytest.mark.alone]
PAGES = (
    *("index.html", "models/gans.html", "learn/glossary.html"),
    *("models/index.html", "courses/index.html"),
)
AT_LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
SHIFT = 0.01  # of the layout; 0.1 is what Lighthouse calls good


@pytest.fixture(scope="module")
def reports(
    root: Path, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Any]]:
    """One report for each page and form; a hosted build, since it has canonical addresses."""
    tools = root / ".ci/slow"
    node = shutil.which("node")
    if not node or not (tools / "node_modules/lighthouse").is_dir():
        pytest.skip("needs Node.js and `npm ci --prefix .ci/slow`")
    folder = tmp_path_factory.mktemp("hosted") / "site"
    site_build.strict(root, folder, SITE_URL="https://example.org/guide/")
    with served.serving(folder) as address:
        done = subprocess.run(
            [node, "lighthouse.mjs", *(address + page for page in PAGES)],
            cwd=tools,
            env={**os.environ, "CHROMIUM": chromium},
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    for report in read:
        report["where"] = f"{report['address'].removeprefix(address)} {report['form']}"
        print(report["where"], *report["scores"].values(), report["measures"])
    assert len(read) == 2 * len(PAGES)
    return read


def test_the_scores(reports: list[dict[str, Any]]) -> None:
    lacking = [
        f"{report['where']}: {name} {report['scores'][name]}, {report['lacking']}"
        for report in reports
        for name, least in AT_LEAST.items()
        if report["scores"][name] < least
    ]
    assert lacking == []


def test_nothing_shifts(reports: list[dict[str, Any]]) -> None:
    shifts = {report["where"]: report["measures"]["cumulative-layout-shift"] for report in reports}
    assert {where: shift for where, shift in shifts.items() if shift > SHIFT} == {}
