"""The language widgets where something is missing: weights, WebAssembly, scripts; and odd input."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.language import HTML, STAYS, alive, line, path_of, started, told
from support.models import LANGUAGE
from support.sections import Copy, Opener
from support.visits import Visit, watch

pytestmark = [pytest.mark.browser, pytest.mark.full]


def damage_missing(script: Path) -> None:
    script.unlink()


def damage_truncated(script: Path) -> None:
    text = script.read_text()
    script.write_text(text[: len(text) // 2])


def damage_format(script: Path) -> None:
    script.write_text(script.read_text().replace('"format":1', '"format":9'))


def damage_row(script: Path) -> None:
    """Make a matrix a sign shorter than it says."""
    script.write_text(re.sub(r'("rows":"[^"]{50})[^"]', r"\1", script.read_text(), count=1))


def damage_signs(script: Path) -> None:
    script.write_text(re.sub(r'("rows":")[^"]{5}', r"\1     ", script.read_text(), count=1))


def damage_scale(script: Path) -> None:
    script.write_text(re.sub(r'("scales":\[)\d+', r"\1null", script.read_text(), count=1))


DAMAGE = [value for name, value in sorted(globals().items()) if name.startswith("damage_")]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_weights_are_told_in_one_sentence(
    fresh: Visit, unpacked: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(unpacked, folder)
    damage(folder / "lab/text/weights/transformer.js")
    page = fresh.open(path_of(folder, "write"))
    widget = page.locator('guide-text[data-kind="write"]')
    widget.evaluate("(e) => e.querySelector('.text-start').click()")
    widget.locator(".lab-note").wait_for()
    assert widget.locator(".lab-note").inner_text().endswith(STAYS)
    assert widget.locator(".text-head").is_visible() and not widget.locator(".text-live").count()
    assert [error for error in fresh.errors if "ERR_FILE_NOT_FOUND" not in error] == []


FILES = [(kind, name) for kind, each in LANGUAGE.items() for name in each.weights]


@pytest.mark.parametrize("damage", [damage_missing, damage_format, damage_truncated])
@pytest.mark.parametrize(("kind", "name"), FILES)
def test_every_file_that_is_damaged_is_told(
    fresh: Visit,
    unpacked: Path,
    tmp_path: Path,
    kind: str,
    name: str,
    damage: Callable[[Path], None],
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(unpacked, folder, copy_function=os.link)  # only what is damaged is a copy
    script = folder / f"lab/text/weights/{name}.js"
    whole = script.read_text()
    script.unlink()
    script.write_text(whole)
    damage(script)
    widget = fresh.open(path_of(folder, kind)).locator(f'guide-text[data-kind="{kind}"]')
    widget.evaluate("(e) => e.querySelector('.text-start').click()")
    widget.locator(".lab-note").wait_for()
    assert widget.locator(".lab-note").inner_text().endswith(STAYS)
    assert not widget.locator(".text-live").count()


@pytest.mark.parametrize("kind", ["recurrent", "masked"])
@pytest.mark.parametrize("typed", ["", "\x07\x1b", "x" * 10_000, "\u05e9\u05dc\u05d5\u05dd", HTML])
def test_the_other_networks_answer_whatever_is_typed(
    calm: Visit, unpacked: Path, kind: str, typed: str
) -> None:
    widget = alive(calm, unpacked, kind)
    widget.locator(".text-line .text-chip").first.wait_for()
    before = widget.locator(".text-line").inner_text()
    field = widget.get_by_role("textbox").first
    field.evaluate("(e, text) => (e.value = text)", typed)
    field.press("Enter")
    if typed.strip("\x07\x1b"):
        widget.page.wait_for_function(
            "([e, before]) => e.querySelector('.text-line').innerText !== before",
            arg=[widget.element_handle(), before],
        )
    else:
        told(widget, "has no letters")
    assert widget.page.title() != "run" and not widget.locator("img, script, .lab-note").count()
    assert calm.errors == []


def test_without_webassembly_it_writes_the_same(browser: Browser, unpacked: Path) -> None:
    lines = []
    for script in ("", "delete window.WebAssembly;"):
        context = browser.new_context(reduced_motion="reduce")
        if script:
            context.add_init_script(script)
        visit = watch(context)
        widget = alive(visit, unpacked, "write", "?text-word=rain")
        told(widget, "Done")
        lines.append(line(widget))
        assert visit.errors == []
        context.close()
    assert lines[0] == lines[1]


def test_from_a_host_it_loads_with_progress(hosted: Copy, opened: Opener) -> None:
    page = opened(f"{hosted.address}/models/transformers.html", reduced_motion="reduce")
    widget = started(page, "write")
    told(widget, "Done")
    bar = widget.locator("progress")
    assert bar.evaluate("(e) => e.value === e.max")


def test_without_javascript_and_on_paper_the_figure_stands(
    browser: Browser, unpacked: Path, fresh: Visit
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind, widget in LANGUAGE.items():
        page.goto(path_of(unpacked, kind).as_uri())
        figure = page.locator(f'guide-text[data-kind="{kind}"] .text-static')
        assert widget.about[:40] in figure.inner_text()
        assert not figure.locator("button").is_visible()
    context.close()
    live = alive(fresh, unpacked, "game")
    live.page.emulate_media(media="print")
    assert live.locator(".text-static").is_visible()
    assert not live.locator(".text-live").is_visible()
