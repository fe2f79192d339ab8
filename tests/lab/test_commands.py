"""The lab's commands: what they leave behind, and one plain line when something is wrong."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

HERE = "docs/lab/pictures"
WITHOUT_NUMPY = """
import runpy, sys
sys.dont_write_bytecode = True
sys.modules["numpy"] = None
sys.path.insert(0, sys.argv[1].rpartition("/")[0])
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def run(*arguments: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def last(text: str) -> str:
    """The last line, without what a progress bar wrote before it."""
    return text.rstrip().replace("\r", "\n").split("\n")[-1]


@pytest.mark.parametrize("script", ["vae.py", "all.py", "measure.py", "../numpy_flow_matching.py"])
def test_without_the_extra(script: str, root: Path) -> None:
    """One line that says what to install; no package of the extra is needed to see it."""
    done = run("-c", WITHOUT_NUMPY, (root / HERE / script).resolve().as_posix())
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "the lab needs the extra packages (numpy is missing): pip install '.[lab]'"
    )


def test_unknown_family(lab: Any, root: Path) -> None:
    done = run(root / HERE / "all.py", "gna")
    assert done.returncode == 1
    assert done.stderr.startswith("unknown family 'gna'")
    assert "transformer" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_written(lab: Any, root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(root / HERE / "vae.py", "--root", tmp_path / "file", "--steps", 20)
    assert done.returncode == 1
    assert done.stderr.startswith("cannot write to ")
    assert done.stderr.count("\n") == 1


def test_one_family(lab: Any, root: Path, tmp_path: Path) -> None:
    """Weights and a sheet, no compiled files among what is published, and no drafts."""
    done = run(root / HERE / "vae.py", "--root", tmp_path, "--steps", 20)
    assert done.returncode == 0, done.stderr
    found = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")]
    assert sorted(found) == ["out/vae.png", "weights/vae.js"]
    assert not list((root / "docs").rglob("__pycache__"))
    assert (tmp_path / "out/vae.png").read_bytes().startswith(b"\x89PNG")


def test_interrupted(lab: Any, root: Path, tmp_path: Path) -> None:
    """Ctrl-C: one line, and what was finished before stays as it was."""
    (tmp_path / "weights").mkdir()
    kept = tmp_path / "weights/vae.js"
    kept.write_text("finished")
    command = [sys.executable, str(root / HERE / "vae.py"), "--root", str(tmp_path)]
    # A shell that runs this in the background has told its children to ignore Ctrl-C.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed) as process:
        assert process.stderr
        while process.stderr.read(1) != "V":  # the progress bar has begun
            pass
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(20) == 1
    assert "Traceback" not in rest
    assert last(rest).startswith("interrupted: the same command goes on")
    assert kept.read_text() == "finished"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["vae.js", "weights"]
