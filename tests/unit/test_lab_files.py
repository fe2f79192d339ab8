"""Code and weights of the lab: what cannot be read is a fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from fieldguide.model import lab_files


def lab(root: Path, path: str, text: str) -> list[str]:
    file = root / "docs/lab" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [str(fault) for fault in lab_files.check(root)]


def test_a_site_needs_no_lab(tmp_path: Path) -> None:
    assert lab_files.check(tmp_path) == []


def test_code_is_python(tmp_path: Path) -> None:
    assert lab(tmp_path, "gan.py", "x = 1\n") == []
    (fault,) = lab(tmp_path, "gan.py", "x = 1\nif x\n")
    assert fault.startswith("docs/lab/gan.py:2: not Python: ")


START = 'window.fieldguideWeights["gan"] = '


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: no weights"),
        ("window.x = 1;", ":1: no weights"),
        (f"// x\n{START}{{\n'a': 1}};", ":3: not JSON"),
        (START.replace("gan", "vae") + '{"a": 1};', ":1: the weights are called 'vae'"),
        (START + "{};", ":1: the weights are empty"),
        (START + '{"a": "abc', ":1: not JSON"),
    ],
)
def test_weights_are_whole(tmp_path: Path, text: str, message: str) -> None:
    (fault,) = lab(tmp_path, "weights/gan.js", text)
    assert message in fault


def test_whole_weights(tmp_path: Path) -> None:
    assert lab(tmp_path, "weights/gan.js", f'// gan\n{START}{{"a": [1]}};\n') == []


def test_results_name_known_models() -> None:
    value = {"a": {"b": {"gan": 1, "gna": 2}}}
    (fault,) = lab_files.names("r.json", value, ["a.b", "c"], ["gan", "vae"])
    assert str(fault) == "r.json:1: a.b.gna: unknown model; did you mean 'gan'?"
