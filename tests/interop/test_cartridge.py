"""Programs of other projects read what a course team takes away.

They may live in a Python of their own, whose path is then in FIELDGUIDE_INTEROP_PYTHON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support import cartridges, site_build
from support.sections import PUBLIC

PYTHON = os.environ.get("FIELDGUIDE_INTEROP_PYTHON", sys.executable)
URL = PUBLIC
pytestmark = [pytest.mark.interop, pytest.mark.full]


def ask(module: str, code: str, *arguments: str | Path) -> Any:
    """Run code in the Python of the clients, and return the JSON that it prints at the end."""
    found = subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip(f"{module} is not installed (pip install '.[interop]')")
    done = subprocess.run(
        [PYTHON, "-W", "ignore", "-c", f"import json, sys\n{code}", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Built:
    """The real site, built for a public address, and its sections."""

    folder: Path
    rows: list[dict[str, Any]]

    def packed(self) -> list[Path]:
        """Return every zip that a course team takes away."""
        return sorted([*self.folder.glob("kit/*.imscc"), *self.folder.glob("kit/*.zip")])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real site."""
    folder = site_build.shared(tmp_path_factory, "hosted", SITE_URL=URL)
    rows = json.loads((folder / "sections.json").read_text(encoding="utf-8"))["sections"]
    return Built(folder, rows)


def test_unzip_accepts_every_file(built: Built) -> None:
    unzip = shutil.which("unzip")
    if not unzip:
        pytest.skip("no unzip on this machine (Debian: apt-get install unzip)")
    files = built.packed()
    assert len(files) > 30
    for file in files:
        done = subprocess.run([unzip, "-tqq", file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{file.name}: {done.stdout}{done.stderr}"


def test_lxml_reads_every_file_of_the_cartridges(built: Built) -> None:
    code = (
        "import zipfile; from lxml import etree\n"
        "strict = etree.XMLParser(resolve_entities=False, no_network=True)\n"
        "names = [(p, n) for p in sys.argv[1:] for n in zipfile.ZipFile(p).namelist()]\n"
        "for p, n in names: etree.fromstring(zipfile.ZipFile(p).read(n), strict)\n"
        "print(json.dumps(len(names)))"
    )
    files = sorted(built.folder.glob("kit/*.imscc"))
    assert ask("lxml", code, *files) > 500
    assert {file.name: cartridges.problems(file.read_bytes()) for file in files} == {
        file.name: [] for file in files
    }


def test_pybtex_formats_every_section(built: Built) -> None:
    code = (
        "from pybtex import format_from_file\n"
        "made = format_from_file(sys.argv[1], 'plain', output_backend='plaintext')\n"
        "print(json.dumps(made))"
    )
    text = ask("pybtex", code, built.folder / "sections.bib")
    for row in built.rows:
        assert f"{URL}s/{row['id']}.html" in text
    assert text.count("Generative AI Field Guide") >= len(built.rows)


def test_citeproc_renders_every_section_with_its_title(built: Built) -> None:
    code = (
        "from citeproc import *; from citeproc.source.json import CiteProcJSON\n"
        "source = CiteProcJSON(json.load(open(sys.argv[1], encoding='utf-8')))\n"
        "style = CitationStylesStyle('harvard-cite-them-right', validate=False)\n"
        "made = CitationStylesBibliography(style, source, formatter.plain)\n"
        "for key in source: made.register(Citation([CitationItem(key)]))\n"
        "shown = dict(zip(made.keys, map(str, made.bibliography()), strict=True))\n"
        "print(json.dumps(shown))"
    )
    shown = ask("citeproc", code, built.folder / "sections.csl.json")
    assert len(shown) == len(built.rows)
    lost = [
        row["id"]
        for row in built.rows
        if plain(row["title"]) not in plain(shown[f"fieldguide-{row['id']}".lower()])
    ]
    assert lost == []


def plain(text: str) -> str:
    """Return the letters and digits of a text, since styles change quotes and capitals."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def pages(built: Built) -> list[Path]:
    """Return every page that has sections."""
    return sorted({built.folder / row["page"].replace(".md", ".html") for row in built.rows})


def test_extruct_finds_each_page_and_its_parts(built: Built) -> None:
    code = (
        "import extruct\n"
        "found = {p: extruct.extract(open(p, encoding='utf-8').read(),"
        " syntaxes=['json-ld', 'opengraph']) for p in sys.argv[1:]}\n"
        "print(json.dumps(found))"
    )
    for path, found in ask("extruct", code, *pages(built)).items():
        (page,) = found["json-ld"]
        place = Path(path).relative_to(built.folder).as_posix()
        assert page["@id"] == URL + place and "LearningResource" in page["@type"]
        wanted = {
            f"{URL}{place}#{row['id']}"
            for row in built.rows
            if row["level"] == 2 and row["page"].replace(".md", ".html") == place
        }
        assert {part["@id"] for part in page["hasPart"]} == wanted
        graph = dict(found["opengraph"][0]["properties"])
        assert graph["og:url"] == URL + place and graph["og:title"] and graph["og:description"]


def test_pyld_and_rdflib_read_the_parts_as_links(built: Built) -> None:
    """The context is given here: a test asks no other host for it."""
    code = (
        "import re, rdflib; from pyld import jsonld\n"
        "context = {'@vocab': 'https://schema.org/'}\n"
        "count = {}\n"
        "for p in sys.argv[1:]:\n"
        "    text = open(p, encoding='utf-8').read()\n"
        "    data = json.loads(re.search(r'ld\\+json\">(.*?)</script>', text)[1])\n"
        "    data['@context'] = context\n"
        "    graph = rdflib.Graph().parse(data=jsonld.to_rdf(data, {'format': "
        "'application/n-quads'}), format='nt')\n"
        "    part = rdflib.URIRef('https://schema.org/hasPart')\n"
        "    count[p] = sorted(str(o) for s, o in graph.subject_objects(part))\n"
        "print(json.dumps(count))"
    )
    found = ask("pyld", code, *pages(built))
    parts = [part for each in found.values() for part in each]
    assert len(parts) == sum(row["level"] == 2 for row in built.rows)
    assert all(part.startswith(URL) for part in parts)


SITEMAP = """
from usp.tree import sitemap_from_str
found = sitemap_from_str(open(sys.argv[1], encoding="utf-8").read())
pages = [[page.url, page.last_modified.date().isoformat()] for page in found.all_pages()]
print(json.dumps(pages))
"""


def test_usp_reads_the_sitemap(built: Built) -> None:
    """Every page that is read stands in it once, with the day on which it was checked."""
    pages = dict(ask("usp", SITEMAP, built.folder / "sitemap.xml"))
    wanted = {row["url"].partition("#")[0] for row in built.rows}
    assert {address.removesuffix("index.html") for address in wanted} == {
        address.removesuffix("index.html") for address in pages
    }
    assert all(day >= "2026-11" for day in pages.values())
