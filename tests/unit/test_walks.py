"""The record of an answer, a picture and a curve: what is damaged in it is named with its line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from fieldguide.drawings import walk_answer, walk_picture
from fieldguide.drawings.fit_plot import plot
from fieldguide.model import walks
from fieldguide.source import drawing_file

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the record and its schema, and nothing else."""
    for path in (walks.RECORD, walks.SCHEMA):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    return tmp_path


def spoiled(root: Path, change: Any) -> list[str]:
    """Return what is said of the record after a change."""
    record = json.loads((root / walks.RECORD).read_text(encoding="utf-8"))
    change(record)
    (root / walks.RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return [str(fault) for fault in walks.check(root)]


def test_the_record_is_sound(copy: Path) -> None:
    assert walks.check(copy) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r.pop("answer"), "answer"),
        (lambda r: r["answer"]["steps"].clear(), "answer.steps"),
        (lambda r: r["answer"]["steps"][0].update(chance=1.5), "answer.steps.0.chance"),
        (lambda r: r["picture"]["video"].append("abc"), "picture.video.8"),
        (lambda r: r["picture"].update(more=1), "picture.more"),
        (lambda r: r["fit"]["steps"].pop("0"), "fit.steps"),
    ],
)
def test_each_fault_is_one_line(copy: Path, change: Any, said: str) -> None:
    found = spoiled(copy, change)
    assert len(found) == 1 and found[0].startswith(f"{walks.RECORD}:"), found
    assert said in found[0] and "\n" not in found[0]


def test_a_record_cut_off_is_told(copy: Path) -> None:
    path = copy / walks.RECORD
    path.write_text(path.read_text(encoding="utf-8")[:5000], encoding="utf-8")
    (fault,) = walks.check(copy)
    assert fault.path == walks.RECORD and fault.line > 1


def test_without_a_record_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert walks.check(tmp_path) == [] and walks.values(tmp_path) == {}


def test_drawings_hold_only_what_drawings_may() -> None:
    record = walks.record(ROOT)
    fit = plot(record["fit"]["degrees"], record["fit"]["steps"])
    made = {
        **walk_answer.drawings(record["answer"]),
        **walk_picture.drawings(record["picture"]),
        "made-fit": fit,
    }
    names = [f"made-walk-{name}" for name in (*walk_answer.NAMES, *walk_picture.NAMES)]
    assert sorted(made) == sorted([*names, "made-fit"])
    for name, drawing in made.items():
        assert drawing_file.check(name, drawing) == [], name


def test_a_token_of_markup_stays_a_token() -> None:
    """What a model writes is no markup, whatever it writes."""
    record = walks.record(ROOT)["answer"]
    spiked = json.loads(json.dumps(record))
    spiked["text"] = spiked["steps"][0]["drawn"] = "<b>&\"'"
    spiked["steps"][0]["top"][1][0] = "<script>"
    for name, drawing in walk_answer.drawings(spiked).items():
        assert drawing_file.check(name, drawing) == [], name
        assert "<script" not in drawing and "<b>" not in drawing


@pytest.mark.parametrize(
    ("share", "told"), [(0.4383, "43.8%"), (0.9996, "100%"), (0.0002, "0.0%"), (1.0, "100%")]
)
def test_shares_are_told_in_tenths_of_a_percent(share: float, told: str) -> None:
    assert walks.percent(share) == told
