"""Texts that try to become code: in every field of the data, in the search, in addresses."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from fieldguide.check import check
from playwright.sync_api import Page, expect
from support import site_build, tiny
from support.live import STATE
from support.models import DIGITS, PAGES
from support.visits import Visit

ATTACKS = {
    "element": "<script>window.attacked = 1</script>",
    "image": "<img src=x onerror=window.attacked=1>",
    "closing": "</title></script></style><svg onload=window.attacked=1>",
    "comment": "--><script>window.attacked = 1</script><!--",
    "quotes": '" onmouseover="window.attacked=1" autofocus onfocus="window.attacked=1',
    "apostrophes": "' onmouseover='window.attacked=1' x='",
    "entities": "&lt;img src=x onerror=window.attacked=1&gt;",
    "link": "[x](javascript:window.attacked=1)",
    "address": "javascript:window.attacked=1",
    "attributes": "word{ onclick=window.attacked=1 }",
    "template": "{{ window.attacked = 1 }} {% raw %} ${window.attacked = 1}",
}
FILES = ("guide.yml", "sources.yml", "glossary.yml", "paths.yml")
HANDLED = "[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())"
Leaf = tuple[int | str, ...]


def leaves(data: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """Yield where a text stands in what a YAML file holds."""
    if isinstance(data, str):
        yield path
    else:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data or ()):
            if isinstance(value, str | dict | list):
                yield from leaves(value, (*path, key))


def changed(data: Any, path: Leaf, attack: str, whole: bool) -> Any:
    """Return a copy with an attack in one place: behind the text that stands there, or alone."""
    data = copy.deepcopy(data)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = attack if whole else f"{place[path[-1]]} {attack}"
    return data


def attacked(root: Path, attack: str) -> int:
    """Put an attack into each field that takes it; return how many did."""
    taken = 0
    for name in FILES:
        file = root / "docs/data" / name
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for path in list(leaves(data)):
            for whole in (True, False):
                trial = changed(data, path, attack, whole)
                file.write_text(yaml.safe_dump(trial, allow_unicode=True), encoding="utf-8")
                if check(root)[0]:
                    data, taken = trial, taken + 1
                    break
        file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return taken


class Danger(HTMLParser):
    """Collects what could run: scripts, handlers, and links that are programs."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        self.scripts += tag == "script"
        for name, value in attrs:
            leads = name in ("action", "data", "formaction", "href", "src", "xlink:href")
            program = (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or (leads and program):
                self.found.append(f"<{tag} {name}={value}>")


def danger(file: Path) -> tuple[int, list[str]]:
    """Return the number of scripts in a page, and all else that could run."""
    reader = Danger()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.scripts, reader.found


def unharmed(page: Page) -> None:
    """See that nothing ran, and that nothing in the page waits to run."""
    page.wait_for_timeout(200)
    assert page.evaluate("window.attacked") is None
    assert [name for name in page.evaluate(HANDLED) if name.startswith("on")] == []


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site as it is, built."""
    root = tiny.buildable(tmp_path_factory.mktemp("calm") / "small")
    return site_build.strict(root, root.parent / "site")


@pytest.mark.browser
@pytest.mark.parametrize("name", ATTACKS)
def test_what_stands_in_the_data_stays_text(
    fresh: Visit, calm: Path, tmp_path: Path, name: str
) -> None:
    root = tiny.buildable(tmp_path / "small")
    taken = attacked(root, ATTACKS[name])
    if "<" in ATTACKS[name]:
        assert not taken, "elements are refused, with a line that says so"
        return
    assert taken > 10, "or nothing was tried"
    done = site_build.run(root, "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    pages = sorted(path.relative_to(calm) for path in calm.rglob("*.html"))
    assert len(pages) > 5
    for path in pages:
        assert danger(tmp_path / "site" / path) == danger(calm / path), path
    for path in pages:
        if path.parts[0] != "s":
            unharmed(fresh.open(tmp_path / "site" / path))
    page = fresh.open(tmp_path / "site/index.html")
    page.locator(".md-search__input").fill("attacked")
    page.locator(".md-search__input").press("End")
    expect(page.locator(".md-search-result__item a").first).to_be_visible(timeout=20_000)
    unharmed(page)


@pytest.mark.browser
def test_what_is_searched_for_stays_text(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / "index.html")
    field = page.locator(".md-search__input")
    before = page.locator("script").count()
    for attack in ATTACKS.values():
        field.fill(f"attention {attack}")
        field.press("End")
        page.wait_for_timeout(400)
        unharmed(page)
    fresh.open(unpacked / "index.html", f"?q={quote(ATTACKS['image'])}")
    unharmed(page)
    assert page.locator("script").count() <= before + 1, "the search loads its index"


PARAMETERS = {
    "models/index.html": ("word", "kind", "likelihood", "passes", "media", "sort", "order"),
    "courses/index.html": ("pick",),
    "models/gans.html": ("embed", "q", "h"),
}


@pytest.mark.browser
@pytest.mark.parametrize("path", PARAMETERS)
def test_what_stands_in_an_address_stays_text(fresh: Visit, unpacked: Path, path: str) -> None:
    for attack in ATTACKS.values():
        query = "&".join(f"{name}={quote(attack)}" for name in PARAMETERS[path])
        fragment = quote(attack)
        unharmed(fresh.open(unpacked / path, f"?{query}#{fragment}"))


@pytest.mark.browser
@pytest.mark.parametrize("key", DIGITS)
def test_the_state_of_a_model_stays_text(fresh: Visit, unpacked: Path, key: str) -> None:
    path = unpacked / PAGES[key].replace(".md", ".html")
    for attack in ATTACKS.values():
        query = "&".join(f"lab-{name}={quote(attack)}" for name in STATE)
        page = fresh.open(path, f"?{query}#{key}-try")
        page.wait_for_selector("guide-lab.lab-on", timeout=30_000)
        unharmed(page)
    assert fresh.errors == []
