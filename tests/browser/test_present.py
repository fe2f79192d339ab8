"""A page as screens for a lecture: from disk, by keys and by hand, with nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support import axe, presenting
from support.visits import Visit, watch

pytestmark = pytest.mark.browser
GAN = "models/gans.html"
HEADING = ".md-content :is(h1, h2):not(.present-out):visible"
START = """(script) => {
  history.replaceState(null, "", "?present");
  document.head.append(Object.assign(document.createElement("script"), { src: script }));
}"""


def where(page: Page) -> str:
    """Return what the bar says, once it is there."""
    return page.locator(".present-where:not(:empty)").inner_text()


def heading(page: Page) -> str:
    """Return the heading that is seen, without its sign."""
    return page.locator(HEADING).inner_text().strip()


def test_from_disk_keys_lead_on_and_back_and_out(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / GAN)
    page.get_by_role("link", name="Present this page").click()
    assert where(page).startswith("1 / ") and heading(page) == "Generative adversarial networks"
    page.keyboard.press("PageDown")
    size = page.locator(".md-content p:visible").evaluate(
        "(p) => parseFloat(getComputedStyle(p).fontSize)"
    )
    assert page.locator(".md-header").is_hidden() and round(size, 2) == 28
    assert heading(page) == "Try it" and page.url.endswith("?present=gan-try")
    page.keyboard.press("ArrowRight")
    second = where(page)
    page.reload()
    assert where(page) == second and page.url.endswith("?present=gan-try.2")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowLeft")
    assert where(page).startswith("1 / ")
    page.keyboard.press("End")
    assert heading(page) == "Sources" and page.get_by_role("button", name="Next").is_disabled()
    page.keyboard.press("n")  # the theme's key for the next page
    page.keyboard.press("Home")
    page.keyboard.press("b")
    assert page.locator(".present-bar").is_hidden()  # dark, until any key
    page.keyboard.press("b")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.url.endswith(f"{GAN}#gan-try")
    left = page.locator(".presenting, .present-out, .present-bar, [style*=zoom]")
    assert left.count() == 0 and page.locator(".md-header").is_visible()
    assert fresh.errors == [] and fresh.outside == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("999", "There is no screen “999” on this page. This is the first of "),
        ("<b>x", "There is no screen “<b>x” on this page"),
        ("__proto__", "There is no screen “__proto__” on this page"),
        ("%25", "There is no screen “%” on this page"),
        ("gan-idea.99", "The idea"),  # its last part
        ("3", "The idea"),  # the third section
        ("eq-gan-value", "The objective"),  # what is within a section
        ("#gan-limits", "Limits and failure modes"),
    ],
)
def test_each_address_is_answered(fresh: Visit, unpacked: Path, asked: str, said: str) -> None:
    query = f"?present{asked}" if asked.startswith("#") else f"?present={asked}"
    page = fresh.open(unpacked / GAN, query)
    assert said in where(page)
    assert page.locator(HEADING).count() == 1
    assert fresh.errors == []


@pytest.mark.parametrize(
    ("path", "width", "height"),
    [(GAN, 1280, 720), ("models/index.html", 390, 844), ("index.html", 390, 844)],
)
def test_nothing_is_lost_or_cut(
    browser: Browser, unpacked: Path, path: str, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    visit = watch(context)
    page = visit.open(unpacked / path)
    pieces = page.evaluate(presenting.NUMBERED)
    page.evaluate(START, (unpacked / "assets/javascripts/present.js").as_uri())
    found = presenting.screens(page)
    assert pieces > 60 and len(found.names) > 10
    assert (found.lost, found.cut, found.wide, visit.errors) == ([], [], [], [])
    context.close()


def test_a_long_table_goes_on_with_its_head(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / "use/applications.html", "?present=applications-overview")
    rows = []
    for _ in range(3):
        page.keyboard.press("PageDown")
        table = page.locator(".md-content table:visible")
        if table.count():
            assert table.locator("thead").is_visible()
            rows.append(table.locator("tbody tr:visible").first.inner_text())
    assert len(rows) > 1 and len(set(rows)) == len(rows)


def test_a_model_keeps_its_keys_but_not_those_of_a_remote(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / GAN, "?present=gan-try.2")
    page.locator("guide-lab button:visible").first.wait_for()
    page.locator("guide-lab button:visible").first.focus()
    before = where(page)
    page.keyboard.press("ArrowRight")
    assert where(page) == before
    while where(page) == before:  # a tall screen is scrolled first
        page.keyboard.press("PageDown")
    assert heading(page) == "The idea"


def test_a_solution_that_is_opened_gets_its_screens(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / GAN, "?present=gan-derivations")
    count = int(where(page).split("/")[1].split("·")[0])
    page.locator("#d-gan-jsd > summary").click()
    page.locator("#d-gan-jsd .steps li").first.wait_for()
    page.wait_for_function(
        "(n) => Number(document.querySelector('.present-where').textContent"
        ".split('/')[1].split('·')[0]) > n",
        arg=count,
    )


def test_a_finger_turns_the_screens_of_a_phone(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    visit = watch(context)
    page = visit.open(unpacked / GAN, "?present")
    assert where(page).startswith("1 / ")
    client = context.new_cdp_session(page)

    def swipe(start: int, end: int) -> None:
        """Across the heading: a live model keeps the finger for itself."""
        box = page.locator("h1, h2").locator("visible=true").last.bounding_box()
        assert box
        for kind, points in (
            ("touchStart", [{"x": start, "y": box["y"] + 8}]),
            ("touchMove", [{"x": end, "y": box["y"] + 12}]),
            ("touchEnd", []),
        ):
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    swipe(320, 120)
    page.wait_for_url("**?present=gan-try")
    swipe(120, 320)
    page.wait_for_url("**?present=gan")
    page.get_by_role("button", name="Next").tap()
    page.wait_for_url("**?present=gan-try")
    boxes: list[dict[str, Any]] = page.evaluate(
        "[...document.querySelectorAll('.present-bar button')].filter((b) => b.checkVisibility())"
        ".map((b) => b.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 3 and all(min(box["width"], box["height"]) >= 44 for box in boxes)
    assert axe.violations(page) == []
    context.close()


def test_paper_and_a_page_without_scripts_are_what_they_were(
    browser: Browser, fresh: Visit, unpacked: Path
) -> None:
    page = fresh.open(unpacked / GAN, "?present")
    where(page)
    page.emulate_media(media="print")
    headings = page.locator(".md-content h2")
    assert headings.count() > 10
    assert all(each.is_visible() for each in headings.all())
    assert page.locator(".present-bar").is_hidden()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((unpacked / GAN).as_uri() + "?present")
    assert plain.get_by_text("Present this page").is_hidden()
    assert all(each.is_visible() for each in plain.locator(".md-content h2").all())
    plain.context.close()
