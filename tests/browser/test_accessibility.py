"""axe reads every page, without an exception.

A run looks at every page in light on a desk, and at one page of each kind in dark on a phone too;
contrast, which costs as much as all other rules together, is measured on the pages of each kind.
With FIELDGUIDE_FULL=1 every page meets every rule in each color scheme at each width.
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
    for path in crawl.pages(unpacked):
        name = path.relative_to(unpacked).as_posix()
        whole = name in KINDS or "FIELDGUIDE_FULL" in os.environ
        if not whole and width != 1280:
            continue
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(50)  # what scripts do after loading
        found += [f"{name}: {fault}" for fault in axe.violations(page, contrast=whole)]
    context.close()
    assert found == []
