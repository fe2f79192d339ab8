"""axe reads every page, without an exception.

A run looks at a page of each kind, in light on a desk and in dark on a phone. With
FIELDGUIDE_FULL=1 every page meets every rule in each color scheme at each width.
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
    *("limits/risks.html", "learn/paths.html", "courses/index.html", "learn/glossary.html"),
    *("basics/neural-networks.html", "how/a-chat-answer.html", "models/arena.html"),
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
        if name not in KINDS and "FIELDGUIDE_FULL" not in os.environ:
            continue
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(50)  # what scripts do after loading
        found += [f"{name}: {fault}" for fault in axe.violations(page)]
    context.close()
    assert found == []
