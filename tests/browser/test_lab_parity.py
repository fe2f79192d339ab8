"""The browser's arithmetic against PyTorch: the same weights, the same inputs, the same numbers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.models import DIGITS

pytestmark = pytest.mark.browser
TOLERANCE = 1e-4
# For each family: reference values -> pairs of names and what the browser computes.
FORWARD = """({name, models, r}) => {
  const lab = window.fieldguideLab;
  const packed = window.fieldguideWeights;
  const [m, second] = models.map((key) => lab.models[key](new lab.Weights(packed[key])));
  const all = (f) => r.y.map((y, n) => Array.from(f(n, y)));
  const written = () => ({
    logits: r.y.map((y, n) => {
      const state = m.begin(y);
      return r.x[n].map((_, i) => Array.from(m.next(state, r.x[n], i)));
    }),
    log_prob: r.y.map((y, n) => {
      const state = m.begin(y);
      return r.x[n].reduce((sum, v, i) => {
        const scores = m.next(state, r.x[n], i);
        return sum + scores[v] - lab.logSum(scores);
      }, 0);
    }),
  });
  const f32 = (row) => Float32Array.from(row);
  const clamp = (v) => Math.min(2, Math.max(-5, v));
  return {
    transformer: written, autoregressive: written, rnn: written,
    gan: () => ({
      out: all((n, y) => m.generate(r.z[n], y)),
      verdict: r.y.map((y, n) => m.judge(m.generate(r.z[n], y), y)),
    }),
    vae: () => ({
      mu: all((n, y) => m.encode(r.x[n], y).slice(0, 2)),
      log_sigma: all((n, y) => m.encode(r.x[n], y).slice(2)),
      center: all((n, y) => m.decode(r.z[n], y)),
      width: all((n, y) => m.widths(r.z[n], y)),
    }),
    flow: () => ({
      log_density: r.y.map((y, n) => m.logDensity(r.share[n], y)),
      v: all((n, y) => m.inverse(r.z[n], y)),
    }),
    hybrid: () => ({ out: all((n, y) => m.write(f32(r.z[n]), y, 8).pop()) }),
    multimodal: () => ({
      code: r.words.map((words) => Array.from(m.read(words))),
      look: r.x.map((x) => Array.from(m.look(x))),
      out: r.words.map((words, n) => Array.from(m.paint(m.read(words), f32(r.z[n]), 8))),
    }),
  }[name]();
}"""


def numbers(value: object) -> list[float]:
    """Return the numbers of nested lists, in order."""
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    assert isinstance(value, (int, float)), value
    return [float(value)]


@pytest.mark.parametrize("name", [key for key, widget in DIGITS.items() if widget.side == 8])
def test_forward_pass_equals_pytorch(root: Path, browser: Browser, name: str) -> None:
    reference = json.loads((root / f"tests/lab/reference/{name}.json").read_text())
    page = browser.new_page()
    for script in ("math", "core", name):
        page.add_script_tag(path=root / f"docs/assets/javascripts/lab/{script}.js")
    models = DIGITS[name].weights
    for model in models:
        page.add_script_tag(path=root / f"docs/lab/weights/{model}.js")
    found = page.evaluate(FORWARD, {"name": name, "models": models, "r": reference})
    page.close()
    assert found
    for key, made in found.items():
        wanted, got = numbers(reference[key]), numbers(made)
        assert len(wanted) == len(got) > 0, key
        error = max(abs(a - b) for a, b in zip(wanted, got, strict=True))
        if os.environ.get("FIELDGUIDE_SHOW_ERRORS"):
            print(f"{name}.{key}: largest error {error:.1e}")
        assert error < TOLERANCE, f"{name}.{key}: off by {error:.1e}"
