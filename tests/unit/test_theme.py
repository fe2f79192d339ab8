"""The repairs of the theme, and what is thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest
from fieldguide import theme


def test_a_repair_that_finds_nothing_says_so() -> None:
    with pytest.raises(theme.RepairError, match="the theme has changed; is this repair still"):
        theme.repair("<html></html>")


def test_source_maps_and_foreign_languages_go(tmp_path: Path) -> None:
    assets = tmp_path / "assets/javascripts"
    (assets / "lunr").mkdir(parents=True)
    (assets / "lunr/de.js").write_text("x", encoding="utf-8")
    (assets / "a.min.js").write_text("x()\n//# sourceMappingURL=a.min.js.map\n", encoding="utf-8")
    (assets / "a.min.css").write_text("a{}/*# sourceMappingURL=a.css.map */", encoding="utf-8")
    (assets / "a.min.js.map").write_text("{}", encoding="utf-8")
    (tmp_path / "sitemap.xml").write_text("<x/>", encoding="utf-8")
    theme.prune(tmp_path, keep_sitemap=False)
    left = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*")}
    assert left == {"assets/javascripts/a.min.js", "assets/javascripts/a.min.css"}
    assert (assets / "a.min.js").read_text(encoding="utf-8") == "x()"
    assert (assets / "a.min.css").read_text(encoding="utf-8") == "a{}"


def test_script_files_wait_until_the_page_is_read() -> None:
    page = '<script src="a.js"></script><script>x()</script><script defer src="b.js"></script>'
    assert theme.deferred(page) == page.replace('<script src="a', '<script defer src="a')


def test_the_stand_in_for_blocked_storage_is_put_into_the_theme_s_own_script(root: Path) -> None:
    stock = (
        '<input class="md-toggle" autocomplete="off"><div class="md-search" '
        'data-md-component="search" role="dialog"><div class="md-search__scrollwrap" tabindex="0">'
        '<script>__md_scope=new URL(".",location),'
        "__md_get=(e,_=localStorage,t=__md_scope)=>1,__md_set=(e,_,t=localStorage,a=__md_scope)=>{}"
        "</script>"
    )
    mended = theme.repair(stock)
    assert mended.count("__md_store()") == 2 and mended.count("localStorage") == 2


def test_ready_made_colors_are_dropped_and_the_schemes_kept() -> None:
    css = (
        "@media screen{[data-md-color-scheme=slate]{color:red}"
        "[data-md-color-scheme=slate][data-md-color-primary=red],[data-md-color-switching] *{a:b}"
        "[data-md-color-accent=red],[data-md-color-accent=lime]{c:d}}"
    )
    assert theme.without_colors(css) == (
        "@media screen{[data-md-color-scheme=slate]{color:red}[data-md-color-switching] *{a:b}}"
    )
