"""The comparison table: sorted, filtered and remembered in the address, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
ROWS = "div.comparison tbody tr:visible"


@pytest.fixture
def table(fresh: Any, unpacked: Path) -> Page:
    return fresh.open(unpacked / "models/index.html")


def names(page: Page) -> list[str]:
    """Return the families in the order in which they are shown, once the table is alive."""
    page.locator(".comparison-status").wait_for()
    return [row.split("\t")[0].strip() for row in page.locator(ROWS).all_inner_texts()]


def choice(page: Page, name: str) -> Locator:
    """Return the list of a filter, by the word that stands before it."""
    return page.locator(f"form.comparison-tools label:has-text('{name}') select").first


def test_every_family_is_there(table: Page) -> None:
    assert len(names(table)) >= 10
    expect(table.locator(".comparison-status")).to_have_text(f"All {len(names(table))} families")


def test_sorting_by_keyboard(table: Page) -> None:
    before = names(table)
    table.locator("div.comparison th button").first.focus()
    table.keyboard.press("Enter")
    assert names(table) == sorted(before, key=str.casefold)
    expect(table.locator("div.comparison th").first).to_have_attribute("aria-sort", "ascending")
    table.keyboard.press("Space")
    assert names(table) == sorted(before, key=str.casefold, reverse=True)
    expect(table.locator("div.comparison th").first).to_have_attribute("aria-sort", "descending")
    assert "sort=0" in table.url and "order=down" in table.url


def test_filtering_by_word_and_by_property(table: Page) -> None:
    all_of_them = names(table)
    table.get_by_label("Word").focus()
    table.keyboard.type("encoder")
    some = names(table)
    assert 0 < len(some) < len(all_of_them)
    expect(table.locator(".comparison-status")).to_have_text(
        f"{len(some)} of {len(all_of_them)} families"
    )
    assert "word=encoder" in table.url
    for name in ("Kind", "Likelihood", "Sampling", "Medium"):
        table.get_by_role("button", name="Show all").press("Enter")
        assert names(table) == all_of_them
        box = choice(table, name)
        values = [value for value in box.locator("option").all_inner_texts() if value != "any"]
        assert len(values) > 1, name
        for value in values:
            box.select_option(label=value)
            assert 0 < len(names(table)) <= len(all_of_them), f"{name}: {value}"
    assert "media=" in table.url


def test_one_pass_sampling_finds_the_families_that_draw_in_one(table: Page) -> None:
    choice(table, "Sampling").select_option(label="one pass")
    found = names(table)
    assert "GAN" in found and "VAE" in found
    assert "RNN" not in found and "Diffusion" not in found


def test_the_address_brings_the_state_back(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / "models/index.html", "?kind=architecture&sort=0&order=down&x=1")
    shown = names(page)
    assert len(shown) == 2 and shown == sorted(shown, reverse=True)
    assert choice(page, "Kind").input_value() == "architecture"
    assert "x=1" in page.url, "what others put into the address stays there"
    page = fresh.open(unpacked / "models/index.html", "?kind=nonsense&sort=99&word=%3Cb%3E")
    assert names(page) == []
    page.get_by_role("button", name="Show all").click()
    assert len(names(page)) >= 10 and "?" not in page.url
    assert fresh.errors == []


def test_tab_reaches_every_control_in_order(table: Page) -> None:
    table.get_by_label("Word").focus()
    seen = []
    for _ in range(13):
        table.keyboard.press("Tab")
        seen.append(table.evaluate("document.activeElement.tagName"))
    assert seen[:5] == ["SELECT"] * 4 + ["BUTTON"]
    assert seen.count("BUTTON") >= 7


def test_a_translated_page_filters_by_value(fresh: Any, unpacked: Path) -> None:
    """A browser translates text, before our script runs or after it; values stay."""
    english = unpacked / "models/index.html"
    before = {}
    for query in ("kind=architecture", "likelihood=exact", "passes=one+pass", "media=audio"):
        before[query] = names(fresh.open(english, f"?{query}"))
        assert 0 < len(before[query]) < 10, query
    text = english.read_text(encoding="utf-8")
    head, table = re.split(r"(?=<div class=\"comparison )", text)
    translated = english.with_name("translated.html")
    words = {"architecture": "Architektur", "exact": "genau", "audio": "Ton"}
    for word, other in words.items():
        table = re.sub(rf"(>[^<]*)\b{word}\b", rf"\1{other}", table)
    assert ">Architektur<" in table and 'data-kind="architecture"' in table
    translated.write_text(head + table, encoding="utf-8")
    try:
        for query, found in before.items():
            assert names(fresh.open(translated, f"?{query}")) == found, query
    finally:
        translated.unlink()
    page = fresh.open(english)
    page.evaluate(
        "for (const one of document.querySelectorAll('option')) one.textContent += ' (de)'"
    )
    choice(page, "Kind").select_option("architecture")
    assert names(page) == before["kind=architecture"] and "kind=architecture" in page.url
