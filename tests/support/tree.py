"""The files of the repository, and trees of files compared."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

MADE = {".git", ".venv", ".cache", "site", "node_modules", "__pycache__", "out"}
MADE |= {".pytest_cache", ".mypy_cache", ".ruff_cache"}


def sources(root: Path) -> list[str]:
    """Return the path of each file that belongs to the repository; what is made is left out."""
    if (root / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        return sorted(path for path in listed.stdout.split("\0") if (root / path).is_file())
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in MADE and ".egg-info" not in name]
        found += [(Path(folder) / name).relative_to(root).as_posix() for name in files]
    return sorted(found)


def copy(root: Path, folder: Path) -> Path:
    """Copy the repository as a fresh clone would have it."""
    for path in sources(root):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path, folder / path)
    return folder


def digest(folder: Path) -> dict[str, str]:
    """Return the hash of each file below a folder by its path."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
