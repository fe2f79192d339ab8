"""A network that learns a curve, on its page: driven from disk, and held against NumPy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from support.visits import Visit, watch

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
PAGE = "basics/neural-networks.html"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A page at rest: nothing moves by itself."""
    context = browser.new_context(viewport={"width": 1280, "height": 1300}, reduced_motion="reduce")
    yield (found := watch(context))
    context.close()
    assert found.errors == [] and found.outside == []


@pytest.fixture(scope="module")
def recorded() -> Any:
    """The curve as it was recorded with NumPy."""
    return json.loads((ROOT / "docs/lab/walks.json").read_text(encoding="utf-8"))["fit"]


def alive(visit: Visit, folder: Path, query: str = "") -> Page:
    """Open the page where it learns."""
    page = visit.open(folder / PAGE, f"{query}#network-try")
    expect(page.locator("guide-fit.arena-on")).to_be_visible()
    return page


def ask(page: Page, what: str) -> Any:
    """Evaluate something of the element `f`."""
    return page.evaluate(f"((f) => {what})(document.querySelector('guide-fit'))")


def curve(page: Page) -> np.ndarray:
    """Return the heights of the curve that is shown, in degrees, at every half hour."""
    points = page.locator(".fit-plot > .d-curve").get_attribute("points") or ""
    heights = np.array([float(place.split(",")[1]) for place in points.split()])
    return (214 - heights) / 200 * 30


def status(page: Page) -> str:
    """Return what is told."""
    return page.locator(".fit .arena-status").inner_text()


def test_the_page_learns_what_numpy_recorded(visit: Visit, unpacked: Path, recorded: Any) -> None:
    """Two implementations from the same first numbers, after 0, 100 and 3,000 steps."""
    page = alive(visit, unpacked)
    for count, found in recorded["steps"].items():
        ask(page, f"f.few({count} - f.model.steps)")
        assert ask(page, "f.loss") == pytest.approx(found["loss"], rel=2e-3)
        assert np.abs(curve(page)[::2] - found["curve"]).max() < 0.03, count
    assert "25 numbers, 3,000 steps" in status(page)


@pytest.mark.parametrize("neurons", [1, 3, 24])
def test_each_step_is_that_of_the_printed_code(visit: Visit, unpacked: Path, neurons: int) -> None:
    """The code that the page prints, fed with the page's numbers, moves them alike."""
    network = text_lab_module("network")
    page = alive(visit, unpacked, f"?fit-neurons={neurons}&fit-rate=0.02&fit-seed=7")
    for _ in range(3):
        before = np.array(ask(page, "Array.from(f.model.weights)"))
        w, b, v = (before[k * neurons : (k + 1) * neurons] for k in range(3))
        _, *moved = network.step(network.x, network.y, w, b, v, before[-1], 0.02)
        page.get_by_role("button", name="Step", exact=True).click()
        after = np.array(ask(page, "Array.from(f.model.weights)"))
        assert np.abs(after - np.hstack(moved)).max() < 1e-5
        assert np.abs(after - before).max() > 1e-4


def text_lab_module(name: str) -> Any:
    """Return a file of the lab as a module, leaving nothing compiled beside it."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(name, ROOT / f"docs/lab/{name}.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_points_move_by_keys_and_stand_in_the_address(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked)
    point = page.get_by_role("slider", name="Temperature at 6:00")
    expect(point).to_have_attribute("aria-valuenow", "8")
    before = ask(page, "f.loss")
    point.focus()
    for key in ("PageUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    expect(point).to_have_attribute("aria-valuetext", "14 degrees")
    assert ask(page, "f.loss") != before and ask(page, "f.model.steps") == 0
    page.wait_for_url(re.compile(r"fit-y=9_7_14_13_18_20_17_13_10"))
    page.get_by_role("button", name="Run 100 steps").click()
    told = status(page)
    page.reload()
    expect(page.get_by_role("slider", name="Temperature at 6:00")).to_have_attribute(
        "aria-valuenow", "14"
    )
    assert status(page) == told, "a reader who opens the address sees the same"
    page.get_by_role("button", name="Points back").click()
    assert "fit-y" not in page.url


def test_a_point_is_dragged_and_the_page_stays_where_it_is(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked)
    box = page.get_by_role("slider", name="Temperature at 12:00").locator(".d-dot-2").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 60, steps=4)
    page.mouse.up()
    point = page.get_by_role("slider", name="Temperature at 12:00")
    assert float(point.get_attribute("aria-valuenow") or 0) > 22
    page.mouse.move(x, y + 60)
    assert float(point.get_attribute("aria-valuenow") or 0) > 22, "let go is let go"


def test_too_long_a_step_is_told_and_can_be_set_right(visit: Visit, unpacked: Path) -> None:
    page = alive(visit, unpacked, "?fit-rate=0.6&fit-steps=200")
    assert re.search(r"After \d+ steps the numbers ran off", status(page))
    page.locator('input[name="fit-rate"][value="0.1"]').check()
    page.get_by_role("button", name="Run 100 steps").click()
    assert "25 numbers, 100 steps. Loss 0.324" in status(page)


@pytest.mark.parametrize(
    "query",
    ["?fit-neurons=999&fit-rate=x&fit-steps=-4&fit-seed=1e9&fit-parts=maybe", "?fit-y=1_2_3"]
    + [f"?fit-y={value}" for value in ("9_7_8_13_18_20_17_13_99", "_" * 8, "a_b_c_d_e_f_g_h_i")],
)
def test_an_address_without_sense_is_left_alone(visit: Visit, unpacked: Path, query: str) -> None:
    page = alive(visit, unpacked, query)
    assert status(page).startswith("25 numbers, 0 steps. Loss 13.9")


def test_it_runs_and_rests_where_motion_is_welcome(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context()
    visit = watch(context)
    page = alive(visit, unpacked)
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function("() => document.querySelector('guide-fit').model.steps > 20")
    page.get_by_role("button", name="Pause").click()
    steps = ask(page, "f.model.steps")
    assert f"fit-steps={steps}" in page.url
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    assert ask(page, "f.model.steps") == steps
    assert visit.errors == []
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_it_comes(browser: Browser, unpacked: Path, width: int) -> None:
    """Layout shifts that the browser counts while the page loads and settles."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = watch(context).page
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => {"
        " for (const one of list.getEntries()) window.moved += one.value;"
        "}).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto((unpacked / PAGE).as_uri() + "#network-try", wait_until="load")
    page.wait_for_selector("guide-fit.arena-on")
    page.evaluate("() => document.fonts.ready")
    assert page.evaluate("() => window.moved") < 0.02
    context.close()


def test_without_script_a_still_says_the_same(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / PAGE).as_uri())
    expect(page.locator("guide-fit figure svg")).to_be_visible()
    expect(page.locator("guide-fit figcaption")).to_contain_text("after 100 steps")
    context.close()
