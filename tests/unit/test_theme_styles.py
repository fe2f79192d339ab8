"""The cut of the theme's styles: what can match stays, what cannot goes."""

from __future__ import annotations

from pathlib import Path

import material
import pytest
from fieldguide.files import theme_styles as styles

NAMES = styles.Names(frozenset({"a", "md-b"}), frozenset({"p", "a", "html"}))


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{c:d}", ".a{c:d}"),
        (".x{c:d}", ""),
        (".x,.a>p:hover{c:d}", ".a>p:hover{c:d}"),
        ("video,p::before{c:d}", "p::before{c:d}"),
        (".a:not(.x){c:d}", ".a:not(.x){c:d}"),
        (":is(.x,.a) p{c:d}", ":is(.x,.a) p{c:d}"),
        (":is(.x,.y) p{c:d}", ""),
        ("[dir=rtl] .a{c:d}", ""),
        ("[data-md-color-primary=red]{c:d}", ""),
        ("[data-md-color-scheme=slate]{c:d}", "[data-md-color-scheme=slate]{c:d}"),
        ("@media print{.x{c:d}}", ""),
        ("@media print{.x{c:d}.a{e:f}}", "@media print{.a{e:f}}"),
        ("@keyframes k{from{c:d}to{c:e}}", "@keyframes k{from{c:d}to{c:e}}"),
        (":root{--k:1;--l:2}p{c:var(--k)}", ":root{--k:1}p{c:var(--k)}"),
        (":root{--k:1;--l:var(--k)}", ""),
        (':root{--used:"a;b}"}', ':root{--used:"a;b}"}'),
        (":root{--not-used:'a;b}'}", ""),
    ],
)
def test_a_rule_stays_if_something_can_match_it(css: str, kept: str) -> None:
    assert styles.cut(css, NAMES, {"--used"}).strip() == kept


def test_what_a_page_holds_is_read_off_its_finished_form() -> None:
    assert styles.seen('<p class="a md-b">x</p><br>') == {".a md-b", "p", "br"}


def site(folder: Path, theme: str) -> Path:
    """Make a built site with a style of the theme and one of our own."""
    for path, text in {
        "assets/stylesheets/main.0a.min.css": theme,
        "assets/stylesheets/palette.0b.min.css": ".q{r:s}",
        styles.TARGET: "p{own:var(--k)}",
        "assets/javascripts/x.js": "e.classList.add('md-late'),'md-version',l('late')",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_pages_scripts_and_our_own_style_say_what_is_needed(tmp_path: Path) -> None:
    theme = ":root{--k:1;--l:2}.a{b:c}.md-late{b:c}.md-version{b:c}.late{b:c}.d{b:c}"
    pages = [{".a x", "p"}, {".q"}]
    for _ in "12":  # the second is taken from the cache
        built = site(tmp_path / "site", theme)
        styles.write(built, pages, tmp_path / "cache")
        text = (built / styles.TARGET).read_text(encoding="utf-8")
        assert text == ":root{--k:1}.a{b:c}.md-late{b:c}.q{r:s}\np{own:var(--k)}"
        assert [file.name for file in (built / styles.FOLDER).iterdir()] == ["guide.css"]


def test_a_theme_with_other_styles_stops_the_build(tmp_path: Path) -> None:
    built = site(tmp_path, "")
    (built / "assets/stylesheets/palette.0b.min.css").unlink()
    with pytest.raises(styles.StyleError, match="the theme has changed"):
        styles.write(built, [], tmp_path)


def test_no_style_of_the_theme_reads_a_variable_that_was_cut() -> None:
    folder = Path(material.__file__).parent / "templates" / styles.FOLDER
    stock = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.min.css"))
    cut = styles.cut(stock, styles.Names(frozenset({"md-typeset"}), frozenset({"a", "p"})), set())
    assert 1000 < len(cut) < len(stock) / 5
    declared = {name for name in styles.variables(stock) if f"{name}:" in stock}
    assert [name for name in styles.variables(cut) & declared if f"{name}:" not in cut] == []
