"""The cache of small files: no change by hand survives in it, and builds may meet there."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fieldguide.files import cache


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
