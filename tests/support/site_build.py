"""MkDocs as a command, as readers of the README run it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MKDOCS = [sys.executable, "-m", "mkdocs"]
QUIET_NOTICE = "NO_MKDOCS_2_WARNING"  # the theme's notice of its end of life is not a warning


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a build: without an address, with the package of this tree."""
    kept = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "REPO_URL")}
    return {**kept, QUIET_NOTICE: "1", "PYTHONPATH": str(ROOT / "hooks"), **more}


def run(root: Path, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` in `root`, with further options and environment variables."""
    return subprocess.run(
        [*MKDOCS, "build", *options],
        cwd=root,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def strict(root: Path, target: Path, **more: str) -> Path:
    """Build `root` into `target`; fail with all that was printed if there is any warning."""
    done = run(root, "--strict", "--site-dir", str(target), **more)
    assert done.returncode == 0, f"mkdocs build --strict failed:\n{done.stdout}{done.stderr}"
    assert "WARNING" not in done.stderr, done.stderr
    return target


def shared(factory: pytest.TempPathFactory, name: str, **more: str) -> Path:
    """Build the real site once for all workers of a run; nobody may write into it.

    Whoever comes first makes the folder that claims the build. A build appears whole, so the
    others wait for it, or for the word that it failed.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    target, failed = base / name, base / f"{name}.failed"
    try:
        (base / f"{name}.claimed").mkdir()
    except FileExistsError:
        while not (target.exists() or failed.exists()):
            time.sleep(0.1)
        assert not failed.exists(), f"the build of {name} failed in another worker"
        return target
    try:
        return strict(ROOT, target, **more)
    except BaseException:
        failed.touch()
        raise
