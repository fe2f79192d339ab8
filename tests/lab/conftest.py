"""The lab's modules and its shipped models, for tests; without its extra the tests are skipped."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAB = ROOT / "docs" / "lab"
WHY = "the lab's extra packages are not installed: pip install '.[lab]'"


@pytest.fixture(scope="session")
def torch() -> Any:
    """PyTorch on one thread, and the lab's folders among those that are imported from.

    Skips are forbidden by FIELDGUIDE_NO_SKIP, like all skips.
    """
    for package in ("numpy", "PIL", "sklearn", "torch", "tqdm", "mlxtend"):
        pytest.importorskip(package, reason=WHY)
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(LAB / "pictures"), str(LAB / "text"), str(LAB)]
    found = import_module("torch")
    found.set_num_threads(1)
    return found


@pytest.fixture(scope="session")
def text(torch: Any) -> SimpleNamespace:
    """The modules of the language lab, by name."""
    names = "corpus tokenizer ngram gru decoder masked fit export sampling score publish"
    return SimpleNamespace(**{name: import_module(name) for name in names.split()})


@pytest.fixture(scope="session")
def words(text: Any) -> Any:
    """The corpus as the models learned it, cut with the shipped tokenizer."""
    merges = text.export.read(LAB / "text/weights/tokenizer.js")["merges"]
    return text.corpus.Data(None, list(zip(merges[::2], merges[1::2], strict=True)))


@pytest.fixture(scope="session")
def pictures(torch: Any) -> SimpleNamespace:
    """The modules of the picture lab, by name."""
    names = [path.stem for path in (LAB / "pictures").glob("*.py") if path.stem != "all"]
    return SimpleNamespace(**{name: import_module(name) for name in names})


@pytest.fixture(scope="session")
def lab(pictures: SimpleNamespace) -> Any:
    """The workbench of the picture lab."""
    return pictures.lab


@pytest.fixture(scope="session")
def measure(pictures: SimpleNamespace) -> Any:
    """How the picture lab measures."""
    return pictures.measure


@pytest.fixture(scope="session")
def shipped(pictures: SimpleNamespace) -> dict[str, Any]:
    """Every model of the picture lab with the weights that pages load, by name, and the judge."""
    found = dict(pictures.extras.models())
    return found | {"judge": pictures.lab.load(pictures.measure.Judge(), "judge")}


@pytest.fixture(scope="session")
def written(lab: Any) -> SimpleNamespace:
    """Twelve digits of the test part: whole ink, classes, and these as ten numbers."""
    x, y = lab.digits("test")
    return SimpleNamespace(x=x[:12], y=y[:12], c=lab.classes(y[:12]))


@pytest.fixture(autouse=True)
def seed(request: pytest.FixtureRequest) -> None:
    """Chance is the same in every run."""
    if "torch" in request.fixturenames:
        request.getfixturevalue("torch").manual_seed(0)
