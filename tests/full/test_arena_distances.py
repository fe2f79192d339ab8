"""Each family of the arena learns each cloud, as far as a prototype did; three seeds, no luck."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support import arena

pytestmark = pytest.mark.full

STEPS = 1500
SEEDS = (1, 2, 3)
MARGIN = 0.012  # seeds differ by about so much
# The energy distances that a prototype with the same networks reached after 1,500 steps, by cloud:
# GAN, VAE, flow, diffusion, autoregressive, flow matching. It knew no blobs and no letter; there
# the middle of its figures stands, and for the GAN on blobs, which it gets wrong, how wrong it is.
REACHED = {
    "ring": (0.028, 0.027, 0.016, 0.013, 0.007, 0.010),
    "moons": (0.007, 0.018, 0.007, 0.009, 0.004, 0.007),
    "spiral": (0.005, 0.012, 0.005, 0.005, 0.002, 0.007),
    "checkers": (0.022, 0.010, 0.005, 0.011, 0.006, 0.007),
    "blobs": (0.175, 0.015, 0.006, 0.010, 0.005, 0.007),
    "letter": (0.018, 0.015, 0.006, 0.010, 0.005, 0.007),
}
FAMILIES = ("gan", "vae", "flow", "diffusion", "autoregressive", "matching")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all runs."""
    with arena.engine(browser) as page:
        yield page


@pytest.mark.parametrize("data", REACHED)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_learns_a_cloud(page: Page, family: str, data: str) -> None:
    runs = [arena.train(page, family, data, seed, [250, STEPS]) for seed in SEEDS]
    print(f"{family:15s} {data:9s}", *(f"{run['found'][1]:.4f}" for run in runs), end="  ")
    print("at 250:", *(f"{run['found'][0]:.4f}" for run in runs), end="  ")
    print("floor:", *(f"{run['floor']:.4f}" for run in runs))
    limit = REACHED[data][FAMILIES.index(family)] + MARGIN
    assert all(run["found"][1] <= limit for run in runs), f"more than {limit}"
