"""Every notebook, run from its first cell to its last in an environment without our packages."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.addresses import course_files
from fieldguide.editions import experiments, notebooks
from fieldguide.files import lab_zip
from support import notebooks as running

pytestmark = pytest.mark.full
ROOT = Path(__file__).parents[2]
NAMES = (*experiments.EXPERIMENTS, course_files.LANGUAGE)


@pytest.fixture(scope="module")
def made(root: Path) -> dict[str, bytes]:
    """Every notebook by its name."""
    site, faults = check.check(root)
    assert site, faults
    return notebooks.files(site, "", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_in_a_fresh_environment(
    made: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    python = ROOT / ".cache/notebooks/bin/python"
    assert python.exists(), ".ci/full makes an environment for notebooks there"
    file = tmp_path / f"{name}.ipynb"
    file.write_bytes(running.shortened(made[file.name], 60))
    cells = running.run(file, python)
    assert cells and all(cell["execution_count"] for cell in cells)
    if name == course_files.LANGUAGE:
        printed = "".join(str(cell["outputs"]) for cell in cells)
        assert "bits per character" in printed and "matrix:" in printed
    else:
        assert running.pictures(cells) >= 2


def test_a_file_of_the_zip_runs(root: Path, tmp_path: Path) -> None:
    (content,) = lab_zip.files(root, "2026-11-27").values()
    with zipfile.ZipFile(BytesIO(content)) as packed:
        packed.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "vae.py", "--steps", "5"],
        cwd=tmp_path / "lab/pictures",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "lab/pictures/weights/vae.js").is_file()
