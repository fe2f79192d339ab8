"""The benchmark of the build starts anywhere: in a fresh clone, too, which has no cache."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from support import tree


@pytest.fixture
def bench(root: Path) -> ModuleType:
    """The benchmark, as a module."""
    file = root / "tests/bench/bench_build.py"
    spec = importlib.util.spec_from_file_location("bench_build", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("cached", [False, True])
def test_a_fresh_clone_is_measured(
    bench: ModuleType,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    cached: bool,
) -> None:
    clone = tree.copy(root, tmp_path / "clone")
    assert not (clone / ".cache").exists()
    if cached:
        (clone / ".cache").mkdir()
        (clone / ".cache/font").write_text("cut")
    seen: list[Path] = []

    def measure(ours: Path, plain: Path, times: int) -> Any:
        seen.append(ours)
        step = dict.fromkeys(("all", *bench.TABLES, *bench.OTHERS), 1.0)
        return step, step, [1.0]

    monkeypatch.setattr(bench, "ROOT", clone)
    monkeypatch.setattr(bench, "measure", measure)
    monkeypatch.setattr(bench.stock, "expanded", lambda: {})
    monkeypatch.setattr(bench.stock, "write", lambda folder, *_: folder)
    bench.real_site(tmp_path / "run", 1)
    assert "budget 15 %" in capsys.readouterr().out
    assert (seen[0] / "mkdocs.yml").is_file()
    assert (seen[0] / ".cache/font").is_file() == cached
