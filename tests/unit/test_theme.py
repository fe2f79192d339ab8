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
