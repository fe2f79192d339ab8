"""What is damaged on its way or on the device stops no script: storage, pages, scripts cut off."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from support import recipes
from support.visits import Visit, watch

pytestmark = pytest.mark.browser
COLORS = {"media": "(prefers-color-scheme)", "scheme": "slate", "primary": "x", "accent": "x"}
KEPT = [
    *("{broken", "", "null", "5", '"x"', "[]", "{}", '[null, {"a": 1}]', '{"constructor": 1}'),
    *(
        json.dumps(value)
        for value in (
            {"index": "1", "color": COLORS},
            {"index": 0, "color": None},
            {"index": 0, "color": {"a b": "1", "scheme": "slate"}},
            {"index": 0.5, "color": COLORS},
            {"index": -1, "color": COLORS},
            {"index": 0, "color": {"scheme": "nonsense"}},
            {"index": 0, "color": {"scheme": 5}},
        )
    ),
]
# Under each name that the theme or we remember something by, the damaged value.
FILL = """(value) => {
  const theme = ["__palette", "__tabs", "__announce", "__consent"];
  for (const base of ["..", "."]) {
    const { pathname } = new URL(base, location);
    for (const name of theme) localStorage.setItem(`${pathname}.${name}`, value);
  }
  const ours = ["read", "pick", "picked", `score:${location.pathname}`];
  for (const name of ours) localStorage.setItem(`fieldguide:${name}`, value);
}"""


@pytest.mark.parametrize(
    "path", [pytest.param("models/gans.html", marks=pytest.mark.full), "learn/paths.html"]
)
def test_damaged_storage_stops_no_script(browser: Browser, unpacked: Path, path: str) -> None:
    context = browser.new_context(color_scheme="light")
    visit = watch(context)
    for value in KEPT:
        page = visit.open(unpacked / path)
        page.evaluate(FILL, value)
        page.reload(wait_until="load")
        scheme = page.locator("body").get_attribute("data-md-color-scheme")
        assert scheme == "default", value
        page.locator('label[title="Switch to dark colors"]').click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate", value
        if "paths" in path:
            assert page.locator(".path-status").first.inner_text().startswith("0 of"), value
        page.evaluate("localStorage.clear()")
    assert visit.errors == []
    context.close()


def test_a_score_of_the_wrong_kind_is_no_score(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / "models/gans.html")
    ids = page.locator("guide-question").evaluate_all("(all) => all.map((one) => one.id)")
    value = json.dumps({ids[0]: "yes", ids[1]: [True], ids[2]: True})
    page.evaluate(FILL, value)
    page.reload(wait_until="load")
    states = page.locator("guide-question").evaluate_all(
        "(all) => all.map((one) => one.dataset.answered)"
    )
    assert states[:3] == ["", "", "right"]
    assert page.locator(".score").inner_text().startswith("1 of 1 right")


def errors_of(browser: Browser, address: str) -> list[str]:
    """Return what no script has caught on a page."""
    context = browser.new_context()
    page = context.new_page()
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(100)
    context.close()
    return found


@pytest.fixture
def copied(site: Path, tmp_path: Path) -> Path:
    """A copy of the site, to be damaged."""
    ignored = shutil.ignore_patterns("*.zip", "*.imscc", "s", "kit")
    return Path(shutil.copytree(site, tmp_path / "site", ignore=ignored))


@pytest.mark.full
@pytest.mark.parametrize("path", ["models/gans.html"])
def test_a_page_cut_off_within_a_script(browser: Browser, copied: Path, path: str) -> None:
    """A script that has no end does not run; those before it do without what is missing."""
    file = copied / path
    html = file.read_text(encoding="utf-8")
    places = [
        match.start() + len(match[0]) // 2
        for match in re.finditer(r"<script.*?</script>|<guide-lab.*?</guide-lab>", html, re.DOTALL)
    ]
    assert len(places) > 8
    with recipes.serving(copied) as address:
        for place in places:
            file.write_text(html[:place], encoding="utf-8")
            assert errors_of(browser, f"{address}{path}#gan-try") == [], html[place - 80 : place]


SCRIPTS = ("guide", "questions", "formulas", "pictures/gan")


@pytest.mark.parametrize(
    "name", [*SCRIPTS[:2], *(pytest.param(one, marks=pytest.mark.full) for one in SCRIPTS[2:])]
)
def test_a_script_cut_off_in_the_middle(browser: Browser, copied: Path, name: str) -> None:
    file = copied / f"assets/javascripts/{name}.js"
    text = file.read_text(encoding="utf-8")
    told: list[Any] = []
    with recipes.serving(copied) as address:
        file.write_text(text[: len(text) * 3 // 5], encoding="utf-8")
        assert errors_of(browser, f"{address}models/gans.html#gan-try") == []
        page = browser.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.goto(f"{address}models/gans.html")
        assert page.locator("h1").is_visible()
        page.close()
    assert any(line.startswith("damaged: ") and file.name in line for line in told)
