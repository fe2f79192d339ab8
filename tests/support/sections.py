"""What the tests of single sections share: a section, its menu, and copies of the site to open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

PUBLIC = "https://guide.example/ki/"  # the address for which a copy is built
PAGE = "models/transformers.html"
SECTION = "transformer-objective"
FULL = "Transformers: The objective"
SHORT = f"{PUBLIC}s/{SECTION}.html"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
Opener = Callable[..., Page]


@dataclass
class Copy:
    """A built site, served: its folder, its address here, and its sections by id."""

    folder: Path
    address: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)


def use(page: Page, key: str, form: str) -> None:
    """Open the menu of a heading and choose an entry."""
    page.locator(f"#{key} + .section-use > button").click()
    page.locator(f"[data-use={form}]").click()


def shown(page: Page) -> str:
    """Return the text that the article shows; a hidden title only tells where one is."""
    text = page.locator(".md-content__inner").inner_text()
    title = page.locator("h1.section-out")
    return text.partition(title.inner_text())[2].strip() if title.count() else text
