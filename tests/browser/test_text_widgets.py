"""The language widgets, driven as a reader drives them, from disk and with the network cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support import axe
from support.language import HTML, alive, line, path_of, started, told
from support.models import LANGUAGE
from support.visits import Visit, watch

pytestmark = [pytest.mark.browser, pytest.mark.full]


@pytest.mark.parametrize("kind", LANGUAGE)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_nothing_moves_when_a_widget_starts(
    browser: Browser, unpacked: Path, kind: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    visit = watch(context)
    page = visit.open(path_of(unpacked, kind))
    box = page.locator(f'guide-text[data-kind="{kind}"]')
    before = box.bounding_box()
    widget = started(page, kind)
    tabs = widget.get_by_role("tab")
    for i in range(max(1, tabs.count())):
        if tabs.count():
            tabs.nth(i).click()
        widget.locator(".lab-status").filter(has_text=re.compile(".{15}")).wait_for()
        after = box.bounding_box()
        assert before and after and after["height"] == before["height"]
        assert not widget.locator(".lab-note").count()
        assert len(widget.locator(".lab-lesson").inner_text()) > 40
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert widget.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0
    assert visit.errors == [] and visit.outside == []
    for i in range(max(1, tabs.count()) if width > 320 else 0):
        if tabs.count():
            tabs.nth(i).click()
        assert axe.violations(page, f'guide-text[data-kind="{kind}"]') == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colors_bars_and_choices_stay_visible(
    browser: Browser, unpacked: Path, scheme: str
) -> None:
    """What is told by color alone must differ in the reader's own colors too."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        color_scheme=scheme,
        forced_colors="active",
        reduced_motion="reduce",
    )
    widget = alive(watch(context), unpacked, "write", "?text-word=rain&text-greedy=true")
    told(widget, "Done")

    def color(selector: str, name: str) -> str:
        found: str = widget.locator(selector).first.evaluate(
            "(e, name) => getComputedStyle(e)[name]", name
        )
        return found

    tab = "[role=tab][aria-selected=%s]"
    assert color(tab % "true", "backgroundColor") != color(tab % "false", "backgroundColor")
    assert color(tab % "true", "backgroundColor") != color(tab % "true", "color")
    assert color(".text-bar i", "backgroundColor") == color(".text-bar", "color")
    taken, other = ".text-bar.text-taken", ".text-bar:not(.text-taken)"
    assert color(taken, "borderTopColor") != color(other, "borderTopColor")
    pressed = "input:checked + span"
    assert color(pressed, "backgroundColor") != color(
        "input:not(:checked) + span", "backgroundColor"
    )
    context.close()


def test_nothing_is_loaded_before_it_is_asked_for_or_dwelt_at(fresh: Visit, unpacked: Path) -> None:
    asked: list[str] = []
    fresh.page.on("request", lambda request: asked.append(request.url))
    page = fresh.open(path_of(unpacked, "write"))
    page.wait_for_timeout(2500)
    assert not [url for url in asked if "text/weights" in url]
    page.locator('guide-text[data-kind="write"]').scroll_into_view_if_needed()
    page.locator('guide-text[data-kind="write"] .text-live').wait_for(timeout=20_000)
    assert len([url for url in asked if "text/weights" in url]) == 2


