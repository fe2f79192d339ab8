"""The theme's templates: each repair finds what it mends, and keeping changes no byte."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fieldguide.html import template_patches
from jinja2 import DictLoader, Environment, FileSystemLoader
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support import site_build, tiny, tree


def theme_folder() -> Path:
    """Return the folder of the theme's templates as installed."""
    spec = find_spec("material")
    assert spec and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "templates"


@pytest.mark.parametrize("name", template_patches.REPAIRS)
def test_a_repair_fits_the_theme_and_leaves_nothing_to_repair(name: str) -> None:
    stock = (theme_folder() / name).read_text(encoding="utf-8")
    mended = template_patches.repaired(stock, name)
    for reason, old, new in template_patches.REPAIRS[name]:
        assert new in mended and new not in stock, reason
        assert mended.count(old) == mended.count(new) * new.count(old), reason


@pytest.mark.parametrize("name", template_patches.REPAIRS)
def test_a_repair_that_finds_nothing_says_so(name: str) -> None:
    with pytest.raises(
        template_patches.RepairError, match="the theme has changed; is this repair still"
    ):
        template_patches.repaired("<html></html>", name)
    assert template_patches.repaired("<html></html>", "partials/other.html") == "<html></html>"


def test_the_stand_in_for_blocked_storage_is_put_into_the_theme_s_own_script() -> None:
    name = "partials/javascripts/base.html"
    stock = (theme_folder() / name).read_text(encoding="utf-8")
    mended = template_patches.repaired(stock, name)
    assert mended.count("=__md_store()") == stock.count("=localStorage") == 2
    assert mended.count("localStorage") == 2, "only the stand-in itself asks for it"


def test_what_is_kept_serves_a_folder_and_never_what_is_active() -> None:
    asked: list[tuple[Any, ...]] = []

    def render(entry: Any, *rest: Any) -> str:
        asked.append((entry.name, *rest))
        return f"{entry.name} {len(asked)}"

    kept = template_patches.Kept()
    plain, active = (SimpleNamespace(name=name, active=name == "b") for name in "ab")
    first, second, other = (
        SimpleNamespace(url=url) for url in ("x/1.html", "x/2.html", "y/1.html")
    )
    assert kept(first, render, plain, "__nav_1", 1) == kept(second, render, plain, "__nav_1", 1)
    assert kept(other, render, plain, "__nav_1", 1) == "a 2", "addresses differ in another folder"
    assert kept(first, render, plain) == "a 3", "a tab is not an entry of the sidebar"
    assert [kept(first, render, active) for _ in "12"] == ["b 4", "b 5"]
    assert [kept(None, render, plain) for _ in "12"] == ["a 6", "a 7"], "the page of no address"


@pytest.mark.parametrize(
    ("templates_of_the_theme", "message"),
    [({}, "no template base.html"), ({"base.html": "new"}, "is this repair still needed")],
)
def test_a_theme_that_has_changed_is_noticed_before_a_page_is_made(
    templates_of_the_theme: dict[str, str], message: str
) -> None:
    environment = Environment(loader=DictLoader(templates_of_the_theme))
    with pytest.raises(template_patches.RepairError, match=message):
        template_patches.mend(environment, keep=True)


def test_a_theme_that_has_changed_leaves_the_old_site_alone(tmp_path: Path) -> None:
    root = tiny.buildable(tmp_path)
    (root / "docs/overrides/partials/search.html").write_text("new", encoding="utf-8")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("old", encoding="utf-8")
    done = site_build.run(root)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "is this repair still needed? the search dialog has no name" in done.stderr
    assert (root / "site/index.html").read_text(encoding="utf-8") == "old"


def test_entries_that_may_hold_active_ones_are_not_kept() -> None:
    environment = Environment(loader=FileSystemLoader(theme_folder()))
    template_patches.mend(environment, keep=False)
    asked: list[Any] = []
    page, entry = SimpleNamespace(url="x/1.html"), SimpleNamespace(active=False)
    for _ in range(2):
        environment.globals["kept"](page, asked.append, entry)
    assert asked == [entry, entry]


def test_pages_are_the_same_byte_for_byte_when_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tiny.buildable(tmp_path / "root")
    monkeypatch.setenv(site_build.QUIET_NOTICE, "1")
    monkeypatch.chdir(root)
    built = {}
    for name in ("kept", "anew"):
        site = tmp_path / name
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(site)))
        built[name] = {path: text for path, text in tree.digest(site).items() if "html" in path}
        monkeypatch.setattr(
            template_patches.Kept, "__call__", lambda self, page, render, *rest: render(*rest)
        )
    assert built["kept"] == built["anew"] and len(built["kept"]) > 7
