"""A release: changes of addresses, compressed files, the exchange of folders, the ZIM icon."""

from __future__ import annotations

import gzip
import hashlib
import struct
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from fieldguide import release
from fieldguide.addresses import changelog
from fieldguide.addresses.changelog import Addresses
from fieldguide.files import archive, precompress, zim

OLD = Addresses(frozenset({"a.md#a", "a.md#a-one", "a.md#a-two", "b.md#term-x"}))
NEW = Addresses(
    OLD.places | {"a.md#a-new", "a.md#a-first", "b.md#q-b", "b.md#q-c", "c.md#a-two"},
    {
        "a.md#a-one": "a.md#a-first",
        "a.md#a-two": "c.md#a-two",
        "b.md#term-x": {"removed": "2026-12-01", "note": "Nobody says it.", "see": "a.md#a"},
    },
)


def test_what_is_added_moved_and_retired() -> None:
    found = changelog.between(OLD, NEW)
    assert found.added == ["a.md#a-new", "b.md#q-b", "b.md#q-c"]
    assert found.moved == {"a.md#a-one": "a.md#a-first", "a.md#a-two": "c.md#a-two"}
    assert list(found.retired) == ["b.md#term-x"]
    assert not changelog.between(NEW, NEW)


def test_a_move_is_told_once_and_again_when_it_leads_elsewhere() -> None:
    again = Addresses(NEW.places, {**NEW.moves, "a.md#a-one": "c.md#a-two"})
    assert changelog.between(NEW, again).moved == {"a.md#a-one": "c.md#a-two"}


def test_the_entry_names_sections_and_counts_the_rest() -> None:
    text = changelog.with_entry("", "2026-11-22", changelog.between(Addresses(), OLD))
    assert text.startswith("# Changes") and "The first release" in text
    assert "- a.md: `a`, `a-one`, `a-two`\n- b.md: 1 term\n" in text
    text = changelog.with_entry(text, "2026-12-01", changelog.between(OLD, NEW))
    assert text.index("## 2026-12-01") < text.index("## 2026-11-22")
    assert "### Added (3)\n\n- a.md: `a-new`\n- b.md: 2 questions\n" in text
    assert "- `a.md#a-one` stands at `a.md#a-first`" in text
    assert "- `b.md#term-x`, 2026-12-01: Nobody says it. See `a.md#a`." in text


def test_a_second_release_of_a_day_is_numbered() -> None:
    text = ""
    for _ in range(3):
        text = changelog.with_entry(text, "2026-11-22", changelog.Changes())
    titles = [line for line in text.split("\n") if line.startswith("## ")]
    assert titles == ["## 2026-11-22 (3)", "## 2026-11-22 (2)", "## 2026-11-22"]


def test_compressed_files_are_equal_each_time_and_only_where_they_pay(tmp_path: Path) -> None:
    text = b"<p>the same words again and again</p>\n" * 100
    (tmp_path / "long.html").write_bytes(text)
    (tmp_path / "short.html").write_bytes(text[:500])
    (tmp_path / "packed.zip").write_bytes(text)
    (tmp_path / "noise.txt").write_bytes(
        b"".join(hashlib.sha512(bytes([n])).digest() for n in range(40))
    )
    assert precompress.write(tmp_path) == 2
    assert gzip.decompress((tmp_path / "long.html.gz").read_bytes()) == text
    assert brotli.decompress((tmp_path / "long.html.br").read_bytes()) == text
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert set(made) == {
        *("long.html", "long.html.gz", "long.html.br"),
        *("short.html", "packed.zip", "noise.txt"),
    }
    assert made["long.html.gz"][3:8] == bytes(5), "neither a name nor a time"
    assert precompress.write(tmp_path) == 2
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == made


def test_compressed_files_stay_out_of_the_archive(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"<p>words</p>" * 200)
    precompress.write(tmp_path)
    packed = archive.write(tmp_path, "2026-11-22")
    assert [name for name in zim.entries(packed) if name.endswith((".gz", ".br"))] == []


def folders(where: Path) -> tuple[Path, Path, Path]:
    """Return a new folder, a published one, and where the last one would be put aside."""
    new, out, last = where / "new", where / "out", where / "last"
    for folder in (new, out):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return new, out, last


def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    new, out, last = folders(tmp_path)
    if not release.exchange(new, out):
        pytest.skip("this file system cannot exchange two folders")
    assert (out / "name").read_text() == "new" and (new / "name").read_text() == "out"
    with pytest.raises(OSError, match="No such file"):
        release.exchange(last, out)


def test_where_folders_cannot_be_exchanged_it_takes_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, out, last = folders(tmp_path)
    monkeypatch.setattr(release, "exchange", lambda one, other: False)
    release.swap(new, out, last)
    assert (out / "name").read_text() == "new" and (last / "name").read_text() == "out"


def test_a_release_killed_between_the_two_steps_is_put_back(tmp_path: Path) -> None:
    out, last = tmp_path / "out", tmp_path / ".out.last"
    last.mkdir()
    (last / release.SUMS).write_text("")
    with pytest.raises(release.ReleaseError, match="the strict build failed"):
        release.release(tmp_path, out)  # there is nothing to build
    assert (out / release.SUMS).is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_folder_that_is_no_release_is_never_replaced(tmp_path: Path, root: Path) -> None:
    (tmp_path / "letter.txt").write_text("to my aunt")
    with pytest.raises(release.ReleaseError, match="exists and is not a release"):
        release.release(root, tmp_path)
    with pytest.raises(release.ReleaseError, match="lies within the sources"):
        release.release(root, root / "docs" / "out")
    assert (tmp_path / "letter.txt").read_text() == "to my aunt"


def test_one_release_at_a_time(tmp_path: Path) -> None:
    held = tmp_path / ".out.lock"
    code = (
        "import fcntl, sys; held = open(sys.argv[1], 'w'); fcntl.flock(held, fcntl.LOCK_EX);"
        "print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(held)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(release.ReleaseError, match="another release into this folder"):
            release.release(tmp_path, tmp_path / "out")
        other.communicate()
    with pytest.raises(release.ReleaseError, match="the strict build failed"):
        release.release(tmp_path, tmp_path / "out")


def test_the_icon_of_the_zim_is_a_png_of_its_size(root: Path) -> None:
    made = zim.icon((root / "docs/assets/favicon.svg").read_text(encoding="utf-8"))
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", made[16:24]) == (48, 48)
    assert made == zim.icon((root / "docs/assets/favicon.svg").read_text(encoding="utf-8"))
