"""A live model on its page, as tests wait for it and read it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page
from support.models import PAGES
from support.visits import Visit

# What the live models keep in the address, each behind `lab-`.
STATE = (
    *("tab digit digits seed end at pixel temperature head rows numbers drawing z1 z2".split()),
    *("noise steps guidance text spot".split()),
)


# Those that write piece by piece have a proof of their own that they equal PyTorch.
WRITERS = ("transformer", "autoregressive", "rnn", "flow", "hybrid")


def path_of(folder: Path, key: str) -> Path:
    """Return the page of a family in a built site."""
    return folder / PAGES[key].replace(".md", ".html")


def alive(visit: Visit, folder: Path, key: str, query: str = "") -> Page:
    """Open a family's page and wait until its model runs."""
    page = visit.open(path_of(folder, key), f"{query}#{key}-try")
    page.locator("guide-lab").scroll_into_view_if_needed()  # others may stand above
    page.wait_for_selector("guide-lab.lab-on", timeout=30_000)
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until what was asked for is drawn and told."""
    page.wait_for_timeout(30)
    page.wait_for_function(
        """() => {
          const { ui } = document.querySelector("guide-lab");
          const working = ui.work && ui.work.now;
          const waiting = ui.saying || ui.writing || (ui.panel && ui.panel.waiting);
          return !ui.live || !(working || waiting);
        }"""
    )


def told(page: Page, part: str) -> str:
    """Wait until the summary says `part`, and return the whole of it."""
    status = page.locator("guide-lab .lab-status").filter(has_text=part)
    status.wait_for(timeout=20_000)
    return status.inner_text()


def inked(canvas: Locator) -> float:
    """Return how much is drawn on a canvas: the mean of its alpha, 0 to 255."""
    return float(
        canvas.evaluate(
            """(c) => {
              const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height);
              let sum = 0;
              for (let i = 3; i < data.length; i += 4) sum += data[i];
              return (4 * sum) / data.length;
            }"""
        )
    )
