"""SCORM packages, played by a runtime that is not ours in Chromium, and without any platform."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fieldguide.addresses import course_files
from playwright.sync_api import Page
from support import recipes
from support.picker import PLACE, picker, saved
from support.sections import Copy, Opener

pytestmark = [pytest.mark.browser]
RUNTIME = Path(__file__).parents[2] / ".ci/node_modules/scorm-again/dist/scorm12.min.js"
# A platform: one learner, one frame. What it was told stays in its storage, as in a database.
PLATFORM = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Platform</title>
<link rel="icon" href="data:,"><script src="scorm12.js"></script><script>
const kept = JSON.parse(localStorage.getItem("platform") || "{}");
window.API = new Scorm12API({autocommit: false, logLevel: 5});
if (kept.core) window.API.loadFromJSON(kept, "cmi");
window.API.cmi.core.student_id = "s-1";
for (const when of ["LMSCommit", "LMSFinish"]) window.API.on(when, () => {
  localStorage.setItem("platform", JSON.stringify(window.API.renderCMIToJSONObject().cmi));
});
</script><iframe src="package/index.html" title="Course" width="1000" height="700"></iframe></html>
"""


@pytest.fixture(scope="module")
def played(hosted: Copy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a platform with the package of one chapter."""
    if not RUNTIME.is_file():
        if os.environ.get("FIELDGUIDE_NO_SKIP"):
            pytest.fail("scorm-again is missing: npm ci --prefix .ci")
        pytest.skip("scorm-again is missing: npm ci --prefix .ci")
    folder = tmp_path_factory.mktemp("platform")
    with zipfile.ZipFile(hosted.folder / course_files.scorm("gan")) as packed:
        packed.extractall(folder / "package")
    shutil.copy(RUNTIME, folder / "scorm12.js")
    (folder / "platform.html").write_text(PLATFORM, encoding="utf-8")
    left = '<!doctype html><title>Left</title><link rel="icon" href="data:,">'
    (folder / "left.html").write_text(left, encoding="utf-8")
    with recipes.serving(folder) as address:
        yield address


def value(page: Page, key: str) -> str:
    """Return what the platform knows, by its own words."""
    return str(page.evaluate(f"API.LMSGetValue('cmi.{key}')"))


def kept(page: Page) -> dict[str, Any]:
    """Return what the platform has kept."""
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('platform') || '{}'"))
    return found


def answer(page: Page, question: int, right: bool) -> None:
    """Open an option of a question in the unit that is shown."""
    inside = page.frame_locator("iframe").frame_locator("iframe")
    which = "yes" if right else "no"
    asked = inside.locator("guide-question").nth(question)
    asked.locator(f"details[data-right={which}] > summary").first.click()


def test_a_learner_reads_answers_leaves_and_returns(played: str, opened: Opener) -> None:
    page = opened(f"{played}platform.html")
    course = page.frame_locator("iframe")
    course.locator("#state", has_text="Your course knows").wait_for()
    assert value(page, "core.lesson_status") == "incomplete"
    units = course.locator("nav a").evaluate_all("links => links.map((link) => link.hash.slice(1))")
    assert units[:2] == ["gan", "gan-try"] and "gan-check" in units
    course.locator("summary", has_text="Contents").click()
    course.locator("nav a[href$='#gan-check']").click()
    answer(page, 0, right=True)
    course.locator("#state", has_text="1 of").wait_for()
    count = int(course.locator("#state").inner_text().split("; ")[1].split()[2])
    answer(page, 1, right=False)
    course.locator("#state", has_text=f"2 of {count} questions tried, 1 right").wait_for()
    assert value(page, "core.score.raw") == str(round(100 / count))
    assert value(page, "core.lesson_location") == "gan-check"
    page.reload()  # the learner comes back another day
    course.locator("#state", has_text=f"2 of {count} questions tried, 1 right").wait_for()
    assert course.locator("nav a[aria-current]").get_attribute("href").endswith("#gan-check")
    inside = course.frame_locator("iframe")
    inside.locator("guide-question[data-answered=right]").first.wait_for()
    for question in range(2, count):
        answer(page, question, right=True)
    course.locator("#state", has_text="complete. Your course knows").wait_for()
    assert value(page, "core.lesson_status") == "completed"
    assert value(page, "core.score.raw") == str(round(100 * (count - 1) / count))
    page.goto(f"{played}left.html")
    core = kept(page)["core"]
    assert core["lesson_status"] == "completed" and core["session_time"] != "00:00:00"


@pytest.mark.full
@pytest.mark.parametrize(
    "title", ['I <3 GANs & "VAEs" it\'s &lt;', "😀 <b>", "מודלים גנרטיביים <א>"]
)
def test_learners_see_the_title_that_was_given(
    hosted: Copy, opened: Opener, tmp_path: Path, title: str
) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan-idea,vae-idea"))
    page.locator(".picker-downloads input[type=text]").fill(title)
    _, made = saved(page, "SCORM")
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        packed.extractall(tmp_path)
    with recipes.serving(tmp_path) as address:
        page = opened(f"{address}index.html")
        page.locator("#state", has_text="Kept on this device").wait_for()
        assert page.title() == title
        assert page.locator("h1").inner_text() == title
        way = page.locator("h1").evaluate("node => getComputedStyle(node).direction")
        assert way == ("rtl" if title.startswith("מ") else "ltr")
        assert page.locator("h1 *").count() == 0


@pytest.mark.full
def test_who_reads_all_has_completed(played: str, opened: Opener) -> None:
    page = opened(f"{played}platform.html")
    course = page.frame_locator("iframe")
    course.locator("#state", has_text="Your course knows").wait_for()
    count = course.locator("nav a").count()
    for _ in range(count - 1):
        course.locator("button", has_text="Next").click()
    course.locator("#state", has_text=f"{count - 1} of {count} read").wait_for()
    assert value(page, "core.lesson_status") == "incomplete"
    page.wait_for_timeout(300)
    course.locator(".ways").scroll_into_view_if_needed()
    course.locator("#state", has_text=f"{count} of {count} read").wait_for()
    assert value(page, "core.lesson_status") == "completed"


def test_live_models_run_in_a_package(played: str, opened: Opener) -> None:
    page = opened(f"{played}package/index.html")
    page.locator("nav summary").click()
    page.locator("nav a[href$='#gan-watch']").click()
    unit = page.frame_locator("iframe")
    unit.locator("guide-watch canvas").first.wait_for()
    page.locator("nav a[href$='#gan-try']").click()
    unit.locator("guide-lab canvas").first.wait_for()


def test_without_a_platform_it_reads_and_remembers(played: str, opened: Opener) -> None:
    page = opened(f"{played}package/index.html")
    page.locator("#state", has_text="Kept on this device").wait_for()
    page.locator("button", has_text="Next").click()
    page.locator("#state", has_text="1 of").wait_for()
    page.reload()
    page.locator("nav a[aria-current][href$='#gan-try']").wait_for(state="attached")
    text = page.frame_locator("iframe").locator(".md-content__inner").inner_text()
    assert "Generative AI Field Guide" in text  # the line that names the source


@pytest.mark.full
@pytest.mark.parametrize(
    "api",
    [
        "{}",
        "{LMSInitialize: () => { throw new Error('no'); }}",
        "{LMSInitialize: () => 'false'}",
        "{LMSInitialize: () => 'true', LMSGetValue: () => null, LMSSetValue: () => 'false',"
        " LMSCommit: () => 'false', LMSFinish: () => { throw 1; }}",
        "{LMSInitialize: () => true, LMSGetValue: () => '1;99999;zz;\\u0000<b>',"
        " LMSSetValue: () => undefined, LMSCommit: () => ({}), LMSFinish: () => 'true'}",
    ],
)
def test_a_platform_that_fails(played: str, opened: Opener, api: str) -> None:
    page = opened(f"{played}package/index.html", script=f"if (top === window) window.API = {api};")
    page.locator("#state", has_text="Kept on this device").wait_for()
    page.locator("button", has_text="Next").click()
    page.locator("#state", has_text="1 of").wait_for()


@pytest.mark.full
def test_a_platform_that_comes_late(played: str, opened: Opener) -> None:
    page = opened(f"{played}package/index.html")
    page.locator("button", has_text="Next").click()
    page.evaluate(
        """window.told = {};
        window.API = {LMSInitialize: () => "true", LMSGetValue: () => "", LMSFinish: () => "true",
          LMSSetValue: (key, value) => { window.told[key] = value; return "true"; },
          LMSCommit: () => "true"};"""
    )
    page.locator("#state", has_text="Your course knows").wait_for()
    assert page.evaluate("told['cmi.core.lesson_status']") == "incomplete"
    assert page.evaluate("told['cmi.suspend_data']").startswith("1;1;8")


@pytest.mark.full
def test_storage_is_full_or_blocked(played: str, opened: Opener) -> None:
    script = "Storage.prototype.setItem = () => { throw new DOMException('full'); };"
    page = opened(f"{played}package/index.html", script=script)
    page.locator("button", has_text="Next").click()
    page.locator("#state", has_text="Kept until this window closes").wait_for()


@pytest.mark.full
def test_two_windows_add_up(played: str, opened: Opener) -> None:
    page = opened(f"{played}package/index.html")
    page.locator("button", has_text="Next").click()
    page.locator("#state", has_text="1 of").wait_for()
    other = page.context.new_page()
    other.goto(f"{played}package/index.html")
    other.locator("#state", has_text="1 of").wait_for()
    other.locator("button", has_text="Next").click()
    page.locator("#state", has_text="2 of").wait_for()
