"""The scripts of what trains on a page: loaded there alone, each file made of its parts."""

from __future__ import annotations

import shutil
from pathlib import Path

from fieldguide.html import arena_scripts, csp


def test_a_page_that_trains_loads_its_script_and_may_compile() -> None:
    page = '<head><meta charset="utf-8"></head><guide-arena class="arena"></guide-arena>'
    html = arena_scripts.load(page, "..")
    assert '<script defer src="../assets/javascripts/arena/arena.js"></script></head>' in html
    assert html.count("arena.css") == 1
    assert "'wasm-unsafe-eval'" in csp.with_policy(html, ())
    other = '<head><meta charset="utf-8"></head><p>guide-arena</p>'
    assert arena_scripts.load(other, "..") == other
    assert "wasm" not in csp.with_policy(other, ())


def test_parts_become_one_file(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / arena_scripts.SCRIPTS
    shutil.copytree(root / "docs" / arena_scripts.SCRIPTS, folder)
    parts = {file.stem for file in folder.glob("*.js")}
    arena_scripts.bundle(tmp_path)
    assert {file.stem for file in folder.glob("*.js")} == set(arena_scripts.BUNDLES)
    assert parts == {part for parts in arena_scripts.BUNDLES.values() for part in parts}
    arena_scripts.bundle(tmp_path / "nothing")
