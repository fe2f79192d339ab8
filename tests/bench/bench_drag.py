"""What one frame of a drag over the map of the VAE costs, in the built site and a real Chromium.

Prints the median and the slowest of 300 frames: the code is decoded and drawn anew in each. The
drag is made three times: what is slow in one of them alone is what else the machine had to do,
whose load is told too.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support import site_build  # noqa: E402  (needs the path above)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
LIMIT = 8  # milliseconds
FRAMES = """() => {
  const { panel } = document.querySelector("guide-lab").ui;
  const slider = document.querySelector(".lab-atlas input");
  const drag = () => Array.from({ length: 300 }, (_, i) => {
    slider.value = String(-2 + i / 75);
    const start = performance.now();
    slider.dispatchEvent(new Event("input"));
    panel.draw();
    return performance.now() - start;
  });
  return [drag(), drag(), drag()];
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        site = site_build.strict(ROOT, Path(name) / "site")
        browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
        page = browser.new_page()
        page.goto((site / "models/vaes.html").as_uri() + "#vae-try")
        page.wait_for_selector("guide-lab.lab-on")
        page.wait_for_timeout(500)
        drags = page.evaluate(FRAMES)
        browser.close()
    every = [time for drag in drags for time in drag]
    again = [min(times) for times in zip(*drags, strict=True)]
    print(
        f"VAE map: median {median(every):.1f} ms, slowest {max(every):.1f} ms a frame, "
        f"{max(again):.1f} ms where each is the best of three (under {LIMIT} ms); "
        f"load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
