"""Texts that try to become HTML: they stay texts, or the build names them and stops."""

from __future__ import annotations

from pathlib import Path

import pytest
from fieldguide.html import csp
from selectolax.lexbor import LexborHTMLParser
from support import site_build, tiny, tree

ATTACK = """'" onmouseover="alert(1)" x="'"""
PAGE = "docs/models/gans.md"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tiny site that can be built."""
    return tiny.buildable(tmp_path / "small")


def test_front_matter_stays_text(small: Path, tmp_path: Path) -> None:
    plain = site_build.strict(small, tmp_path / "plain")
    expected = (plain / "models/gans.html").read_text(encoding="utf-8").count("<script")
    text = (small / PAGE).read_text(encoding="utf-8")
    text = text.replace("title: GANs", f"title: {ATTACK}")
    text = text.replace("description: A page", f"description: {ATTACK[:-1]} A page")
    text = text.replace("one of each short form.", "one of each.'")
    text = text.replace("[Explain one thing, ", f"[{ATTACK}, ")
    (small / PAGE).write_text(text, encoding="utf-8")
    site = site_build.strict(small, tmp_path / "site")
    written = ATTACK[1:-1]
    for name in ("models/gans.html", "index.html", "learn/sources.html", "404.html"):
        html = (site / name).read_text(encoding="utf-8")
        handlers = LexborHTMLParser(html).css("[onmouseover]")
        assert handlers == [] and csp.MARK not in html
    html = (site / "models/gans.html").read_text(encoding="utf-8")
    page = LexborHTMLParser(html)
    assert html.count("<script") == expected
    assert page.css_first("title").text().startswith(written)
    descriptions = page.css("meta[name=description], meta[property='og:description']")
    assert len(descriptions) == 2
    assert all(str(meta.attrs["content"]).startswith(written) for meta in descriptions)
    policy = str(page.css_first("meta[http-equiv]").attrs["content"])
    assert csp.hashed("alert(1)") not in policy


def test_what_only_the_rendered_page_shows_stops_the_build(small: Path) -> None:
    """An attribute that Markdown makes of a list, in a form that the check does not read."""
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    text = (small / PAGE).read_text(encoding="utf-8")
    (small / PAGE).write_text(f"{text}\nWords.\n{{: accesskey=x }}\n", encoding="utf-8")
    line = text.count("\n") + 3
    done = site_build.run(small)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"{PAGE}:{line}: the attribute 'accesskey' of <p> is not allowed" in done.stderr
    assert tree.digest(small / "site") == before


HOOK = """
def on_post_page(output, page, config):
    return output.replace("</body>", "<script>track()</script></body>")
"""


def test_a_plugin_whose_script_would_not_run_is_named(small: Path) -> None:
    (small / "tracking.py").write_text(HOOK, encoding="utf-8")
    tiny.replace(small / "mkdocs.yml", "  - hooks/main.py", "  - tracking.py\n  - hooks/main.py")
    done = site_build.run(small)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "a script stands in the page" in done.stderr and "'track()'" in done.stderr
