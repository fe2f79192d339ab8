"""The language lab's command: one plain line when something is wrong, nothing half-written."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The language lab on its own, without WordNet."""
    ignored = shutil.ignore_patterns("out", "__pycache__")
    shutil.copytree(root / "docs/lab/text", tmp_path / "docs/lab/text", ignore=ignored)
    shutil.copy(root / "docs/lab/stale.py", tmp_path / "docs/lab")
    return tmp_path


@pytest.fixture
def small(copy: Path) -> Path:
    """A tiny WordNet: 5,000 made-up senses in its format."""
    folder = copy / "wordnet"
    folder.mkdir()
    lines = [
        f"{n:08} 04 n 01 word{n} 0 000 | thing number {n} of so many; an example"
        for n in range(5000)
    ]
    (folder / "data.noun").write_text("  1 the license\n" + "\n".join(lines) + "\n")
    for part in ("verb", "adj", "adv"):
        (folder / f"data.{part}").write_text("")
    return copy


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_without_the_extra(root: Path) -> None:
    done = run("-c", WITHOUT_NUMPY, (root / "docs/lab/text/all.py").as_posix())
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "the lab needs the extra packages (numpy is missing): pip install '.[lab]'"
    )


def test_without_wordnet(lab: Any, copy: Path) -> None:
    before = state(copy)
    done = run(copy / "docs/lab/text/all.py")
    assert done.returncode == 1
    assert done.stderr.startswith("the text lab needs WordNet, which is not installed: npm install")
    assert done.stderr.count("\n") == 1
    done = run(copy / "docs/lab/text/all.py", "--wordnet", copy)
    assert done.stderr.startswith(f"the text lab needs WordNet, which is not in {copy}: npm")
    assert state(copy) == before


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["trasformer"], "unknown model 'trasformer'; did you mean 'transformer'? allowed: ngram"),
        (["--steps", "0"], "--steps 0: at least one step is needed"),
    ],
)
def test_wrong_arguments(arguments: list[str], line: str, lab: Any, root: Path) -> None:
    done = run(root / "docs/lab/text/all.py", *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


@pytest.mark.full
def test_interrupted(lab: Any, small: Path) -> None:
    """Ctrl-C in the middle of training: one line, and what the site shows is as it was."""
    before = state(small / "docs/lab/text")
    script = str(small / "docs/lab/text/all.py")
    command = [sys.executable, script, "gru", "--wordnet", str(small / "wordnet")]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, preexec_fn=heed
    ) as process:
        assert process.stderr
        seen = ""
        while "nats=" not in seen:  # a step has been taken
            seen += process.stderr.read(1)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(20) == 1
    assert "Traceback" not in rest
    assert rest.rstrip().splitlines()[-1].startswith("interrupted: run the same again to go on")
    assert state(small / "docs/lab/text") == before
    assert not list(small.rglob("*.part"))
    assert not list(small.rglob("__pycache__"))
