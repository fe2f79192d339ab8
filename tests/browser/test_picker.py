"""Pick your own: finding sections, putting them in order, and coming back to them."""

from __future__ import annotations

import pytest
from support import axe, cartridges
from support.picker import PLACE, order, picker, query, saved
from support.sections import PUBLIC, Copy, Opener

pytestmark = [pytest.mark.browser, pytest.mark.full]
# The theme itself stumbles over a storage that cannot be asked, so its own keys are spared.
BLOCKED = (
    "const ask = Storage.prototype.getItem;"
    "Storage.prototype.setItem = () => { throw new DOMException('blocked', 'SecurityError'); };"
    "Storage.prototype.getItem = function (key) {"
    " if (key.startsWith('fieldguide:')) throw new DOMException('blocked', 'SecurityError');"
    " return ask.call(this, key); };"
)


@pytest.mark.parametrize(
    ("asked", "names", "words"),
    [
        ("gan-idea,nonsense,gan-idea,%3Cimg src=x onerror=alert(1)%3E", 1, "no sections of this"),
        ("gan-idea,gan-idea", 1, "1 entry repeats another"),
        ("", 0, "empty selection"),
        (",,,", 0, "empty selection"),
        ("%E0%A4%A", 0, "no section of this guide"),
        ("__proto__,constructor,hasOwnProperty", 0, "no sections of this guide"),
        ("gan-idea " + "x" * 9000, 1, "left out: " + "x" * 40 + "…"),
    ],
)
def test_a_wrong_selection_is_told(
    hosted: Copy, opened: Opener, asked: str, names: int, words: str
) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick={asked}"))
    assert len(order(page)) == names
    assert words in page.locator(".picker-notes").inner_text()
    assert page.locator(".picker-notes img").count() == 0


def test_two_thousand_entries(hosted: Copy, opened: Opener) -> None:
    known = list(hosted.rows)
    entries = [*known, *(f"gone-{n}" for n in range(2000 - len(known)))]
    page = picker(opened(f"file://{hosted.folder}/{PLACE}?pick={','.join(entries)}"))
    assert len(order(page)) == len(known)
    assert (
        f"{2000 - len(known)} entries are no sections" in page.locator(".picker-notes").inner_text()
    )
    _, packed = saved(page, "Cartridge")
    assert cartridges.problems(packed) == []
    page.locator(".picker-order li").nth(1).locator("button").first.click()
    assert len(order(page)) == len(known)


def test_retired_ids(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}"))
    found = page.evaluate(
        "() => { const kit = fieldguidePicked.read({ ...fieldguideKit, retired: "
        "{ 'gan-old': ['gan-idea'], 'gan-gone': ['', '2026-11-01', 'It was wrong.'] } });"
        "return fieldguidePicked.resolve(kit, 'gan-old,gan-gone,vae-idea,gan-idea'); }"
    )
    assert found["ids"] == ["gan-idea", "vae-idea"]
    told = " ".join(found["notes"])
    assert "“gan-old” is called “gan-idea” now." in told
    assert "“gan-gone” was removed on 2026-11-01 and is left out. It was wrong." in told
    assert "1 entry repeats another" in told


def test_storage_blocked(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}", script=BLOCKED))
    assert "keeps no selection" in page.locator(".picker-notes").inner_text()
    page.locator(".picker-list input").first.check()
    assert len(order(page)) == 1 and "pick=" in query(page)


def test_the_selection_comes_back(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan-idea"))
    page.locator(".picker-list input[value=vae-idea]").check()
    assert query(page) == "?pick=gan-idea,vae-idea"
    page.goto(f"{hosted.address}index.html")
    page.goto(f"{hosted.address}{PLACE}")
    assert len(order(picker(page))) == 2
    page.locator(".picker-selection button", has_text="Clear").click()
    assert order(page) == [] and "pick=" not in query(page)
    page.locator(".picker-selection button", has_text="Undo").click()
    assert len(order(page)) == 2


def test_the_link_is_shared(hosted: Copy, opened: Opener) -> None:
    page = opened(
        f"{hosted.address}{PLACE}?pick=gan-idea,vae-idea",
        permissions=["clipboard-read", "clipboard-write"],
    )
    picker(page).locator("button", has_text="Copy link").click()
    page.locator(".picker-downloads", has_text="Link copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{PUBLIC}{PLACE}?pick=gan-idea,vae-idea#courses-pick"


def test_ordered_by_keyboard(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan-idea,vae-idea,diffusion-idea"))
    first, second, third = order(page)
    page.locator("[data-key='down gan-idea']").focus()
    page.keyboard.press("Enter")
    assert order(page) == [second, first, third]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # at the end already
    assert order(page) == [second, third, first]
    assert page.evaluate("document.activeElement.dataset.key") == "down gan-idea"
    page.locator("[data-key='out gan-idea']").focus()
    page.keyboard.press("Enter")
    assert order(page) == [second, third]
    assert page.evaluate("document.activeElement.dataset.key") == "out diffusion-idea"
    page.locator(".picker-list input[value=gan-idea]").focus()
    page.keyboard.press("Space")
    assert order(page) == [second, third, first]


def test_found_by_words_chapter_level_and_minutes(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}"))
    shown = page.locator(".picker-list li:visible")
    page.locator(".picker-filters select").nth(0).select_option(
        label="Generative adversarial networks"
    )
    chapter = [key for key, row in hosted.rows.items() if row["page"] == "models/gans.md"]
    assert shown.count() == len(chapter)
    page.locator(".picker-filters input").fill("idea")
    assert 1 <= shown.count() < len(chapter)
    page.locator(".picker-filters select").nth(0).select_option("")
    page.locator(".picker-filters input").fill("")
    page.locator(".picker-filters select").nth(1).select_option("intro")
    page.locator(".picker-filters select").nth(2).select_option("2")
    wanted = [
        row for row in hosted.rows.values() if row["depth"] == "intro" and row["minutes"] <= 2
    ]
    assert shown.count() == len(wanted)
    assert (
        f"{len(wanted)} of {len(hosted.rows)} sections" in page.locator(".picker-on").inner_text()
    )


def test_minutes_are_counted_once_and_what_is_missing_is_told(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan,gan-idea"))
    minutes = hosted.rows["gan"]["minutes"]
    assert f"2 sections picked, {minutes} minutes" in page.locator(".picker-total").inner_text()
    assert "is counted there" in order(page)[1]
    needs = page.locator(".picker-needs")
    assert "builds on" in needs.inner_text()
    while needs.locator("button").count():
        needs.locator("button").first.click()
    assert "not in it" not in needs.inner_text()
    assert len(order(page)) > 2


def test_without_javascript_the_page_is_whole(hosted: Copy, opened: Opener) -> None:
    page = opened(f"{hosted.address}{PLACE}", java_script_enabled=False)
    text = page.locator(".picker").inner_text()
    assert "All sections" in text and "reading paths" in text
    for link in page.locator(".kit-files a").all():
        assert (hosted.folder / "courses" / str(link.get_attribute("href"))).is_file()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(hosted: Copy, opened: Opener, width: int, scheme: str) -> None:
    page = opened(
        f"{hosted.address}{PLACE}?pick=gan,gan-idea,nonsense,diffusion",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    picker(page)
    assert axe.violations(page, ".picker") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
