"""What the real site publishes of its sections: feed, inventory, contents, ids in the HTML."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fieldguide.addresses import lock
from fieldguide.files import archive, short_links, social_card
from jsonschema import Draft202012Validator, FormatChecker
from support import crawl, site_build

HOSTED = "https://guide.example/"


@pytest.fixture(scope="module", params=["", HOSTED])
def copy(
    request: pytest.FixtureRequest, root: Path, site: Path, tmp_path_factory: Any
) -> tuple[Path, str]:
    """The real site without and with a public address."""
    if not request.param:
        return site, ""
    target = tmp_path_factory.mktemp("hosted") / "site"
    return site_build.strict(root, target, SITE_URL=HOSTED), HOSTED


@pytest.fixture
def feed(copy: tuple[Path, str]) -> dict[str, Any]:
    """The feed of sections."""
    found: dict[str, Any] = json.loads((copy[0] / "sections.json").read_text(encoding="utf-8"))
    return found


def places(site: Path) -> list[str]:
    """Return what the published lock holds."""
    text = (site / "data/sections.lock.json").read_text(encoding="utf-8")
    return list(json.loads(text)["places"])


def target(place: str) -> tuple[str, str]:
    """Return file and id of a place."""
    page, _, key = place.partition("#")
    return page.removesuffix(".md") + ".html", key


def test_the_feed_keeps_to_its_schema(copy: tuple[Path, str], feed: dict[str, Any]) -> None:
    schema = json.loads((copy[0] / "data/sections.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(feed)] == []
    assert not list(validator.iter_errors(feed)) and feed["site"] == copy[1]
    broken = json.loads(json.dumps(feed))
    broken["sections"][0]["minutes"] = 0
    assert list(validator.iter_errors(broken)), "the schema must be able to fail"


def test_the_feed_holds_every_heading(copy: tuple[Path, str], feed: dict[str, Any]) -> None:
    rows = {row["url"].removeprefix(copy[1]): row for row in feed["sections"]}
    headings = {}
    for file in copy[0].rglob("*.html"):
        path = file.relative_to(copy[0]).as_posix()
        if path.startswith("s/") or path == "404.html":
            continue
        html = file.read_text(encoding="utf-8").partition("<article")[2].partition("</article")[0]
        for level, attributes, inside in re.findall(r"<h([1-4])\b([^>]*)>(.*?)</h\1>", html, re.S):
            key = re.search(r'id="([^"]+)"', attributes)
            assert key, (path, inside)
            if "index" not in attributes:
                text = re.sub(r"<a class=\"headerlink\".*?</a>", "", inside, flags=re.S)
                text = unescape(re.sub(r"<[^>]*>", "", text)).strip()
                headings[f"{path}#{key[1]}"] = int(level), text
    assert rows.keys() == headings.keys()
    for url, (level, text) in headings.items():
        assert rows[url]["level"] == level
        if "$" not in text and not re.search(r"[\u2061-\u2064]", text):
            assert " ".join(text.split()) == rows[url]["title"], url
        assert "[@" not in rows[url]["summary"] and "](" not in rows[url]["summary"], url
        assert not re.search(r"\[=|\*\*|<!--|^\W*$", rows[url]["summary"]), rows[url]["summary"]


def test_the_html_has_exactly_the_locked_ids(copy: tuple[Path, str]) -> None:
    documents = crawl.read(copy[0])
    for place in places(copy[0]):
        path, key = target(place)
        assert documents[path].ids.count(key) == 1, place


def test_everything_that_could_be_linked_is_locked(copy: tuple[Path, str]) -> None:
    known = {target(place) for place in places(copy[0])}
    for file in copy[0].rglob("*.html"):
        path = file.relative_to(copy[0]).as_posix()
        if path.startswith("s/") or path == "404.html":
            continue
        html = file.read_text(encoding="utf-8").partition("<article")[2].partition("</article")[0]
        html = re.sub(r"<svg.*?</svg>|<guide-lab.*?</guide-lab>", "", html, flags=re.DOTALL)
        for key in re.findall(r'\sid="((?:q|eq|fig|term|src|adv|lim|timeline)-[^"]+)"', html):
            assert (path, key) in known, f"{path}#{key} is not in {lock.PATH}"


def test_the_inventory_by_hand(copy: tuple[Path, str]) -> None:
    raw = (copy[0] / "objects.inv").read_bytes()
    head, rest = raw.split(b"zlib.\n", 1)
    assert head.decode().splitlines()[:3] == [
        "# Sphinx inventory version 2",
        "# Project: Generative AI Field Guide",
        "# Version: 2026-11-27",
    ]
    documents = crawl.read(copy[0])
    keys = set()
    for line in zlib.decompress(rest).decode().splitlines():
        match = re.fullmatch(r"(\S+) std:(label|doc) -1 (\S+) (\S.*)", line)
        assert match, line
        name, kind, uri, _ = match.groups()
        path, _, key = uri.replace("$", name).partition("#")
        assert path in documents, line
        if kind == "label":
            assert key in documents[path].ids and name == name.lower(), line
            keys.add(name)
    assert keys == {target(place)[1] for place in places(copy[0])}


def test_the_contents_list_every_section(copy: tuple[Path, str], feed: dict[str, Any]) -> None:
    html = (copy[0] / "courses/contents.html").read_text(encoding="utf-8")
    article = html.partition("<article")[2].partition("</article")[0]
    linked = set(re.findall(r'href="([^"]+)"', article))
    for row in feed["sections"]:
        url = row["url"].removeprefix(copy[1])
        _, _, key = url.partition("#")
        wanted = {f"../{url}", url.removeprefix("courses/"), f"#{key}"}
        assert wanted & linked, url


def test_short_links_are_small_and_lead_somewhere(copy: tuple[Path, str]) -> None:
    documents = crawl.read(copy[0])
    files = sorted((copy[0] / "s").glob("*.html"))
    without = tuple(f"{kind}-" for kind in ("src", "q"))
    wanted = {target(place)[1] for place in places(copy[0])}
    have = {file.stem for file in files}
    left = {key for key in wanted - have if not key.startswith(without)}
    assert all(re.fullmatch(r"(glossary|sources)-[a-z]", key) for key in left), left
    assert have <= wanted and short_links.WITHOUT == ("source", "question", "index")
    for file in files:
        text = file.read_text(encoding="utf-8")
        goal = re.search(r'content="0; url=\.\./([^"#]+)#([^"]+)"', text)
        assert goal and goal[2] in documents[goal[1]].ids, file.name
        assert 'content="noindex"' in text and len(text) < 1500
        canonical = f'<link rel="canonical" href="{copy[1]}{goal[1]}">'
        assert (canonical in text) == bool(copy[1]), file.name


def test_the_course_page_says_what_this_copy_knows(copy: tuple[Path, str]) -> None:
    html = (copy[0] / "courses/index.html").read_text(encoding="utf-8")
    assert ("https://SITE/" in html) == (not copy[1])
    assert (f"{HOSTED}s/gan-idea.html" in html) == bool(copy[1])
    assert "version YYYY-MM-DD" not in html and "version 2026-11-27" in html


def test_each_page_leads_to_its_picture_where_there_is_an_address(copy: tuple[Path, str]) -> None:
    folder, url = copy
    pages = [file for file in folder.rglob("*.html") if file.parent.name != "s"]
    for file in pages:
        html = file.read_text(encoding="utf-8")
        found = re.findall(r'<meta property="og:image" content="([^"]*)">', html)
        assert len(found) == (bool(url) and file.name != "404.html"), file
        for image in found:
            assert image.startswith(url) and (folder / image.removeprefix(url)).is_file()
    with zipfile.ZipFile(folder / archive.NAME) as packed:
        assert not [name for name in packed.namelist() if social_card.FOLDER in name]
