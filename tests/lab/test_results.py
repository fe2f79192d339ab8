"""The published results: measured again from the shipped weights, and known when stale."""

from __future__ import annotations

import json
import runpy
import shutil
import statistics
from pathlib import Path
from typing import Any

import pytest
from fieldguide.model import lab_staleness as freshness

HERE = "docs/lab/pictures"
ROWS = json.loads((Path(__file__).parents[2] / HERE / "results.json").read_text())["families"]
TOLERANCE = {"fd": 0.04, "precision": 0.04, "recall": 0.04, "accuracy": 0.02, "nearest": 0.05,
             "copies": 0.02, "bits": 0.02}  # fmt: skip


@pytest.fixture(scope="module")
def results(root: Path) -> Any:
    return json.loads((root / HERE / "results.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ROWS)
def test_measured_of_the_shipped_model(name: str, results: Any, shipped: Any) -> None:
    row, model = results["families"][name], shipped[name]
    assert row["params"] == sum(p.numel() for p in model.parameters())
    kind = "exact" if hasattr(model, "log_prob") else "bound" if hasattr(model, "bound") else "none"
    assert row["likelihood"] == kind
    assert ("bits" in row) == (kind != "none")


@pytest.mark.full
@pytest.mark.parametrize("name", ROWS)
def test_measured_again(name: str, results: Any, shipped: Any, measure: Any) -> None:
    """The shipped weights are those of the first seed."""
    row = measure.evaluate(shipped[name], shipped["judge"])
    published = results["families"][name]
    for score, allowed in TOLERANCE.items():
        if row[score] is None:
            assert score not in published
        else:
            assert row[score] == pytest.approx(published["runs"][0][score], abs=allowed), score


def test_means_and_spreads_are_those_of_the_seeds(results: Any) -> None:
    for row in results["families"].values():
        assert len(row["runs"]) == row["seeds"] >= 1
        for score in row["runs"][0]:
            values = [run[score] for run in row["runs"]]
            spread = statistics.stdev(values) if len(values) > 1 else 0
            mean = statistics.mean(values)
            assert row[score] == pytest.approx([mean, spread], abs=0.0015)


@pytest.mark.full
def test_reference_rows_measured_again(results: Any, shipped: Any, measure: Any) -> None:
    for name, row in measure.references(shipped["judge"]).items():
        for score, allowed in TOLERANCE.items():
            if row.get(score) is not None:
                published = results["references"][name][score]
                assert published == pytest.approx(row[score], abs=allowed, rel=0.02), (name, score)


def test_every_family_is_much_nearer_than_a_gaussian(results: Any) -> None:
    limit = results["references"]["gaussian"]["fd"]
    assert all(row["fd"][0] < 0.6 * limit for row in results["families"].values())
    assert results["references"]["real"]["fd"] < 0.6 * limit < results["references"]["noise"]["fd"]


def test_results_are_fresh(root: Path) -> None:
    assert freshness.stale(root) == []


def test_the_data_are_the_same(results: Any, lab: Any, root: Path) -> None:
    stale = runpy.run_path(str(root / "docs/lab/stale.py"))
    assert stale["data_hash"]() == results["data"]


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The lab on its own, to be spoiled."""
    ignored = shutil.ignore_patterns("out", "__pycache__")
    shutil.copytree(root / HERE, tmp_path / HERE, ignore=ignored)
    shutil.copy(root / "docs/lab/stale.py", tmp_path / "docs/lab")
    return tmp_path


def test_comments_and_layout_change_nothing(copy: Path) -> None:
    path = copy / HERE / "gan.py"
    text = path.read_text().replace('"""', '"""Another word. ', 1)
    path.write_text("# a remark\n\n" + text.replace("\n\n\n", "\n\n"))
    assert freshness.stale(copy) == []


def test_changed_code_is_stale(copy: Path) -> None:
    path = copy / HERE / "gan.py"
    path.write_text(path.read_text().replace("NOISE = 24", "NOISE = 25"))
    (line,) = freshness.stale(copy)
    assert line.startswith(f"{HERE}/gan.py, or what it uses, has changed")
    assert line.endswith(f"run python {HERE}/all.py gan")


def test_a_shared_file_makes_all_stale(copy: Path, results: Any) -> None:
    path = copy / HERE / "lab.py"
    path.write_text(path.read_text().replace("LEVELS = 8", "LEVELS = 9"))
    assert len(freshness.stale(copy)) == len(results["code"])


def test_other_weights_are_stale(copy: Path) -> None:
    (copy / HERE / "weights/vae.js").unlink()
    with (copy / HERE / "weights/gan.js").open("a") as script:
        script.write(" ")
    found = freshness.stale(copy)
    assert [line.split()[0] for line in sorted(found)] == [
        f"{HERE}/weights/gan.js",
        f"{HERE}/weights/vae.js",
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"code": {}}'])
def test_damaged_results_are_said_to_be_so(text: str, copy: Path) -> None:
    (copy / HERE / "results.json").write_text(text)
    (line,) = freshness.stale(copy)
    assert line.startswith(f"{HERE}/results.json cannot be read")


def test_missing_results_are_said_to_be_so(copy: Path) -> None:
    (copy / HERE / "results.json").unlink()
    assert freshness.stale(copy) == [f"{HERE}/results.json is missing; run python {HERE}/all.py"]


def test_looking_leaves_nothing_behind(copy: Path) -> None:
    before = sorted(copy.rglob("*"))
    freshness.stale(copy)
    assert sorted(copy.rglob("*")) == before
