"""The scripts of what trains on a page: loaded there alone, each file made of its parts."""

from __future__ import annotations

from pathlib import Path

from fieldguide.html import arena_scripts, assets, finished, parts


def test_a_page_that_trains_loads_its_script_and_may_compile() -> None:
    found = parts.found('<guide-arena class="arena"></guide-arena>')
    assert parts.loaded(found, "early") == ["assets/javascripts/arena/arena.js"]
    assert parts.loaded(found, "styles") == [arena_scripts.STYLESHEET]
    page = '<meta charset="utf-8"><script src="../assets/javascripts/arena/arena.js"></script>'
    assert "'wasm-unsafe-eval'" in finished.finished(page, {}, [])[0]
    assert parts.found("<p>guide-arena</p>") == []


def test_parts_become_one_file(root: Path) -> None:
    folder = root / "docs" / arena_scripts.SCRIPTS
    there = {f"{arena_scripts.SCRIPTS}/{file.name}" for file in folder.glob("*.js")}
    assert there == {part for made in arena_scripts.BUNDLES.values() for part in made}
    published = assets.published(root / "docs", arena_scripts.BUNDLES)
    shown = {path for path in published if path.startswith(arena_scripts.SCRIPTS)}
    assert shown == set(arena_scripts.BUNDLES)
