"""One section alone: in a frame of a course, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import recipes
from support.sections import FULL, PAGE, SECTION, SHORT, Copy, Opener, shown, use

pytestmark = [pytest.mark.browser, pytest.mark.full]


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
        f"From {FULL} in Generative AI Field Guide, version 2026-11-27, CC BY 4.0."
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
