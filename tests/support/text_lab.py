"""The language models twice: in PyTorch from the shipped weights, and in a browser's page."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from fieldguide.drawings.text_figures import WEIGHTS
from playwright.sync_api import Browser, Page
from support.models import LANGUAGE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/lab/text"
CLASSES = {"transformer": ("decoder", "Transformer"), "masked": ("masked", "Masked")}
CLASSES["gru"] = ("gru", "GRU")
BELOW = ("lab/math", "lab/el", "lab/panel", "lab/host")
# Our own lines; and what people, or programs, may type.
LINES = [
    "penguin: a bird that cannot fly and does not try",
    "transformer: a network in which every token looks back at all earlier tokens",
    "rain: water that falls from clouds",
    "to whisper: to speak so softly that few can hear it",
    "Not a definition at all; just a sentence, with 3 numbers (7, 42 and 1,000).",
]
ODD = [
    "", " ", "   ", "   three  blanks   ", "\n", "\n\n\n", "\n\n a", "a\n", "penguin:", " penguin",
    "\t\r\n\x00\x07\x1b[31m\x7f", "tab\tand\rreturn\x0b\x0c",
    "\u00e4\u00f6\u00fc \u00df \u0142 \u011f",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627", "\u202eright to left",
    "\u4f60\u597d\uff0c\u4e16\u754c", "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8",
    "\U0001f427 \U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \u2764\ufe0f",
    "e\u0301 \ufeff \u200b \u2028\u2029 \u00a0 \ufffd", "\ufeffmark", "don't 3rd x2y", "?!...;--",
    "<img src=x onerror=alert(1)>", "x" * 10_000, "a" * 10_000, "1" * 500, "1234567890" * 50,
    "-" * 500, "a b " * 2_000,
]  # fmt: skip


def module(name: str) -> ModuleType:
    """Return a file of the text lab as a module, leaving nothing compiled beside it."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(FOLDER))
    try:
        spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
        assert spec and spec.loader
        made = sys.modules.setdefault(name, importlib.util.module_from_spec(spec))
        spec.loader.exec_module(made)
        return made
    finally:
        sys.path.remove(str(FOLDER))
        sys.dont_write_bytecode = before


def shipped(name: str) -> Any:
    """Return what the weights script of that name holds."""
    return module("export").read(ROOT / WEIGHTS / f"{name}.js")


def network(name: str) -> Any:
    """Return a network in PyTorch with the shipped weights."""
    file, kind = CLASSES[name]
    model = getattr(module(file), kind)()
    model.load_state_dict(module("export").unpack(shipped(name)))
    return model.eval()


def tokenizer() -> Any:
    """Return the tokenizer in Python."""
    flat = shipped("tokenizer")["merges"]
    return module("tokenizer").Tokenizer(list(zip(flat[::2], flat[1::2], strict=True)))


def library(mine: Any, pieces: str) -> Any:
    """Return the `tokenizers` library with our vocabulary, joins and pieces.

    It writes bytes as visible letters; the pairs stand in the order in which they were learned.
    """
    tokenizers = importlib.import_module("tokenizers")
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [i for i in range(256) if i not in visible]
    letter = {i: chr(i) for i in visible} | {i: chr(256 + n) for n, i in enumerate(hidden)}
    names = ["".join(letter[i] for i in found) for found in mine.bytes]
    found = tokenizers.Tokenizer(
        tokenizers.models.BPE(
            vocab={name: i for i, name in enumerate(names)},
            merges=[(names[a], names[b]) for a, b in mine.merges],
        )
    )
    found.pre_tokenizer = tokenizers.pre_tokenizers.Sequence(
        [
            tokenizers.pre_tokenizers.Split(tokenizers.Regex(pieces), "isolated"),
            tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    found.decoder = tokenizers.decoders.ByteLevel()
    return found


def page(browser: Browser, kind: str) -> Page:
    """Return an empty page with the parts of a widget's script, and its weights, in place."""
    made = browser.new_page()
    made.add_script_tag(content="window.fieldguideText = {};")
    scripts = ROOT / "docs/assets/javascripts"
    for part in (*BELOW, *(f"text/{name}" for name in LANGUAGE[kind].scripts)):
        made.add_script_tag(path=scripts / f"{part}.js")
    for name in LANGUAGE[kind].weights:
        if (ROOT / WEIGHTS / f"{name}.js").is_file():
            made.add_script_tag(path=ROOT / WEIGHTS / f"{name}.js")
    return made


def lines_of_ids(seed: int, count: int) -> list[list[int]]:
    """Return the lines above as ids, and others of random ids, each up to 64 long."""
    known = tokenizer()
    rng = np.random.default_rng(seed)
    found = [known.encode(f"\n{line}\n") for line in LINES]
    while sum(map(len, found)) < count:
        found.append([10, *map(int, rng.integers(0, 2048, rng.integers(4, 63)))])
    assert all(len(ids) <= 64 for ids in found)
    return found


# A list of arrays of numbers as one text, since megabytes of JSON are slow.
PACKED = """(rows) => {
  const all = new Uint8Array(rows.reduce((sum, row) => sum + row.length, 0) * 4);
  let at = 0;
  for (const row of rows) {
    all.set(new Uint8Array(Float32Array.from(row).buffer), at);
    at += row.length * 4;
  }
  let text = "";
  for (let i = 0; i < all.length; i += 8192)
    text += String.fromCharCode(...all.subarray(i, i + 8192));
  return btoa(text);
}"""
