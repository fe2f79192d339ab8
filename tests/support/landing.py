"""Where links land, and what moves on a page while it comes."""

from __future__ import annotations

import re
from pathlib import Path

SCRIPT = Path(__file__).with_name("landing.js")
SHIFTS = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const node = entry.sources && entry.sources[0] && entry.sources[0].node;
    const name = node ? `${node.nodeName}.${node.className || ""}` : "";
    if (!entry.hadRecentInput) window.shifted.push([entry.value, name]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
# To the end of the page in steps, so that all that loads late is asked for, and back.
THROUGH = """async () => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const before = document.documentElement.scrollHeight;
  for (let at = 0; at < document.documentElement.scrollHeight; at += 600) {
    scrollTo({ top: at, behavior: "instant" });
    await pause(60);
  }
  const WAITING = "guide-lab:not(.lab-on):not(:has(.lab-note)), guide-watch:not(.watch-on)";
  for (let times = 0; times < 200 && document.querySelector(WAITING); times += 1) await pause(50);
  await pause(200);
  return [before, document.documentElement.scrollHeight, window.shifted];
}"""


def measure() -> str:
    """Return the script that says how the page at hand has landed, as an expression."""
    text = SCRIPT.read_text(encoding="utf-8")
    return re.sub(r"^//.*$", "", text, flags=re.MULTILINE).strip()
