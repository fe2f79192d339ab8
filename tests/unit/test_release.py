"""A release: changes of addresses, compressed files, the exchange of folders, the ZIM icon."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from fieldguide import release
from fieldguide.addresses import changelog
from fieldguide.addresses.changelog import Addresses
from fieldguide.decks import shelf
from fieldguide.files import archive, owned, precompress, workshop, zim
from support import tree

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


def finished(folder: Path, words: str = "words") -> Path:
    """Make a release as `fieldguide release` leaves it, of two files."""
    (folder / "site").mkdir(parents=True)
    (folder / "site/index.html").write_text(words)
    (folder / release.SUMS).write_text(release.sums(folder))
    owned.mark(folder)
    return folder


def refused(out: Path, root: Path) -> str:
    """Return why there is no release in a folder; what lies around it is as before."""
    before = tree.digest(out.parent) if out.parent != Path(out.anchor) else {}
    with pytest.raises(release.ReleaseError) as stopped:
        release.release(root, out)
    if before:
        assert tree.digest(out.parent) == before
    return str(stopped.value)


def test_a_release_killed_between_the_two_steps_is_put_back(tmp_path: Path) -> None:
    place = tmp_path / ".out.x1y2.part"
    finished(place / workshop.LAST)
    (place / workshop.MARK).write_text("")
    with pytest.raises(release.ReleaseError, match="the strict build failed"):
        release.release(tmp_path, tmp_path / "out")  # there is nothing to build
    assert (tmp_path / "out/site/index.html").read_text() == "words"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_second_step_that_fails_leaves_the_last_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = finished(tmp_path / "out")
    monkeypatch.setattr(release, "exchange", lambda one, other: False)

    def make(root: Path, part: Path, *_: object) -> list[str]:
        return []

    rename = Path.rename

    def broken(self: Path, target: Path) -> Path:
        if self.name == workshop.NEW:
            raise OSError(5, "Input/output error", str(self))
        return rename(self, target)

    monkeypatch.setattr(release, "make", make)
    monkeypatch.setattr(Path, "rename", broken)
    assert "Input/output error; nothing was replaced" in refused(out, tmp_path / "checkout")
    assert (out / "site/index.html").read_text() == "words"


FOREIGN = {
    "a file": lambda out: (out / "letter.txt").write_text("to my aunt"),
    "a file of sums": lambda out: (out / "site/SHA256SUMS").write_text(""),
    "a hidden file": lambda out: (out / "site/.env").write_text("key"),
    "a repository": lambda out: (out / ".git/refs").mkdir(parents=True),
    "an empty folder": lambda out: (out / "drafts").mkdir(),
    "a changed file": lambda out: (out / "site/index.html").write_text("corrected by hand"),
    "a link": lambda out: (out / "more").symlink_to(out.parent),
    "a link that leads nowhere": lambda out: (out / "more").symlink_to(out / "nowhere"),
    "a pipe": lambda out: os.mkfifo(out / "pipe"),
    "no marker": lambda out: (out / owned.MARKER).unlink(),
    "an emptied marker": lambda out: (out / owned.MARKER).write_text(""),
    "a marker that lists too little": lambda out: (out / owned.MARKER).write_text(
        '{"format": 1, "files": {}}'
    ),
    "a marker of another kind": lambda out: (out / owned.MARKER).write_text("[" * 100000),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_only_what_a_release_has_written_is_replaced(tmp_path: Path, what: str) -> None:
    out = finished(tmp_path / "out")
    FOREIGN[what](out)
    assert "holds what is not of a release" in refused(out, tmp_path / "checkout")


def test_a_file_of_sums_makes_no_release(tmp_path: Path, root: Path) -> None:
    (tmp_path / "letter.txt").write_text("to my aunt")
    (tmp_path / release.SUMS).write_text("")
    assert "holds what is not of a release" in refused(tmp_path, root)
    assert (tmp_path / "letter.txt").read_text() == "to my aunt"


def test_places_that_are_never_replaced(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout, here = tmp_path / "a/b/checkout", tmp_path / "c/here"
    for folder in (checkout / "docs", here):
        folder.mkdir(parents=True)
    monkeypatch.chdir(here)
    (tmp_path / "link").symlink_to(checkout.parent)
    reasons = {
        Path("/"): "the root of the file system",
        checkout: "the checkout",
        checkout.parent: "around the checkout",
        tmp_path / "link": "around the checkout",
        tmp_path / "a": "around the checkout",
        here: "the working folder",
        here.parent: "around the working folder",
        checkout / "docs": "within the sources",
        checkout / "docs/new": "within the sources",
        checkout / ".git/new": "within the sources",
        Path.home(): "home folder|around|working folder|not of a release|root",
    }
    for out, reason in reasons.items():
        with pytest.raises(release.ReleaseError, match=reason):
            release.release(checkout, out)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(release.ReleaseError, match="nothing was replaced"):
        release.release(checkout, tmp_path / "loop")
    (tmp_path / "file").write_text("words")
    for out in (tmp_path / "file", tmp_path / "file/below"):
        with pytest.raises(release.ReleaseError):
            release.release(checkout, out)
    assert (tmp_path / "file").read_text() == "words"


def test_neighbors_are_never_taken_over(tmp_path: Path) -> None:
    names = ["out.part", ".out.part", ".out.last", ".out.lock", ".out.abc.part", ".out.abcd.last"]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "letter.txt").write_text("to my aunt")
    (tmp_path / ".out.file.part").write_text("words")
    before = tree.digest(tmp_path)
    with pytest.raises(release.ReleaseError, match="nothing was replaced"):
        release.release(tmp_path / "checkout", tmp_path / "out")
    assert tree.digest(tmp_path) == before


def test_what_a_killed_release_has_left_is_removed(tmp_path: Path) -> None:
    place = tmp_path / ".out.x1y2.part"
    (place / workshop.NEW / "site").mkdir(parents=True)
    (place / workshop.NEW / "site/half.html").write_text("<p>ha")
    (place / workshop.MARK).write_text("")
    with pytest.raises(release.ReleaseError, match="nothing was replaced"):
        release.release(tmp_path / "checkout", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_what_comes_into_the_old_release_at_the_last_moment_is_kept(tmp_path: Path) -> None:
    out = finished(tmp_path / "out")
    (out / "site/letter.txt").write_text("to my aunt")
    assert not owned.delete(out)
    assert (out / "site/letter.txt").read_text() == "to my aunt"
    assert not (out / "site/index.html").exists()
    (out / "site/letter.txt").unlink()
    assert owned.delete(out) and not out.exists()


def test_a_marker_cannot_name_what_lies_elsewhere(tmp_path: Path) -> None:
    out = finished(tmp_path / "out")
    (tmp_path / "letter.txt").write_text("words")
    digest = owned.hashes(out)["site/index.html"]
    files = {"../letter.txt": digest, str(tmp_path / "letter.txt"): digest}
    (out / owned.MARKER).write_text(json.dumps({"format": 1, "files": files}))
    owned.delete(out)
    assert (tmp_path / "letter.txt").read_text() == "words"


def test_one_release_at_a_time(tmp_path: Path) -> None:
    place = tmp_path / ".out.x1y2.part"
    place.mkdir()
    held = place / workshop.MARK
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
            release.release(tmp_path / "checkout", tmp_path / "out")
        other.communicate()
    with pytest.raises(release.ReleaseError, match="nothing was replaced"):
        release.release(tmp_path / "checkout", tmp_path / "out")


def test_books_without_the_package_for_slides_name_it_before_anything_is_built(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "find_spec", lambda _: None)
    with pytest.raises(release.ReleaseError) as caught:
        release.release(root, tmp_path / "out", with_editions=True)
    assert str(caught.value) == (
        "slides need python-pptx: python -m pip install '.[slides]'; nothing was replaced"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_icon_of_the_zim_is_a_png_of_its_size(root: Path) -> None:
    made = zim.icon((root / "docs/assets/favicon.svg").read_text(encoding="utf-8"))
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", made[16:24]) == (48, 48)
    assert made == zim.icon((root / "docs/assets/favicon.svg").read_text(encoding="utf-8"))
