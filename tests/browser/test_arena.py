"""The arena on its page, driven as a reader drives it: from disk, with the network cut."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fieldguide.html import arena_scripts
from playwright.sync_api import Browser, Page
from support import axe
from support.live import inked
from support.models import LAB
from support.visits import Visit, watch

pytestmark = pytest.mark.browser
PAGE = "models/arena.html"
EMPTY = "The sheet is empty"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A page at rest, where the arena works on request and draws when it is done."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 1000}, reduced_motion="reduce", color_scheme="light"
    )
    yield watch(context)
    context.close()


def alive(visit: Visit, folder: Path, query: str = "") -> Page:
    page = visit.open(folder / PAGE, query)
    page.wait_for_selector(".arena-on")
    return page


def until(page: Page, holds: str) -> None:
    """Wait until something holds of the `arena`."""
    page.wait_for_function(f"() => ((arena) => {holds})(document.querySelector('guide-arena'))")


def few(page: Page, steps: int) -> str:
    """Let each model make so many steps; return what is told then."""
    page.evaluate("(steps) => document.querySelector('guide-arena').few(steps)", steps)
    until(page, "!arena.aiming")
    return page.locator(".arena-status").inner_text()


def steps(page: Page) -> list[int]:
    found: list[int] = page.evaluate(
        "(document.querySelector('guide-arena').race || {runners: []}).runners.map((o) => o.steps)"
    )
    return found


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), pytest.param("dark", 390, marks=pytest.mark.full)]
)
def test_six_models_learn_on_the_page(
    browser: Browser, unpacked: Path, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    visit = watch(context)
    page = alive(visit, unpacked)
    assert page.locator(".arena-go").inner_text() == "Run 100 steps"
    page.locator(".arena-go").click()
    until(page, "arena.status.textContent.startsWith('After 100 steps')")
    assert steps(page) == [100] * 6
    told = page.locator(".arena-status").inner_text()
    assert len(re.findall(r"\d\.\d{3}", told)) == 7  # six distances, and what fresh data reach
    for canvas in page.locator(".arena-live canvas").all():
        assert inked(canvas) > 1
        assert canvas.get_attribute("aria-label")
    ranks = page.locator(".arena-table tbody span").all_inner_texts()
    assert len(ranks) == 6 and ranks == sorted(ranks)
    fast = (
        "document.querySelector('guide-arena').race.runners.map((one) => !!one.model.memory.fast)"
    )
    assert page.evaluate(fast) == [True] * 6, "the page's policy lets the kernel be compiled"
    pictures = "[...document.querySelectorAll('.arena-card canvas')].map((one) => one.toDataURL())"
    points = page.evaluate(pictures)
    page.get_by_role("radio", name="What is inside").check(force=True)
    inside = page.evaluate(pictures)
    assert [a == b for a, b in zip(points, inside, strict=True)] == [True] + [False] * 6
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.errors == [] and visit.outside == []
    assert axe.violations(page, "guide-arena") == []
    context.close()


def test_the_address_holds_the_race(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked, "?course=a+b")
    assert "arena-" not in page.url
    page.get_by_role("radio", name="Spiral").check(force=True)
    page.get_by_label("Seed").fill("7")
    page.get_by_label("Seed").blur()
    told = few(page, 30)
    query = page.url.partition("?")[2].partition("#")[0]
    assert "arena-data=spiral" in query and "arena-seed=7" in query and "course=a+b" in query
    again = alive(visit, unpacked, f"?{query}")
    assert few(again, 30) == told
    assert visit.errors == []


def test_linked_races_are_as_they_are_named(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked)
    for race in LAB.races:
        query = urlencode({f"arena-{key}": value for key, value in race.set.items()})
        state = page.evaluate(
            """(query) => {
              history.replaceState(null, "", `?${query}`);
              const arena = document.querySelector("guide-arena");
              arena.read();
              return arena.state;
            }""",
            query,
        )
        assert state.items() >= race.set.items(), race.see


def test_a_drawing_is_learned_and_linked(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked)
    sheet = page.locator(".arena-data canvas")
    box = sheet.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 130, steps=8)
    page.mouse.up()
    assert re.search(r"arena-drawing=[\w-]{171}", page.url) and "arena-data=drawing" in page.url
    cells = "Array.from(document.querySelector('guide-arena').pad.cells)"
    drawn = page.evaluate(cells)
    assert 20 < sum(drawn) < 200
    held = page.evaluate("Array.from(document.querySelector('guide-arena').data.held)")
    assert all(abs(x - -y) < 0.8 for x, y in zip(held[::2], held[1::2], strict=True))
    few(page, 3)
    assert steps(page) == [3] * 6
    query = page.url.partition("?")[2].partition("#")[0]
    again = alive(visit, unpacked, f"?{query}")
    assert again.evaluate(cells) == drawn
    # The eraser takes all of it away again.
    again.get_by_role("button", name="Eraser").click()
    for row in range(5, int(box["height"]), 8):
        again.mouse.move(box["x"] + 2, box["y"] + row)
        again.mouse.down()
        again.mouse.move(box["x"] + box["width"] - 2, box["y"] + row, steps=4)
        again.mouse.up()
    assert EMPTY in again.locator(".arena-status").inner_text()
    again.locator(".arena-go").click()
    assert EMPTY in again.locator(".arena-status").inner_text()
    assert visit.errors == []


@pytest.mark.full
def test_a_drawing_by_keyboard_of_one_point_and_of_all(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked)
    page.locator(".arena-data canvas").focus()
    page.keyboard.press("Delete")
    assert EMPTY in page.locator(".arena-status").inner_text()
    for key in ("Space", "Space", "ArrowRight", "ArrowDown", "e", "Backspace"):
        page.keyboard.press(key)
    assert page.locator(".arena-said").inner_text().startswith("Eraser up at column 17, row 17")
    count = "document.querySelector('guide-arena').pad.cells.reduce((a, b) => a + b, 0)"
    assert 1 <= page.evaluate(count) <= 9
    few(page, 2)
    for full in (False, True):  # a single cell, and the whole sheet
        page.evaluate(
            """(full) => {
              const arena = document.querySelector("guide-arena");
              arena.pad.cells.fill(full ? 1 : 0);
              arena.pad.cells[500] = 1;
              arena.drawn(arena.pad.cells);
            }""",
            full,
        )
        assert re.search(r"After 25 steps: .*\d\.\d{3}", few(page, 25))
    assert visit.errors == []


ABSURD = [*"-1 1e999 NaN %00 0x10 Infinity <script>alert(1)</script> __proto__".split(), "7" * 400]
KEYS = "data drawing seed equal speed axis rate reflow view".split()


@pytest.mark.full
def test_absurd_addresses_are_left_alone(visit: Visit, unpacked: Path) -> None:
    for text in ABSURD:
        page = alive(visit, unpacked, "?" + "&".join(f"arena-{key}={text}" for key in KEYS))
        state = page.evaluate("document.querySelector('guide-arena').state")
        assert state == {
            **{"seed": 1, "data": "ring", "equal": "steps", "speed": "full", "axis": "steps"},
            **{"rate": "1", "reflow": "0", "view": "points", "drawing": ""},
        }
    few(page, 2)
    page = alive(visit, unpacked, "?arena-data=drawing&arena-drawing=" + "A" * 171)
    assert EMPTY in page.locator(".arena-status").inner_text()
    assert visit.errors == []


@pytest.mark.full
def test_numbers_that_run_away_are_told_and_set_right(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked, "?arena-rate=1000&arena-data=moons")
    told = few(page, 150)
    assert "stopped" in told and "no number after" in told and "Restart" in told
    assert page.locator(".arena-broken").count() >= 1
    page.get_by_label("Learning rates").select_option("1")
    told = few(page, 25)
    assert "stopped" not in told and not page.locator(".arena-broken").count()
    assert visit.errors == []


@pytest.mark.full
def test_it_rests_out_of_view_and_survives_fast_clicks(fresh: Visit, unpacked: Path) -> None:
    """With motion: the race runs by itself, and stops where nobody sees it."""
    page = alive(fresh, unpacked, "?arena-data=blobs")
    page.locator(".arena-go").click()
    until(page, "arena.race.steps > 5")
    page.evaluate("document.querySelector('#arena-sources').scrollIntoView()")
    until(page, "!arena.awake")
    rest = steps(page)
    page.wait_for_timeout(400)
    assert steps(page) == rest
    page.evaluate("scrollTo(0, 0)")
    until(page, f"arena.race.steps > {max(rest)}")
    page.evaluate(
        """() => {
          const buttons = document.querySelectorAll(".arena-main .arena-button");
          for (let i = 0; i < 200; i++) buttons[i % 3].click();
        }"""
    )
    page.evaluate("document.querySelector('guide-arena').load()")
    assert few(page, 25).startswith("After 25 steps")
    assert fresh.errors == []


@pytest.mark.full
def test_without_a_script_and_on_paper_a_picture_stands(
    browser: Browser, visit: Visit, unpacked: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / PAGE).as_uri())
    assert page.locator("guide-arena svg").is_visible()
    context.close()
    page = alive(visit, unpacked)
    assert not page.locator("guide-arena svg").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("guide-arena svg").first.is_visible()


@pytest.mark.full
def test_without_canvas_the_picture_stays(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    visit = watch(context)
    page = visit.open(unpacked / PAGE)
    page.wait_for_selector(".arena-note")
    assert page.locator("guide-arena svg").is_visible()
    assert visit.errors == []
    context.close()


def test_the_code_is_small_and_only_where_it_is_needed(site: Path) -> None:
    loads = [
        file.relative_to(site).as_posix()
        for file in site.rglob("*.html")
        if f"{arena_scripts.SCRIPTS}/arena.js" in file.read_text(encoding="utf-8")
    ]
    assert loads == [PAGE]
    code = (site / arena_scripts.SCRIPTS / "arena.js").read_bytes()
    assert len(gzip.compress(code, 9)) <= 25_000
