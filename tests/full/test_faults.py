"""What readers and their browsers do to a page: nothing is lost, nothing hangs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fieldguide.check import check
from fieldguide.source import yaml_document
from playwright.sync_api import Browser, Page, expect
from support import exceptions, served, tiny
from support.visits import Visit, watch

browsing = pytest.mark.browser
GUIDE = "docs/data/guide.yml"
PAGES = ("index.html", "models/index.html", "models/gans.html", "learn/paths.html")
KIND = ".comparison-tools select >> nth=0"
ROWS = "div.comparison tbody tr:visible"
BLOCKED = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
"""
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def test_a_data_file_that_is_written_by_halves(tmp_path: Path) -> None:
    """Cut off anywhere, as an editor leaves it for a moment: faults with a place, no exception."""
    root = tiny.make(tmp_path / "small")
    whole = (root / GUIDE).read_bytes()
    assert check(root)[0]
    for part in range(60):
        (root / GUIDE).write_bytes(whole[: len(whole) * part // 60])
        site, faults = check(root)
        assert site is None and faults, f"{part}/60 of the file went unnoticed"
        assert all(fault.path and fault.line >= 1 for fault in faults)
    (root / GUIDE).write_bytes(whole)
    assert check(root)[0]
    assert yaml_document.read(root, GUIDE).faults == []


@browsing
def test_without_scripts_every_page_shows_its_text(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in sorted(unpacked.rglob("*.html")):
        if "http-equiv" in path.read_text(encoding="utf-8") or path.parts[-2] == "s":
            continue
        page.goto(path.as_uri())
        assert page.locator("h1").first.is_visible(), path
    page.goto((unpacked / "models/gans.html").as_uri())
    assert page.locator(".formula math").first.is_visible()
    assert page.locator("svg.diagram").first.is_visible()
    context.close()


def ask(page: Page, words: str) -> None:
    """Put words into the search; the theme looks at them when a key is released."""
    field = page.locator(".md-search__input")
    field.focus()
    field.fill(words)
    field.press("End")


def find(page: Page, words: str = "mode collapse") -> None:
    """Search for something, and see that it is found."""
    ask(page, words)
    expect(page.locator(".md-search-result__item a").first).to_be_visible(timeout=20_000)


@browsing
@pytest.mark.parametrize("path", PAGES)
def test_blocked_storage(browser: Browser, unpacked: Path, path: str) -> None:
    """A browser that forbids cookies throws when a script merely looks at its storage."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.add_init_script(BLOCKED)
    visit = watch(context)
    page = visit.open(unpacked / path)
    for scheme in ("slate", "default"):
        page.locator("label[for^=__palette]:visible").click()
        assert page.evaluate("document.body.dataset.mdColorScheme") == scheme
    if page.locator("div.comparison").count():
        page.locator(KIND).select_option(label="architecture")
        assert page.locator(ROWS).count() == 2
    find(page)
    assert visit.errors == []
    context.close()


@browsing
def test_storage_blocked_by_a_sandbox(browser: Browser, unpacked: Path, tmp_path: Path) -> None:
    """The real thing: within a sandboxed frame of a course the storage is out of reach."""
    with served.serving(unpacked) as address:
        course = tmp_path / "course"
        course.mkdir()
        (course / "index.html").write_text(
            '<!doctype html><title>Course</title><iframe sandbox="allow-scripts" width="1000"'
            f' height="700" src="{address}models/gans.html#gan-idea"></iframe>',
            encoding="utf-8",
        )
        context = browser.new_context()
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        with served.serving(course) as outer:
            page.goto(outer, wait_until="load")
            frame = page.frame_locator("iframe")
            expect(frame.locator("#gan-idea")).to_be_visible()
            expect(frame.locator("html.embed")).to_have_count(1)
        assert exceptions.without(errors, "Network error") == []
        context.close()


@contextmanager
def slow(folder: Path, seconds: float) -> Iterator[str]:
    """Serve a folder whose scripts arrive late."""

    class Late(served.Handler):
        def do_GET(self) -> None:
            if self.path.partition("?")[0].endswith(".js"):
                time.sleep(seconds)
            super().do_GET()

    with served.serving(folder, handler=Late) as address:
        yield address


@browsing
@pytest.mark.parametrize("path", PAGES)
def test_late_scripts(browser: Browser, unpacked: Path, path: str) -> None:
    """The text is there at once, nothing jumps when the scripts come, and then all works."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.add_init_script(SHIFTS)
    page = context.new_page()
    with slow(unpacked, 2) as address:
        page.goto(address + path, wait_until="commit")
        expect(page.locator("h1")).to_be_visible(timeout=15_000)
        pending = page.evaluate("document.readyState")
        page.wait_for_load_state("load")
        page.wait_for_timeout(500)
        assert pending == "loading" or pending == "interactive"
        assert page.evaluate("window.shifts") < 0.02
        find(page)
    context.close()


@browsing
def test_fifty_rapid_switches(fresh: Visit, unpacked: Path) -> None:
    """Palette and table, fifty times each and without a pause: the last state counts."""
    page = fresh.open(unpacked / "models/index.html")
    page.wait_for_selector(KIND)
    started = time.monotonic()
    page.evaluate(
        """async () => {
          const kind = document.querySelector(".comparison-tools select");
          const values = [...kind.options].map((option) => option.value);
          const heads = document.querySelectorAll("div.comparison th button");
          for (let turn = 0; turn < 50; turn += 1) {
            const label = [...document.querySelectorAll("label[for^=__palette]")]
              .find((one) => !one.hidden);
            label.click();
            kind.value = values[turn % values.length];
            kind.dispatchEvent(new Event("change"));
            heads[turn % heads.length].click();
            if (turn % 7 === 0) await new Promise(requestAnimationFrame);
          }
          kind.value = "architecture";
          kind.dispatchEvent(new Event("change"));
        }"""
    )
    assert time.monotonic() - started < 60, "on an idle machine it is two seconds"
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default", "an even number"
    assert page.locator(ROWS).count() == 2
    assert "kind=architecture" in page.url
    page.reload()
    assert page.locator(ROWS).count() == 2
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    assert fresh.errors == []


@browsing
@pytest.mark.parametrize(
    "words",
    ["a" * 10_000, "attention " * 1_000, "+-~*:^\\\"'<>/" * 770, "é💥 " * 3_333],
    ids=["one word", "a thousand words", "operators", "other letters"],
)
def test_a_search_of_ten_thousand_characters(fresh: Visit, unpacked: Path, words: str) -> None:
    """The page answers on, and the next question is answered."""
    page = fresh.open(unpacked / "index.html")
    find(page)
    ask(page, words[:10_000])
    page.wait_for_timeout(1_000)
    started = time.monotonic()
    assert page.evaluate("1 + 1") == 2
    assert time.monotonic() - started < 5
    ask(page, "mode collapse")
    results = page.locator(".md-search-result__list")
    expect(results).to_contain_text("collapse", ignore_case=True, timeout=20_000)
    assert fresh.errors == []


@browsing
def test_back_and_forward_through_states(fresh: Visit, unpacked: Path) -> None:
    """Each page comes back in the state in which it was left."""
    page = fresh.open(unpacked / "models/index.html")
    page.locator(KIND).select_option(label="architecture")
    page.locator("div.comparison th button").first.click()
    left = names(page), asked(page)
    page.locator(ROWS).first.locator("a").first.click()
    page.wait_for_load_state("load")
    family = page.url
    for _ in range(3):
        page.go_back(wait_until="load")
        wait_for(page, lambda: (names(page), asked(page)) == left)
        assert page.locator(KIND).input_value() == "architecture"
        page.go_forward(wait_until="load")
        assert page.url == family
    page.go_back(wait_until="load")
    page.get_by_role("button", name="Show all").click()
    assert len(names(page)) >= 10 and "?" not in page.url
    assert fresh.errors == []


@browsing
def test_back_and_forward_through_states_of_a_model(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / "models/gans.html")
    page.locator("guide-lab").scroll_into_view_if_needed()
    page.wait_for_selector("guide-lab.lab-on")
    page.locator("guide-lab").get_by_role("radio", name="7").check()
    page.wait_for_timeout(700)
    state = page.locator("guide-lab .lab-status").inner_text(), page.url
    assert "lab-digits=7" in state[1], "the state stands in the address"
    page.locator(".md-footer a").first.click()
    page.wait_for_load_state("load")
    page.go_back(wait_until="load")
    page.locator("guide-lab").scroll_into_view_if_needed()  # a model begins where it is near
    page.wait_for_selector("guide-lab.lab-on")
    page.wait_for_timeout(700)
    again = page.locator("guide-lab .lab-status").inner_text()
    assert (again, page.url) == state
    assert fresh.errors == []


def wait_for(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until what a script brings about holds."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing of the kind came about within ten seconds")


def asked(page: Page) -> dict[str, list[str]]:
    """Return the state that stands in the address, whatever its order."""
    return parse_qs(urlsplit(page.url).query)


def names(page: Page) -> list[str]:
    """Return the families in the order in which the table shows them."""
    return [row.split("\t")[0].strip() for row in page.locator(ROWS).all_inner_texts()]
