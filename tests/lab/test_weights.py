"""What the pages load: the weights' scripts, and the numbers published with them."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import brotli
import pytest

HERE = "docs/lab/pictures"
COARSE = {"student": ("net.",), "critics": ("young.",), "verdict": ("l1.",)}  # four bits a number
LIMIT = 160 * 1024  # bytes a model, in Brotli as hosts send it


def scripts(root: Path) -> list[Path]:
    return sorted((root / HERE / "weights").glob("*.js"))


def test_every_family_is_shipped(lab: Any, root: Path) -> None:
    names = {path.stem for path in scripts(root)}
    measured = json.loads((root / HERE / "results.json").read_text())["families"]
    others = {"critics", "codes", "judge", "verdict"}
    assert {*measured, *others} <= names <= {*lab.FAMILIES, "student", *others}


def test_scripts_are_small_and_say_their_types(root: Path) -> None:
    for path in scripts(root):
        assert len(brotli.compress(path.read_bytes())) <= LIMIT, path.name
        head, _, body = path.read_text(encoding="utf-8").partition(f'["{path.stem}"] = ')
        assert head.endswith("window.fieldguideWeights") and body.endswith(";\n")
        packed = json.loads(body.strip().rstrip(";"))
        assert packed["format"] == 1
        size, end = len(base64.b64decode(packed["data"], validate=True)), 0
        for entry in packed["tensors"]:
            count, shape = 1, entry["shape"]
            for n in shape:
                count *= n
            few = entry["name"].startswith(COARSE.get(path.stem, ()))
            matrix = "int4" if few else "int8"
            assert entry["type"] == (matrix if len(shape) > 1 else "float16")
            assert entry["offset"] % 2 == 0
            assert entry["offset"] - end in (0, 1)
            whole = (count + 1) // 2 if few else count
            end = entry["offset"] + (2 * shape[0] + whole if len(shape) > 1 else 2 * count)
        assert end == size


def test_the_judge_of_the_page_comes_from_the_one_that_measures(
    pictures: Any, torch: Any, root: Path, tmp_path: Path
) -> None:
    """Byte for byte, and it names as many of the unseen digits; hardly any other."""
    weights = root / HERE / "weights"
    (tmp_path / "weights").mkdir()
    shutil.copy(weights / "judge.js", tmp_path / "weights")
    pictures.verdict.main(tmp_path)
    made = tmp_path / "weights/verdict.js"
    assert made.read_bytes() == (weights / "verdict.js").read_bytes()
    x, y = pictures.lab.digits("test")
    small = pictures.lab.load(pictures.verdict.Verdict(), "verdict", tmp_path / "weights")
    large = pictures.lab.load(pictures.measure.Judge(), "judge", weights)
    with torch.no_grad():
        said, truth = small(x).argmax(1), large(x).argmax(1)
    assert (said == y).float().mean() >= 0.985 and (said == truth).float().mean() >= 0.99


def test_packing_loses_little(lab: Any, torch: Any) -> None:
    """Half a step of the row's scale for a matrix, eleven bits for a vector; twice is once."""
    model = torch.nn.Sequential(torch.nn.Linear(7, 3), torch.nn.Linear(3, 5))
    model[0].weight.data[1] = 0
    model[0].weight.data[2] *= 1000
    packed = lab.pack(model)
    found = lab.unpack(packed)
    for name, truth in model.state_dict().items():
        step = truth.abs().amax(-1, keepdim=True) / 127
        allowed = 0.5 * step + 0.04 * step + 1e-6 if truth.ndim > 1 else truth.abs() / 1024 + 1e-6
        assert ((found[name] - truth).abs() <= allowed).all(), name
    model.load_state_dict(found)
    again = lab.unpack(lab.pack(model))
    assert all(torch.allclose(again[name], found[name], rtol=2e-3, atol=1e-6) for name in found)


def test_four_bits_lose_more_and_still_as_little_as_they_must(lab: Any, torch: Any) -> None:
    """Half a step of sevenths of the row's scale; an odd number of numbers; twice is once."""
    model = torch.nn.Sequential(torch.nn.Linear(7, 3), torch.nn.Linear(3, 5))
    model[0].weight.data[1] = 0
    model.coarse = ("0.",)
    packed = lab.pack(model)
    assert [entry["type"] for entry in packed["tensors"]] == ["int4", "float16", "int8", "float16"]
    truth, found = model[0].weight.detach(), lab.unpack(packed)["0.weight"]
    step = truth.abs().amax(-1, keepdim=True) / 7
    assert ((found - truth).abs() <= 0.504 * step + 1e-6).all()
    assert len((found[0] / found[0].abs().max() * 7).round().unique()) > 3
    model[0].weight.data = found
    assert torch.allclose(lab.unpack(lab.pack(model))["0.weight"], found, rtol=2e-3, atol=1e-6)


def test_a_difference_is_finer_than_what_it_is_the_difference_of(
    lab: Any, torch: Any, tmp_path: Path
) -> None:
    """A model that stands near its base is shipped as what it adds to the base as shipped."""
    base, near = (torch.nn.Sequential(torch.nn.Linear(9, 4)) for _ in range(2))
    lab.export(base, "base", tmp_path)
    shipped = lab.unpack(lab.read("base", tmp_path))
    change = {name: 0.01 * torch.rand_like(value) for name, value in shipped.items()}
    near.load_state_dict({name: shipped[name] + change[name] for name in shipped})
    near.config, near.coarse = {"base": "base"}, ("0.",)
    truth = {name: value.clone() for name, value in near.state_dict().items()}
    lab.export(near, "near", tmp_path)
    found = lab.load(near, "near", tmp_path).state_dict()
    assert all((found[name] - truth[name]).abs().max() < 0.01 / 13 for name in truth)


def test_a_file_is_written_whole_or_not_at_all(
    lab: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gan.js"
    lab.write(path, "old")

    def broken(self: Path, *_: Any, **__: Any) -> None:
        self.write_bytes(b"ha")
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", broken)
    with pytest.raises(OSError, match="No space"):
        lab.write(path, "new")
    assert path.read_text() == "old"


def test_reference_values_are_those_of_the_shipped_weights(pictures: Any, root: Path) -> None:
    """What the browser's arithmetic is held against must itself be right."""
    for name, text in pictures.extras.reference_values().items():
        path = root / "tests/lab/reference/pictures" / f"{name}.json"
        assert path.stat().st_size < 150_000
        close(json.loads(path.read_text()), json.loads(text), name)


def close(found: Any, truth: Any, where: str) -> None:
    if isinstance(truth, list):
        assert len(found) == len(truth), where
        for a, b in zip(found, truth, strict=True):
            close(a, b, where)
    elif isinstance(truth, dict):
        assert found.keys() == truth.keys(), where
        for key in truth:
            close(found[key], truth[key], f"{where}.{key}")
    elif isinstance(truth, float):
        assert found == pytest.approx(truth, abs=2e-4, rel=2e-4), where
    else:
        assert found == truth, where


def test_published_samples_are_digits(root: Path) -> None:
    sheets = json.loads((root / HERE / "samples.json").read_text())
    measured = json.loads((root / HERE / "results.json").read_text())["families"]
    assert {*measured, "real"} <= sheets.keys()
    for name, rows in sheets.items():
        assert 10 <= len(rows) <= 40, name
        assert all(len(row) == 784 and set(row) <= set("abcdefgh") for row in rows), name
