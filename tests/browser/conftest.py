"""Copies of the site behind an address, and a browser that reports what a page complains of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from support import recipes, site_build, tiny
from support.sections import PUBLIC, Copy, Opener
from support.visits import Visit, watch


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """The real site, built for a public address, and read at another."""
    folder = site_build.shared(tmp_path_factory, "hosted", SITE_URL=PUBLIC)
    found = json.loads((folder / "sections.json").read_text(encoding="utf-8"))["sections"]
    with recipes.serving(folder) as address:
        yield Copy(folder, address, {row["id"]: row for row in found})


@pytest.fixture(scope="session")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A tiny site in which ids were renamed and moved, and a page is gone."""
    root = tiny.moved(
        tmp_path_factory.mktemp("moved") / "root",
        '  "models/gans.md#gan-renamed": "models/gans.md#gan-check"\n'
        '  "models/gans.md#gan-moved": "index.md#home-tables"\n'
        '  "models/old.md#old": "models/gans.md#gan"\n'
        '  "models/old.md#old-part": "models/gans.md#gan-check"\n'
        '  "models/gans.md#gan-dropped": {removed: "2026-11-01", note: It was wrong.}\n',
    )
    site_build.strict(root, root / "site")
    with recipes.serving(root / "site") as address:
        yield Copy(root / "site", address)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """A function that opens an address in a context of its own; no page may complain.

    It may also ask for nothing from elsewhere. With `quiet`, what it tells the console is spared.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(address: str, script: str = "", quiet: bool = False, **options: Any) -> Page:
        context = browser.new_context(accept_downloads=True, **options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        if not quiet:
            page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: complaints.append(r.url) if outside(r.url) else None)
        page.goto(address, wait_until="commit")  # a page that leads on at once never loads itself
        page.wait_for_load_state()
        return page

    def outside(url: str) -> bool:
        return url.startswith("http") and not url.startswith("http://127.0.0.1:")

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def calm(browser: Browser) -> Iterator[Visit]:
    """A page for a reader who wants no motion: what is written stands there at once."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield watch(context)
    context.close()
