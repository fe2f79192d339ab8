"""The live models, driven as a reader drives them, from disk and with the network cut."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from fieldguide.html.parts import STYLES, own
from playwright.sync_api import Browser
from support import axe
from support.live import alive, inked, path_of, settle, told
from support.models import DIGITS
from support.visits import Visit, watch

pytestmark = [pytest.mark.browser, pytest.mark.full]


@pytest.mark.parametrize("key", DIGITS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_every_tab_is_alive_and_clean(
    browser: Browser, unpacked: Path, key: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    visit = watch(context)
    page = alive(visit, unpacked, key)
    lab = page.locator("guide-lab")
    tabs = lab.get_by_role("tab")
    for i in range(max(1, tabs.count())):
        if tabs.count():
            tabs.nth(i).click()
        settle(page)
        assert not lab.locator(".lab-note").count(), lab.inner_text()
        assert len(lab.locator(".lab-status").inner_text()) > 20
        assert len(lab.locator(".lab-lesson").inner_text()) > 40
        drawn = [inked(canvas) for canvas in lab.locator("canvas:visible").all()]
        assert drawn and max(drawn) > 5
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{wide} px wider than the screen"
    assert visit.errors == [] and visit.outside == []
    for i in range(max(1, tabs.count())):
        if tabs.count():
            tabs.nth(i).click()
        assert axe.violations(page, "guide-lab") == []
    context.close()


def test_the_address_holds_the_state_and_leaves_the_rest(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan", "?embed&course=one+two&utm=x")
    assert "lab-" not in page.url  # nothing is written before the reader does something
    lab = page.locator("guide-lab")
    lab.get_by_role("radio", name="7").check()
    lab.get_by_role("button", name="New sheet").click()
    settle(page)
    summary = lab.locator(".lab-status").inner_text()
    address = page.url
    assert "lab-digits=7" in address and "lab-seed=2" in address
    assert "embed" in address and "course=one+two" in address and address.endswith("#gan-try")
    again = alive(fresh, unpacked, "gan", "?" + address.split("?")[1].split("#")[0])
    assert again.locator("guide-lab .lab-status").inner_text() == summary


def test_gan_walks_and_rerolls_by_keyboard(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan")
    lab = page.locator("guide-lab")
    lab.get_by_role("tab", name="Forgeries").focus()
    page.keyboard.press("ArrowRight")
    told(page, "from noise 1 to noise 2")
    lab.get_by_role("button", name="New start").press("Enter")
    told(page, "from noise 3 to noise 2")
    lab.get_by_role("button", name="New end").press("Enter")
    told(page, "from noise 3 to noise 4")
    slider = lab.get_by_role("slider", name="Position")
    slider.focus()
    page.keyboard.press("Home")
    told(page, " 0% of the way")
    page.keyboard.press("End")
    told(page, "100% of the way")


def test_the_ends_of_a_walk_are_the_noises_that_are_named(fresh: Visit, unpacked: Path) -> None:
    """The same noise gives the same digit at either end."""
    pictures = []
    for seeds, position in (("lab-seed=5&lab-end=7", 40), ("lab-seed=7&lab-end=5", 0)):
        page = alive(fresh, unpacked, "gan", f"?lab-tab=walk&{seeds}&lab-at={position}")
        big = page.locator("guide-lab .lab-big canvas")
        pictures.append(big.evaluate("(canvas) => canvas.toDataURL()"))
    assert pictures[0] == pictures[1]


def test_all_means_ten_digits(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "emerging", "?lab-tab=steps")
    assert page.locator("guide-lab").get_by_role("radio", name="all").is_checked()
    rows = page.locator("guide-lab .lab-tiles").all()
    assert rows
    for row in rows:
        labels = row.locator("canvas").evaluate_all(
            "(all) => all.map((one) => one.closest('[aria-label]').ariaLabel)"
        )
        assert [label[:3].rstrip(",") for label in labels] == [f"A {digit}" for digit in range(10)]


# Where on a sheet of 10 x 4 digits there is ink, and in which cell the mark's corner is.
CELLS = """(sheet) => {
  const { data } = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
  const cells = Array.from({ length: 40 }, (_, i) => [30 * (i % 10), 30 * Math.floor(i / 10)]);
  const alpha = (x, y) => data[4 * (y * sheet.width + x) + 3];
  return cells.map(([x, y]) => {
    let sum = 0;
    for (let i = 1; i < 29; i++) for (let j = 1; j < 29; j++) sum += alpha(x + j, y + i);
    return { ink: sum, marked: alpha(x, y) > 0 };
  });
}"""


def test_a_sheet_is_full_and_one_forgery_is_marked(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan")
    sheet = page.locator("guide-lab .lab-digits")
    cells = sheet.evaluate(CELLS)
    assert min(cell["ink"] for cell in cells) > 2000
    assert [i for i, cell in enumerate(cells) if cell["marked"]] == [0]
    sheet.click(position={"x": 30 * 2 * 3 + 20, "y": 70})  # the second row's fourth digit
    told(page, "Number 14 is enlarged")
    sheet.press("ArrowUp")
    told(page, "Number 4 is enlarged")
    assert [i for i, cell in enumerate(sheet.evaluate(CELLS)) if cell["marked"]] == [3]
    assert page.locator("guide-lab .lab-big canvas").get_attribute("aria-label") == (
        "The chosen 3, enlarged"
    )


def test_a_pulled_number_of_the_noise_changes_the_forgery(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan")
    big = page.locator("guide-lab .lab-big canvas")
    picture = "(canvas) => canvas.toDataURL()"
    before = big.evaluate(picture)
    bars = page.locator("guide-lab .lab-knobs")
    bars.focus()
    for key in ("ArrowRight", *(6 * ["ArrowUp"])):
        page.keyboard.press(key)
        settle(page)
    told(page, "with a noise that you changed")
    assert big.evaluate(picture) != before
    assert "number 2 is 3.0" in (bars.get_attribute("aria-label") or "")
    page.get_by_role("button", name="New sheet").click()
    settle(page)
    assert "you changed" not in page.locator("guide-lab .lab-status").inner_text()


def test_the_discriminators_come_when_they_are_asked_for(fresh: Visit, unpacked: Path) -> None:
    asked: list[str] = []
    fresh.page.on("request", lambda request: asked.append(request.url))
    page = alive(fresh, unpacked, "gan")
    assert not [url for url in asked if "critics" in url]
    page.get_by_role("tab", name="Young and grown").click()
    summary = told(page, "Tossing a coin would be right about 20.")
    right = [int(n) for n in re.findall(r"is right about (\d+) of 40", summary)]
    assert len(right) == 2 and all(0 <= n <= 40 for n in right)
    assert len([url for url in asked if "critics" in url]) == 1
    young, grown = page.locator("guide-lab .lab-line").all()
    assert inked(young) > 1 and inked(grown) > 1
    # The verdicts of the grown one are the nearer to a coin's.
    spread = [
        sum(abs(int(n) - 50) for n in re.findall(r"(\d+)%", line.get_attribute("aria-label") or ""))
        for line in (young, grown)
    ]
    assert spread[1] < spread[0]


def test_a_reader_plays_the_detective(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan", "?lab-tab=play")
    told(page, "Is it handwritten, or forged")
    for i in range(10):
        page.get_by_role("button", name=("Handwritten", "Forged")[i % 2]).click()
        told(page, f"Picture {i + 1} was ")
    summary = told(page, "The round is over")
    assert re.search(r"you were right \d+ times of 10", summary)
    assert page.get_by_role("button", name="Forged").is_disabled()
    page.get_by_role("button", name="New round").click()
    told(page, "Is it handwritten, or forged")


def test_without_the_discriminators_the_rest_works(fresh: Visit, unpacked: Path) -> None:
    fresh.page.route("**/critics*.js", lambda route: route.abort())
    page = alive(fresh, unpacked, "gan", "?lab-tab=judge")
    told(page, "missing or damaged; the other tabs work without them")
    page.get_by_role("tab", name="Walk").click()
    told(page, "50% of the way")
    assert not page.locator(".lab-note").count()
    fresh.errors.clear()  # the browser reports the file that did not come


def test_attention_of_a_pixel_that_is_pointed_at(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "transformer")
    lab = page.locator("guide-lab")
    canvas = lab.locator(".lab-big canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.3)
    told(page, "Row 9, column 15")
    canvas.focus()
    page.keyboard.press("ArrowDown")
    assert "of the look before this piece went to the class" in told(page, "Row 10, column 15")


def test_writing_plays_pixel_by_pixel(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "autoregressive")
    lab = page.locator("guide-lab")
    lab.get_by_role("button", name="Play").click()
    page.wait_for_timeout(600)
    lab.get_by_role("button", name="Pause").click()
    written = int(lab.get_by_role("slider", name="Pixels").input_value())
    assert 2 <= written < 784
    page.wait_for_timeout(300)
    assert int(lab.get_by_role("slider", name="Pixels").input_value()) == written


def test_a_drawing_by_mouse_and_one_by_keyboard(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "flow")
    lab = page.locator("guide-lab")
    verdict = lab.locator(".lab-verdict")
    field = lab.locator(".lab-field-canvas")
    box = field.bounding_box()
    assert box
    lab.get_by_role("button", name="Clear").click()
    told(page, "The sheet is empty")
    assert verdict.inner_text() == "Unlike any digit"
    # A stroke in a corner, short and off the middle: it is moved and enlarged first.
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 22, box["y"] + 90, steps=6)
    page.mouse.up()
    told(page, "It is like a digit")
    settle(page)
    assert re.search(r"lab-drawing=[a-h0-9]+(&|#)", page.url)
    again = page.url
    lab.get_by_role("button", name="Clear").click()
    field.focus()
    page.keyboard.press("Space")
    for _ in range(16):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert lab.locator(".lab-pen").inner_text() == "Pen up at row 22, column 14 of 28"
    told(page, "It is like a digit")
    # Everything black is no digit.
    for row in range(4, 280, 8):
        page.mouse.move(box["x"] + 1, box["y"] + row)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 1, box["y"] + row, steps=3)
        page.mouse.up()
    told(page, "It is too")
    assert verdict.inner_text() == "Unlike any digit"
    page.goto(again)
    page.reload()
    told(page, "It is like a digit")
    assert fresh.errors == []


def test_handwritten_digits_are_read(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "flow")
    right = 0
    for digit in range(10):
        page.get_by_role("button", name=str(digit), exact=True).click()
        settle(page)
        right += page.locator(".lab-verdict").inner_text() != "Unlike any digit"
    assert right >= 9


def test_the_way_back_ends_at_the_same_noise_without_guidance(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "flow", "?lab-tab=warp&lab-guidance=0")
    found = re.search(r"the largest difference is ([0-9.e-]+)\.", told(page, "Sent back"))
    assert found and float(found[1]) < 1e-2
    page.get_by_role("button", name="layer 2").click()
    told(page, "Layer 3 of 4 has shifted and stretched 0 of 49 pieces")


def test_with_guidance_it_ends_elsewhere(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "flow", "?lab-tab=warp")
    found = re.search(r"numbers differ by up to ([0-9.e+-]+),", told(page, "Sent back"))
    assert found and float(found[1]) > 0.1


@pytest.mark.parametrize(
    ("text", "digit"), [("seven", "seven"), ("sevn", "seven"), ("nine", "nine"), ("three", "three")]
)
def test_a_caption_becomes_a_digit_that_a_judge_knows(
    fresh: Visit, unpacked: Path, text: str, digit: str
) -> None:
    page = alive(fresh, unpacked, "multimodal")
    page.get_by_label("Caption", exact=True).fill(text)
    told(page, f"\u201c{text}\u201d lies nearest to {digit}")
    summary = told(page, "The judge takes the five drawings for")
    assert summary.split("drawings for")[1].count(digit) >= 3


def test_captions_that_training_never_showed_are_marked(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "multimodal")
    for name in ("bold three", "thin seven"):
        page.get_by_role("button", name=name).click()
        told(page, f"\u201c{name}\u201d, a caption that training never showed,")
    page.get_by_role("button", name="bold eight").click()
    assert "never showed" not in told(page, "\u201cbold eight\u201d")


def test_a_point_between_captions_is_drawn(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "multimodal", "?lab-tab=space&lab-spot=0,-70")
    told(page, "The judge takes the three drawings for")
    ring = page.locator("guide-lab .lab-map")
    assert "zero" in (ring.get_attribute("aria-label") or "")
    for _ in range(3):
        ring.press("ArrowDown")
    told(page, "The judge takes the three drawings for")
    settle(page)
    assert "lab-spot=0%2C-58" in page.url


def test_without_the_judge_the_drawings_stand(fresh: Visit, unpacked: Path) -> None:
    fresh.page.route("**/verdict*.js", lambda route: route.abort())
    page = alive(fresh, unpacked, "multimodal")
    told(page, "so the drawings stand without a verdict")
    assert inked(page.locator("guide-lab .lab-tile canvas").first) > 5
    fresh.errors.clear()  # the browser reports the file that did not come


@pytest.mark.parametrize("text", ["cat", "", "ΩЖ漢字", "<b>1</b>", "7", "a" * 500])
def test_nonsense_is_answered_politely(fresh: Visit, unpacked: Path, text: str) -> None:
    page = alive(fresh, unpacked, "multimodal")
    page.get_by_label("Caption", exact=True).evaluate("(box) => box.removeAttribute('maxlength')")
    page.get_by_label("Caption", exact=True).fill(text)
    told(page, "lies nearest to")
    assert not page.locator(".lab-note").count() and fresh.errors == []


def test_a_drag_on_the_map_moves_the_point(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "vae")
    box = page.locator(".lab-map").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 160, steps=10)
    page.mouse.up()
    settle(page)
    assert float(page.get_by_role("slider", name="across").input_value()) > 0.5


def test_a_drawing_opens_the_map_that_it_fits_and_gets_a_cloud(
    fresh: Visit, unpacked: Path
) -> None:
    page = alive(fresh, unpacked, "vae")
    told(page, "within the cloud of your drawing")
    page.locator("guide-lab .lab-loads").get_by_role("button", name="1").click()
    told(page, "The 1 at")
    assert page.locator("guide-lab").get_by_role("radio", name="1").is_checked()
    field = page.locator("guide-lab .lab-field-canvas")
    field.press("Delete")
    settle(page)
    assert "cloud" not in page.locator("guide-lab .lab-status").inner_text()


def test_holes_of_the_map_are_told(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "vae", "?lab-digit=3&lab-z1=-2.9&lab-z2=-2.9")
    told(page, "in a hole, where it learned from no digit")


def test_the_color_scheme_can_change_while_it_runs(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan")
    canvas = page.locator("guide-lab .lab-big canvas")
    read = """(c) => {
      const { data } = c.getContext("2d").getImageData(0, 0, 28, 28);
      const inked = Array.from({ length: 784 }, (_, i) => i).find((i) => data[4 * i + 3] > 200);
      return Array.from(data.slice(4 * inked, 4 * inked + 4));
    }"""
    light = canvas.evaluate(read)
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.wait_for_timeout(100)
    dark = canvas.evaluate(read)
    assert light[3] == dark[3] > 0 and light[0] < 128 < dark[0]


@pytest.mark.parametrize("key", DIGITS)
def test_code_and_weights_are_small(unpacked: Path, key: str) -> None:
    def size(path: str) -> int:
        return len(gzip.compress((unpacked / path).read_bytes(), 9))

    widget = DIGITS[key]
    code = size(own(widget))
    models = [*widget.weights, *widget.later.split()]  # with every tab opened
    weights = [size(f"lab/{path}.js") for path in widget.files(models)]
    assert max(weights) <= 160_000
    assert code + sum(weights) <= 260_000, f"{code} + {weights}"
    assert size(f"{STYLES}/lab.css") < 4_500


def test_only_pages_with_a_model_load_one(fresh: Visit, unpacked: Path) -> None:
    asked: list[str] = []
    fresh.page.on("request", lambda request: asked.append(request.url))
    fresh.open(unpacked / "basics/what-is-generative-ai.html").wait_for_timeout(300)
    assert not [url for url in asked if "/lab/" in url]
    fresh.open(unpacked / "index.html").wait_for_timeout(300)  # which draws by itself, with one
    assert {url.rsplit("/", 1)[1] for url in asked if "/weights/" in url} <= {"diffusion.js"}
    asked.clear()
    # A model that is far away is not loaded either.
    page = fresh.open(path_of(unpacked, "gan"), "#gan-sources")
    page.wait_for_timeout(500)
    assert not [url for url in asked if "/weights/" in url]


def test_the_pen_survives_any_order_of_keys(fresh: Visit, unpacked: Path) -> None:
    """Taking back or clearing what is being drawn lifts the pen; nothing is thrown."""
    page = alive(fresh, unpacked, "flow")
    field = page.locator("guide-lab .lab-field-canvas")
    for key in ("Backspace", "Delete"):
        field.focus()
        for pressed in ("Delete", "Space", key, "ArrowRight", "ArrowDown"):
            page.keyboard.press(pressed)
        assert page.locator("guide-lab .lab-pen").inner_text().startswith("Pen up")
    box = field.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.keyboard.press("Backspace")
    page.mouse.move(box["x"] + 60, box["y"] + 80)
    page.mouse.up()
    told(page, "The sheet is empty")
    assert not page.locator(".lab-note").count() and fresh.errors == []


def test_a_limit_is_told(fresh: Visit, unpacked: Path) -> None:
    """Fewer steps than the one that is shown: the slider says what is shown now."""
    page = alive(fresh, unpacked, "hybrid", "?lab-steps=1&lab-at=150")
    slider = page.locator("guide-lab .lab-player input")
    assert slider.input_value() == slider.get_attribute("aria-valuetext")
    assert int(slider.input_value()) == 97  # 49 pieces in a step each, and their starts


def test_two_widgets_of_a_page_share_no_names(fresh: Visit, unpacked: Path) -> None:
    """Each has a bundle of its own, with a count of its own if nobody takes care."""
    page = alive(fresh, unpacked, "transformer")
    page.locator("guide-text").first.scroll_into_view_if_needed()
    page.wait_for_selector("guide-text input[type=range]", timeout=30_000)
    names = page.locator("guide-lab").evaluate(
        """(lab) => {
          const inside = [...lab.querySelectorAll("[name], [id]")].map((e) => e.name || e.id);
          const outside = [...document.querySelectorAll("guide-text [name], guide-text [id]")];
          return outside.map((e) => e.name || e.id).filter((name) => inside.includes(name));
        }"""
    )
    assert names == []
    assert page.locator("guide-lab").get_by_role("radio", name="3", exact=True).is_checked()
