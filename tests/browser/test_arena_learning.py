"""What the engine of the arena is for: families that learn, compare and keep their chance."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from support import arena

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the engine."""
    with arena.engine(browser) as page:
        yield page


def test_the_kernel_is_what_its_source_assembles_to(page: Page, root: Path) -> None:
    programs = root / "docs" / arena.arena_scripts.SCRIPTS / "kernel/programs.mjs"
    code = f"const {{ kernel }} = await import({str(programs)!r});"
    code += "process.stdout.write(Buffer.from(kernel).toString('base64'));"
    node = ["node", "--input-type=module", "--eval", code]
    made = subprocess.run(node, capture_output=True, text=True, check=True).stdout
    assert page.evaluate("fieldguideArena.code") == made, "kernel.js holds older code"


def test_chance_is_the_same_by_the_kernel_and_by_loops(page: Page) -> None:
    fast, plain = page.evaluate(
        """() => [false, true].map((plain) => {
          const memory = new fieldguideArena.Memory(1, plain);
          const chance = new fieldguideArena.Chance(7);
          const row = memory.take(5000);
          memory.fill(row, chance, 0.5);
          return [Array.from(row), chance.uniform()];
        })"""
    )
    assert np.abs(np.array(fast[0]) - np.array(plain[0])).max() < 1e-7
    assert fast[1] == plain[1] and max(fast[0]) > 0.499 and min(fast[0]) < -0.499
    assert np.mean(fast[0]) == pytest.approx(0, abs=0.02)


def test_densities_integrate_to_one(page: Page) -> None:
    for family in ("flow", "autoregressive"):
        total = page.evaluate(
            """(family) => {
              const arena = fieldguideArena;
              const data = new arena.Data("moons");
              const model = new arena.families[family]({seed: 4});
              const chance = new arena.Chance(4, 60);
              const batch = new Float32Array(256);
              for (let i = 0; i < 200; i++) model.step(data.batch(batch, chance));
              const side = 260;
              const box = 6;
              const logs = model.density(arena.lattice(side, box));
              return logs.reduce((sum, v) => sum + Math.exp(v), 0) * (2 * box / side) ** 2;
            }""",
            family,
        )
        assert total == pytest.approx(1, abs=0.01), family


def test_the_bound_lies_below_the_likelihood(page: Page) -> None:
    """The VAE's bound, and its likelihood by importance sampling, which is nearer to the truth."""
    bound, few, many = page.evaluate(
        """() => {
          const arena = fieldguideArena;
          const data = new arena.Data("moons");
          const model = new arena.families.vae({seed: 2});
          const chance = new arena.Chance(2, 60);
          const batch = new Float32Array(256);
          for (let i = 0; i < 400; i++) model.step(data.batch(batch, chance));
          const mean = (v) => v.reduce((a, b) => a + b, 0) / v.length;
          const points = data.held.subarray(0, 400);
          const [small, large] = [8, 400].map((draws) => model.likelihood(points, draws));
          return [mean(large.bound), mean(small.sampled), mean(large.sampled)];
        }"""
    )
    assert bound + 0.02 < few < many + 0.02 < bound + 2


@pytest.mark.parametrize("family", arena.POINTS)
def test_looking_does_not_change_what_is_learned(page: Page, family: str) -> None:
    """With and without samples and pictures in between, the weights end up the same to the bit."""
    plain, looked, other = page.evaluate(
        """(family) => {
          const arena = fieldguideArena;
          const data = new arena.Data("ring");
          const run = (seed, looks) => {
            const model = new arena.families[family]({seed});
            const chance = new arena.Chance(1, 60);
            const batch = new Float32Array(256);
            for (let i = 0; i < 20; i++) {
              model.step(data.batch(batch, chance));
              if (looks) model.sample(100, i), model.show({points: data.held}), model.chunk(3, 1);
              if (looks && model.likelihood) model.likelihood(data.held, 2);
            }
            return Array.from(model.sample(50, 9));
          };
          return [run(1, false), run(1, true), run(2, false)];
        }""",
        family,
    )
    assert plain == looked
    assert plain != other


def test_a_learning_rate_that_explodes_is_caught(page: Page) -> None:
    """The model says so, once; the others go on."""
    told = page.evaluate(
        """() => {
          const arena = fieldguideArena;
          const race = new arena.Race(new arena.Data("moons"), {rate: 1e5, keys: ["flow", "vae"]});
          while (race.alive.length && race.steps < 300) race.work(performance.now() + 50, 300);
          return race.runners.map((runner) => runner.error);
        }"""
    )
    assert any("no number after" in text for text in told)


COSTS = {"gan": 7, "vae": 3, "flow": 11, "diffusion": 5, "autoregressive": 2, "matching": 4}
# Train by a clock that only steps and pictures move; return whose turn it was, step by step.
TURNS = """
([mode, costs, turns]) => {
  const arena = fieldguideArena;
  const race = new arena.Race(new arena.Data("blobs"), {mode});
  const now = performance.now;
  let clock = 0;
  performance.now = () => clock;
  const order = [];
  for (const {key, model} of race.runners) {
    const {step, chunk} = model;
    model.step = (batch) => (order.push(key), (clock += costs[key]), step.call(model, batch));
    model.chunk = (...given) => ((clock += 1), chunk.apply(model, given));
  }
  while (order.length < turns) race.work(clock + 8, Infinity);
  performance.now = now;
  return [order, race.runners.map((one) => [one.steps, one.seconds])];
}
"""


@pytest.mark.parametrize("mode", ["steps", "time"])
def test_a_race_keeps_steps_or_time_equal(page: Page, mode: str) -> None:
    """Who has made the fewest steps, or has had the least time, is the next to learn."""
    order, stand = page.evaluate(TURNS, [mode, COSTS, 300])
    assert len(order) >= 300
    had = dict.fromkeys(COSTS, (0, 0.0))
    for key in order:
        assert key == min(had, key=lambda one: had[one][mode == "time"]), had
        had[key] = (had[key][0] + 1, had[key][1] + COSTS[key] / 1000)
    assert [tuple(one) for one in stand] == list(had.values())


def test_a_family_learns(page: Page) -> None:
    """A small part of the matrix in tests/full: after 400 steps, far nearer than after 5."""
    for family in ("flow", "autoregressive", "matching"):
        found = arena.train(page, family, "moons", 1, [5, 400])["found"]
        assert found[1] < 0.03 < 3 * found[0], family
