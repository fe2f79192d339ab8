"""Pick your own: from the page for course authors to a file that importers accept."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide.addresses import course_files
from fieldguide.files import archive
from support import cartridges
from support.picker import PLACE, picker, saved
from support.sections import PUBLIC, Copy, Opener

pytestmark = [pytest.mark.browser, pytest.mark.full]


def test_three_clicks_to_a_module(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}"))
    page.locator(".picker-ready button", has_text="One hour").click()
    name, packed = saved(page, "Cartridge")
    assert name == "generative-ai-field-guide-one-hour.imscc"
    assert cartridges.problems(packed) == []
    ((title, items),) = cartridges.modules(packed)
    assert title == "Generative AI Field Guide: One hour"
    assert items[0][1] == f"{PUBLIC}s/what-sample.html" and items[-1][1] == "quiz"
    assert all(url == "quiz" or url.startswith(PUBLIC) for _, url in items)


def test_a_picked_cartridge_is_like_a_built_one(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan,vae-check,gan-idea"))
    _, packed = saved(page, "Cartridge")
    assert cartridges.problems(packed) == []
    picked = cartridges.entries(packed)
    for key in ("gan", "vae"):
        built = (hosted.folder / f"kit/{key}.imscc").read_bytes()
        asked = {each.id: each for each in cartridges.asked(packed)}
        for each in cartridges.asked(built):
            assert asked[each.id] == each
    chapter = cartridges.entries((hosted.folder / "kit/gan.imscc").read_bytes())
    assert picked["weblinks/gan.xml"] == chapter["weblinks/gan.xml"]
    assert zipfile.ZipFile(io.BytesIO(packed)).infolist()[0].date_time[:3] == (2026, 11, 27)


def test_without_questions_there_is_no_quiz(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan"))
    page.locator(".picker-asked input").uncheck()
    _, packed = saved(page, "Cartridge")
    assert cartridges.asked(packed) == [] and cartridges.problems(packed) == []


def test_the_lists_say_the_same(hosted: Copy, opened: Opener) -> None:
    ids = ["vae-idea", "gan-idea", "risks"]
    page = picker(opened(f"{hosted.address}{PLACE}?pick={','.join(ids)}"))
    page.locator(".picker-downloads input[type=text]").fill('Week 3: "A & B"')
    urls = [f"{PUBLIC}s/{key}.html" for key in ids]
    name, text = saved(page, "CSV")
    assert name == "week-3-a-b.csv"
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ids and [row["link"] for row in rows] == urls
    for row in rows:
        assert row["summary"] == hosted.rows[row["id"]]["summary"]
        assert row["minutes"] == str(hosted.rows[row["id"]]["minutes"])
    markdown = saved(page, "Markdown")[1].decode()
    assert [url for url in urls if f"]({url})" in markdown] == urls
    html = saved(page, "HTML")[1].decode()
    root = ElementTree.fromstring(
        html.partition("<body>")[2].partition("</body>")[0].join(("<body>", "</body>"))
    )
    assert [link.get("href") for link in root.iter("a")] == urls
    assert root.findtext("h1") == 'Week 3: "A & B"' and "CC BY 4.0" in html


def test_from_a_disk_with_a_known_address(hosted: Copy, opened: Opener, tmp_path: Path) -> None:
    with zipfile.ZipFile(hosted.folder / archive.NAME) as packed:
        packed.extractall(tmp_path)
    page = picker(opened((tmp_path / archive.FOLDER / PLACE).as_uri() + "?pick=gan-idea"))
    _, made = saved(page, "Cartridge")
    assert cartridges.problems(made) == []
    assert cartridges.modules(made)[0][1][0][1] == f"{PUBLIC}s/gan-idea.html"


def test_from_a_disk_without_one(unpacked: Path, opened: Opener) -> None:
    page = picker(opened((unpacked / PLACE).as_uri() + "?pick=gan-idea"))
    assert page.locator(".picker-downloads .picker-main").is_disabled()
    assert "no public address" in page.locator(".picker-downloads").inner_text()
    markdown = saved(page, "Markdown")[1].decode()
    assert f"]({(unpacked / 's/gan-idea.html').as_uri()})" in markdown.replace("\\_", "_")


@pytest.mark.parametrize(("name", "words"), [("sections", "could not be loaded"), ("zip", "could")])
def test_a_file_is_missing(hosted: Copy, opened: Opener, name: str, words: str) -> None:
    page = opened("about:blank", quiet=True)
    page.route(f"**/{name}.js", lambda route: route.abort())
    page.goto(f"{hosted.address}{PLACE}?pick=gan")
    page.locator(".picker [role=status]", has_text=words).wait_for()


def test_the_questions_are_missing(hosted: Copy, opened: Opener) -> None:
    page = opened("about:blank", quiet=True)
    page.route("**/questions.js", lambda route: route.abort())
    page.goto(f"{hosted.address}{PLACE}?pick=gan")
    picker(page).locator(".picker-main").click()
    page.locator(".picker-status", has_text="Without them").wait_for()
    _, packed = saved(page, "Cartridge")
    assert cartridges.asked(packed) == []


def test_a_picked_package_is_like_a_built_one(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan"))
    name, made = saved(page, "SCORM")
    assert name.endswith(".scorm.zip")
    picked = cartridges.entries(made)
    built = cartridges.entries((hosted.folder / course_files.scorm("gan")).read_bytes())
    own = {"imsmanifest.xml", "index.html"}
    assert set(picked) == set(built)
    assert {path for path in picked if picked[path] != built[path]} <= own
    manifest = ElementTree.fromstring(picked["imsmanifest.xml"])
    listed = {file.attrib["href"] for file in manifest.iter() if file.tag.endswith("}file")}
    assert listed == set(picked) - {"imsmanifest.xml"}


def test_picked_questions_for_moodle(hosted: Copy, opened: Opener) -> None:
    page = picker(opened(f"{hosted.address}{PLACE}?pick=gan,vae"))
    _, made = saved(page, "Moodle")
    picked = ElementTree.fromstring(made)
    built = [
        question
        for key in ("gan", "vae")
        for question in ElementTree.parse(hosted.folder / course_files.moodle(key)).getroot()
        if question.get("type") != "essay"  # the kit of a page has its problems, too
    ]
    assert [ElementTree.tostring(one).strip() for one in picked] == [
        ElementTree.tostring(one).strip() for one in built
    ]


def test_two_selections_do_not_meet(hosted: Copy, opened: Opener) -> None:
    names = set()
    for ids in ("gan-idea", "vae-idea", "vae-idea,gan-idea"):
        page = picker(opened(f"{hosted.address}{PLACE}?pick={ids}"))
        page.locator(".picker-downloads input[type=text]").fill("I <3 GANs & 😀 «עברית»")
        _, packed = saved(page, "Cartridge")
        assert cartridges.problems(packed) == []
        root = ElementTree.fromstring(cartridges.entries(packed)["imsmanifest.xml"])
        title = next(each.text for each in root.iter() if each.tag.endswith("LOM/manifest}string"))
        assert title == "I \u20393 GANs & 😀 «עברית»"
        names |= {
            item.attrib["identifier"]
            for item in root.iterfind(".//cp:item", cartridges.SPACES)
            if item.attrib["identifier"].startswith("M_")
        }
    assert len(names) == 3
