"""What is changed in the theme's pages, and what is thrown away."""

from __future__ import annotations

from pathlib import Path

from fieldguide.html import pruning


def test_source_maps_and_foreign_languages_go(tmp_path: Path) -> None:
    assets = tmp_path / "assets/javascripts"
    (assets / "lunr").mkdir(parents=True)
    (assets / "lunr/de.js").write_text("x", encoding="utf-8")
    (assets / "a.min.js").write_text("x()\n//# sourceMappingURL=a.min.js.map\n", encoding="utf-8")
    (assets / "a.min.css").write_text("a{}/*# sourceMappingURL=a.css.map */", encoding="utf-8")
    (assets / "a.min.js.map").write_text("{}", encoding="utf-8")
    (tmp_path / "sitemap.xml").write_text("<x/>", encoding="utf-8")
    pruning.prune(tmp_path, keep_sitemap=False)
    left = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*")}
    assert left == {"assets/javascripts/a.min.js", "assets/javascripts/a.min.css"}
    assert (assets / "a.min.js").read_text(encoding="utf-8") == "x()"
    assert (assets / "a.min.css").read_text(encoding="utf-8") == "a{}"


def test_script_files_wait_until_the_page_is_read() -> None:
    page = '<script src="a.js"></script><script>x()</script><script defer src="b.js"></script>'
    assert pruning.deferred(page) == page.replace('<script src="a', '<script defer src="a')


def test_a_label_of_contents_that_opens_nothing_is_none() -> None:
    label = '<label class="md-nav__title" for="__toc">'
    assert pruning.without_toc(label) == '<label class="md-nav__title">'
    assert pruning.without_toc(f'<input id="__toc">{label}').endswith(label)


def test_ready_made_colors_are_dropped_and_the_schemes_kept() -> None:
    css = (
        "@media screen{[data-md-color-scheme=slate]{color:red}"
        "[data-md-color-scheme=slate][data-md-color-primary=red],[data-md-color-switching] *{a:b}"
        "[data-md-color-accent=red],[data-md-color-accent=lime]{c:d}}"
    )
    assert pruning.without_colors(css) == (
        "@media screen{[data-md-color-scheme=slate]{color:red}[data-md-color-switching] *{a:b}}"
    )
