"""Paths that stay in their folder, addresses that lead where they say, files that are files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from fieldguide.addresses import redirects
from fieldguide.check import check
from fieldguide.source import local_path, web_address
from support import site_build, tiny

INSIDE = ["a.md", "models/gans.md", "assets/a-b_c.min.css", "docs/lab", "a..b/c.md", ".hidden/x"]
OUTSIDE = [
    *("", " ", ".", "..", "../a", "a/..", "a/../b", "a/../../b", "./a", "a/.", "a//b", "a/"),
    *("/", "/a", "//a", "///a", "/..", "\\a", "a\\b", "..\\a", "\\\\host\\a", "a/..\\..\\b"),
    *("C:", "C:/a", "c:a", "C:\\a", "file:///a", "https://host/a", "data:a", "javascript:a"),
    *("%2e%2e/a", "..%2fa", "a%5cb", "%2fa", "%252e%252e/a", "%c0%ae/a", "a%00b"),
    *("a\0b", "a\nb", "a\tb", "\ta", "a\x7fb", "a\u202eb", "a\u200bb", "a /b", " a", "a. /b"),
    *("~/a", "~root/a", ".../a", "a./b", "a/b.", "con", "a/NUL.md", "com1.txt/x", "lpt9/x"),
]


@pytest.mark.parametrize("path", INSIDE)
def test_a_path_that_stays(path: str) -> None:
    assert local_path.fault(path) == ""


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leaves_or_may_leave_its_folder(path: str) -> None:
    assert "allowed: a path such as" in local_path.fault(path)
    assert redirects.place_fault(f"{path}#x")


def test_every_path_that_is_allowed_stays_for_every_reader(tmp_path: Path) -> None:
    """Independent of the rule: Python's own paths, and a browser's way of joining addresses."""
    for path in [*INSIDE, *OUTSIDE]:
        if not local_path.fault(path):
            assert (tmp_path / path).resolve().is_relative_to(tmp_path)
            joined = urlsplit(urljoin("https://example.org/guide/", unquote(path)))
            assert joined.netloc == "example.org" and joined.path.startswith("/guide/")


GOOD = {
    "https://example.org": "https://example.org/",
    "https://example.org/guide": "https://example.org/guide/",
    "https://example.org/guide/": "https://example.org/guide/",
    "http://127.0.0.1:8000/a/1.0": "http://127.0.0.1:8000/a/1.0/",
    "https://example.org/my%20guide": "https://example.org/my%20guide/",
    "https://[::1]:8000/guide": None,  # brackets are refused
    "": "",
}
BAD = [
    *("example.org", "/guide/", "//example.org/", "ftp://example.org/", "https://", "https:///x"),
    *("https://example.org/my guide/", " https://example.org/", "https://example.org/\n"),
    *("https://example.org/?v=1", "https://example.org/guide?v=1/", "https://example.org/#a"),
    *("https://user:secret@example.org/", "https://example.org:port/", "https://example.org:99999"),
    *('https://example.org/"onload="x', "https://example.org/<b>", "https://example.org/'x"),
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "https://example.org/a//b",
        "https://example.org/a/../b",
    ),
    *("https://example.org\\x", "https://example.org/\u202e", "file:///etc/passwd", "HTTPS:/x"),
]


@pytest.mark.parametrize("address", GOOD)
def test_the_address_of_a_site_ends_in_a_slash(address: str) -> None:
    if GOOD[address] is not None:
        assert web_address.as_folder(address) == GOOD[address]
        assert not address or web_address.place_fault(address) == ""


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_of_a_site(address: str) -> None:
    assert "allowed: an address such as" in web_address.place_fault(address)


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "java\nscript:x"),
        *("\x01javascript:x", "java\tscript:x", "data:text/html,x", "vbscript:x", "file:///x"),
        *("blob:https://x", "about:blank", "view-source:x", "ftp://x"),
    ],
)
def test_a_link_that_is_a_program_or_leaves_the_web(address: str) -> None:
    assert "allowed: http:, https:, mailto:" in web_address.link_fault(address)


@pytest.mark.parametrize(
    "address", ["a.md#b", "../a.md", "#b", "https://x/y:z", "mailto:a@b", "a?b:c", "", "./a:b"]
)
def test_a_link_that_may_be(address: str) -> None:
    assert web_address.link_fault(address) == ""


FILES = [
    *("docs/index.md", "docs/data/guide.yml", "docs/data/guide.schema.json"),
    *("docs/data/glossary.yml", "docs/data/paths.yml", "docs/data/redirects.yml"),
    *("docs/data/sections.lock.json", "docs/data/synonyms.yml", "docs/lab/results.json"),
    *("docs/lab/pictures/samples.json", "docs/assets/diagrams/loop.svg", "mkdocs.yml"),
]


def replaced(file: Path, kind: str) -> None:
    """Put something else in the place of a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        (file / "below").mkdir(parents=True)
    elif kind == "loop":
        file.symlink_to(file.name)
    elif kind == "device":
        file.symlink_to("/dev/zero")
    else:
        file.symlink_to("nowhere")


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "device", "dangling link"])
@pytest.mark.parametrize("path", FILES)
def test_something_else_in_the_place_of_a_file_is_a_fault(
    tmp_path: Path, path: str, kind: str
) -> None:
    """Neither a traceback nor a wait without end, and never as if the file were not there."""
    root = tiny.make(tmp_path)
    replaced(root / path, kind)
    faults = [str(fault) for fault in check(root)[1]]
    name = Path(path).name
    assert [fault for fault in faults if name in fault], faults


def test_a_terminal_need_not_know_every_character(tmp_path: Path) -> None:
    root = tiny.make(tmp_path)
    tiny.replace(root / "docs/models/gans.md", "level: intro", "level: leicht ☃ \U0001f600")
    for encoding in ("ascii", "latin-1", "cp1252"):
        done = subprocess.run(
            [sys.executable, "-m", "fieldguide", "--root", str(root), "check"],
            env=site_build.environment(PYTHONIOENCODING=encoding),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 1 and b"Traceback" not in done.stderr
        assert b"docs/models/gans.md:5: level: 'leicht \\u2603" in done.stdout


def test_a_name_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    root = tiny.make(tmp_path)
    with open(os.fsencode(root / "docs") + b"/\xff.md", "wb") as page:  # noqa: PTH123
        page.write(b"# Page\n")
    done = subprocess.run(
        [sys.executable, "-m", "fieldguide", "--root", str(root), "check"],
        env=site_build.environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert b"docs/\\udcff.md:1:" in done.stdout


@pytest.mark.parametrize("command", ["check", "lock"])
def test_what_cannot_be_written_or_read_is_one_line(tmp_path: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fieldguide", "--root", str(tmp_path / "nowhere"), command],
        env=site_build.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
