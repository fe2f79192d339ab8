"""What the page says of the language models: measured again from the shipped weights."""

from __future__ import annotations

import base64
import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from fieldguide.model import lab_staleness

NETWORKS = {"gru": ("gru", "GRU"), "transformer": ("decoder", "Transformer")}


@pytest.fixture(scope="module")
def results(root: Path) -> Any:
    return json.loads((root / "docs/lab/text/results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def packed(root: Path, text: Any) -> dict[str, Any]:
    folder = root / "docs/lab/text/weights"
    return {path.stem: text.export.read(path) for path in sorted(folder.glob("*.js"))}


@pytest.fixture(scope="module")
def networks(text: Any, packed: Any) -> dict[str, Any]:
    """The networks with the weights that the pages load."""
    found = {}
    for name, (file, kind) in (NETWORKS | {"masked": ("masked", "Masked")}).items():
        found[name] = getattr(getattr(text, file), kind)()
        found[name].load_state_dict(text.export.unpack(packed[name]))
        found[name].config = packed[name]["config"]
    return found


@pytest.mark.parametrize("name", NETWORKS)
def test_bits_measured_again(name: str, networks: Any, words: Any, text: Any, results: Any) -> None:
    lines, texts = words.ids["test"][:300], words.texts["test"][:300]
    found = text.score.bits(networks[name], lines, texts)["bits"]
    assert found == pytest.approx(results["models"][name]["first"], abs=0.002)


def test_bound_measured_again(networks: Any, words: Any, text: Any, results: Any) -> None:
    """On other lines and with other blanks, so near but not the same."""
    lines, texts = words.ids["test"][:600], words.texts["test"][:600]
    found = text.score.bound(networks["masked"], lines, texts, words.ids["train"], 1)
    assert found["bits"] == pytest.approx(results["models"]["masked"]["bits"], abs=0.2)


def test_samples_drawn_again(networks: Any, words: Any, text: Any, results: Any) -> None:
    for name in NETWORKS:
        samples = results["models"][name]["samples"]
        assert [found["seed"] for found in samples] == list(range(1, 11))
        known = {line.partition(": ")[2] for line in words.texts["train"]}
        for found in samples:
            (made,) = text.score.made(networks[name], words.tokenizer, [found["word"]],
                                      found["seed"])  # fmt: skip
            assert made == found["text"]
            assert found["known"] == (made in known)
            assert found["nearest"] in known


def test_the_text_is_the_same(words: Any, results: Any) -> None:
    assert words.hash == results["data"]
    assert {part: len(lines) for part, lines in words.texts.items()} == {
        part: results["corpus"][part]["lines"] for part in words.texts
    }


def test_numbers_are_in_their_bounds(results: Any) -> None:
    rows = results["models"]
    assert list(rows) == ["ngram", "gru", "transformer", "masked"]
    for row in rows.values():
        assert 1 < row["bits"] < results["corpus"]["uniform"]
        assert row["definition"] < row["bits"] + 0.3
        assert 0.4 < row["told_apart"] <= 1
    assert rows["transformer"]["bits"] < min(rows["gru"]["bits"], rows["ngram"]["bits"])
    sizes = {name: row["params"] for name, row in rows.items() if name != "ngram"}
    assert max(sizes.values()) < 1.05 * min(sizes.values())


def test_rounding_costs_little(results: Any) -> None:
    assert results["rounding"]["91"][0] - results["rounding"]["float32"][0] <= 0.01


@pytest.mark.parametrize("name", ["tokenizer", "gru", "transformer", "masked", "rounds", "stands"])
def test_files_are_small(name: str, root: Path, results: Any) -> None:
    raw = (root / f"docs/lab/text/weights/{name}.js").read_bytes()
    assert len(gzip.compress(raw, 9)) <= 1.3e6
    assert len(raw) <= 1.9e6
    if name in results["models"]:
        assert results["models"][name]["bytes"] == len(raw)
    raw.decode("ascii")  # the same in every encoding that a server may claim


def test_rounds_are_of_unseen_words(packed: Any, words: Any) -> None:
    rounds = packed["rounds"]["rounds"]
    assert len(rounds) >= 40
    for found in rounds:
        assert words.unseen[found["word"]] == found["real"] != found["made"]


def test_the_index_is_of_what_was_trained_on(packed: Any, words: Any, text: Any) -> None:
    trained = {line.partition(": ")[2] for line in words.texts["train"]}
    stands = packed["stands"]
    assert {line.partition(": ")[2] for line in stands["lines"]} <= trained
    data = base64.b64decode(stands["hashes"])
    hashes = {int.from_bytes(data[i : i + 4], "little") for i in range(0, len(data), 4)}
    assert hashes == set(map(text.publish.fnv, trained))
    assert stands["of"] == len(trained)
    unseen = {line.partition(": ")[2] for line in words.texts["test"]}
    assert sum(text.publish.fnv(found) in hashes for found in unseen) < 3


def test_results_are_fresh(root: Path) -> None:
    assert lab_staleness.stale(root) == []


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("out", "__pycache__")
    shutil.copytree(root / "docs/lab", tmp_path / "docs/lab", ignore=ignored)
    return tmp_path


def test_changed_code_is_stale(copy: Path) -> None:
    path = copy / "docs/lab/text/decoder.py"
    path.write_text("# a remark\n" + path.read_text())
    assert lab_staleness.stale(copy) == []
    path.write_text(path.read_text().replace("HEADS = 4", "HEADS = 5"))
    found = lab_staleness.stale(copy)
    assert [line.split(",")[0] for line in found] == [
        "docs/lab/text/decoder.py",
        "docs/lab/text/masked.py",
    ]
    assert found[0].endswith("run python docs/lab/text/all.py transformer")


def test_other_weights_and_missing_results_are_stale(copy: Path) -> None:
    with (copy / "docs/lab/text/weights/gru.js").open("a") as script:
        script.write(" ")
    (line,) = lab_staleness.stale(copy)
    assert line.startswith("docs/lab/text/weights/gru.js is not the file")
    (copy / "docs/lab/text/results.json").unlink()
    (line,) = lab_staleness.stale(copy)
    assert line == "docs/lab/text/results.json is missing; run python docs/lab/text/all.py"
