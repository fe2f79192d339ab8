"""The code that the pages show is the code that ran, all of it can be found, and weights too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.models import DIGITS, PAGES

SNIPPET = re.compile(r'--8<-- "([\w./]+?\.py)(?::(\w+))?"')
START = re.compile(r"--8<-- \[start:(\w+)\]")


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """Every page under models/, by name."""
    return {path.name: path.read_text() for path in (root / "docs/models").glob("*.md")}


def test_every_snippet_has_its_section(root: Path, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        for file, section in SNIPPET.findall(text):
            code = (root / "docs/lab" / file).read_text()
            assert not section or f"[start:{section}]" in code, f"{name}: {file}:{section}"
            assert not section or f"[end:{section}]" in code, f"{name}: {file}:{section}"


def test_every_file_of_the_lab_can_be_downloaded(root: Path) -> None:
    everything = "\n".join(path.read_text() for path in (root / "docs").rglob("*.md"))
    lab = root / "docs/lab"
    for path in [*lab.glob("*.py"), *lab.glob("*.json"), *(lab / "pictures").glob("*.py")]:
        name = path.relative_to(lab).as_posix()
        assert f"](../lab/{name})" in everything, f"{name} is linked on no page"


@pytest.mark.parametrize("key", DIGITS)
def test_a_family_page_has_its_model_its_code_and_its_weights(
    root: Path, pages: dict[str, str], key: str
) -> None:
    text = pages[Path(PAGES[key]).name]
    order = [f"{{ #{key} }}", f"{{ #{key}-try }}", f"guide:lab {key}"]
    order += [
        f"{{ #{key}-idea }}",
        f"guide:card {key}",
        f"{{ #{key}-sampling }}",
        f"{{ #{key}-code }}",
    ]
    order += [f"{{ #{key}-strengths }}"]
    places = [text.index(mark) for mark in order]
    assert places == sorted(places)
    source = DIGITS[key].code
    shown = {section for file, section in SNIPPET.findall(text) if file == source}
    assert shown == set(START.findall((root / "docs/lab" / source).read_text()))
    for path in DIGITS[key].files():
        assert f"](../lab/{path}.js)" in text
        assert (root / f"docs/lab/{path}.js").is_file()
