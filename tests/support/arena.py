"""The arena's engine on an empty page of a real browser, as tests train with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fieldguide.html import arena_scripts
from playwright.sync_api import Browser, Page
from support.models import POINTS

ROOT = Path(__file__).resolve().parents[2]
PARTS = (*arena_scripts.ENGINE, *POINTS, "race")

# Train a family on data and say how far it lies from the held-out points after each of `looks`.
TRAIN = """
([family, data, seed, looks, settings]) => {
  const arena = fieldguideArena;
  const cloud = new arena.Data(data, null, seed);
  const model = new arena.families[family]({seed, ...settings});
  const chance = new arena.Chance(seed, 60);
  const batch = new Float32Array(256);
  const found = [];
  for (let step = 1; step <= looks[looks.length - 1]; step++) {
    model.step(cloud.batch(batch, chance));
    if (looks.includes(step)) found.push(cloud.distance(model.sample(arena.CLOUD, seed)));
  }
  return {found, floor: cloud.floor};
}
"""


@contextmanager
def engine(browser: Browser) -> Iterator[Page]:
    """An empty page with the engine and the six families."""
    context = browser.new_context()
    page = context.new_page()
    for part in PARTS:
        page.add_script_tag(path=ROOT / arena_scripts.source(part))
    yield page
    context.close()


def train(
    page: Page, family: str, data: str, seed: int, looks: list[int], **settings: float
) -> dict[str, Any]:
    """Return the distances of a family after each of `looks` steps, and what fresh data reach."""
    found: dict[str, Any] = page.evaluate(TRAIN, [family, data, seed, looks, settings])
    return found
