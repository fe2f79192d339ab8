"""axe reads every page, without an exception.

A run looks at every page in light on a desk, and at one page of each kind in dark on a phone; with
FIELDGUIDE_FULL=1 it looks at every page in each color scheme at each width.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from support import axe, crawl

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
    found = []
    every = width == 1280 or "FIELDGUIDE_FULL" in os.environ
    for path in crawl.pages(unpacked):
        if not every and path.relative_to(unpacked).as_posix() not in KINDS:
            continue
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(50)  # what scripts do after loading
        found += [f"{path.relative_to(unpacked)}: {fault}" for fault in axe.violations(page)]
    context.close()
    assert found == []
