"""The page for contributors: its recipes work as they stand, and its rooms are those there are."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import contributing, site_build, tree

RECIPES = ("page", "question", "table", "export")


def fieldguide(root: Path, *command: str) -> str:
    """Run a command of the package that lies in a copy of the repository; return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "fieldguide", *command],
        cwd=root,
        env=site_build.environment(PYTHONPATH=str(root / "hooks")),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which every recipe was followed, and its site."""
    copy = tree.copy(root, tmp_path_factory.mktemp("followed"))
    for key in RECIPES:
        for where, text in contributing.steps(root, f"contributing-add-{key}"):
            contributing.carry_out(copy, where, text)
    said = fieldguide(copy, "lock")
    assert "locked: use/weather.md#weather" in said, said
    site_build.strict(copy, copy / "site", PYTHONPATH=str(copy / "hooks"))
    return copy


def test_a_page_is_added(followed: Path) -> None:
    html = (followed / "site/use/weather.html").read_text(encoding="utf-8")
    assert 'id="q-weather-many"' in html
    assert 'href="weather.html"' in (followed / "site/use/trends.html").read_text(encoding="utf-8")


def test_a_question_reaches_the_page_and_the_course_files(followed: Path) -> None:
    html = (followed / "site/use/trends.html").read_text(encoding="utf-8")
    assert 'id="q-trends-worth"' in html
    told = "It can be looked up, and it can grow old."
    packed = b"".join(
        archive.read(name)
        for file in (followed / "site/kit").rglob("*.zip")
        for archive in [zipfile.ZipFile(file)]
        for name in archive.namelist()
    )
    assert told.encode() in packed


def test_a_table_has_a_row_for_each_family(followed: Path, root: Path) -> None:
    html = (followed / "site/learn/timeline.html").read_text(encoding="utf-8")
    table = html[html.index("Latest system") :].partition("</table>")[0]
    pages = re.findall(r'href="\.\./(models/[\w-]+)\.html"', table)
    data = (root / "docs/data/guide.yml").read_text(encoding="utf-8")
    wanted = re.findall(r"^    page: (models/[\w-]+)\.md$", data, re.MULTILINE)
    assert pages == wanted and len(wanted) >= 10


def test_an_export_is_published_and_packed(followed: Path) -> None:
    lines = (followed / "site/names.txt").read_text(encoding="utf-8").splitlines()
    assert "Transformer" in lines and len(lines) >= 10
    with zipfile.ZipFile(followed / "site/genai-field-guide.zip") as packed:
        assert any(name.endswith("/names.txt") for name in packed.namelist())


def test_what_is_left_out_of_a_recipe_is_named(root: Path, tmp_path: Path) -> None:
    copy = tree.copy(root, tmp_path)
    where, text = contributing.steps(root, "contributing-add-page")[0]
    contributing.carry_out(copy, where, text)
    file = copy / where
    file.write_text(file.read_text(encoding="utf-8").replace("level: intro\n", ""), "utf-8")
    said = fieldguide(copy, "check")
    assert "docs/use/weather.md:2: the field 'level' is missing" in said, said


def test_the_rooms_of_the_page_are_those_there_are(root: Path) -> None:
    text = (root / contributing.PAGE).read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    rooms = {path.parent.name for path in (root / "hooks/fieldguide").glob("*/__init__.py")}
    assert sorted(named) == sorted(rooms)


def test_every_file_that_the_page_names_is_there(root: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "", (root / contributing.PAGE).read_text(encoding="utf-8"),
                  flags=re.MULTILINE | re.DOTALL)  # fmt: skip
    places = (root, root / "hooks", root / "hooks/fieldguide", root / "docs/assets/javascripts",
              root / "docs/data")  # fmt: skip
    named = re.findall(r"`([\w./-]+\.(?:py|js|yml|json))`", text)
    assert len(named) > 20
    assert [one for one in named if not any((place / one).is_file() for place in places)] == []
