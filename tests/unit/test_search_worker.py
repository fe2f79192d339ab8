"""The theme's search worker: mended where it is what the repairs expect, and only there."""

from __future__ import annotations

from pathlib import Path

import material
import pytest
from fieldguide.html import search_worker as worker
from fieldguide.html.template_patches import RepairError

THEME = Path(material.__file__).parent / "templates"


def stock() -> str:
    """Return the worker as the theme brings it."""
    (file,) = (THEME / worker.WORKERS).glob("search.*.min.js")
    return file.read_text(encoding="utf-8")


def test_each_repair_is_needed_and_made_once() -> None:
    worker.check([str(THEME)])
    mended = worker.repaired(stock())
    for _, old, new in worker.REPAIRS:
        assert old not in mended.replace(new, "") and mended.count(new) == 1


@pytest.mark.parametrize("repair", worker.REPAIRS, ids=lambda repair: repair[0])
def test_another_worker_stops_the_build(tmp_path: Path, repair: tuple[str, str, str]) -> None:
    file = tmp_path / worker.WORKERS / "search.0.min.js"
    file.parent.mkdir(parents=True)
    file.write_text(stock().replace(repair[1], "other()"), encoding="utf-8")
    with pytest.raises(RepairError, match=repair[0]):
        worker.check([str(tmp_path)])


def test_the_site_holds_our_words_in_its_worker_alone(site: Path) -> None:
    (file,) = (site / worker.WORKERS).glob("search.*.min.js")
    text = file.read_text(encoding="utf-8")
    assert text.index("fieldguideStop") < text.index("fieldguideWords") < text.index("lunr")
    assert not (site / worker.WORDS).exists()
