"""Tables that people use: numbers sorted as numbers, copied as CSV, as cards on a phone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
PAGES = (
    *("models/index", "models/measured", "models/text-measured"),
    *("limits/advantages-and-limitations", "use/applications"),
)


@pytest.fixture
def measured(fresh: Any, unpacked: Path) -> Page:
    return fresh.open(unpacked / "models/measured.html")


def column(page: Page, place: int) -> list[str]:
    """Return what stands in a column of the first table."""
    cells = page.locator(f"div.table-box >> nth=0 >> tbody td:nth-child({place + 1})")
    return [" ".join(text.split()) for text in cells.all_inner_texts()]


def test_numbers_are_sorted_as_numbers_and_what_is_none_comes_last(measured: Page) -> None:
    head = measured.locator("div.table-box >> nth=0 >> th >> nth=5")
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    shown = [text.removeprefix("at most ").split()[0] for text in column(measured, 5)]
    known = [float(text) for text in shown if text != "none"]
    assert known == sorted(known) and len(known) >= 3
    assert shown[len(known) :] == ["none"] * (len(shown) - len(known))
    head.locator("button").press("Enter")
    again = [text.removeprefix("at most ").split()[0] for text in column(measured, 5)]
    assert again[: len(known)] == [f"{value:.2f}" for value in reversed(known)]
    assert set(again[len(known) :]) == {"none"}


def mean(text: str) -> str:
    """Return a score without its spread."""
    return text.partition("\u202f±")[0].strip()


def test_the_best_of_each_score_is_bold_and_numbers_stand_to_the_right(measured: Page) -> None:
    table = measured.locator("div.table-box >> nth=0")
    rows = [row.split("\t") for row in table.locator("tbody tr").all_inner_texts()]
    bold = table.locator("td.num strong").all_inner_texts()
    names = ("the digits", "the same", "one Gaussian", "noise")  # of what is no model
    models = [row for row in rows if not row[0].startswith(names)]
    assert 0 < len(models) < len(rows)
    least = min(float(mean(row[1])) for row in models)
    assert f"{least:.2f}" in {mean(text) for text in bold}
    assert table.locator("td.num").first.evaluate("(td) => getComputedStyle(td).textAlign") == (
        "right"
    )


def test_a_table_is_copied_as_csv(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((unpacked / "models/measured.html").as_uri())
    page.locator(".table-copy").first.click()
    expect(page.locator(".table-tools [role=status]").first).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:2] == ["Model", "Fréchet distance"]
    assert [len(row) for row in rows] == [8] * len(rows) and len(rows) > 10
    assert [row[1] for row in rows[1:]] == column(page, 1)
    context.close()


def test_no_match_is_said(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / "models/index.html")
    page.get_by_label("Word").fill("zebra")
    expect(page.locator(".comparison-status")).to_contain_text("No family fits")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".comparison-status")).to_contain_text("All")


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone_rows_are_cards_that_name_each_value(
    browser: Browser, unpacked: Path, path: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto((unpacked / f"{path}.html").as_uri())
    box = page.locator("div.table-box").first
    cell = box.locator("tbody td").nth(1)
    assert cell.evaluate("(td) => getComputedStyle(td, '::before').content.length") > 4
    expect(box.get_by_role("columnheader").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_head_of_a_table_stays_in_sight(measured: Page) -> None:
    table = measured.locator("div.table-box >> nth=0")
    table.locator("tbody tr").nth(8).evaluate("(row) => row.scrollIntoView({ block: 'center' })")
    measured.wait_for_timeout(200)
    head = table.locator("th").nth(1)
    assert head.evaluate(
        """(th) => {
            const at = th.getBoundingClientRect();
            return at.top >= 0 && th.contains(document.elementFromPoint(at.x + 9, at.bottom - 5));
        }"""
    )


def test_without_scripts_tables_are_plain(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / "models/measured.html").as_uri())
    assert page.locator("div.table-box table").first.is_visible()
    assert page.locator(".table-tools").count() == 0
    context.close()
