"""The live models of 28 x 28 pixels on their pages: to noise and back, few steps, guidance."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page
from support.live import alive, settle, told
from support.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.full]
DONE = "() => !document.querySelector('guide-lab').ui.work.now"


def pixels(canvas: Locator) -> list[int]:
    """Return how strong each pixel of a picture is, 0 to 255."""
    found: list[int] = canvas.evaluate(
        """(c) => {
          const { data } = c.getContext("2d").getImageData(0, 0, 28, 28);
          return Array.from({ length: 784 }, (_, i) => data[4 * i + 3]);
        }"""
    )
    return found


def move(page: Page, name: str, value: int) -> None:
    page.locator("guide-lab").get_by_role("slider", name=name).fill(str(value))
    page.wait_for_function(DONE)
    settle(page)


def test_the_way_begins_with_handwriting_and_nothing_of_it_is_left(
    fresh: Visit, unpacked: Path
) -> None:
    page = alive(fresh, unpacked, "diffusion")
    lab = page.locator("guide-lab")
    page.wait_for_function(DONE)
    picture = lab.locator(".lab-big canvas").first
    move(page, "Step", 0)
    three = str(lab.get_attribute("data-digits")).split()[3]
    written = [255 * "abcdefgh".index(letter) // 7 for letter in three]
    assert max(abs(a - b) for a, b in zip(pixels(picture), written, strict=True)) <= 1
    move(page, "Step", 24)
    noise = pixels(picture)
    lab.get_by_role("radio", name="5").check()
    page.wait_for_function(DONE)
    move(page, "Step", 24)
    assert pixels(picture) != noise, "another digit has noise of its own"
    assert "Nothing is left of the handwritten 5" in told(page, "Pure noise")
    move(page, "Step", 48)
    assert sum(v > 200 for v in pixels(picture)) > 20, "a digit has ink"
    assert sum(v < 20 for v in pixels(picture)) > 400, "and paper"


def test_the_newest_wish_counts(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "diffusion", "?lab-tab=steps")
    lab = page.locator("guide-lab")
    for digit in "01234567":
        lab.get_by_role("radio", name=digit).check()
    page.wait_for_function(DONE)
    assert "A 7 in one step" in told(page, "A 7 in one step")
    labels = lab.locator(".lab-price canvas").evaluate_all("(all) => all.map((c) => c.ariaLabel)")
    assert len(labels) == 15 and all(label.startswith("A 7 in ") for label in labels)
    assert fresh.errors == []


@pytest.mark.parametrize("key", ["diffusion", "emerging"])
def test_guidance_makes_digits_more_alike(fresh: Visit, unpacked: Path, key: str) -> None:
    page = alive(fresh, unpacked, key, "?lab-tab=guidance&lab-guidance=0")
    page.wait_for_function(DONE)
    summary = told(page, "w = 0")
    assert len(set(re.findall(r"to (\d+)%", summary))) == 1, "w = 0 is no guidance"
    page.locator("guide-lab").get_by_role("slider", name="Guidance w").fill("4")
    page.wait_for_function(DONE)
    after, before = map(int, re.findall(r"to (\d+)%", told(page, "w = 4")))
    assert after > before + 5


def test_more_steps_end_nearer_and_the_student_lands_beside_the_road(
    fresh: Visit, unpacked: Path
) -> None:
    page = alive(fresh, unpacked, "emerging")
    page.wait_for_function(DONE)
    summary = told(page, "The roads from noise")
    one, two, four, student = map(float, re.findall(r" (\d+\.\d)", summary))
    assert one > two > four > 0 and student < one
    plot = page.locator("guide-lab .lab-plot")
    assert "Five roads" in str(plot.get_attribute("aria-label"))
    assert fresh.errors == []


@pytest.mark.parametrize("key", ["diffusion", "emerging"])
def test_it_computes_with_vectors_from_a_disk(fresh: Visit, unpacked: Path, key: str) -> None:
    """The page's policy allows it; without it, everything works, and slower."""
    page = alive(fresh, unpacked, key)
    assert page.evaluate("Boolean(new fieldguideLab.Engine().memory)")


def test_a_picture_is_as_sharp_as_its_pixels(fresh: Visit, unpacked: Path) -> None:
    page = alive(fresh, unpacked, "diffusion")
    for canvas in page.locator("guide-lab canvas:visible").all():
        width, style = canvas.evaluate("(c) => [c.clientWidth, getComputedStyle(c).imageRendering]")
        assert width % 28 == 0 and style == "pixelated"
