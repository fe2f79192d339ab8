"""The live models, driven as a reader drives them, from disk and with the network cut."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest
from fieldguide.lab_figures import SCRIPTS, STYLESHEET, WIDGETS
from fieldguide.lab_tables import TRY
from playwright.sync_api import Browser, Locator, Page
from support import axe
from support.visits import Visit, watch

pytestmark = [pytest.mark.browser, pytest.mark.full]
LOST = "so the picture above stays as it is."
# What the live models keep in the address, each behind `lab-`.
STATE = (
    *("tab digit digits seed end at pixel temperature head rows numbers drawing z1 z2".split()),
    *("noise steps guidance text".split()),
)


def path_of(folder: Path, key: str) -> Path:
    """Return the page of a family in a built site."""
    return folder / "models" / TRY[key].replace(".md", ".html")


def alive(visit: Visit, folder: Path, key: str, query: str = "") -> Page:
    """Open a family's page and wait until its model runs."""
    page = visit.open(path_of(folder, key), f"{query}#{key}-try")
    page.wait_for_selector("guide-lab.lab-on", timeout=30_000)
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until what was asked for is drawn and told."""
    page.wait_for_timeout(30)
    page.wait_for_function(
        """() => {
          const { ui } = document.querySelector("guide-lab");
          return !ui.live || !(ui.saying || (ui.panel && ui.panel.waiting));
        }"""
    )


def told(page: Page, part: str) -> str:
    """Wait until the summary says `part`, and return the whole of it."""
    status = page.locator("guide-lab .lab-status").filter(has_text=part)
    status.wait_for(timeout=20_000)
    return status.inner_text()


def inked(canvas: Locator) -> float:
    """Return how much is drawn on a canvas: the mean of its alpha, 0 to 255."""
    return float(
        canvas.evaluate(
            """(c) => {
              const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height);
              let sum = 0;
              for (let i = 3; i < data.length; i += 4) sum += data[i];
              return (4 * sum) / data.length;
            }"""
        )
    )


@pytest.mark.parametrize("key", WIDGETS)
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


def test_without_javascript_the_picture_stands(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for key in WIDGETS:
        page.goto(path_of(unpacked, key).as_uri())
        assert page.locator("guide-lab .lab-sheet").is_visible()
        assert "digits" in page.locator("guide-lab figcaption").inner_text()
    context.close()


def test_on_paper_the_picture_stands(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan")
    assert not page.locator(".lab-static").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".lab-static").is_visible()
    assert not page.locator(".lab-live").is_visible()


def damage_missing(script: Path) -> None:
    script.unlink()


def damage_truncated(script: Path) -> None:
    script.write_text(script.read_text()[:20_000])


def damage_short(script: Path) -> None:
    text = script.read_text()
    script.write_text(re.sub(r'("data":"[^"]{4000})[^"]*', r"\1", text))


def damage_letters(script: Path) -> None:
    script.write_text(script.read_text().replace('"data":"', '"data":"%%%%'))


def damage_numbers(script: Path) -> None:
    """Make every scale of the first matrix infinite or not a number."""
    script.write_text(re.sub(r'("data":")[^"]{80}', r"\1" + "/" * 80, script.read_text()))


def damage_names(script: Path) -> None:
    script.write_text(script.read_text().replace('"name":"', '"name":"x'))


def damage_nothing_inside(script: Path) -> None:
    script.write_text("window.fieldguideWeights = {gan: null};")


DAMAGE = [value for name, value in sorted(globals().items()) if name.startswith("damage_")]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_weights_are_told_in_one_sentence(
    fresh: Visit, unpacked: Path, tmp_path: Path, damage: object
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(unpacked, folder)
    assert callable(damage)
    damage(folder / "lab/weights/gan.js")
    page = fresh.open(path_of(folder, "gan"))
    page.wait_for_selector(".lab-note")
    assert page.locator(".lab-note").inner_text().endswith(LOST)
    assert page.locator(".lab-static").is_visible()
    assert not page.locator(".lab-live").count()
    assert [error for error in fresh.errors if "ERR_FILE_NOT_FOUND" not in error] == []
    page.get_by_role("heading", name="Sources").is_visible()


def test_without_canvas_the_picture_stays(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    visit = watch(context)
    page = visit.open(path_of(unpacked, "vae"))
    page.wait_for_selector(".lab-note")
    assert (
        page.locator(".lab-note").inner_text()
        == f"This browser offers no canvas to draw on, {LOST}"
    )
    assert page.locator(".lab-static").is_visible()
    assert visit.errors == []
    context.close()


def test_blocked_storage_and_history_do_no_harm(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context()
    context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new Error('blocked'); }});"
        "history.replaceState = () => { throw new Error('refused'); };"
    )
    visit = watch(context)
    page = alive(visit, unpacked, "gan")
    before = page.locator(".lab-status").inner_text()
    page.get_by_role("button", name="New noise").click()
    settle(page)
    assert page.locator(".lab-status").inner_text() != before
    assert not page.locator(".lab-note").count()
    context.close()


ABSURD = [*"-1 1e999 NaN %00 0x10 Infinity <script>alert(1)</script>".split(), "", "seven" * 99]


@pytest.mark.parametrize("key", WIDGETS)
def test_absurd_parameters_are_ignored(fresh: Visit, unpacked: Path, key: str) -> None:
    for turn in range(0, len(ABSURD), 3):
        values = [ABSURD[(turn + i) % len(ABSURD)] for i in range(len(STATE))]
        pairs = [f"lab-{name}={value}" for name, value in zip(STATE, values, strict=True)]
        query = "?" + "&".join(pairs)
        page = alive(fresh, unpacked, key, query)
        assert not page.locator(".lab-note").count(), query
        drawn = [inked(canvas) for canvas in page.locator("guide-lab canvas:visible").all()]
        assert drawn and all(ink == ink for ink in drawn)
    assert fresh.errors == []


def test_the_address_holds_the_state_and_leaves_the_rest(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan", "?embed&course=one+two&utm=x")
    assert "lab-" not in page.url  # nothing is written before the reader does something
    lab = page.locator("guide-lab")
    lab.get_by_role("radio", name="7").check()
    lab.get_by_role("button", name="New noise").click()
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
    lab.get_by_role("tab", name="Make ten").focus()
    page.keyboard.press("ArrowRight")
    slider = lab.get_by_role("slider", name="Position")
    slider.focus()
    page.keyboard.press("Home")
    told(page, " 0% of the way")
    page.keyboard.press("End")
    told(page, "100% of the way")


def test_attention_of_a_pixel_that_is_pointed_at(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "transformer")
    lab = page.locator("guide-lab")
    canvas = lab.locator(".lab-big canvas")
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.3)
    told(page, "Row 3, column 5")
    canvas.focus()
    page.keyboard.press("ArrowDown")
    assert "of the look went to the class" in told(page, "Row 4, column 5")


def test_writing_plays_pixel_by_pixel(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "autoregressive")
    lab = page.locator("guide-lab")
    lab.get_by_role("button", name="Play").click()
    page.wait_for_timeout(600)
    lab.get_by_role("button", name="Pause").click()
    written = int(lab.get_by_role("slider", name="Pixels").input_value())
    assert 2 <= written <= 40
    page.wait_for_timeout(300)
    assert int(lab.get_by_role("slider", name="Pixels").input_value()) == written


def test_a_drawing_by_mouse_and_one_by_keyboard(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "flow")
    lab = page.locator("guide-lab")
    field = lab.locator(".lab-field-canvas")
    box = field.bounding_box()
    assert box
    lab.get_by_role("button", name="Clear").click()
    told(page, "The sheet is empty")
    # A stroke in a corner, short and off the middle: it is moved and enlarged before it is counted.
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 22, box["y"] + 90, steps=6)
    page.mouse.up()
    told(page, "most likely a 1")
    assert re.search(r"lab-drawing=[a-q]{64}", page.url)
    lab.get_by_role("button", name="Clear").click()
    field.focus()
    page.keyboard.press("Space")
    for _ in range(11):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert lab.locator(".lab-pen").inner_text() == "Pen up at row 7, column 4 of 8"
    settle(page)
    top = lab.locator(".lab-bars .lab-top span").inner_text()
    assert top == "1"
    # Everything black: still an answer, and one that says how unlike a digit it is.
    for row in range(4, 200, 8):
        page.mouse.move(box["x"] + 1, box["y"] + row)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 1, box["y"] + row, steps=3)
        page.mouse.up()
    settle(page)
    bits = re.search(r"(-?[\d.]+) bits per pixel", lab.locator(".lab-status").inner_text())
    assert bits and float(bits[1]) > 2.2, "a real digit costs about 1.8"
    assert fresh.errors == []


def test_real_digits_are_rated_better_than_upside_down_and_noise(
    fresh: Visit, unpacked: Path
) -> None:
    page = alive(fresh, unpacked, "flow")
    marks = page.locator(".lab-mark").evaluate_all(
        "(all) => all.map((m) => parseFloat(m.style.left))"
    )
    real, upside_down, noise, _ = marks
    assert real < upside_down < noise


@pytest.mark.parametrize(
    ("text", "digit"), [("seven", "seven"), ("sevn", "seven"), ("nine", "nine"), ("zero", "zero")]
)
def test_a_word_becomes_a_digit_and_a_word_again(
    fresh: Visit, unpacked: Path, text: str, digit: str
) -> None:
    page = alive(fresh, unpacked, "multimodal")
    page.get_by_label("Type").fill(text)
    summary = told(page, f"“{text}” lies nearest to {digit}")
    assert summary.split("read back as")[1].count(digit) >= 3


@pytest.mark.parametrize("text", ["cat", "", "ΩЖ漢字", "<b>1</b>", "7", "a" * 500])
def test_nonsense_is_answered_politely(fresh: Visit, unpacked: Path, text: str) -> None:
    page = alive(fresh, unpacked, "multimodal")
    page.get_by_label("Type").evaluate("(box) => box.removeAttribute('maxlength')")
    page.get_by_label("Type").fill(text)
    told(page, "lies nearest to")
    assert not page.locator(".lab-note").count() and fresh.errors == []


def test_sixty_four_numbers(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "diffusion")
    canvas = page.locator("guide-lab .lab-big canvas").first
    assert canvas.evaluate("(c) => c.width") == 96
    page.get_by_label("64 numbers").check()
    settle(page)
    assert canvas.evaluate("(c) => c.width") == 320
    assert "lab-numbers=true" in page.url


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


def test_the_color_scheme_can_change_while_it_runs(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "gan")
    canvas = page.locator("guide-lab .lab-big canvas")
    read = "(c) => Array.from(c.getContext('2d').getImageData(48, 5, 1, 1).data)"
    light = canvas.evaluate(read)
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.wait_for_timeout(100)
    dark = canvas.evaluate(read)
    assert light[3] == dark[3] > 0 and light[0] < 128 < dark[0]


@pytest.mark.parametrize("key", WIDGETS)
def test_code_and_weights_are_small(unpacked: Path, key: str) -> None:
    def size(path: str) -> int:
        return len(gzip.compress((unpacked / path).read_bytes(), 9))

    models = WIDGETS[key].models.split()
    code = size(f"{SCRIPTS}/{key}.js")
    weights = [size(f"lab/weights/{model}.js") for model in models]
    limit = 60_000 if len(models) == 1 else 110_000
    assert code + sum(weights) <= limit, f"{code} + {weights}"
    assert size(STYLESHEET) < 4_000
    for model in models:
        assert (unpacked / f"lab/weights/{model}.js").stat().st_size <= 65_000


def test_only_pages_with_a_model_load_one(fresh: Visit, unpacked: Path) -> None:
    asked: list[str] = []
    fresh.page.on("request", lambda request: asked.append(request.url))
    fresh.open(unpacked / "index.html").wait_for_timeout(300)
    assert not [url for url in asked if "/lab/" in url]
    # A model that is far away is not loaded either.
    page = fresh.open(path_of(unpacked, "gan"), "#gan-sources")
    page.wait_for_timeout(500)
    assert not [url for url in asked if "/lab/weights/" in url]


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
    page = alive(fresh, unpacked, "diffusion", "?lab-steps=4")
    slider = page.locator("guide-lab .lab-player input")
    assert slider.input_value() == slider.get_attribute("aria-valuetext")
    assert int(slider.input_value()) <= 4
