"""An eleventh family in a copy of the repository: `check` names what is missing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from fieldguide import check, examples
from fieldguide.__main__ import run_lock
from formulas import registry
from support import site_build, tree

PARTS = Path(__file__).parents[1] / "golden" / "energy"
PAGE = "docs/models/energy.md"
EXAMPLES = "hooks/fieldguide/examples"
TITLE = f"{PAGE}:12: a family needs"


def faults(root: Path) -> list[str]:
    return [str(fault) for fault in check.check(root)[1]]


def put(root: Path, *paths: str) -> None:
    """Copy files that belong to the family."""
    for path in paths:
        shutil.copy(PARTS / path, root / path)


def insert(root: Path, path: str, text: str, *, above: str = "", below: str = "") -> None:
    """Put text above or below a line that stands once in a file."""
    line = f"\n{above or below}\n"
    whole = (root / path).read_text(encoding="utf-8")
    assert whole.count(line) == 1, (path, line)
    made = f"{text}{line}" if above else f"{line}{text}"
    (root / path).write_text(whole.replace(line, made), encoding="utf-8")


def entered(root: Path) -> None:
    """Add the entry of the family, as the head of guide.yml tells."""
    entry = (PARTS / "family.yml").read_text(encoding="utf-8")
    insert(root, "docs/data/guide.yml", entry, above="advantages:")


def complete(root: Path, patch: pytest.MonkeyPatch) -> None:
    """Add all the rest, as the faults tell; this program finds the worked example too."""
    put(root, PAGE, "docs/assets/diagrams/glyph-energy.svg", f"{EXAMPLES}/energy.py")
    patch.setattr(examples, "__path__", [*examples.__path__, str(PARTS / EXAMPLES)])
    place = "      - models/emerging.md"
    insert(root, "mkdocs.yml", "      - models/energy.md\n", below=place)
    step = "      - models/energy.md#energy-idea\n"
    insert(root, "docs/data/paths.yml", step, below=f"{place}#emerging-idea")
    formula = (PARTS / "tests/formulas/energy.py").read_text(encoding="utf-8")
    (shown,) = (one for one in registry.displayed(root) if one.key == "eq-energy-density")
    seen = registry.fingerprint(shown.tex)
    (root / "tests/formulas/energy.py").write_text(formula.replace("FINGERPRINT", seen), "utf-8")
    recount(root)


def recount(root: Path) -> None:
    """Change the number of families wherever a fault says that it is wrong."""
    for fault in faults(root):
        if found := re.fullmatch(r"(\S+?):(\d+): '.*families.*', but the data have 11", fault):
            file, line = root / found[1], int(found[2]) - 1
            lines = file.read_text(encoding="utf-8").split("\n")
            lines[line] = re.sub(r"\bten\b", "eleven", lines[line])
            lines[line] = re.sub(r"\bTen\b", "Eleven", lines[line])
            file.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the repository."""
    return tree.copy(root, tmp_path / "copy")


def test_what_a_family_lacks_is_named_one_after_another(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(copy)
    found = faults(copy)
    assert any("unknown page 'models/energy.md'" in fault for fault in found), found

    bare = (PARTS / PAGE).read_text(encoding="utf-8").partition("<!-- guide:card")[0]
    (copy / PAGE).write_text(bare, encoding="utf-8")
    found = faults(copy)
    assert any("glyph-energy.svg" in fault for fault in found), found

    put(copy, "docs/assets/diagrams/glyph-energy.svg")
    found = faults(copy)
    for part in "idea example objective sampling strengths limits neighbors uses myths".split():
        assert f"{TITLE} a section '## Title {{ #energy-{part} }}'" in found
    for needed in (
        "a marker '<!-- guide:card ... -->'",
        "a marker '<!-- guide:cited ... -->'",
        "1 formulas or more: '/// formula | Title'",
        "a place on a reading path, in docs/data/paths.yml",
    ):
        assert f"{TITLE} {needed}" in found
    assert any("hooks/fieldguide/examples/energy.py" in fault for fault in found)
    assert any(fault.startswith(f"{PAGE}:1: 0 questions; write 3 to 6") for fault in found)
    counted = [fault for fault in found if fault.endswith("but the data have 11")]
    assert {fault.partition(":")[0] for fault in counted} >= {"README.md", "mkdocs.yml"}

    put(copy, PAGE)
    found = faults(copy)
    assert any("unknown number 'energy.first'" in fault for fault in found)
    assert any("'eq-energy-density' claims something" in fault for fault in found)

    complete(copy, monkeypatch)
    assert faults(copy) == []

    live = "  - id: energy\n    points: {key: energy, line: a landscape of energy takes shape}\n"
    insert(copy, "docs/data/lab.yml", f"\n{live}", above="language:")
    found = [fault.partition(": ")[2] for fault in faults(copy)]
    assert found == [
        "families.10.points: docs/assets/javascripts/arena/energy.js is missing; "
        "write what learns in the arena",
        "families.10.points: docs/assets/javascripts/arena/lens-energy.js is missing; "
        "write what shows it from inside",
        f"families.10.points: {PAGE} lacks a marker '<!-- guide:watch energy -->'",
    ]


@pytest.mark.full
def test_a_complete_family_builds(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered(copy)
    complete(copy, monkeypatch)
    assert run_lock(copy) == 0
    site_build.strict(copy, copy / "site", PYTHONPATH=str(copy / "hooks"))
    home = (copy / "site/index.html").read_text(encoding="utf-8")
    assert "Energy-based model" in home and "Eleven families" in home
