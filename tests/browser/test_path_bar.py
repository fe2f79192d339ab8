"""A reading path leads: from disk, in a frame, on paper, in a narrow window, and when it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.sections import Copy, Opener
from support.visits import Visit, watch

BLOCKED = """
Object.defineProperty(window, "localStorage", { get() { throw new Error("blocked"); } });
"""
GAN = "models/gans.html"


@pytest.fixture(scope="module")
def stops(unpacked: Path) -> list[dict[str, Any]]:
    """The sections of the one-hour path, as the site tells them to the bar."""
    script = (unpacked / "assets/javascripts/path-data.js").read_text(encoding="utf-8")
    found = json.loads(script.partition(" = ")[2].rstrip().removesuffix(";"))
    return list(found["hour"]["stops"])


def bar(page: Page) -> str:
    """Return what the bar says, once it is there."""
    return " ".join(page.locator(".path-bar:has(a)").inner_text().split())


def test_from_disk_it_leads_from_the_list_to_the_end_and_back(
    fresh: Visit, unpacked: Path, stops: list[dict[str, Any]]
) -> None:
    page = fresh.open(unpacked / "learn/paths.html")
    page.locator("[data-path=hour] li a").first.click()
    for at, stop in enumerate(stops, 1):
        page.wait_for_url(
            lambda url, stop=stop: url.endswith(f"{stop['page']}?path=hour#{stop['id']}")
        )
        assert f"One hour {at} of {len(stops)}" in bar(page)
        assert page.locator(f"#{stop['id']}").is_visible()
        page.locator(".path-bar .path-next").click()
    page.wait_for_url("**/learn/paths.html#paths-hour")
    hour = page.locator("[data-path=hour]")
    assert f"{len(stops)} of {len(stops)} sections read" in hour.inner_text()
    page.go_back()
    page.locator(".path-bar .path-back").click()
    page.wait_for_url(f"**/{stops[-2]['page']}?path=hour#{stops[-2]['id']}")
    page.locator(".path-out").click()
    page.wait_for_url(f"**/{stops[-2]['page']}#{stops[-2]['id']}")
    assert page.locator(".path-bar").count() == 0
    assert fresh.errors == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{GAN}?path=nonsense#gan-idea", "There is no reading path “nonsense”"),
        (f"{GAN}?path=__proto__#gan-idea", "There is no reading path “__proto__”"),
        (f"{GAN}?path=#gan-idea", "There is no reading path “”"),
        (f"{GAN}?path=%3Cb%3Ehour#gan-idea", "There is no reading path “<b>hour”"),
        ("about/accessibility.html?path=hour#accessibility-known", "is not on the path “One hour”"),
        ("about/accessibility.html?path=week", "is not on the path “A week”"),
        (f"{GAN}?path=week#no-such-section", "is not on the path “A week”"),
    ],
)
def test_what_is_unknown_is_answered_in_a_sentence(
    fresh: Visit, unpacked: Path, address: str, said: str
) -> None:
    path, _, query = address.partition("?")
    page = fresh.open(unpacked / path, f"?{query}")
    assert said in bar(page)
    assert page.locator("h1, h2").count() == page.locator("h1:visible, h2:visible").count()
    page.locator(".path-bar button").click()
    assert page.locator(".path-bar").count() == 0
    assert fresh.errors == []


def test_without_a_section_in_the_address_it_is_the_first_one_on_the_page(
    fresh: Visit, unpacked: Path
) -> None:
    page = fresh.open(unpacked / GAN, "?path=week")
    assert "A week" in bar(page)
    page.evaluate("location.hash = 'gan-check'")
    page.wait_for_function("() => document.querySelector('.path-next').href.includes('flows.html')")
    assert page.locator(".path-end").count() == 1


def test_a_frame_keeps_to_the_path_and_to_the_frame(opened: Opener, hosted: Copy) -> None:
    page = opened(f"{hosted.address}{GAN}?embed&path=week#gan-idea")
    assert "A week" in bar(page)
    assert page.locator("#gan-example").is_hidden()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.path-bar')).position")
        == "relative"
    )
    page.locator(".path-bar .path-next").click()
    page.wait_for_url("**/gans.html?embed&path=week#gan-example")
    assert page.locator("#gan-idea").is_hidden()
    assert page.locator(".path-bar .path-next").get_attribute("target") is None


def test_a_short_link_keeps_the_path(opened: Opener, hosted: Copy) -> None:
    page = opened(f"{hosted.address}s/gan-idea.html?path=week")
    page.wait_for_url("**/models/gans.html?path=week#gan-idea")
    assert "A week" in bar(page)


def test_on_paper_the_path_is_a_line_of_text(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / GAN, "?path=week#gan-idea")
    bar(page)
    page.emulate_media(media="print")
    page.evaluate("fieldguide.isolate('gan-idea')")
    shown = page.locator(".path-bar")
    assert shown.evaluate("(bar) => getComputedStyle(bar).position") == "static"
    assert shown.locator(".path-where").is_visible()
    assert not shown.locator(".path-back, .path-out, progress").first.is_visible()
    assert not page.locator(".path-end").first.is_visible()


def test_without_scripts_the_page_is_whole(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / GAN).as_uri() + "?path=hour#gan-idea")
    assert page.locator(".path-bar").count() == 0
    assert page.locator("h1, h2").count() == page.locator("h1:visible, h2:visible").count()
    context.close()


@pytest.mark.parametrize("colors", ["none", "active"])
def test_it_fits_a_narrow_window_without_storage(
    browser: Browser, unpacked: Path, colors: Any
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, forced_colors=colors)
    context.add_init_script(BLOCKED)
    visit = watch(context)
    page = visit.open(unpacked / GAN, "?path=week#gan-idea")
    assert "A week" in bar(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for link in page.locator(".path-bar a").all():
        box = link.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320 and box["height"] >= 24
    if colors == "active":
        style = page.locator(".path-next").last.evaluate(
            "(a) => getComputedStyle(a).borderTopStyle"
        )
        assert style == "solid"
    page.locator(".path-bar .path-next").click()
    page.wait_for_url("**/gans.html?path=week#gan-example")
    assert "A week" in bar(page)
    assert visit.errors == []
    context.close()
