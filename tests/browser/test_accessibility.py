"""axe reads every page, without an exception.

A run looks at a page of each kind, at some in light on a desk, at the others in dark on a phone.
With FIELDGUIDE_FULL=1 every page meets every rule in each color scheme at each width.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from support import axe, crawl

pytestmark = pytest.mark.browser
FULL = bool(os.environ.get("FIELDGUIDE_FULL"))
WAYS = {
    ("light", 1280): ("index", "models/measured", "models/arena", "learn/paths", "courses/index"),
    ("dark", 390): ("models/gans", "models/index", "limits/risks", "how/a-chat-answer"),
    ("dark", 1280): ("basics/neural-networks",),
    ("light", 390): ("learn/glossary",),
}


@pytest.mark.parametrize(("scheme", "width"), WAYS)
def test_axe_finds_nothing(browser: Any, unpacked: Path, scheme: Any, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found, seen = [], 0
    for path in crawl.pages(unpacked):
        name = path.relative_to(unpacked).as_posix()
        if not FULL and name.removesuffix(".html") not in WAYS[scheme, width]:
            continue
        seen += 1
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(50)  # what scripts do after loading
        found += [f"{name}: {fault}" for fault in axe.violations(page)]
    context.close()
    assert found == []
    assert FULL or seen == len(WAYS[scheme, width])
