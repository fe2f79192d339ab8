"""The site on a real nginx that sends the headers which the build wrote for it."""

from __future__ import annotations

import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest
from fieldguide.files import precompress
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support import crawl, nginx, site_build
from support.models import DIGITS, PAGES

pytestmark = pytest.mark.browser
REPORTS = """
window.reports = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.reports.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""
INJECTED = "<script>window.injected = 1</script><p onclick='window.injected = 1' id=trap>x</p>"


@pytest.fixture(scope="module")
def folder(root: Path) -> Iterator[Path]:
    """A hosted build with its compressed files, where nginx's workers may read it."""
    with tempfile.TemporaryDirectory(prefix="fieldguide-host-") as name:
        Path(name).chmod(0o755)
        site = site_build.strict(root, Path(name) / "site", SITE_URL="https://example.org/guide/")
        precompress.write(site)
        (site / "injected.html").write_text(
            (site / "index.html").read_text("utf-8").replace("</article>", INJECTED + "</article>"),
            encoding="utf-8",
        )
        yield site


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    if not nginx.program():
        pytest.skip("no nginx on this machine (Debian: apt-get install nginx-light)")
    work = folder.parent / "nginx"
    work.mkdir()
    with nginx.serving(folder, work) as address:
        yield address
    shutil.rmtree(work)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(REPORTS)
    yield context
    context.close()


def reports(page: Page) -> list[str]:
    """Return what the policy refused in this page."""
    found: list[str] = page.evaluate("window.reports")
    return found


def test_no_page_needs_what_the_policy_forbids(
    context: BrowserContext, folder: Path, address: str
) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    refused = {}
    pages = [path.relative_to(folder).as_posix() for path in crawl.pages(folder)]
    for path in pages:
        if path in ("injected.html", "404.html"):
            continue
        answer = page.goto(address + path, wait_until="load")
        assert answer and "script-src 'self'" in answer.headers["content-security-policy"]
        assert "'unsafe" not in answer.headers["content-security-policy"]
        page.wait_for_timeout(50)
        if reports(page):
            refused[path] = reports(page)
    assert refused == {} and errors == [] and len(pages) > 30


def test_the_page_for_missing_addresses(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    answer = page.goto(address + "no/such/page.html", wait_until="load")
    assert answer and answer.status == 404
    assert page.locator("h1").is_visible() and reports(page) == []


def test_the_search_the_menus_and_the_palette_work(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "models/gans.html")
    page.locator(".md-search__input").fill("mode collapse")
    page.locator(".md-search__input").press("End")
    expect(page.locator(".md-search-result__item a").first).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")
    page.locator("label[for^=__palette]:visible").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.goto(address + "courses/index.html")
    page.locator("#courses-pick").scroll_into_view_if_needed()
    expect(page.locator(".picker-on")).to_be_visible()
    page.goto(address + "models/index.html")
    page.locator(".comparison-tools select").first.select_option(label="architecture")
    assert page.locator("div.comparison tbody tr:visible").count() == 2
    assert reports(page) == []


@pytest.mark.parametrize("key", DIGITS)
def test_the_models_run(context: BrowserContext, address: str, key: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{PAGES[key].replace('.md', '.html')}#{key}-try")
    page.wait_for_selector("guide-lab.lab-on", timeout=30_000)
    page.wait_for_timeout(300)
    assert not page.locator(".lab-note").count() and reports(page) == []


def test_what_is_injected_does_not_run(context: BrowserContext, address: str) -> None:
    """The policy is not only sent: it refuses."""
    page = context.new_page()
    page.goto(address + "injected.html")
    page.locator("#trap").click()
    assert page.evaluate("window.injected") is None
    assert len(reports(page)) >= 2


def ask(address: str, coding: str = "") -> HTTPResponse:
    """Return the answer of the host."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": coding})
    answer = urllib.request.urlopen(request, timeout=10)
    assert isinstance(answer, HTTPResponse)
    return answer


def test_caches_are_told_how_long(folder: Path, address: str) -> None:
    """A file whose name changes with its content may be kept for good; all else for an hour."""
    named = next((folder / "assets/javascripts").glob("bundle.*.min.js"))
    kept = ask(address + named.relative_to(folder).as_posix())
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("index.html", "sections.json", "search/search_index.js"):
        answer = ask(address + path)
        assert answer.headers.get_all("Cache-Control") == ["public, max-age=3600"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_was_compressed_beforehand_is_sent(folder: Path, address: str) -> None:
    with ask(address + "models/gans.html", "gzip") as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.read() == (folder / "models/gans.html.gz").read_bytes()
    with ask(address + "models/gans.html") as answer:
        assert answer.read() == (folder / "models/gans.html").read_bytes()
