"""Milliseconds a token of the language models in the browser; writes docs/lab/text/speed.json.

Chromium without a window, the page's own code with its WebAssembly kernel, one thread. The fastest
line of 16 tokens in four seconds, for what else the machine does only adds. Masked diffusion fills
16 blanks in 16 steps, so the fastest pass over such a line is its time.
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from fieldguide.drawings.text_figures import WEIGHTS  # noqa: E402  (needs the path)
from support.models import LANGUAGE  # noqa: E402

KINDS = {"gru": "recurrent", "transformer": "write", "masked": "masked"}
STEPS = {
    "gru": """() => {
      const model = new lab.GRU(fieldguideText.gru);
      return () => {
        let state = model.begin();
        return (id) => { state = model.next(state, id).state; };
      };
    }""",
    "transformer": """() => {
      const model = new lab.Transformer(fieldguideText.transformer);
      return () => { const line = []; return (id) => { line.push(id); model.next(line); }; };
    }""",
    "masked": """() => {
      const model = new lab.Masked(fieldguideText.masked);
      return () => (id) => model.all([10, ...Array(16).fill(2048), 10]);
    }""",
}
TOKENS = {"gru": 16, "transformer": 16, "masked": 1}
TIMED = """([make, tokens]) => {
  const lab = fieldguideLab;
  const begin = eval(make)();
  const times = [];
  const begun = performance.now();
  for (let line = 0; line < 20 || performance.now() - begun < 4000; line++) {
    const step = begin();
    const start = performance.now();
    for (let i = 0; i < tokens; i++) step(i ? 300 + ((i * 37 + line) % 1700) : 10);
    times.push((performance.now() - start) / tokens);
  }
  return Math.min(...times);
}"""


def main() -> None:
    """Measure each network and write the file that the measured page reads."""
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        for name, kind in KINDS.items():
            page = browser.new_page()
            page.add_script_tag(content="window.fieldguideText = {};")
            parts = ["lab/math", "lab/el", "lab/panel", "lab/host"]
            parts += [f"text/{part}" for part in LANGUAGE[kind].scripts]
            for part in parts:
                page.add_script_tag(path=ROOT / "docs/assets/javascripts" / f"{part}.js")
            page.add_script_tag(path=ROOT / WEIGHTS / f"{name}.js")
            found[name] = round(page.evaluate(TIMED, [STEPS[name], TOKENS[name]]), 2)
            print(f"{name}: {found[name]} ms a token")
        machine = f"Chromium {browser.version}, one thread of {platform.machine()}"
        browser.close()
    about = {"milliseconds": found, "machine": machine}
    path = ROOT / "docs/lab/text/speed.json"
    path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
