"""The files of the lab: damaged ones give lines with a remedy, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.model import lab_results
from support import tiny

ROW = {
    "params": 39521,
    "likelihood": "none",
    "passes": "1",
    "total_passes": 1,
    "seconds": 20,
    "milliseconds": 0.089,
    "fd": [1e-05, 0.012],
}


def faults(folder: Path, path: str, text: str | bytes) -> list[str]:
    """Return the faults of the tiny site with a file of the lab."""
    root = tiny.make(folder)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(map(str, check.check(root)[1]))


def results(key: str = "gan", **changed: object) -> str:
    """Return results of one model, with some values changed."""
    return json.dumps({"families": {key: ROW | changed}}, indent=1)


def test_sound_results_have_no_faults(tmp_path: Path, root: Path) -> None:
    assert lab_results.check(root) == []
    assert faults(tmp_path, lab_results.RESULTS, results()) == []
    assert lab_results.results(tmp_path)["families"]["gan"] == ROW


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: not JSON: Expecting value; take the last good version, or measure again"),
        ('{\n"families": {,', "2: not JSON: Expecting property name"),
        ("\n<<<<<<< HEAD\n{}", "2: not JSON: Expecting value"),
        (b'{\n"\xff": 1}', "2: byte 0xff is not UTF-8"),
        ("[]", "1: must be a mapping of fields, but it is a list"),
        ('{\n"families": 5}', "2: families: must be a mapping of fields, but it is a number"),
        ('{"families": {"gan": {}}}', "1: families.gan: the field 'fd' is missing"),
        (results("gam"), "2: families: 'gam' is not known; did you mean 'gan'?"),
        (results(fd=[0, 1]), "11: families.gan.fd.0: 0 is less than or equal to the minimum of 0"),
        (results(passes=1), "6: families.gan.passes: must be text, but it is a number"),
        (results(bits="1.8"), "14: families.gan.bits: must be a number or a list or nothing, but"),
        (
            '{"experiments": {"steps-hybrid": {"0": 1}}}',
            "1: experiments.steps-hybrid: '0' does not have the right form; allowed: a number of",
        ),
    ],
)
def test_damaged_results(tmp_path: Path, text: str | bytes, fault: str) -> None:
    found = faults(tmp_path, lab_results.RESULTS, text)
    assert found and found[0].startswith(f"{lab_results.RESULTS}:{fault}"), found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"gan": ["aaa"', "1: not JSON"),
        ('{"gan":\n["aaa"]}', "2: gan.0: 'aaa' does not have the right form; allowed: a digit of"),
        ('{"gan": {}}', "1: gan: must be a list, but it is a mapping of fields"),
        ('{"gam": []}', "1: 'gam' is not known; did you mean 'gan'?"),
    ],
)
def test_damaged_samples(tmp_path: Path, text: str, fault: str) -> None:
    found = faults(tmp_path, lab_results.SAMPLES, text)
    assert found and found[0].startswith(f"{lab_results.SAMPLES}:{fault}"), found
