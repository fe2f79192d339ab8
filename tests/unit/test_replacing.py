"""A folder takes the place of another as a whole, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fieldguide.files.replacing import Replacing


def filled(folder: Path, **files: str) -> Path:
    """Make a folder with files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def content(folder: Path) -> dict[str, str]:
    """Return the text of each file of a folder by its name."""
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def test_the_new_folder_replaces_the_old_one_and_keeps_what_is_hidden(tmp_path: Path) -> None:
    site = filled(tmp_path / "site", a_html="old", b_html="old", _git="history")
    replacing = Replacing(site)
    filled(replacing.part, a_html="new")
    assert content(site) == {"a.html": "old", "b.html": "old", ".git": "history"}
    replacing.replace()
    assert content(site) == {"a.html": "new", ".git": "history"}
    assert list(tmp_path.iterdir()) == [site], "nothing is left beside it"


def test_giving_up_changes_nothing(tmp_path: Path) -> None:
    site = filled(tmp_path / "site", a_html="old")
    replacing = Replacing(site)
    filled(replacing.part, a_html="half")
    replacing.give_up()
    assert content(site) == {"a.html": "old"} and list(tmp_path.iterdir()) == [site]


def test_the_first_folder_and_a_link_to_one(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "far/site")
    replacing = Replacing(link)
    filled(replacing.part, a_html="new")
    replacing.replace()
    assert link.is_symlink() and content(tmp_path / "far/site") == {"a.html": "new"}


def test_a_folder_that_cannot_be_renamed_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = filled(tmp_path / "site", a_html="old", b_html="old", _git="history")
    replacing = Replacing(site)
    filled(replacing.part, a_html="new")

    def busy(self: Path, target: Path) -> Path:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(Path, "rename", busy)
    replacing.replace()
    assert content(site) == {"a.html": "new", ".git": "history"}


def test_what_a_killed_run_has_left_is_settled(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], stdout=-1)
    dead = filled(tmp_path / f".site.fieldguide-{int(done.stdout)}.part", a_html="half")
    alive = filled(tmp_path / f".site.fieldguide-{os.getppid()}.part", a_html="growing")
    filled(tmp_path / ".site.fieldguide-last", a_html="old", _git="history")
    replacing = Replacing(tmp_path / "site")
    assert content(tmp_path / "site") == {"a.html": "old", ".git": "history"}
    assert not dead.exists() and alive.exists()
    replacing.give_up()
    filled(tmp_path / ".site.fieldguide-last", a_html="older", _git="older", _nojekyll="")
    Replacing(tmp_path / "site").give_up()
    assert content(tmp_path / "site") == {"a.html": "old", ".git": "history", ".nojekyll": ""}
