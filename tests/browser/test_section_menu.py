"""The menu at each heading: what it copies, by mouse and by keyboard, for everybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from support import axe, recipes
from support.models import ROOT
from support.sections import CLIPBOARD, FULL, PAGE, SECTION, SHORT, Copy, Opener, shown, use

pytestmark = [pytest.mark.browser, pytest.mark.full]
CHECKED = {  # the day on which each page was last checked
    path.with_suffix(".html"): date.fromisoformat(text.partition("\nchecked: ")[2][:10])
    for path in (ROOT / "docs").rglob("*.md")
    if "\nchecked: " in (text := path.read_text(encoding="utf-8"))
}
DAY, EDITION = CHECKED[ROOT / "docs" / PAGE], max(CHECKED.values())
COPIES = {
    "link": SHORT,
    "markdown": f"[{FULL}]({SHORT})",
    "html": f'<a href="{SHORT}">{FULL}</a>',
    "apa": f"Generative AI Field Guide. ({DAY.year}, {DAY:%B} {DAY.day}). {FULL}. {SHORT}",
    "bibtex": (
        f"@incollection{{fieldguide-{SECTION},\n"
        "  author = {{Generative AI Field Guide}},\n"
        f"  title = {{{{{FULL}}}}},\n"
        "  booktitle = {{Generative AI Field Guide}},\n"
        "  year = {2026},\n"
        f"  note = {{Version {EDITION}, CC BY 4.0}},\n"
        f"  url = {{{SHORT}}}\n"
        "}"
    ),
    "embed": (
        f'<iframe src="{SHORT}?embed" title="{FULL}" width="100%" height="600" '
        'style="border: 0" loading="lazy"></iframe>'
    ),
}
REFUSE = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"


def clipboard(page: Page) -> str:
    """Return what was copied."""
    page.locator(".section-menu-status", has_text="copied.").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("form", COPIES)
def test_what_is_copied_to_the_last_character(hosted: Copy, opened: Opener, form: str) -> None:
    page = opened(hosted.address + PAGE, permissions=CLIPBOARD)
    use(page, SECTION, form)
    assert clipboard(page) == COPIES[form]


def test_without_an_address_the_page_gives_its_own(site: Path, opened: Opener) -> None:
    with recipes.serving(site) as address:
        page = opened(f"{address}{PAGE}?q=x#transformer", permissions=CLIPBOARD)
        use(page, SECTION, "link")
        assert clipboard(page) == f"{address}{PAGE}#{SECTION}"
        assert page.locator("[data-use=qr]").count() == 0
        assert "no public address" in page.locator(".section-menu-more").inner_text()


def test_titles_are_escaped_for_each_form(moved: Copy, opened: Opener) -> None:
    page = opened(moved.address + "models/gans.html", permissions=CLIPBOARD)
    page.locator("#gan-sources").evaluate(
        "e => e.firstChild.textContent = 'A [b] *c* <d> & \"e\" 5%_'"
    )
    heading = 'GANs: A [b] *c* <d> & "e" 5%_'
    assert page.evaluate("fieldguide.title('gan-sources')") == heading
    use(page, "gan-sources", "markdown")
    url = f"{moved.address}models/gans.html#gan-sources"
    assert clipboard(page) == rf'[GANs: A \[b\] \*c\* &lt;d> & "e" 5%\_]({url})'
    page.locator("[data-use=html]").click()
    page.locator(".section-menu-status", has_text="HTML copied").wait_for()
    assert "GANs: A [b] *c* &lt;d&gt; &amp; &quot;e&quot; 5%_</a>" in clipboard(page)
    page.locator("[data-use=bibtex]").click()
    page.locator(".section-menu-status", has_text="BibTeX").wait_for()
    assert r"<d> \& " in clipboard(page) and r"5\%\_" in clipboard(page)


def test_a_refused_clipboard_falls_back(hosted: Copy, opened: Opener) -> None:
    page = opened(hosted.address + PAGE, REFUSE, permissions=CLIPBOARD)
    use(page, SECTION, "markdown")
    assert clipboard(page) == COPIES["markdown"]
    assert page.locator(".section-menu textarea").count() == 0


def test_what_cannot_be_copied_is_shown_selected(hosted: Copy, opened: Opener) -> None:
    page = opened(hosted.address + PAGE, REFUSE + "document.execCommand = () => false;")
    use(page, SECTION, "markdown")
    area = page.locator(".section-menu textarea")
    assert area.input_value() == COPIES["markdown"]
    assert page.evaluate("document.activeElement.selectionEnd") == len(COPIES["markdown"])
    assert "by hand" in page.locator(".section-menu-status").inner_text()


def test_the_keyboard_alone(hosted: Copy, opened: Opener) -> None:
    page = opened(hosted.address + PAGE, permissions=CLIPBOARD)
    page.locator(f"#{SECTION} .headerlink").focus()
    page.keyboard.press("Tab")
    button = page.locator(f"#{SECTION} + .section-use > button")
    assert button.evaluate("e => e === document.activeElement")
    assert button.evaluate("e => getComputedStyle(e).opacity") == "1"
    assert button.get_attribute("aria-label") == "Use this section: The objective"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert clipboard(page) == SHORT
    page.keyboard.press("Escape")
    assert page.locator(".section-menu").count() == 0
    assert button.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".section-menu").count() == 0


def test_every_section_has_a_menu_and_the_plain_link_stays(hosted: Copy, opened: Opener) -> None:
    script = "[...document.querySelectorAll('.md-content :is(h1,h2,h3,h4)')].map(e => [e.id,"
    script += "!!e.querySelector('.headerlink'), e.nextElementSibling.className])"
    rows = opened(hosted.address + PAGE).evaluate(script)
    assert len(rows) > 10 and all(row[1] and row[2] == "section-use" for row in rows)
    rows = opened(hosted.address + PAGE, java_script_enabled=False).evaluate(script)
    assert all(row[1] and row[2] != "section-use" for row in rows)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(hosted: Copy, opened: Opener, width: int, scheme: str) -> None:
    options: dict[str, Any] = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
        "permissions": CLIPBOARD,
    }
    page = opened(hosted.address + PAGE, **options)
    use(page, SECTION, "qr")
    page.locator("[data-use=apa]").click()
    page.locator(".section-menu-status", has_text="copied.").wait_for()
    assert axe.violations(page) == []
    page = opened(hosted.address + PAGE, REFUSE + "document.execCommand = () => false;", **options)
    use(page, "transformer", "embed")
    page.locator(".section-menu textarea").wait_for()
    assert axe.violations(page) == []
    for query in (f"?embed#{SECTION}", "?embed#nothing"):
        page = opened(hosted.address + PAGE + query, **options)
        page.locator(".section-source").wait_for()
        assert axe.violations(page) == []


def test_the_menu_does_not_move_the_text(hosted: Copy, opened: Opener) -> None:
    places = "[...document.querySelectorAll('.md-content__inner > *:not(.section-use)')]"
    places += ".map(e => Math.round(e.getBoundingClientRect().top))"
    for width in (390, 1280):
        size = {"width": width, "height": 800}
        page = opened(hosted.address + "learn/glossary.html", viewport=size)
        before = page.evaluate(places)
        page.evaluate("document.querySelectorAll('.section-use').forEach(e => e.remove())")
        assert page.evaluate(places) == before


def test_the_qr_code_leads_to_the_short_link(hosted: Copy, opened: Opener, tmp_path: Path) -> None:
    python = os.environ.get("FIELDGUIDE_INTEROP_PYTHON", sys.executable)
    read = "import sys, zxingcpp; from PIL import Image;"
    read += "print(zxingcpp.read_barcodes(Image.open(sys.argv[1]))[0].text)"
    if subprocess.run([python, "-c", "import zxingcpp, PIL"], capture_output=True).returncode:
        pytest.skip("zxing-cpp is not installed (pip install '.[interop]')")
    for scheme in ("light", "dark"):
        page = opened(hosted.address + PAGE, color_scheme=scheme)
        use(page, SECTION, "qr")
        image = page.locator(".section-menu-code img")
        image.evaluate("e => e.decode()")
        image.screenshot(path=tmp_path / "code.png")
        done = subprocess.run(
            [python, "-c", read, str(tmp_path / "code.png")],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == SHORT


def test_each_heading_has_its_code(hosted: Copy) -> None:
    feed = json.loads((hosted.folder / "sections.json").read_text(encoding="utf-8"))
    for row in feed["sections"]:
        assert f"<title>{row['short_url']}</title>" in (
            hosted.folder / f"s/{row['id']}.svg"
        ).read_text(encoding="utf-8")


def test_from_a_disk_the_menu_works(unpacked: Path, opened: Opener) -> None:
    page = opened((unpacked / PAGE).as_uri())
    page.locator(f"#{SECTION} + .section-use > button").click()
    page.locator("[data-use=link]").click()
    page.locator(".section-menu-status", has_text="Link copied.").wait_for()
    page = opened((unpacked / PAGE).as_uri() + f"?embed#{SECTION}")
    assert shown(page).startswith("The objective")