def test_a_word_is_defined_token_by_token_and_can_be_undone_and_forked(
    calm: Visit, unpacked: Path
) -> None:
    widget = alive(calm, unpacked, "write")
    told(widget, "Done")
    field = widget.get_by_role("textbox", name="A word or a phrase")
    field.fill("light bulb")
    field.press("Enter")
    done = told(widget, re.compile("Done: .light bulb"))
    whole = line(widget)
    assert whole.startswith("\u23celight bulb: ") and whole.endswith("\u23ce")
    assert "text-made=" in widget.page.evaluate(
        "new Promise((r) => setTimeout(() => r(location.search), 300))"
    )
    widget.get_by_role("button", name="Undo").click()
    told(widget, "First candidate")
    assert line(widget) == whole[:-1]
    widget.get_by_role("button", name="Step").click()
    assert told(widget, "Done") == done  # the same seed draws the same token
    widget.locator(".text-line .text-chip").nth(6).click()
    told(widget, "Here it took")
    second = widget.locator(".text-bar:not(.text-taken)").first
    name = second.locator("span").inner_text().replace("\u00b7", " ")
    second.click()
    told(widget, "First candidate")
    assert line(widget).endswith(name) and len(line(widget)) < len(whole)
    widget.locator(".text-way").first.click()
    told(widget, "Done")
    assert line(widget) == whole


def test_the_knobs_act_on_the_bars(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "write", "?text-word=rain")
    for _ in range(40):
        if line(widget).endswith(":"):
            break
        widget.get_by_role("button", name="Undo").click()

    def shares() -> list[str]:
        widget.page.wait_for_timeout(120)
        return widget.locator(".text-bar em").all_inner_texts()

    first = shares()
    widget.get_by_role("slider", name="Temperature").fill("2")
    hot = shares()
    widget.get_by_role("radio", name="3", exact=True).check()
    assert shares()[3:] == ["cut"] * 7
    widget.get_by_role("checkbox", name="Greedy").check()
    assert shares() == ["100%", *["cut"] * 9]
    assert first != hot and "cut" not in hot
    assert "1 of 2,048" in widget.locator(".text-side").inner_text()


def test_the_address_holds_the_state(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "write", "?embed&utm=x")
    field = widget.get_by_role("textbox", name="A word or a phrase")
    field.fill("snow")
    field.press("Enter")
    told(widget, "Done")
    widget.get_by_role("tab", name="Attention").click()
    widget.get_by_role("button", name="Block 3, head 4").click()
    told(widget, "looks most at")
    whole = line(widget)
    widget.page.wait_for_timeout(300)
    address = widget.page.url
    assert "embed" in address and "utm=x" in address and "text-head=11" in address
    again = alive(calm, unpacked, "write", "?" + address.split("?")[1].split("#")[0])
    told(again, "looks most at")
    assert line(again) == whole
    assert (
        again.get_by_role("button", name="Block 3, head 4").get_attribute("aria-pressed") == "true"
    )


def test_attention_by_keyboard(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "write", "?text-tab=look&text-word=rain")
    told(widget, "looks most at")
    widget.locator(".text-line .text-chip").nth(3).click()
    before = told(widget, "looks most at")
    widget.page.keyboard.press("ArrowRight")
    widget.page.wait_for_timeout(400)
    assert widget.locator(".lab-status").inner_text() != before
    assert widget.locator(".text-line .text-at").count() == 1


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "has no letters"),
        ("\u200b \t", re.compile("has no letters|Done")),
        ("\x07\x1b", "has no letters"),
        ("x" * 10_000, "cut there"),
        ("\u05e9\u05dc\u05d5\u05dd", "Done"),
        ("\U0001f427\U0001f468\u200d\U0001f469\u200d\U0001f467", re.compile("Done|full")),
        (HTML, re.compile("Done|full|cut")),
    ],
)
def test_whatever_is_typed_is_answered(
    calm: Visit, unpacked: Path, typed: str, answer: str | re.Pattern[str]
) -> None:
    widget = alive(calm, unpacked, "write")
    told(widget, "Done")
    field = widget.get_by_role("textbox", name="A word or a phrase")
    field.evaluate("(e, text) => (e.value = text)", typed)
    field.press("Enter")
    told(widget, answer)
    widget.get_by_role("tab", name="Surprise").click()
    area = widget.get_by_role("textbox", name="A text to be read")
    area.evaluate(
        "(e, text) => { e.value = text; e.dispatchEvent(new Event('input')); }", typed * 3
    )
    told(widget, re.compile("has no letters|bits a character"))
    widget.page.wait_for_timeout(300)
    assert widget.page.title() != "run" and not widget.locator("img, script").count()
    assert calm.errors == []


