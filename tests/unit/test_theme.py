"""What is changed in the theme's pages, and what is thrown away."""

from __future__ import annotations

from fieldguide.html import pruning


def test_source_maps_and_foreign_languages_go() -> None:
    paths = ["assets/javascripts/lunr/de.js", "assets/a.min.js.map", "assets/a.min.js", "a.md"]
    assert [path for path in paths if pruning.is_ballast(path)] == paths[:2]
    assert [path for path in paths if pruning.is_minified(path)] == paths[1:3]
    assert pruning.slim("x()\n//# sourceMappingURL=a.min.js.map\n") == "x()"
    assert pruning.slim("a{}/*# sourceMappingURL=a.css.map */") == "a{}"
