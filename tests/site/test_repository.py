"""The repository stands alone: whoever has it needs no other file, machine or host."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import axe_playwright_python
from support import tree

# Put together from parts, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(
        (
            r"\.\./sh" + "ared",
            r"(?<![\w.~])/(?:wo" + r"rk|home|root|Users|opt|mnt|tm" + r"p)/[\w.-]+",
            r"[A-Z]:\\\\?Users",
            r"regis" + r"try\.(?:npmjs|yarnpkg)",
            r"files\.python" + "hosted",
            r'"reso' + 'lved":',
        )
    )
)
TEXT = {".py", ".md", ".yml", ".yaml", ".toml", ".json", ".js", ".css", ".html", ".svg", ".xml"}
TEXT |= {".txt", ".cfg", ".sh", ""}


def test_no_file_speaks_of_another_place(root: Path) -> None:
    problems = []
    for path in tree.sources(root):
        if Path(path).suffix not in TEXT:
            continue
        text = (root / path).read_text(encoding="utf-8")
        for match in FOREIGN.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{path}:{line}: {match[0]}")
    assert problems == []


def test_the_top_level_is_what_a_newcomer_expects(root: Path) -> None:
    top = {path.partition("/")[0] for path in tree.sources(root)}
    shown = {name for name in top if not name.startswith(".")}
    expected = {"mkdocs.yml", "docs", "hooks", "tests", "pyproject.toml", "README.md", "LICENSE"}
    assert shown == expected


def test_no_font_and_no_foreign_program_is_committed(root: Path) -> None:
    endings = (".woff", ".woff2", ".ttf", ".otf", ".min.js", ".min.css", ".whl", ".jar", ".map")
    assert [path for path in tree.sources(root) if path.endswith(endings)] == []


def test_direct_dependencies_are_pinned_exactly(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        needed += extra
    assert [name for name in needed if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", name)] == []
    packages = json.loads((root / ".ci/package.json").read_text(encoding="utf-8"))
    versions = packages["dependencies"].values()
    assert [version for version in versions if not re.fullmatch(r"\d+(\.\d+)+", version)] == []


def test_only_one_file_knows_mkdocs(root: Path) -> None:
    knowing = [
        path.relative_to(root).as_posix()
        for path in (root / "hooks").rglob("*.py")
        if re.search(r"^\s*(import|from) mkdocs\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    # `complaints` reads mkdocs.yml by the rules of MkDocs itself; its events are in main.py alone.
    assert sorted(knowing) == ["hooks/fieldguide/source/complaints.py", "hooks/main.py"]


def test_modules_stay_readable(root: Path) -> None:
    long = [
        f"{path.relative_to(root)}: {count} lines"
        for path in (root / "hooks").rglob("*.py")
        if (count := path.read_text(encoding="utf-8").count("\n")) > 300
    ]
    assert long == []


def test_the_readme_and_the_full_run_use_the_same_commands(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    commands = [
        line.strip() for line in readme.splitlines() if line.startswith("    python3 -m venv")
    ]
    assert len(commands) == 2
    assert commands[0].endswith("pip install -e . && .venv/bin/mkdocs serve")
    assert commands[1].endswith(".venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest")
    assert ".venv/bin/python -m pytest" in (root / ".ci/run").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (root / target).exists(), target


def test_every_package_is_locked_with_the_hashes_of_its_files(root: Path) -> None:
    """What pyproject.toml pins stands in the lock, in that version; the lock names no host."""
    text = (root / ".ci/requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(
        r"^([\w.-]+)==([\w.]+)[^\n]*\\\n((?:    --hash=.*\n?)+)", text, re.MULTILINE
    )
    locked = {_normal(name): version for name, version, _ in entries}
    assert len(entries) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) > 50
    assert all(re.search("sha256:[0-9a-f]{64}", hashes) for _, _, hashes in entries)
    assert "//" not in text
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {*project["build-system"]["requires"], *project["project"]["dependencies"]}
    needed.update(*project["project"]["optional-dependencies"].values())
    pins = dict(_pin(name) for name in needed if not name.startswith("torch=="))
    assert {name: locked.get(name) for name in pins} == pins, "run .ci/lock"


def _pin(requirement: str) -> tuple[str, str]:
    name, _, version = requirement.partition("==")
    return _normal(name.partition("[")[0]), version


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_page_on_accessibility_names_the_tools_in_use(root: Path) -> None:
    page = (root / "docs/about/accessibility.md").read_text(encoding="utf-8")
    axe = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
    version = re.search(r"axe v([\d.]+)", axe.read_text(encoding="utf-8")[:200])
    assert version and f"axe-core {version[1]} " in page
    packages = json.loads((root / ".ci/package.json").read_text(encoding="utf-8"))
    assert f"Nu Html Checker {packages['dependencies']['vnu-jar']} " in page
