"""The archive and the font, read back by programs that are not ours."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from fieldguide.files import archive, font
from fontTools.ttLib import TTFont


def small_site(folder: Path) -> Path:
    (folder / "learn").mkdir(parents=True)
    link = '<a class="x" href="{}genai-field-guide.zip">take it</a>'
    (folder / "index.html").write_text(link.format(""), encoding="utf-8")
    (folder / "learn/é.html").write_text(link.format("../"), encoding="utf-8")
    (folder / "404.html").write_text("gone", encoding="utf-8")
    (folder / "style.css").write_text("a{}", encoding="utf-8")
    (folder / "sitemap.xml").write_text("<x/>", encoding="utf-8")
    return folder


def test_the_archive_holds_the_site_and_says_how_to_open_it(tmp_path: Path) -> None:
    target = archive.write(small_site(tmp_path / "site"), "2026-11-22")
    with zipfile.ZipFile(target) as packed:
        assert packed.testzip() is None
        inside = f"{archive.FOLDER}/"
        names = {"index.html", "learn/é.html", "style.css", archive.NOTE}
        assert set(packed.namelist()) == {inside + name for name in names} | {archive.NOTE}
        assert b'href="HOW-TO-OPEN.txt"' in packed.read(f"{inside}index.html")
        assert b'href="../HOW-TO-OPEN.txt"' in packed.read(f"{inside}learn/é.html")
        assert b"2026-11-22" in packed.read(archive.NOTE)
        assert {info.date_time for info in packed.infolist()} == {(2026, 11, 22, 0, 0, 0)}


def test_equal_sites_give_equal_archives(tmp_path: Path) -> None:
    first = archive.write(small_site(tmp_path / "one"), "2026-11-22").read_bytes()
    second = archive.write(small_site(tmp_path / "two"), "2026-11-22").read_bytes()
    again = archive.write(tmp_path / "two", "2026-11-22").read_bytes()
    assert first == second == again


def test_unzip_accepts_the_archive(tmp_path: Path) -> None:
    unzip = shutil.which("unzip")
    if not unzip:
        pytest.skip("no unzip on this machine (Debian: apt-get install unzip)")
    target = archive.write(small_site(tmp_path / "site"), "2026-11-22")
    done = subprocess.run([unzip, "-tq", target], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "No errors detected" in done.stdout


def test_the_font_keeps_what_formulas_need(tmp_path: Path) -> None:
    wanted = "x+∑∫𝔼𝒩θ≤"
    with TTFont(io.BytesIO(font.cut("".join(sorted(wanted)), tmp_path))) as cut:
        assert "MATH" in cut
        assert {ord(letter) for letter in wanted} <= set(cut.getBestCmap())


def test_the_font_is_cut_the_same_way_twice(tmp_path: Path) -> None:
    first = font.cut("abc", tmp_path / "one")
    assert font.cut("abc", tmp_path / "two") == first


def test_a_site_without_formulas_has_no_font(tmp_path: Path) -> None:
    font.write(tmp_path / "site", set(), tmp_path)
    assert not (tmp_path / "site").exists()
