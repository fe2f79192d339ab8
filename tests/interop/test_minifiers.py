"""Plugins that make pages small: quotes and white space go, and no widget goes with them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from support import site_build, tiny

PLUGINS = {
    "mkdocs-minify-plugin": (
        "  minify:\n    minify_html: true\n"
        "    htmlmin_opts: {remove_comments: true, remove_optional_attribute_quotes: true}\n"
    ),
    "mkdocs-minify-html-plugin": "  minify_html: {}\n",
}
SCHEME = "script, link[rel=stylesheet]"


def parts(page: Path) -> Counter[str]:
    """Return what a page is made of: widgets with their data, drawings, formulas, ids, files."""
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    found: Counter[str] = Counter()
    for node in tree.css("*"):
        name = node.tag or ""
        data = {key: value for key, value in node.attributes.items() if key.startswith("data-")}
        if name.startswith("guide-"):
            found[f"{name} {sorted(data.items())}"] += 1
        elif name in ("svg", "math", "table", "details", "input", "button"):
            found[name] += 1
        if key := node.attributes.get("id"):
            found[f"#{key}"] += 1
    for node in tree.css(SCHEME):
        if file := node.attributes.get("src") or node.attributes.get("href"):
            found[file] += 1
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny site with every widget."""
    return tiny.buildable(tmp_path_factory.mktemp("minified") / "small")


@pytest.fixture(scope="module")
def plain(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It, built without a minifier."""
    return site_build.strict(small, tmp_path_factory.mktemp("plain") / "site")


@pytest.mark.interop
@pytest.mark.parametrize("name", PLUGINS)
def test_a_minifier_takes_no_widget(small: Path, plain: Path, tmp_path: Path, name: str) -> None:
    pytest.importorskip(name.replace("-", "_"), reason="other programs: pip install '.[interop]'")
    settings = small / "mkdocs.yml"
    whole = settings.read_text(encoding="utf-8")
    try:
        tiny.replace(settings, "  offline: {}\n", f"  offline: {{}}\n{PLUGINS[name]}")
        made = site_build.strict(small, tmp_path / "site")
    finally:
        settings.write_text(whole, encoding="utf-8")
    pages = [page.relative_to(plain) for page in sorted(plain.rglob("*.html"))]
    assert len(pages) > 5 and sum(parts(plain / page).total() for page in pages) > 200
    smaller = 0
    for page in pages:
        assert parts(made / page) == parts(plain / page), page
        smaller += (made / page).stat().st_size < (plain / page).stat().st_size
    assert smaller > 5, "or nothing was minified"
