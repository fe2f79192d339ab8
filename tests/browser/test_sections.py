"""The menu at each heading, the view of one section, and old addresses, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fieldguide import redirects
from fieldguide.__main__ import main
from playwright.sync_api import Browser, BrowserContext, Page
from support import axe, recipes, site_build, tiny

pytestmark = [pytest.mark.browser, pytest.mark.full]
HOSTED = "https://guide.example/"
PAGE = "models/transformers.html"
SECTION = "transformer-objective"
FULL = "Transformers: The objective"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@dataclass
class Copy:
    """A built site, served: its folder, and its address here."""

    folder: Path
    address: str


@pytest.fixture(scope="module")
def hosted(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """The real site, built for a public address, and read at another."""
    folder = tmp_path_factory.mktemp("hosted")
    site_build.strict(root, folder, SITE_URL=HOSTED)
    with recipes.serving(folder) as address:
        yield Copy(folder, address)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A tiny site in which ids were renamed and moved, and a page is gone."""
    root = tiny.buildable(tmp_path_factory.mktemp("moved") / "root")
    (root / redirects.PATH).write_text(
        "redirects:\n"
        '  "models/gans.md#gan-renamed": "models/gans.md#gan-check"\n'
        '  "models/gans.md#gan-moved": "index.md#home-tables"\n'
        '  "models/old.md#old": "models/gans.md#gan"\n'
        '  "models/old.md#old-part": "models/gans.md#gan-check"\n'
        '  "models/gans.md#gan-dropped": {removed: "2026-11-01", note: It was wrong.}\n',
        encoding="utf-8",
    )
    assert main(["--root", str(root), "lock"]) == 0
    site_build.strict(root, root / "site")
    with recipes.serving(root / "site") as address:
        yield Copy(root / "site", address)


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """A function that opens an address in a context of its own; no page may complain."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(address: str, script: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address, wait_until="commit")  # a page that leads on at once never loads itself
        page.wait_for_load_state()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def use(page: Page, key: str, form: str) -> None:
    """Open the menu of a heading and choose an entry."""
    page.locator(f"#{key} + .section-use > button").click()
    page.locator(f"[data-use={form}]").click()


def clipboard(page: Page) -> str:
    """Return what was copied."""
    page.locator(".section-menu-status", has_text="copied.").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


SHORT = f"{HOSTED}s/{SECTION}.html"
COPIES = {
    "link": SHORT,
    "markdown": f"[{FULL}]({SHORT})",
    "html": f'<a href="{SHORT}">{FULL}</a>',
    "apa": "Generative AI Field Guide. (2026, November 22). Transformers: The objective. " + SHORT,
    "bibtex": (
        f"@incollection{{fieldguide-{SECTION},\n"
        "  author = {{Generative AI Field Guide}},\n"
        f"  title = {{{{{FULL}}}}},\n"
        "  booktitle = {{Generative AI Field Guide}},\n"
        "  year = {2026},\n"
        "  note = {Version 2026-11-22, CC BY 4.0},\n"
        f"  url = {{{SHORT}}}\n"
        "}"
    ),
    "embed": (
        f'<iframe src="{SHORT}?embed" title="{FULL}" width="100%" height="600" '
        'style="border: 0" loading="lazy"></iframe>'
    ),
}


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


REFUSE = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"


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


def comes_into_view(page: Page, selector: str, below: int) -> bool:
    """Return whether an element is scrolled to soon, less than `below` from the top."""
    for _ in range(50):
        box = page.locator(selector).bounding_box()
        if box and 0 <= box["y"] < below:
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("scripts", [True, False])
def test_short_links_lead_to_their_sections(hosted: Copy, opened: Opener, scripts: bool) -> None:
    for key, goal in (
        (SECTION, f"{PAGE}#{SECTION}"),
        ("home", "index.html#home"),
        ("term-mode-collapse", "learn/glossary.html#term-mode-collapse"),
    ):
        page = opened(f"{hosted.address}s/{key}.html", java_script_enabled=scripts)
        page.wait_for_url(hosted.address + goal)
        assert comes_into_view(page, f"#{key}", 700)


def test_short_links_from_a_disk(unpacked: Path, opened: Opener) -> None:
    for scripts in (True, False):
        page = opened((unpacked / f"s/{SECTION}.html").as_uri(), java_script_enabled=scripts)
        page.wait_for_url((unpacked / PAGE).as_uri() + f"#{SECTION}")


def test_short_links_keep_the_view(hosted: Copy, opened: Opener) -> None:
    page = opened(f"{hosted.address}s/{SECTION}.html?embed")
    page.wait_for_url(f"{hosted.address}{PAGE}?embed#{SECTION}")
    assert page.locator(".section-source").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_old_addresses(moved: Copy, opened: Opener, scripts: bool) -> None:
    here = moved.address
    size = {"width": 800, "height": 300}

    def visit(address: str) -> Page:
        return opened(here + address, java_script_enabled=scripts, viewport=size)

    page = visit("models/gans.html#gan-renamed")
    assert page.url.endswith("#gan-renamed")
    assert comes_into_view(page, "#gan-check", 200)
    page = visit("models/gans.html#gan-moved")
    if scripts:
        page.wait_for_url(here + "index.html#home-tables")
    else:
        note = page.locator("#gan-moved")
        assert note.is_visible() and not page.locator("#gan-dropped").is_visible()
        note.locator("a").click()
        page.wait_for_url(here + "index.html#home-tables")
    page = visit("models/gans.html#gan-dropped")
    assert "removed on 2026-11-01: It was wrong." in page.locator("#gan-dropped").inner_text()
    page = visit("models/gans.html")
    assert not page.locator("#gan-moved").is_visible()
    page = visit("models/old.html#old-part")
    if scripts:
        page.wait_for_url(here + "models/gans.html#gan-check")
        visit("models/old.html").wait_for_url(here + "models/gans.html")
        visit("models/old.html?embed#old").wait_for_url(here + "models/gans.html?embed#gan")
    else:
        assert page.locator("#old-part").is_visible() and page.locator("#old").is_visible()


def shown(page: Page) -> str:
    """Return the text that the article shows; a hidden title only tells where one is."""
    text = page.locator(".md-content__inner").inner_text()
    title = page.locator("h1.section-out")
    return text.partition(title.inner_text())[2].strip() if title.count() else text


def test_embed_shows_one_section(hosted: Copy, opened: Opener) -> None:
    page = opened(f"{hosted.address}{PAGE}?embed#{SECTION}")
    page.locator(".section-source").wait_for()
    text = shown(page)
    assert text.startswith("The objective") and "Sampling" not in text and "The idea" not in text
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".headerlink"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator(".section-use").count() == 0
    source = page.locator(".section-source")
    assert source.inner_text() == (
        f"From {FULL} in Generative AI Field Guide, version 2026-11-22, CC BY 4.0."
    )
    assert source.locator("a").first.get_attribute("href") == SHORT
    hrefs = page.eval_on_selector_all(
        ".md-content a[href]", "links => links.map(e => [e.target, e.href])"
    )
    assert all(target == "_top" and "?embed" not in href for target, href in hrefs)


@pytest.mark.parametrize(
    ("path", "key", "text", "hidden"),
    [
        ("learn/glossary.html", "term-mode-collapse", "Mode collapse", "Latent space"),
        ("models/transformers.html", "transformer", "The idea", "nothing of this kind"),
        ("index.html", "home-read", "Read", "Weigh"),
    ],
)
def test_embed_of_other_things(
    hosted: Copy, opened: Opener, path: str, key: str, text: str, hidden: str
) -> None:
    page = opened(f"{hosted.address}{path}?embed#{key}")
    page.locator(".section-source").wait_for()
    assert text.lower() in shown(page).lower() and hidden not in shown(page)


@pytest.mark.parametrize("key", ["nothing", "%E0%A4%A", "<b>x"])
def test_embed_of_an_unknown_id_says_so(hosted: Copy, opened: Opener, key: str) -> None:
    page = opened(f"{hosted.address}{PAGE}?embed#{key}")
    message = page.locator(".section-missing")
    assert "There is no section" in message.inner_text()
    assert "The idea" in shown(page) and "Sampling" in shown(page)
    assert message.locator("a").get_attribute("href") == hosted.address + "courses/contents.html"


def test_the_frame_of_the_recipe(hosted: Copy, opened: Opener, tmp_path: Path) -> None:
    """The recipe for plain HTML: the frame shows one section and takes on its height."""
    text = recipes.PAGE.read_text(encoding="utf-8").partition("{ #courses-html }")[2]
    blocks = [code for _, code in recipes.FENCE.findall(text)[:2]]
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>Course</title><link rel=icon href=data:,>"
        + "".join(blocks).replace("https://SITE/", hosted.address).replace("gan-idea", SECTION),
        encoding="utf-8",
    )
    with recipes.serving(tmp_path) as course:
        page = opened(course + "index.html", viewport={"width": 700, "height": 700})
        frame = page.frame_locator("#guide")
        frame.locator(".section-source").wait_for()
        page.wait_for_function("() => document.getElementById('guide').height !== '600'")
        height = int(page.locator("#guide").get_attribute("height") or 0)
        needed = frame.locator("html").evaluate("e => document.body.scrollHeight")
        assert abs(height - needed) < 20 and height > 300, (height, needed)
        frame.locator("a[href*='glossary']:visible").first.click()
        page.wait_for_url(hosted.address + "learn/glossary.html#*")


def test_within_a_frame_it_happens_by_itself(hosted: Copy, opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>C</title><link rel=icon href=data:,>"
        f'<iframe id="f" src="{hosted.address}s/{SECTION}.html" width="600" height="400"></iframe>',
        encoding="utf-8",
    )
    with recipes.serving(tmp_path) as course:
        page = opened(course + "index.html")
        frame = page.frame_locator("#f")
        frame.locator(".section-source").wait_for()
        assert not frame.locator(".md-header").is_visible()
        assert "Sampling" not in frame.locator(".md-content__inner").inner_text()


def test_printing_one_section(hosted: Copy, opened: Opener) -> None:
    page = opened(hosted.address + PAGE, "window.print = () => { window.printed = true; };")
    use(page, SECTION, "print")
    page.emulate_media(media="print")
    assert page.evaluate("window.printed")
    assert shown(page).startswith("The objective") and "Sampling" not in shown(page)
    assert page.locator(".section-source").is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert "Sampling" in shown(page) and page.locator(".section-source").count() == 0


def test_from_a_disk_the_menu_works(unpacked: Path, opened: Opener) -> None:
    page = opened((unpacked / PAGE).as_uri())
    page.locator(f"#{SECTION} + .section-use > button").click()
    page.locator("[data-use=link]").click()
    page.locator(".section-menu-status", has_text="Link copied.").wait_for()
    page = opened((unpacked / PAGE).as_uri() + f"?embed#{SECTION}")
    assert shown(page).startswith("The objective")
