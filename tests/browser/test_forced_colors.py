"""With the colors of the reader's system, bars and chosen tabs can still be seen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page
from support.live import alive, settle
from support.models import DIGITS
from support.visits import Visit, watch

pytestmark = pytest.mark.browser


@pytest.fixture
def forced(browser: Browser) -> Iterator[Visit]:
    """A visit with forced colors; at its end nothing has gone wrong."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, forced_colors="active", reduced_motion="reduce"
    )
    visit = watch(context)
    yield visit
    assert visit.errors == []
    context.close()


def looks(element: Locator) -> str:
    """Return what tells an element from its neighbors: its colors and lines."""
    return str(
        element.evaluate(
            "(one) => { const own = getComputedStyle(one); return [own.backgroundColor, own.color,"
            " own.borderColor, own.borderBottomWidth, own.textDecorationLine].join(); }"
        )
    )


def test_how_far_a_path_has_led_is_seen(forced: Visit, unpacked: Path) -> None:
    page = forced.open(unpacked / "limits/realism.html", "?path=hour#realism-truth")
    line = page.locator(".path-bar progress")
    line.wait_for()
    place = line.bounding_box()
    assert place is not None
    middle = {"x": 0, "y": place["y"] + place["height"] / 2, "width": place["width"], "height": 1}
    shown = Image.open(io.BytesIO(page.screenshot(clip=middle))).convert("RGB")
    start, end = shown.getpixel((4, 0)), shown.getpixel((shown.width - 5, 0))
    assert start != end


@pytest.mark.parametrize(
    ("path", "live"), [("models/gans", "guide-lab"), ("models/transformers", "guide-lab")]
)
def test_the_chosen_tab_is_seen(forced: Visit, unpacked: Path, path: str, live: str) -> None:
    page = forced.open(unpacked / f"{path}.html")
    widget = page.locator(live).filter(has=page.get_by_role("tab")).first
    page.locator(live).first.scroll_into_view_if_needed()
    widget.get_by_role("tab").first.wait_for()
    chosen = widget.locator("[role=tab][aria-selected=true]").first
    other = widget.locator("[role=tab][aria-selected=false]").first
    assert looks(chosen) != looks(other)


def test_the_chosen_data_of_the_arena_are_seen(forced: Visit, unpacked: Path) -> None:
    page = forced.open(unpacked / "models/arena.html")
    page.locator("guide-arena").scroll_into_view_if_needed()
    page.locator(".arena-live").wait_for()
    chosen = page.locator(".arena-choice input:checked + span").first
    other = page.locator(".arena-choice input:not(:checked) + span").first
    assert looks(chosen) != looks(other)


def test_the_best_of_a_table_is_seen(forced: Visit, unpacked: Path) -> None:
    page = forced.open(unpacked / "models/measured.html")
    best = page.locator(".table-box td strong").first
    assert int(best.evaluate("(one) => getComputedStyle(one).fontWeight")) >= 600


# Bars, meters and their marks that are large enough to be seen, and on which ground each lies.
BARS = """() => {
  const clear = "rgba(0, 0, 0, 0)";
  const ground = (one) => {
    const own = one ? getComputedStyle(one).backgroundColor : "rgb(255, 255, 255)";
    return own === clear ? ground(one.parentElement) : own;
  };
  const some = "guide-lab :is(b, .lab-columns, .lab-noise, .lab-mark) i, .lab-band s";
  return [...document.querySelectorAll(some)]
    .filter((one) => one.offsetWidth > 1 && one.offsetHeight > 1)
    .map((one) => [one, one.parentElement])
    .map(([one, over]) => [over.className, getComputedStyle(one).backgroundColor, ground(over)]);
}"""
# Where a widget's canvases lie in it.
CANVASES = """(lab) => {
  const { left, top } = lab.getBoundingClientRect();
  const inked = (one) => {
    const copy = new OffscreenCanvas(one.width, one.height);
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(one, 0, 0);
    const { data } = context.getImageData(0, 0, one.width, one.height);
    return data.some((v, i) => i % 4 === 3 && v > 200);
  };
  return [...lab.querySelectorAll("canvas")]
    .filter((one) => one.checkVisibility() && inked(one))
    .map((one) => one.getBoundingClientRect())
    .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}"""


@pytest.mark.full
@pytest.mark.parametrize("key", DIGITS)
def test_a_live_model_is_seen(forced: Visit, unpacked: Path, key: str) -> None:
    """Also where the page's own scheme is another than the system's."""
    page = alive(forced, unpacked, key)
    tabs = page.locator("guide-lab").get_by_role("tab")
    for scheme in ("default", "slate"):
        page.evaluate("(scheme) => (document.body.dataset.mdColorScheme = scheme)", scheme)
        for i in range(max(1, tabs.count())):
            if tabs.count():
                tabs.nth(i).click()
            settle(page)
            seen(page)


def seen(page: Page) -> None:
    """Check what a tab shows: its bars on their ground, and ink on each canvas."""
    for where, bar, ground in page.evaluate(BARS):
        assert bar != ground, where
    lab = page.locator("guide-lab")
    boxes = lab.evaluate(CANVASES)
    shown = Image.open(io.BytesIO(lab.screenshot())).convert("L")
    assert boxes
    for box in boxes:
        low, high = shown.crop(tuple(round(v) for v in box)).getextrema()
        assert isinstance(low, int) and isinstance(high, int) and high - low > 100, box
