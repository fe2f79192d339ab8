"""A checkout whose lines end as on Windows, and one that may only be read, are checkouts too."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from fieldguide.check import check
from fieldguide.model import lab_staleness
from support import tiny


def ended_as_on_windows(folder: Path) -> None:
    """End the lines of each text file as Windows does."""
    for file in folder.rglob("*"):
        if file.is_file() and b"\0" not in (content := file.read_bytes()):
            file.write_bytes(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def test_the_lab_is_not_stale_for_its_line_ends(root: Path, tmp_path: Path) -> None:
    lab = tmp_path / "docs/lab"
    shutil.copytree(root / "docs/lab", lab, ignore=shutil.ignore_patterns("out", "__pycache__"))
    before = lab_staleness.stale(root)
    ended_as_on_windows(lab)
    assert lab_staleness.stale(tmp_path) == before
    weights = lab / "pictures/weights/gan.js"
    weights.write_bytes(weights.read_bytes().replace(b"1", b"2", 1))
    found = set(lab_staleness.stale(tmp_path)) - set(before)
    assert [line.split(" ")[0] for line in found] == ["docs/lab/pictures/weights/gan.js"]


def test_a_site_has_no_faults_for_its_line_ends(tmp_path: Path) -> None:
    root = tiny.make(tmp_path)
    ended_as_on_windows(root)
    assert check(root)[1] == []


def test_a_clone_on_windows_ends_its_lines_as_we_do(root: Path, tmp_path: Path) -> None:
    """With `core.autocrlf`, as the installer of Git sets it there."""
    attributes = (root / ".gitattributes").read_text(encoding="utf-8")

    def git(*words: str) -> None:
        named = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=true")
        subprocess.run(["git", *named, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet", "one")
    picture = b"\x89PNG\r\n\x1a\n\n\r\n"
    (tmp_path / "one/.gitattributes").write_text(attributes)
    (tmp_path / "one/page.md").write_bytes(b"one\ntwo\n")
    (tmp_path / "one/picture.png").write_bytes(picture)
    git("-C", "one", "add", "--all")
    git("-C", "one", "commit", "--quiet", "--message", "x")
    git("clone", "--quiet", "one", "two")
    assert (tmp_path / "two/page.md").read_bytes() == b"one\ntwo\n"
    assert (tmp_path / "two/picture.png").read_bytes() == picture
