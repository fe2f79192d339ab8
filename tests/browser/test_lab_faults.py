"""What can go wrong with a live model: the picture stays, and one sentence says why."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.live import STATE, alive, inked, path_of, settle
from support.models import DIGITS
from support.visits import Visit, watch

pytestmark = [pytest.mark.browser, pytest.mark.full]
LOST = "so the picture above stays as it is."


def test_without_javascript_the_picture_stands(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for key in DIGITS:
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
    damage(folder / "lab/pictures/weights/gan.js")
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
    page.get_by_role("button", name="New sheet").click()
    settle(page)
    assert page.locator(".lab-status").inner_text() != before
    assert not page.locator(".lab-note").count()
    context.close()


ABSURD = [*"-1 1e999 NaN %00 0x10 Infinity <script>alert(1)</script>".split(), "", "seven" * 99]


@pytest.mark.parametrize("key", DIGITS)
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
