"""Pick your own: from the page for course authors to a file that importers accept."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fieldguide.exports import archive
from playwright.sync_api import Browser, BrowserContext, Page
from support import axe, cartridges, recipes, site_build

pytestmark = [pytest.mark.browser, pytest.mark.full]
HOSTED = "https://guide.example/ki/"
PLACE = "courses/index.html"
# The theme itself stumbles over a storage that cannot be asked, so its own keys are spared.
BLOCKED = (
    "const ask = Storage.prototype.getItem;"
    "Storage.prototype.setItem = () => { throw new DOMException('blocked', 'SecurityError'); };"
    "Storage.prototype.getItem = function (key) {"
    " if (key.startsWith('fieldguide:')) throw new DOMException('blocked', 'SecurityError');"
    " return ask.call(this, key); };"
)


@dataclass
class Copy:
    """A site built for a public address: its folder, its address here, and what is in it."""

    folder: Path
    address: str
    rows: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def hosted(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """The real site, built for a public address, and read at another."""
    folder = site_build.strict(root, tmp_path_factory.mktemp("hosted"), SITE_URL=HOSTED)
    found = json.loads((folder / "sections.json").read_text(encoding="utf-8"))["sections"]
    with recipes.serving(folder) as address:
        yield Copy(folder, address, {row["id"]: row for row in found})


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """A function that opens the picker in a context of its own; no page may complain."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(address: str, script: str = "", quiet: bool = False, **options: Any) -> Page:
        context = browser.new_context(accept_downloads=True, **options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        if not quiet:
            page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: complaints.append(r.url) if outside(r.url) else None)
        page.goto(address)
        return page

    def outside(url: str) -> bool:
        return url.startswith("http") and not url.startswith("http://127.0.0.1:")

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def picker(page: Page) -> Page:
    """Bring the picker into view and wait until it is there."""
    page.locator("#courses-pick").scroll_into_view_if_needed()
    page.locator(".picker-on").wait_for()
    return page


def query(page: Page) -> str:
    """Return what stands after the path of the address, as the page itself knows it."""
    return str(page.evaluate("location.search"))


def order(page: Page) -> list[str]:
    """Return the names of the picked sections in order."""
    return page.locator(".picker-order .picker-name").all_text_contents()


def saved(page: Page, name: str) -> tuple[str, bytes]:
    """Choose a download; return its name and content."""
    with page.expect_download() as waiting:
        page.locator(".picker-downloads button", has_text=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_three_clicks_to_a_module(hosted: Copy, opened: Opener) -> None:
    page = opened(f"{hosted.address}{PLACE}")
    page.locator(".picker-ready button", has_text="One hour").click()
    name, packed = saved(page, "Cartridge")
    assert name == "generative-ai-field-guide-one-hour.imscc"
    assert cartridges.problems(packed) == []
    ((title, items),) = cartridges.modules(packed)
    assert title == "Generative AI Field Guide: One hour"
    assert items[0][1] == f"{HOSTED}s/what.html" and items[-1][1] == "quiz"
    assert all(url == "quiz" or url.startswith(HOSTED) for _, url in items)


def test_a_picked_cartridge_is_like_a_built_one(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan,vae-check,gan-idea"))
    _, packed = saved(page, "Cartridge")
    assert cartridges.problems(packed) == []
    picked = cartridges.entries(packed)
    for key in ("gan", "vae"):
        built = (hosted.folder / f"kit/{key}.imscc").read_bytes()
        asked = {each.id: each for each in cartridges.asked(packed)}
        for each in cartridges.asked(built):
            assert asked[each.id] == each
    chapter = cartridges.entries((hosted.folder / "kit/gan.imscc").read_bytes())
    assert picked["weblinks/gan.xml"] == chapter["weblinks/gan.xml"]
    assert zipfile.ZipFile(io.BytesIO(packed)).infolist()[0].date_time[:3] == (2026, 11, 22)


def test_without_questions_there_is_no_quiz(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan"))
    page.locator(".picker-asked input").uncheck()
    _, packed = saved(page, "Cartridge")
    assert cartridges.asked(packed) == [] and cartridges.problems(packed) == []


def test_the_lists_say_the_same(hosted: Copy, opened: Opener) -> None:
    ids = ["vae-idea", "gan-idea", "risks"]
    page = picker(opened(f"{hosted.address}{PLACE}?pick={','.join(ids)}"))
    page.locator(".picker-downloads input[type=text]").fill('Week 3: "A & B"')
    urls = [f"{HOSTED}s/{key}.html" for key in ids]
    name, text = saved(page, "CSV")
    assert name == "week-3-a-b.csv"
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ids and [row["link"] for row in rows] == urls
    for row in rows:
        assert row["summary"] == hosted.rows[row["id"]]["summary"]
        assert row["minutes"] == str(hosted.rows[row["id"]]["minutes"])
    markdown = saved(page, "Markdown")[1].decode()
    assert [url for url in urls if f"]({url})" in markdown] == urls
    html = saved(page, "HTML")[1].decode()
    root = ElementTree.fromstring(
        html.partition("<body>")[2].partition("</body>")[0].join(("<body>", "</body>"))
    )
    assert [link.get("href") for link in root.iter("a")] == urls
    assert root.findtext("h1") == 'Week 3: "A & B"' and "CC BY 4.0" in html


def test_from_a_disk_with_a_known_address(hosted: Copy, opened: Opener, tmp_path: Path) -> None:
    with zipfile.ZipFile(hosted.folder / archive.NAME) as packed:
        packed.extractall(tmp_path)
    page = picker(opened((tmp_path / archive.FOLDER / PLACE).as_uri() + "?pick=gan-idea"))
    _, made = saved(page, "Cartridge")
    assert cartridges.problems(made) == []
    assert cartridges.modules(made)[0][1][0][1] == f"{HOSTED}s/gan-idea.html"


def test_from_a_disk_without_one(unpacked: Path, opened: Opener) -> None:
    page = picker(opened((unpacked / PLACE).as_uri() + "?pick=gan-idea"))
    assert page.locator(".picker-downloads .picker-main").is_disabled()
    assert "no public address" in page.locator(".picker-downloads").inner_text()
    markdown = saved(page, "Markdown")[1].decode()
    assert f"]({(unpacked / 's/gan-idea.html').as_uri()})" in markdown.replace("\\_", "_")


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
    assert link == f"{HOSTED}{PLACE}?pick=gan-idea,vae-idea#courses-pick"


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


@pytest.mark.parametrize(("name", "words"), [("sections", "could not be loaded"), ("zip", "could")])
def test_a_file_is_missing(hosted: Copy, opened: Opener, name: str, words: str) -> None:
    page = opened("about:blank", quiet=True)
    page.route(f"**/{name}.js", lambda route: route.abort())
    page.goto(f"{hosted.address}{PLACE}?pick=gan")
    page.locator(".picker [role=status]", has_text=words).wait_for()


def test_the_questions_are_missing(hosted: Copy, opened: Opener) -> None:
    page = opened("about:blank", quiet=True)
    page.route("**/questions.js", lambda route: route.abort())
    page.goto(f"{hosted.address}{PLACE}?pick=gan")
    picker(page).locator(".picker-main").click()
    page.locator(".picker-status", has_text="Without them").wait_for()
    _, packed = saved(page, "Cartridge")
    assert cartridges.asked(packed) == []


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
