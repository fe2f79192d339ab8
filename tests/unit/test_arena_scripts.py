"""The scripts of what trains on a page: loaded there alone, each file made of its parts."""

from __future__ import annotations

from pathlib import Path

from fieldguide.html import arena_scripts, assets, finished, parts
from support.models import LAB


def test_a_page_that_trains_loads_its_script_and_may_compile() -> None:
    found = parts.found('<guide-arena class="arena"></guide-arena>', LAB)
    assert parts.loaded(found, "early") == ["assets/javascripts/arena/arena.js"]
    assert parts.loaded(found, "styles") == [arena_scripts.STYLESHEET]
    page = '<meta charset="utf-8"><script src="../assets/javascripts/arena/arena.js"></script>'
    assert "'wasm-unsafe-eval'" in finished.finished(page, {}, [])[0]
    assert parts.found("<p>guide-arena</p>", LAB) == []


def test_parts_become_one_file(root: Path) -> None:
    folder = root / "docs" / arena_scripts.SCRIPTS
    there = {f"{arena_scripts.SCRIPTS}/{file.name}" for file in folder.glob("*.js")}
    assert there == {part for made in arena_scripts.bundles(LAB).values() for part in made}
    published = assets.published(root / "docs", arena_scripts.bundles(LAB))
    shown = {path for path in published if path.startswith(arena_scripts.SCRIPTS)}
    assert shown == set(arena_scripts.bundles(LAB))
