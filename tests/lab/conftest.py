"""The lab's modules and its shipped models, for tests; without its extra the tests are skipped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAB = ROOT / "docs" / "lab"
WHY = "the lab's extra packages are not installed: pip install '.[lab]'"


@pytest.fixture(scope="session")
def lab() -> Any:
    """The lab's workbench. Skips are forbidden by FIELDGUIDE_NO_SKIP, like all skips."""
    for package in ("numpy", "PIL", "sklearn", "torch", "tqdm"):
        pytest.importorskip(package, reason=WHY)
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(LAB))
    import_module("torch").set_num_threads(1)
    return import_module("lab")


@pytest.fixture(scope="session")
def text(lab: Any) -> SimpleNamespace:
    """The modules of the language lab, by name."""
    sys.path.append(str(LAB / "text"))
    names = "corpus tokenizer ngram gru decoder masked fit export sampling score publish"
    return SimpleNamespace(**{name: import_module(name) for name in names.split()})


@pytest.fixture(scope="session")
def words(text: Any) -> Any:
    """The corpus as the models learned it, cut with the shipped tokenizer."""
    merges = text.export.read(LAB / "text/weights/tokenizer.js")["merges"]
    return text.corpus.Data(None, list(zip(merges[::2], merges[1::2], strict=True)))


@contextmanager
def room(folder: Path) -> Iterator[list[str]]:
    """Import from this folder; its neighbor has files of the same names, which come back."""
    names = [path.stem for path in folder.glob("*.py") if path.stem != "all"]
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.path.insert(0, str(folder))
    try:
        yield names
    finally:
        sys.path.remove(str(folder))
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(before)


@pytest.fixture(scope="session")
def pictures(lab: Any) -> SimpleNamespace:
    """The modules of the picture lab, by name, and `shipped`: its models as pages load them."""
    pytest.importorskip("mlxtend", reason=WHY)
    with room(LAB / "pictures") as names:
        found = SimpleNamespace(**{name: import_module(name) for name in names})
        found.shipped = dict(found.extras.models())
        found.shipped["judge"] = found.lab.load(found.measure.Judge(), "judge")
    return found


@pytest.fixture(scope="session")
def hung(pictures: SimpleNamespace) -> dict[str, Any]:
    """Every model of the picture lab with the weights that the pages load, by name.

    A family whose page does not draw at this size yet has the weights that it begins with.
    """
    torch, found = pictures.lab.torch, dict(pictures.shipped)
    for family, kind in pictures.lab.FAMILIES.items():
        if family not in found:
            torch.manual_seed(0)
            found[family] = getattr(getattr(pictures, family), kind)().eval()
            for weight in found[family].parameters():  # some begin with 0, which does nothing
                weight.data += 0.02 * torch.randn_like(weight)
    return found


@pytest.fixture(scope="session")
def written(pictures: SimpleNamespace) -> SimpleNamespace:
    """Twelve digits of the test part at 28 x 28: whole ink, classes, and these as ten numbers."""
    x, y = pictures.lab.digits("test")
    return SimpleNamespace(x=x[:12], y=y[:12], c=pictures.lab.classes(y[:12]))


@pytest.fixture(scope="session")
def torch(lab: Any) -> Any:
    return import_module("torch")


@pytest.fixture(scope="session")
def measure(lab: Any) -> Any:
    return import_module("measure")


@pytest.fixture(scope="session")
def shipped(lab: Any) -> dict[str, Any]:
    """Every model with the weights that the pages load, by name, and the judge."""
    found = dict(import_module("extras").models())
    found["judge"] = lab.load(import_module("measure").Judge(), "judge")
    return found


@pytest.fixture(scope="session")
def digits(lab: Any) -> SimpleNamespace:
    """Twenty digits of the test part: whole ink, classes, and the classes as ten numbers."""
    x, y = lab.digits("test")
    return SimpleNamespace(x=x[:20], y=y[:20], c=lab.classes(y[:20]), v=lab.scale(x[:20]))


@pytest.fixture(autouse=True)
def seed(request: pytest.FixtureRequest) -> None:
    """Chance is the same in every run."""
    if "torch" in request.fixturenames:
        request.getfixturevalue("torch").manual_seed(0)
