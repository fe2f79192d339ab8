"""Each file in tests/golden is a case: a change of the tiny site, and the faults that it gives.

`edit` replaces a text that stands once in a file, `write` makes a file, `delete` removes some.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from fieldguide import check, examples
from support import tiny

CASES = sorted((tiny.ROOT / "tests/golden").glob("*.yml"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_golden(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "all_values", lambda: {"gan.value_at_half": "0.5"})
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    root = tiny.make(tmp_path)
    for path, pairs in case.get("edit", {}).items():
        for old, new in pairs:
            tiny.replace(root / path, old, new)
    for path, text in case.get("write", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    for path in case.get("delete", []):
        (root / path).unlink()
    _, faults = check.check(root, TODAY)
    assert "\n".join(map(str, faults)) == case["faults"].strip()


def test_every_case_says_what_it_is_about() -> None:
    known = {"about", "edit", "write", "delete", "faults"}
    for file in CASES:
        case = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert set(case) <= known and case["about"], file.name
