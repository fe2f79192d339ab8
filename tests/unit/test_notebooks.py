"""Notebooks: valid, alone, and with the words of the pages in them."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

import nbformat
import pytest
from fieldguide import __main__ as command
from fieldguide import check
from fieldguide.editions import experiments, lab_code, language, notebooks
from fieldguide.files import lab_zip
from fieldguide.model.site import Site
from support import notebooks as running

URL = "https://guide.example/"
QUICK = ("vae", "gan")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    """The real guide, checked."""
    found, faults = check.check(root)
    assert found, faults
    return found


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, bytes]:
    """Every notebook by its name."""
    return notebooks.files(site, URL, "https://github.com/someone/guide")


def code(content: bytes) -> list[str]:
    """Return the code cells of a notebook."""
    cells = json.loads(content)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def words(content: bytes) -> str:
    """Return the text cells of a notebook."""
    cells = json.loads(content)["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def test_one_for_each_family_and_one_for_language(made: dict[str, bytes], site: Site) -> None:
    names = {family.id for family in site.guide.families}
    assert set(made) == {f"{name}.ipynb" for name in (*names, language.NAME)}
    assert set(experiments.EXPERIMENTS) == names
    for name, content in made.items():
        book = nbformat.reads(content.decode(), 4)
        nbformat.validate(book)
        assert len(content) < 200_000, name
    assert made == notebooks.files(site, URL, "https://github.com/someone/guide")


def test_code_is_whole_and_imports_nothing_of_ours(made: dict[str, bytes], root: Path) -> None:
    ours = {file.stem for file in (root / "docs/lab").rglob("*.py")}
    for name, content in made.items():
        for cell in code(content):
            for node in ast.walk(ast.parse(cell)):
                found = [node.module] if isinstance(node, ast.ImportFrom) else []
                found += [a.name for a in node.names] if isinstance(node, ast.Import) else []
                assert not ours.intersection(map(str, found)), (name, cell)
            assert "lab." not in cell and "--8<--" not in cell, (name, cell)
        assert "pip" in code(content)[0], name


def test_no_name_of_a_notebook_is_unknown(made: dict[str, bytes], tmp_path: Path) -> None:
    """Pyflakes' rule, read over all cells of a notebook in their order."""
    pytest.importorskip("ruff", reason="the linter: pip install '.[dev]'")
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    rules = ["check", "--isolated", "--no-cache", "--select", "F821,F706", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *rules], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_digits_are_those_of_the_lab(made: dict[str, bytes], root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert notebooks.DIGITS in settings["project"]["optional-dependencies"]["lab"]
    for name in experiments.EXPERIMENTS:
        assert notebooks.DIGITS in code(made[f"{name}.ipynb"])[0]
        full = lab_code.steps(root / f"docs/lab/pictures/{name}.py")
        assert 0 < notebooks.STEPS[name] <= full, name


def test_words_formulas_and_exercises_are_those_of_the_page(
    made: dict[str, bytes], site: Site
) -> None:
    for family in site.guide.families:
        page = site.pages[family.page]
        text = words(made[f"{family.id}.ipynb"])
        key = page.headings[0].id
        held = [f for f in page.formulas if f.tex.strip() in text]
        assert held and f"eq-{key}" in held[0].id
        assert all(f"**{number}." in text for number in range(1, len(page.questions) + 1))
        assert text.count("<details><summary>Answer") == len(page.questions)
        assert text.count("<details><summary>Solution") == len(page.problems)
        for gone in ("<!--", "///", "[=", "[@", "(term:", "{ #", "](../", "](#", ".md)"):
            assert gone not in text, (family.id, gone)
        assert f"]({URL}s/term-" in text or f"]({URL}learn/sources.html#src-" in text


def test_links_to_colab_only_with_a_repository(made: dict[str, bytes], site: Site) -> None:
    assert "colab.research.google.com/github/someone/guide/" in words(made["gan.ipynb"])
    without = notebooks.files(site, "", "")
    assert "colab" not in words(without["gan.ipynb"]) and "](s/" not in words(without["gan.ipynb"])


@pytest.mark.parametrize("name", QUICK)
def test_a_notebook_runs(made: dict[str, bytes], tmp_path: Path, name: str) -> None:
    pytest.importorskip("torch", reason="the lab's extra packages: pip install '.[lab]'")
    file = tmp_path / f"{name}.ipynb"
    file.write_bytes(running.shortened(made[file.name], 3))
    cells = running.run(file)
    assert running.pictures(cells) >= 2
    assert not [out for cell in cells for out in cell["outputs"] if out["output_type"] == "error"]


def test_a_cell_that_fails_is_named_with_the_line_of_its_source(root: Path, tmp_path: Path) -> None:
    lab = root / "docs/lab/pictures/lab.py"
    (function,) = lab_code.cells(lab, ["digits"])  # without `mnist`, which it calls
    cells = [nbformat.v4.new_code_cell(each) for each in (function, "digits('fit')")]
    file = tmp_path / "broken.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
    text = lab.read_text("utf-8").splitlines()
    line = text.index("    gray, labels = mnist()") + 1
    with pytest.raises(AssertionError) as caught:
        running.run(file)
    said = str(caught.value).splitlines()[0]
    assert said.startswith(f"broken.ipynb, {cells[0].id}:7 (docs/lab/pictures/lab.py:{line}): ")
    assert said.endswith("NameError: name 'mnist' is not defined: gray, labels = mnist()")


def test_the_command_writes_them(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pptx", reason="slides: pip install '.[slides]'")
    out = tmp_path / "kit"
    assert command.main(["--root", str(root), "kit", "--out", str(out), "--only", "gan"]) == 0
    assert {path.name for path in out.iterdir()} == {"gan.ipynb", "gan.pptx"}
    assert "2 files" in capsys.readouterr().err
    assert command.main(["--root", str(root), "kit", "--out", str(out), "--only", "nobody"]) == 1
    assert "nobody: no page has this id" in capsys.readouterr().err


def test_the_zip_of_the_lab_holds_what_its_files_import(root: Path) -> None:
    (content,) = lab_zip.files(root, "2026-11-27").values()
    with zipfile.ZipFile(BytesIO(content)) as packed:
        names = set(packed.namelist())
        assert "torch==" in packed.read("lab/requirements.txt").decode()
    for file in (root / "docs/lab").rglob("*.py"):
        if "out" not in file.parts:
            assert file.relative_to(root / "docs").as_posix() in names
    assert "lab/text/decoder.py" in names and "lab/README.txt" in names
    assert lab_zip.files(root / "docs", "2026-11-27") == {}