def test_surprise_is_higher_for_what_makes_no_sense(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "write", "?text-tab=bits")
    area = widget.get_by_role("textbox", name="A text to be read")
    bits = []
    for text in ("a kind of bird", "bird kind a of", "xq zvvk jjw"):
        area.fill(f"thing: {text}")
        widget.page.wait_for_timeout(700)
        bits.append(float(told(widget, "bits a character").split(" ")[0]))
    assert bits == sorted(bits) and bits[2] > bits[0] + 1


def test_five_temperatures_and_what_it_stands_on(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "write", "?text-tab=heat")
    told(widget, "Mean surprise")
    means = [float(text.split()[0]) for text in widget.locator(".text-heat em").all_inner_texts()]
    assert len(means) == 5 and means[4] == max(means) and means[0] < means[3]
    widget.get_by_role("tab", name="What it stands on").click()
    told(widget, "Word for word")
    assert widget.locator(".text-near li").count() == 4
    assert widget.locator(".text-near mark").count()


def test_the_recurrent_network_shows_its_state(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "recurrent")
    told(widget, "576 numbers")
    widget.get_by_role("button", name="Write on").click()
    widget.page.wait_for_timeout(300)
    whole = line(widget)
    assert len(whole) > len("\u23cepenguin:")
    inked = widget.locator(".text-states").evaluate(
        """(c) => {
          const data = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
          return data.filter((v, i) => i % 4 === 3 && v).length;
        }"""
    )
    assert inked > 1000
    widget.locator(".text-line .text-chip").nth(2).click()
    told(widget, re.compile(r"^\u201c.+\u201d changed \d+ of the 576"))


def test_a_pasted_text_is_counted_and_written_on(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "shannon")
    told(widget, "characters")
    area = widget.get_by_role("textbox")
    area.fill("abcdefghij" * 50)
    told(widget, "500 characters, 10 different")
    lines = widget.locator(".text-made").all_inner_texts()
    assert (
        all(line in "abcdefghij" * 50 for line in lines[2:]) and lines[0] not in "abcdefghij" * 50
    )
    area.fill(HTML * 2)
    told(widget, f"{2 * len(HTML)} characters")
    area.fill(" \n ")
    told(widget, "Paste a text of 40 letters or more")
    assert widget.page.title() != "run"


def test_a_line_appears_out_of_blanks_and_a_gap_is_filled(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "masked", "?text-steps=4&text-length=8")
    told(widget, "8 of 8 blanks are filled")
    assert widget.locator(".text-film li").count() == 4
    widget.get_by_role("slider", name="Step shown").fill("2")
    told(widget, "4 of 8 blanks")
    assert widget.locator(".text-blank").count() == 4
    widget.get_by_role("tab", name="Fill a gap").click()
    told(widget, "3 blanks")
    field = widget.get_by_role("textbox")
    for typed, answer in (
        ("rain: _ that falls", "One blank"),
        ("no gap", "Put an underscore"),
        ("", "has no letters"),
        ("_" * 300, "64 at most"),
    ):
        field.fill(typed)
        field.press("Enter")
        told(widget, answer)
    assert not widget.locator(".lab-note").count()


def test_ten_rounds_are_scored_and_kept_on_the_device(calm: Visit, unpacked: Path) -> None:
    widget = alive(calm, unpacked, "game")
    for turn in range(10):
        widget.locator(".text-round").filter(has_text=f"Word {turn + 1} of 10").wait_for()
        widget.locator(".text-card").nth(turn % 2).click()
        widget.locator(".text-card.text-real").wait_for()
        assert widget.locator(".text-card.text-real").count() == 1
        widget.page.keyboard.press("Enter")  # the next word, or another game
    again = alive(calm, unpacked, "game")
    assert re.search("one game, [0-9]+ of 10 right", told(again, "On this device"))
