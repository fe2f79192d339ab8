"""The measured tables and the plot come from the results alone."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.drawings import lab_plot
from fieldguide.model import lab_results
from fieldguide.model.site import Context
from fieldguide.tables import lab
from support import tiny
from support.models import LAB

ROW = {
    "params": 39521,
    "likelihood": "none",
    "passes": "1",
    "total_passes": 1,
    "seconds": 20,
    "milliseconds": 0.089,
    "fd": [0.159, 0.012],
    "precision": [0.9, 0.01],
    "recall": [0.79, 0.02],
    "accuracy": [0.993, 0.001],
    "nearest": [1.04, 0.01],
    "copies": [0.007, 0.002],
}


def results(**more: object) -> dict[str, object]:
    """Return results of all models, as the lab writes them."""
    names = list(LAB.rows())
    rows = {name: ROW | {"fd": [0.2 + i / 50, 0.01]} for i, name in enumerate(names)}
    for name, (_, row) in LAB.rows().items():
        rows[name] |= {"total_passes": 1 if row.point.get("side") == "left" else 64}
    rows["transformer"] |= {"likelihood": "exact", "bits": [1.756, 0.01]}
    rows["vae"] |= {"likelihood": "bound", "bits": [1.954, 0.01]}
    steps = {"1": 2.5, "2": 0.6, "4": 0.3, "8": 0.22, "16": 0.2, "32": 0.2}
    return {
        "families": rows,
        "references": {"real": {"fd": 0.195, "precision": 0.93, "recall": 0.81, "accuracy": None}},
        "experiments": {
            f"steps-{name}": steps for name, (_, row) in LAB.rows().items() if row.curve
        },
    } | more


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """The tiny site with results; every family there carries the same name."""
    tiny.make(tmp_path)
    found, faults = check.check(tmp_path)
    assert found, faults
    path = tmp_path / lab_results.RESULTS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results()))
    return Context(found, "models/measured.md")


def test_a_score_tells_its_spread() -> None:
    assert lab.score(ROW, "fd") == "0.16 ± 0.01"
    assert lab.score(ROW, "copies", 3) == "0.007 ± 0.002"
    assert lab.score({"fd": 0.195}, "fd") == "0.20"
    assert lab.score({"fd": None}, "fd") == lab.score({}, "fd") == "none"


def test_a_bound_is_called_one(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "name", lambda key, _: key)
    table = lab.measured(context, "").replace("\u202f", " ")
    lines = [line for line in table.splitlines() if line.startswith("|")]
    cells = {line.split("|")[1].strip(): line.split("|")[6].strip() for line in lines[2:]}
    assert cells["vae"] == "at most 1.95 ± 0.01 { .num }"
    assert cells["transformer"] == "**1.76 ± 0.01** { .num }"  # the best of all
    assert cells["gan"] == "none { .num }"
    assert len({line.count("|") for line in lines}) == 1


def test_every_model_stands_in_both_tables(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "name", lambda key, _: key)
    for table in (lab.measured(context, ""), lab.costs(context, "")):
        for name in LAB.rows():
            assert f"| {name} |" in table


def test_without_results_nothing_breaks(tmp_path: Path) -> None:
    assert lab_results.results(tmp_path) == {}
    ElementTree.fromstring(lab_plot.plot(tmp_path, LAB))


def test_labels_of_the_plot_do_not_cover_each_other(context: Context) -> None:
    drawing = lab_plot.plot(context.site.root, LAB)
    ElementTree.fromstring(drawing)
    places = re.findall(
        r'<text class="d-small( d-end)?" x="([\d.]+)" y="([\d.]+)">([^<]+)', drawing
    )
    names = {row.point["label"] for _, row in LAB.rows().values() if row.point}
    for side in ("", " d-end"):
        heights = sorted(float(y) for end, _, y, text in places if end == side and text in names)
        assert all(b - a >= 13.9 for a, b in itertools.pairwise(heights))
    width = 6.6
    for end, x, _, text in places:
        if not end:
            assert float(x) + width * len(text) <= 362, text


def test_scale_of_passes_and_axes_hold_every_point(context: Context) -> None:
    drawing = lab_plot.plot(context.site.root, LAB)
    for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawing):
        assert lab_plot.LEFT <= float(x) <= lab_plot.RIGHT
        assert lab_plot.TOP <= float(y) <= lab_plot.BOTTOM
