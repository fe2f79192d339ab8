"""The tables and the plot of the measured language models come from the results alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.drawings import text_plot
from fieldguide.model import text_results
from fieldguide.model.records import Guide
from fieldguide.model.site import Context
from fieldguide.tables import text_lab
from support import tiny
from support.models import LAB, PAGES

SAMPLE = {"seed": 1, "word": "gleaner", "text": "a person who | gleans", "known": False,
          "nearest": "someone who gathers", "of": "gatherer", "alike": 0.25}  # fmt: skip
ROW = {
    "bits": 1.5512, "definition": 1.4, "told_apart": 0.731, "told_apart_plain": 0.66,
    "verbatim": 0.0312, "verbatim_met": 0.11, "seconds": 930, "params": 1557920,
    "bytes": 1600000, "gzip": 1150000, "samples": [SAMPLE],
}  # fmt: skip


def results() -> dict[str, object]:
    """Return results as the lab writes them."""
    places = [5.0, 4.0, 3.0]
    brief = {"steps": 600, "bits": {"1": 1.93, "2": 1.942, "3": 1.915}}
    counted = {key: value for key, value in ROW.items() if key not in ("bytes", "gzip")}
    return {
        "models": {
            "ngram": counted | {"places": places},
            "gru": ROW | {"places": places, "seeds": brief},
            "transformer": ROW | {"places": [5.0, 3.5, 2.5], "seeds": brief},
            "masked": dict(ROW),
        },
        "rounding": {"float32": [1.55, None], "91": [1.5512, 1100000]},
    }


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    """The tiny site with results; its pages are too few for the links, so those are left out."""
    tiny.make(tmp_path)
    found, faults = check.check(tmp_path)
    assert found, faults
    path = tmp_path / text_results.RESULTS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results()))
    monkeypatch.setattr(Context, "link", lambda self, address: address)
    monkeypatch.setattr(Guide, "family", lambda self, key: SimpleNamespace(page=PAGES[key]))
    found = replace(found, guide=replace(found.guide, lab=LAB))
    return Context(found, "models/text-measured.md")


def rows(table: str) -> list[list[str]]:
    """Return the cells of each line, without the mark of numbers."""
    lines = [line for line in table.split("\n") if line.startswith("|")]
    return [
        [cell.strip().removesuffix(" { .num }") for cell in line.strip("| ").split(" | ")]
        for line in lines
    ]


def test_the_measured_table(context: Context) -> None:
    text_lab_rows = text_lab.measured(context, "")
    found = rows(text_lab_rows.replace("**", ""))
    assert found[2][1:] == ["1.55", "1.40", "73%", "66%", "3.1%", "11.0%"]
    assert found[5][1:3] == ["at most 1.55", "at most 1.40"]
    assert rows(text_lab_rows)[2][1:5] == ["**1.55**", "**1.40**", "**73%**", "**66%**"]
    assert found[5][0].startswith("[masked diffusion](")


def test_the_spread_over_seeds(context: Context) -> None:
    found = rows(text_lab.seeds(context, ""))
    assert found[0] == ["Model", "Steps", "Seed 1", "Seed 2", "Seed 3", "Mean", "Range"]
    assert [row[1:] for row in found[2:]] == 2 * [
        ["600", "1.930", "1.942", "1.915", "1.929", "0.027"]
    ]


def test_the_costs_with_and_without_a_benchmark(context: Context) -> None:
    found = rows(text_lab.costs(context, ""))
    assert found[2][1:] == ["1,557,920 counts", "not shipped", "15.5", "not measured"]
    assert found[3][1:] == ["1,557,920", "1.15 MB", "15.5", "not measured"]
    path = context.site.root / text_results.SPEED
    path.write_text(json.dumps({"milliseconds": {"gru": 1.234}}))
    assert rows(text_lab.costs(context, ""))[3][-1] == "1.2"


def test_the_samples(context: Context) -> None:
    table = text_lab.samples(context, "gru")
    assert (
        "| 1 | **gleaner**: a person who \\| gleans | gatherer: someone who gathers | 25% |"
        in table
    )
    assert rows(text_lab.samples(context, "unknown"))[2:] == []


def test_the_rounding(context: Context) -> None:
    found = rows(text_lab.rounding(context, ""))
    assert found[2:] == [["exact (32 bits)", "1.550", "6.23 MB, not compressed"],
                         ["one of 91 numbers", "1.551", "1.10 MB"]]  # fmt: skip


def test_the_plot_says_what_it_shows(context: Context) -> None:
    drawing = ElementTree.fromstring(text_plot.plot(context.site.root, LAB))
    description = drawing.findtext("{http://www.w3.org/2000/svg}desc")
    assert description
    assert "transformer 5.0 bits at the first, 2.5 at the last" in description
    assert "masked" not in description


def test_without_results_nothing_is_shown(context: Context) -> None:
    (context.site.root / text_results.RESULTS).unlink()
    assert text_results.models(context.site.root) == {}
    ElementTree.fromstring(text_plot.plot(context.site.root, LAB))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"models": {"lstm": ROW}}, "lstm"),
        ({"models": {"gru": {"bits": 1.5}}}, "definition"),
        ({"models": {"gru": ROW | {"verbatim": 1.5}}}, "verbatim"),
    ],
)
def test_wrong_results_are_told(change: dict[str, object], told: str, context: Context) -> None:
    root = context.site.root
    schema = Path(__file__).resolve().parents[2] / text_results.SCHEMA
    (root / text_results.SCHEMA).write_text(schema.read_text())
    assert text_results.check(root) == []
    (root / text_results.RESULTS).write_text(json.dumps(change))
    faults = text_results.check(root)
    assert faults
    assert any(told in str(fault) for fault in faults)
