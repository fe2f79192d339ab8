"""What MkDocs itself complains of, and what its theme does not know, with file and line."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fieldguide.check import check
from fieldguide.source import complaints
from support import site_build, tiny

CASES = {
    "an unknown key": ("use_directory_urls:", "use_directory_url:", "Unrecognised"),
    "a key that is missing": ("site_name:", "site_description: x\nsite_nam:", "Required"),
    "a wrong type": ("use_directory_urls: false", "use_directory_urls: perhaps", "bool"),
    "a number for a text": ("copyright: 'Text", "copyright: 12 #", "str"),
    "a text for a list": ("extra_css:", "extra_templates: x\nextra_css:", "list"),
    "a navigation that is none": ("  - Home: index.md", "  - Home: 12", "nav to be a list"),
    "a theme that is none": ("name: material", "name: materia", "materia"),
    "a plugin that is none": ("  offline: {}", "  offlin: {}", "offlin"),
    "an option of a plugin": ("  search: {}", "  search: {langg: en}", "langg"),
    "its type": ("  search: {}", "  search:\n    separator: 12", "separator"),
    "an extension that is none": ("  - admonition", "  - admonitio", "admonitio"),
    "an option of an extension": ("generic: true", "generic: true\n      nosuch: 1", "nosuch"),
    "a value of one": ("toc_depth: 3", "toc_depth: many", "many"),
    "a level of validation": ("    anchors: warn", "    anchors: wran", "wran"),
    "a folder that is none": ("theme:", "docs_dir: nowhere\ntheme:", "nowhere"),
    "a hook that is none": ("hooks/main.py", "hooks/man.py", "hooks/man.py is missing"),
    "a language of the theme": ("language: en", "language: xx", "'xx' is not known"),
    "an icon of the theme": ("material/leaf", "material/leav", "did you mean"),
    "a feature of the theme": ("- toc.follow", "- toc.folow", "did you mean 'toc.follow'?"),
    "an option of the theme": ("  features:", "  featurs:", "did you mean 'features'?"),
    "a color of the theme": ("scheme: slate", "scheme: slat", "did you mean 'slate'?"),
    "a key that stands twice": ("theme:", "site_name: Again\ntheme:", "stands twice"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny site that can be built."""
    return tiny.buildable(tmp_path_factory.mktemp("complaints"))


@pytest.fixture
def settings(small: Path) -> Path:
    """Its settings, which are put back."""
    file = small / "mkdocs.yml"
    whole = file.read_text(encoding="utf-8")
    yield file
    file.write_text(whole, encoding="utf-8")


def first(text: str, new: str) -> int:
    """Return the line on which a changed text differs from what it was."""
    lines = zip(text.split("\n"), new.split("\n"), strict=False)
    return next(number for number, (one, two) in enumerate(lines, 1) if one != two)


@pytest.mark.parametrize("name", CASES)
def test_a_setting_that_is_wrong_is_told_with_its_line(settings: Path, name: str) -> None:
    old, new, said = CASES[name]
    whole = settings.read_text(encoding="utf-8")
    changed = whole.replace(old, new, 1)
    settings.write_text(changed, encoding="utf-8")
    faults = [*check(settings.parent)[1], *complaints.check(settings.parent)]
    told = [fault for fault in map(str, faults) if said in fault]
    assert told, faults
    form = re.fullmatch(r"mkdocs\.yml:(\d+): \S[^\n]*", told[0])
    assert form, told
    if said != "Required":  # it stands nowhere
        near = first(whole, changed) - int(form[1])
        assert abs(near) <= 4, "the line, or that of the entry around it"


def test_settings_that_are_right_are_told_nothing_of(settings: Path, root: Path) -> None:
    assert complaints.check(settings.parent) == [] and complaints.check(root) == []


def test_the_command_and_the_build_name_the_line(settings: Path, tmp_path: Path) -> None:
    text = settings.read_text(encoding="utf-8") + "\nnonsense: 1\n"
    settings.write_text(text, encoding="utf-8")
    line = text.split("\n").index("nonsense: 1") + 1
    place = f"mkdocs.yml:{line}: nonsense: Unrecognised configuration name"
    command = [sys.executable, "-m", "fieldguide", "--root", str(settings.parent), "check"]
    done = subprocess.run(
        command, env=site_build.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and place in done.stdout
    done = site_build.run(settings.parent, "--strict", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 1 and place in done.stderr


def test_what_mkdocs_says_of_links_and_navigation_gets_a_line(small: Path) -> None:
    index = (small / "docs/index.md").read_text(encoding="utf-8").split("\n")
    heading = next(line for line in index if line.startswith("# ")).split("#")[2].strip(" }")
    line = next(number for number, text in enumerate(index, 1) if heading in text)
    said = f"Doc file 'index.md' contains a link '{heading}', but it is not found."
    assert complaints.placed(small, said) == f"docs/index.md:{line}: {said}"
    listed = 'The following pages exist, but are not included in the "nav" configuration:\n  - a.md'
    line = (small / "mkdocs.yml").read_text(encoding="utf-8").split("\n").index("nav:") + 1
    assert complaints.placed(small, listed).startswith(f"mkdocs.yml:{line}: nav: The following")
    assert complaints.placed(small, listed).endswith("a.md")
    assert complaints.placed(small, "Something else") == "Something else"


def test_a_record_that_warns_of_nothing_stays(small: Path) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "Config value 'nav': %s", ("x",), None)
    assert complaints.Placed(small).filter(record) and record.args == ("x",)
