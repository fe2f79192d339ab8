"""axe reads every page; all rules, no exception.

A run looks at every page in light on a desk, and at one page of each kind in dark on a phone; with
FIELDGUIDE_FULL=1 it looks at every page in each color scheme at each width.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from support import crawl

pytestmark = pytest.mark.browser
WAYS = [("light", 1280), ("dark", 390)]
KINDS = {
    *("index.html", "models/index.html", "models/gans.html", "models/measured.html"),
    *("limits/risks.html", "learn/paths.html", "courses/index.html"),
}
if os.environ.get("FIELDGUIDE_FULL"):
    WAYS += [("dark", 1280), ("light", 390)]


@pytest.mark.parametrize(("scheme", "width"), WAYS)
def test_axe_finds_nothing(browser: Any, unpacked: Path, scheme: Any, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    axe = Axe()
    found = []
    every = width == 1280 or "FIELDGUIDE_FULL" in os.environ
    for path in crawl.pages(unpacked):
        if not every and path.relative_to(unpacked).as_posix() not in KINDS:
            continue
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(50)  # what scripts do after loading
        for violation in axe.run(page).response["violations"]:
            nodes = violation["nodes"]
            where = f"{len(nodes)} times, first at {nodes[0]['target']}"
            found.append(f"{path.relative_to(unpacked)}: {violation['id']}, {where}")
    context.close()
    assert found == []
