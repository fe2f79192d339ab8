"""The cache of small files: no change by hand survives in it, and builds may meet there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from fieldguide.files import cache, font, svg_to_png
from fieldguide.source import disk


def publish(folder: Path, turn: int) -> list[str]:
    """Publish 150 files as one of several builds at once; return those that came out wrong."""
    address = f"https://{turn % 2}.example/"
    files = {f"{number}.html": f"{address}{number}" for number in range(150)}
    target = folder / f"site-{turn}"
    cache.publish(files, target, folder / "cache", address)
    return [name for name, text in files.items() if (target / name).read_text() != text]


def test_builds_that_run_at_once_do_not_meet(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        turns = [pool.submit(publish, tmp_path, turn) for turn in range(12)]
        assert [turn.result() for turn in turns] == [[]] * 12
    assert not list(tmp_path.rglob("*.part"))


def test_a_change_by_hand_does_not_survive(tmp_path: Path) -> None:
    files = {"a.html": "first", "b.html": "second"}
    cache.publish(files, tmp_path / "one", tmp_path / "cache", "")
    (tmp_path / "one/a.html").write_text("changed")  # and with it, what it is a link to
    for file in (tmp_path / "cache").rglob("b.html"):
        file.write_text("changed")
    cache.publish(files, tmp_path / "two", tmp_path / "cache", "")
    assert {file.name: file.read_text() for file in (tmp_path / "two").iterdir()} == files


def test_what_is_kept_is_linked_and_not_copied(tmp_path: Path) -> None:
    for name in ("one", "two"):
        cache.publish({"a.html": "text"}, tmp_path / name, tmp_path / "cache", "")
    assert (tmp_path / "one/a.html").samefile(tmp_path / "two/a.html")


DAMAGE = {
    "emptied": lambda content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "one byte less": lambda content: content[:-1],
    "one bit changed": lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
    "of another kind": lambda content: b"<html>an error page</html>",
    "of an earlier version, without a hash": lambda content: content[cache.HASH :],
    "only the hash": lambda content: content[: cache.HASH],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_in_the_cache_is_made_anew(tmp_path: Path, damage: str) -> None:
    picture = '<svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg"></svg>'
    right = font.cut("abc", tmp_path), svg_to_png.png(picture, tmp_path)
    found = [file for file in tmp_path.iterdir() if file.is_file()]
    assert len(found) == 2
    for file in found:
        file.write_bytes(DAMAGE[damage](file.read_bytes()))
    assert (font.cut("abc", tmp_path), svg_to_png.png(picture, tmp_path)) == right
    assert all(file.stat().st_size > cache.HASH for file in found), "and kept anew"


def test_what_is_undamaged_is_not_made_again(tmp_path: Path) -> None:
    made = []
    for _ in range(3):
        assert cache.kept(tmp_path / "x", lambda: made.append(1) or b"content") == b"content"
    assert made == [1]


@pytest.mark.parametrize("place", ["a file", "a link that turns in a circle", "nothing writable"])
def test_where_nothing_can_be_kept_all_is_made(tmp_path: Path, place: str) -> None:
    """Root may write anywhere, so what cannot be written lies below a file or in /proc."""
    folder = tmp_path / "cache"
    if place == "a file":
        folder.write_text("")
    elif place == "nothing writable":
        folder = Path("/proc/cache")
    else:
        folder.symlink_to(folder)
    assert cache.kept(folder / "x", lambda: b"content") == b"content"
    cache.publish({"a.html": "text"}, tmp_path / "site", folder, "")
    assert (tmp_path / "site/a.html").read_text() == "text"
    cache.clear(folder)


def test_what_the_dead_have_left_half_written_goes(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    names = {
        f"font.{ended.pid}.x1.part": False,
        "font.x1.part": False,
        "deep/font.x1.part": False,
        f"font.{os.getpid()}.x1.part": True,
        "font": True,
    }
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("half")
    cache.clear(tmp_path)
    assert {name: (tmp_path / name).exists() for name in names} == names
    old = time.time() - 2 * disk.DAY
    os.utime(tmp_path / f"font.{os.getpid()}.x1.part", (old, old))
    cache.clear(tmp_path)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["font"]


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reaches the disk before it takes its name."""
    steps = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("fsync"), sync(handle)))
    monkeypatch.setattr(
        Path, "replace", lambda file, to: (steps.append("rename"), replace(file, to))[1]
    )
    disk.put(tmp_path / "file", b"new")
    assert steps == ["fsync", "rename"] and (tmp_path / "file").read_bytes() == b"new"

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        disk.put(tmp_path / "file", b"newer")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"new"
