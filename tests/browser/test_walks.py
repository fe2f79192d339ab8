"""The pages that follow an answer and a picture: figures that lead on, and models that agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fieldguide.html.parts import ENGINE, LAB, PICTURES
from playwright.sync_api import Browser, Page, expect
from support import text_lab
from support.models import DIGITS
from support.visits import Visit, watch

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
PAGES = {"answer": "how/a-chat-answer.html", "picture": "how/a-picture-from-words.html"}

# The widget's way from a prompt to the end of the line, with its own chance and knobs.
WRITES = """([prompt, seed]) => {
  const lab = fieldguideLab;
  const tokenizer = new lab.Tokenizer(fieldguideText.tokenizer);
  const model = new lab.Transformer(fieldguideText.transformer);
  const ids = lab.prompt(tokenizer, prompt).ids;
  const given = ids.length;
  do {
    const {order, shares, kept} = lab.choose(model.next(ids), {temperature: 0.7, topP: 0.9});
    const chance = new lab.Chance(seed, ids.length);
    ids.push(order[chance.pick(Array.from(order.subarray(0, kept), (id) => shares[id]))]);
  } while (ids.length < 64 && ids[ids.length - 1] !== 10);
  return {made: ids.slice(given), text: tokenizer.decode(ids.slice(given)).trim()};
}"""

# The pictures of a caption, each from other noise of the same seed, as the widget draws them.
DRAWS = """([text, seed, count]) => {
  const lab = fieldguideLab;
  const model = lab.models.multimodal(new lab.Weights(fieldguideWeights.multimodal));
  const noise = (i) => new lab.Chance(seed, i).normals(784);
  const draw = (i) => lab.whole(model.paint(model.read(text), noise(i), model.steps));
  return Array.from({length: count}, (_, i) => Array.from(lab.ink(draw(i), 7)));
}"""


@pytest.fixture(scope="module")
def recorded() -> Any:
    """What the pages show."""
    return json.loads((ROOT / "docs/lab/walks.json").read_text(encoding="utf-8"))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A page at rest."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    yield (found := watch(context))
    context.close()
    assert found.errors == [] and found.outside == []


@pytest.fixture(params=PAGES)
def page(visit: Visit, unpacked: Path, request: pytest.FixtureRequest) -> Page:
    """One of the two pages."""
    return visit.open(unpacked / PAGES[request.param])


def test_a_figure_can_be_followed_with_the_finger(page: Page) -> None:
    """Each stage leads to a section, in the order of the page, by tap and by key."""
    stages = page.locator("figure.drawing a.d-stage")
    targets = [stage.get_attribute("href") or "" for stage in stages.all()]
    assert len(targets) == len(set(targets)) == 7
    tops = [page.locator(target).bounding_box() for target in targets]
    heights = [box["y"] for box in tops if box]
    assert len(heights) == 7 and heights == sorted(heights)
    stages.nth(3).click()
    expect(page.locator(f"{targets[3]}:target")).to_be_in_viewport()
    page.evaluate("() => scrollTo(0, 0)")
    stages.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{targets[1]}:target")).to_be_in_viewport()


def test_stages_are_large_enough_for_a_finger(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    for path in PAGES.values():
        page = watch(context).open(unpacked / path)
        for stage in page.locator("a.d-stage .d-box").all():
            box = stage.bounding_box()
            assert box and box["height"] >= 44 and box["width"] > 250
        small = page.evaluate(
            """() => Math.min(...Array.from(document.querySelectorAll("figure.drawing text"),
              (text) => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize)))"""
        )
        assert small >= 10.5, path
    context.close()


@pytest.mark.parametrize("colors", [{"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_bars_and_ink_are_seen_in_other_colors(
    browser: Browser, unpacked: Path, colors: dict[str, Any]
) -> None:
    """What is filled differs from its ground, whatever colors a reader has chosen."""
    context = browser.new_context(**colors)
    for path, part in ((PAGES["answer"], ".d-bar"), (PAGES["picture"], ".d-ink")):
        page = watch(context).open(unpacked / path)
        found = page.evaluate(
            """(part) => {
              const property = (node) => node.matches("image") ? "color" : "fill";
              const fill = (node) => getComputedStyle(node)[property(node)];
              const sheet = document.querySelector("svg.diagram");
              const ground = getComputedStyle(sheet).backgroundColor;
              return [fill(document.querySelector(`svg.diagram ${part}`)), ground];
            }""",
            part,
        )
        assert found[0] != found[1], (path, found)
    context.close()


def test_the_live_model_writes_the_recorded_answer(browser: Browser, recorded: Any) -> None:
    page = text_lab.page(browser, "write")
    answer = recorded["answer"]
    found = page.evaluate(WRITES, [answer["prompt"], answer["seed"]])
    asked = {
        key: page.evaluate(WRITES, [f"{question}:", 1])["text"]
        for key, (question, _) in answer["asked"].items()
    }
    page.close()
    assert found == {"made": answer["made"], "text": answer["text"]}
    assert asked == {key: text for key, (_, text) in answer["asked"].items()}


def test_the_live_model_draws_the_recorded_pictures(browser: Browser, recorded: Any) -> None:
    """But for ink that lay between two levels."""
    widget, picture = DIGITS["multimodal"], recorded["picture"]
    page = browser.new_page()
    scripts = [f"{LAB}/{name}" for name in ("math", "el", "core")]
    scripts += [f"{PICTURES}/{name}" for name in (*ENGINE, *widget.scripts, "multimodal")]
    for path in (*scripts, *(f"lab/{file}" for file in widget.files())):
        page.add_script_tag(path=ROOT / f"docs/{path}.js")
    found = page.evaluate(DRAWS, [picture["caption"], picture["seed"], len(picture["draws"])])
    page.close()
    for made, letters in zip(found, picture["draws"], strict=True):
        apart = [
            abs(ink - ord(letter) + ord("a")) for ink, letter in zip(made, letters, strict=True)
        ]
        assert max(apart) <= 1 and sum(apart) < 8


def test_the_link_to_the_word_gives_the_recorded_answer(
    visit: Visit, unpacked: Path, recorded: Any
) -> None:
    """What the page tells readers to do, done."""
    page = visit.open(unpacked / PAGES["answer"])
    link = page.get_by_role("link", name="Give it the word teacher")
    link.click()
    page.locator(".text-write .text-start").click()
    run = page.locator(".text-write .lab-play")
    expect(run).to_be_visible(timeout=120_000)
    if "made=" not in page.url:  # it begins by itself where it was started by a press
        run.click()
    status = page.locator(".text-write .lab-status")
    expect(status).to_contain_text(f"teacher: {recorded['answer']['text']}")


def test_two_models_on_a_page_keep_apart(visit: Visit, unpacked: Path) -> None:
    """The state of each stands in the address under names of its own, and comes back."""
    page = visit.open(unpacked / PAGES["picture"], "#picture-try")
    words = page.locator('guide-lab[data-family="multimodal"]')
    steps = page.locator('guide-lab[data-family="diffusion"]')
    words.scroll_into_view_if_needed()
    words.get_by_role("button", name="bold three").click()
    steps.scroll_into_view_if_needed()
    page.wait_for_selector('guide-lab[data-family="diffusion"].lab-on')
    steps.locator("label", has_text="7").first.click()
    page.wait_for_url(lambda url: "lab-text=bold" in url and "lab-diffusion-" in url)
    page.reload()
    words.scroll_into_view_if_needed()
    expect(words.locator('input[type="text"]')).to_have_value("bold three")
    steps.scroll_into_view_if_needed()
    expect(steps.locator(".lab-status")).to_contain_text("told that it is a 7")
