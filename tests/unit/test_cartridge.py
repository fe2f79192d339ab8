"""Cartridges: the same bytes twice, in the form that importers accept, every question intact."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.addresses import course_files, permalinks
from fieldguide.courses import cartridge
from fieldguide.courses import kit as courses_kit
from fieldguide.files import deterministic_zip
from fieldguide.model.site import Site
from support import cartridges, tiny

URL = "https://example.org/guide/"
NAME = "Generative AI Field Guide"


@pytest.fixture(scope="module")
def real(root: Path) -> Site:
    """The real site, checked."""
    found, faults = check.check(root)
    assert found, faults
    return found


def made(site: Site, url: str, cache: Path) -> courses_kit.Kit:
    """Return the kit of a site for an address."""
    site = replace(site, site_url=url)
    return courses_kit.make(site, permalinks.links(site, name=NAME, edition="2026-11-22"), cache)


@pytest.fixture(scope="module")
def kit(real: Site, root: Path) -> courses_kit.Kit:
    """The kit of the real site, for a public address."""
    return made(real, URL, root / ".cache")


@pytest.fixture(scope="module")
def packed(kit: courses_kit.Kit) -> dict[str, bytes]:
    """Every cartridge by its path."""
    return {path: file for path, file in kit.files.items() if path.endswith(".imscc")}


def test_every_cartridge_follows_the_rules(packed: dict[str, bytes]) -> None:
    assert len(packed) > 20
    assert {path: cartridges.problems(file) for path, file in packed.items()} == {
        path: [] for path in packed
    }


def test_the_rules_find_what_would_go_wrong(packed: dict[str, bytes]) -> None:
    files = cartridges.entries(packed[course_files.cartridge("gan")])
    quiz = next(name for name in files if name.startswith("quizzes/"))
    changes = {
        "namespace": ("imsmanifest.xml", b"?>", b"?><!--" + b"x" * 1100 + b"-->"),
        "leads to": ("weblinks/gan.xml", b"/s/gan.html", "/s/gän.html".encode()),
        "differ": ("imsmanifest.xml", b"weblinks/gan.xml", b"weblinks/other.xml"),
        "sets no score": (quiz, b'<setvar action="Set" varname="SCORE">0</setvar>', b""),
        "feedback": (quiz, b'linkrefid="general_fb"', b'linkrefid="other"'),
    }
    for words, (name, old, new) in changes.items():
        assert old in files[name]
        broken = deterministic_zip.packed(
            files | {name: files[name].replace(old, new, 1)}, "2026-11-22"
        )
        if words == "differ":
            broken = deterministic_zip.packed(
                {key: value for key, value in files.items() if key != "weblinks/gan.xml"}
                | {
                    name: files[name].replace(old, new),
                    "weblinks/other.xml": files["weblinks/gan.xml"],
                }
                | {"weblinks/stray.xml": b""},
                "2026-11-22",
            )
        assert any(words in problem for problem in cartridges.problems(broken)), words


def test_every_question_arrives_with_its_right_option(real: Site, packed: dict[str, bytes]) -> None:
    arrived = {each.id: each for each in cartridges.asked(packed[course_files.WHOLE])}
    written = [
        question
        for path, page in real.pages.items()
        if course_files.is_chapter(path)
        for question in page.questions
    ]
    assert len(written) > 100
    assert sorted(arrived) == sorted(question.id for question in written)
    for question in written:
        other = arrived[question.id]
        right = [str(n) for n, answer in enumerate(question.answers, 1) if answer.right]
        assert sorted(other.right) == right, question.id
        assert len(set(other.options.values())) == len(question.answers), question.id
        assert f"{URL}s/{question.section}.html" in other.feedback
        assert "{guide-address}" not in other.feedback + other.text


def test_the_whole_cartridge_has_every_section_of_every_chapter(
    kit: courses_kit.Kit, packed: dict[str, bytes]
) -> None:
    links = {url for _, items in cartridges.modules(packed[course_files.WHOLE]) for _, url in items}
    for row in kit.rows:
        if course_files.is_chapter(row["page"]):
            assert f"{URL}s/{row['id']}.html" in links
    assert f"{URL}s/{cartridge.ABOUT_KEY}.html" in links


def test_equal_sites_give_equal_cartridges(
    real: Site, kit: courses_kit.Kit, tmp_path: Path
) -> None:
    again = made(real, URL, tmp_path)
    assert again.files == kit.files


def test_without_an_address_there_is_none(real: Site, root: Path) -> None:
    found = made(real, "", root / ".cache")
    assert not [path for path in found.files if path.endswith(".imscc")]


@pytest.mark.parametrize(
    ("url", "ascii"),
    [
        ("https://example.org/guide/", "https://example.org/guide/"),
        ("https://bücher.example/ki/", "https://xn--bcher-kva.example/ki/"),
        (
            "https://example.org:8443/Überblick [1]/",
            "https://example.org:8443/%C3%9Cberblick%20%5B1%5D/",
        ),
        ("https://example.org/a%20b/", "https://example.org/a%20b/"),
    ],
)
def test_addresses_become_ascii(url: str, ascii: str) -> None:
    assert cartridge.ascii_address(url) == ascii


def test_markup_in_titles_is_text(tmp_path: Path) -> None:
    module = cartridge.Module("m", 'A & B <"c">', [("x", "1 < 2 & {title}")])
    files = cartridge.entries("m", "T & T", [module], URL, "N")
    packed = deterministic_zip.packed(files, "2026-11-22")
    assert cartridges.problems(packed) == []
    assert cartridges.modules(packed) == [('A & B <"c">', [("1 < 2 & {title}", f"{URL}s/x.html")])]


def test_unzip_reads_a_cartridge(packed: dict[str, bytes], tmp_path: Path) -> None:
    unzip = shutil.which("unzip")
    if not unzip:
        pytest.skip("no unzip on this machine (Debian: apt-get install unzip)")
    file = tmp_path / "a.imscc"
    file.write_bytes(packed[course_files.WHOLE])
    done = subprocess.run([unzip, "-tq", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_site_without_chapters_makes_no_fuss(tmp_path: Path) -> None:
    root = tiny.make(tmp_path)
    found, faults = check.check(root)
    assert found, faults
    pages = {path: page for path, page in found.pages.items() if path == "index.md"}
    links = permalinks.links(replace(found, site_url=URL), name=NAME, edition="2026-11-22")
    assert cartridge.chapters(found, [], {}) == []
    assert pages and course_files.WHOLE in cartridge.files([], links)
