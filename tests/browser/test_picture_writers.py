"""The models that write a digit of 28 x 28 pixels piece by piece, in Chromium against PyTorch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fieldguide.html.parts import ENGINE, LAB, PICTURES
from playwright.sync_api import Browser
from support.live import WRITERS
from support.models import DIGITS

pytestmark = pytest.mark.browser
TOLERANCE = 1e-4
# For each family: reference values -> what the browser computes, all at once and piece by piece.
FORWARD = """({name, plain, r}) => {
  const lab = window.fieldguideLab;
  const packed = window.fieldguideWeights[name];
  const m = lab.models[name](new lab.Weights(packed), plain);
  const rows = (scores, order) => {
    const out = [];
    scores.forEach((row, k) => (out[order[k]] = Array.from(row)));
    return out;
  };
  const written = () => {
    const inked = r.x.map((x) => x.flat());
    const read = r.y.map((y, n) => lab.whole(m.read(inked[n], y)));
    const step = r.y.map((y, n) => {
      const state = m.begin(y);
      return Array.from(m.order, (_, k) => m.next(state, inked[n], k));
    });
    const sum = (scores, x) =>
      scores.reduce((total, row, k) => total + row[x[m.order[k]]] - lab.logSum(row), 0);
    return {
      scores: read.map((scores) => rows(scores, m.order)),
      again: step.map((scores) => rows(scores, m.order)),
      log_prob: read.map((scores, n) => sum(scores, inked[n])),
    };
  };
  // numbers of pieces, one after the other, as a picture
  const picture = (v) => {
    const x = [];
    v.forEach((value, k) => (x[m.order[k]] = value));
    return x;
  };
  return {
    transformer: written, autoregressive: written, rnn: written,
    flow: () => ({
      log_density: r.y.map((y, n) => m.forward(r.share[n].flat(), y).density),
      v: r.y.map((y, n) => Array.from(lab.whole(m.inverse(r.z[n], y)))),
      guided: r.y.map((y, n) => Array.from(lab.whole(m.inverse(r.z[n], y, 1)))),
      back: r.y.map((y, n) => Array.from(m.forward(r.v[n].map((a) => (a + 1) / 2), y).z)),
    }),
    hybrid: () => ({ out: r.y.map((y, n) => picture(lab.whole(m.write(r.z[n].flat(), y, 2)))) }),
  }[name]();
}"""
SAME = {"again": "scores", "back": "z"}  # what is computed in another way, and is to be the same


def numbers(value: object) -> list[float]:
    """Return the numbers of nested lists, in order."""
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    assert isinstance(value, (int, float)), value
    return [float(value)]


def ordered(name: str, key: str, value: list[object]) -> list[object]:
    """Return scores pixel by pixel; the transformer's come piece by piece."""
    if (name, key) != ("transformer", "scores"):
        return value
    return [
        [
            digit[14 * (row // 2) + column // 2][2 * (row % 2) + column % 2]
            for row in range(28)
            for column in range(28)
        ]
        for digit in value
        if isinstance(digit, list)
    ]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("name", WRITERS)
def test_forward_pass_equals_pytorch(root: Path, browser: Browser, name: str, plain: bool) -> None:
    reference = json.loads((root / f"tests/lab/reference/pictures/{name}.json").read_text())
    page = browser.new_page()
    for part in ("math", "core"):
        page.add_script_tag(path=root / f"docs/{LAB}/{part}.js")
    for part in (*ENGINE, *DIGITS[name].scripts, name):
        page.add_script_tag(path=root / f"docs/{PICTURES}/{part}.js")
    page.add_script_tag(path=root / f"docs/lab/pictures/weights/{name}.js")
    found = page.evaluate(FORWARD, {"name": name, "plain": plain, "r": reference})
    page.close()
    assert found
    for key, made in found.items():
        right = SAME.get(key, key)
        wanted, got = numbers(ordered(name, right, reference[right])), numbers(made)
        assert len(wanted) == len(got) > 0, key
        for a, b in zip(wanted, got, strict=True):
            assert abs(a - b) <= TOLERANCE * max(1, abs(a)), f"{name}.{key}: {b}, not {a}"
