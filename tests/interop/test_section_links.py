"""Other programs resolve the section ids: Sphinx, MyST, MkDocs, each by the recipe of the site.

They may live in a Python of their own, whose path is then in FIELDGUIDE_INTEROP_PYTHON.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fieldguide.addresses import lock
from support import recipes, site_build, tiny

PYTHON = os.environ.get("FIELDGUIDE_INTEROP_PYTHON", sys.executable)
pytestmark = [pytest.mark.interop, pytest.mark.full]


@dataclass
class Served:
    """A built site on loopback: its address, its folder, and every address it has published."""

    address: str
    folder: Path
    places: list[str]

    @property
    def ids(self) -> list[str]:
        """Return every id, once."""
        return sorted({place.partition("#")[2] for place in self.places})

    def url(self, place: str) -> str:
        """Return the public address of a place."""
        page, _, key = place.partition("#")
        return f"{self.address}{page.removesuffix('.md')}.html#{key}"


def client(module: str) -> None:
    """Skip the test if a client is not installed; say which version is used."""
    name = {"myst_parser": "myst-parser"}.get(module, module)
    code = f"import importlib.metadata as m, {module}; print(m.version({name!r}))"
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{module} is not installed (pip install '.[interop]')")
    print(f"{name} {done.stdout.strip()}")


def run(folder: Path, *command: str) -> str:
    """Run a client in a folder; its output is shown when it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=site_build.environment() | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def served(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real site, built for the address at which it is served."""
    folder = tmp_path_factory.mktemp("served")
    with recipes.serving(folder) as address:
        site_build.strict(root, folder, SITE_URL=address)
        yield Served(address, folder, list(lock.read(root)[0]))


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A tiny site in which ids were renamed, moved and deleted, and a page is gone."""
    root = tiny.moved(
        tmp_path_factory.mktemp("moved") / "root",
        '  "models/gans.md#gan-renamed": "models/gans.md#gan-idea"\n'
        '  "models/gans.md#gan-older": "models/gans.md#gan-renamed"\n'
        '  "models/gans.md#gan-moved": "index.md#home-tables"\n'
        '  "models/old.md#old": "models/gans.md#gan"\n'
        '  "models/old.md#old-part": "models/gans.md#eq-gan-value"\n'
        '  "models/gans.md#gan-dropped": {removed: "2026-11-01", note: It was wrong.}\n',
    )
    with recipes.serving(root / "site") as address:
        site_build.strict(root, root / "site", SITE_URL=address)
        yield Served(address, root / "site", list(lock.read(root)[0]))


def sphinx(folder: Path, served: Served, builder: str) -> str:
    """Build a Sphinx project, made by the recipe, that refers to everything."""
    code = recipes.recipe("courses-sphinx", served.address)
    (folder / "conf.py").write_text(
        code["python"] + "\nlinkcheck_workers = 4\nlinkcheck_timeout = 60\n", encoding="utf-8"
    )
    every = "\n".join(f"- :external+fieldguide:std:ref:`{key}`" for key in served.ids)
    links = "\n".join(f"- `{number} <{url}>`__" for number, url in enumerate(everything(served)))
    text = code["rst"] if "gan-idea" in served.ids else ""
    (folder / "index.rst").write_text(f"T\n=\n\n{text}\n\n{every}\n\n{links}\n", encoding="utf-8")
    return run(folder, PYTHON, "-m", "sphinx", "-n", "-W", "-q", "-b", builder, ".", f"_{builder}")


def everything(served: Served) -> list[str]:
    """Return every place that was ever published and every short link, as public addresses."""
    short = sorted(path.name for path in served.folder.glob("s/*.html"))
    return [served.url(place) for place in served.places] + [
        f"{served.address}s/{name}" for name in short
    ]


def test_sphinx_resolves_every_id(served: Served, tmp_path: Path) -> None:
    client("sphinx")
    sphinx(tmp_path, served, "html")
    html = (tmp_path / "_html/index.html").read_text(encoding="utf-8")
    links = re.findall(r'class="reference external" href="([^"]+)" title="[^"]*">', html)
    assert {served.url(place) for place in served.places} <= set(links)
    print(f"{len(served.ids)} ids resolved")


def test_sphinx_finds_every_address_alive(served: Served, tmp_path: Path) -> None:
    client("sphinx")
    sphinx(tmp_path, served, "linkcheck")
    lines = (tmp_path / "_linkcheck/output.json").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert {row["status"] for row in found} == {"working"}
    assert set(everything(served)) <= {row["uri"] for row in found}
    print(f"{len(found)} addresses alive")


def test_sphinx_finds_what_has_moved(moved: Served, tmp_path: Path) -> None:
    client("sphinx")
    sphinx(tmp_path, moved, "linkcheck")
    lines = (tmp_path / "_linkcheck/output.json").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["status"] for line in lines} == {"working"}
    assert {"gan-renamed", "gan-older", "gan-moved", "old", "old-part", "gan-dropped"} < set(
        moved.ids
    )


def test_myst_parser_resolves_every_id(served: Served, tmp_path: Path) -> None:
    client("myst_parser")
    code = recipes.recipe("courses-myst-parser", served.address)
    (tmp_path / "conf.py").write_text(code["python"], encoding="utf-8")
    every = "\n".join(f"- [](inv:fieldguide#{key})" for key in served.ids)
    (tmp_path / "index.md").write_text(f"# T\n\n{code['markdown']}\n\n{every}\n", encoding="utf-8")
    run(tmp_path, PYTHON, "-m", "sphinx", "-n", "-W", "-q", "-b", "html", ".", "_html")
    html = (tmp_path / "_html/index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', html)
    assert {served.url(place) for place in served.places} <= set(links)
    print(f"{len(served.ids)} ids resolved")


def test_mkdocs_resolves_every_id(served: Served, tmp_path: Path) -> None:
    client("mkdocstrings")
    code = recipes.recipe("courses-mkdocs", served.address)
    (tmp_path / "mkdocs.yml").write_text("site_name: T\n" + code["yaml"], encoding="utf-8")
    (tmp_path / "docs").mkdir()
    every = "\n".join(f"- [{key}][{key}]" for key in served.ids)
    text = f"# T\n\n{code['markdown']}\n\n{every}\n"
    (tmp_path / "docs/index.md").write_text(text, encoding="utf-8")
    run(tmp_path, PYTHON, "-m", "mkdocs", "build", "--strict")
    html = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    links = re.findall(r'class="autorefs autorefs-external"[^>]* href="([^"]+)"', html)
    assert {served.url(place) for place in served.places} <= set(links)
    print(f"{len(served.ids)} ids resolved")


def test_mystmd_resolves_every_id(served: Served, tmp_path: Path) -> None:
    myst = os.environ.get("MYST") or shutil.which("myst")
    if not myst:
        pytest.skip("mystmd is not installed (npm install mystmd)")
    code = recipes.recipe("courses-mystmd", served.address)
    settings = code["yaml"] + "site: {}\n"
    (tmp_path / "myst.yml").write_text(settings, encoding="utf-8")
    every = "\n".join(f"- [](xref:fieldguide#{key})" for key in served.ids)
    (tmp_path / "index.md").write_text(f"# T\n\n{code['markdown']}\n\n{every}\n", encoding="utf-8")
    output = run(tmp_path, myst, "build", "index.md", "--md", "--force")
    made = next((tmp_path / "_build/exports").rglob("*.md")).read_text(encoding="utf-8")
    assert {url for place in served.places if (url := served.url(place)) not in made} == set()
    assert "⚠️" not in output and "⛔" not in output, output
    print(f"mystmd: {len(served.ids)} ids resolved")


def test_sphobjinv_reads_the_inventory(served: Served) -> None:
    client("sphobjinv")
    code = (
        "import json, sphobjinv, sys; found = sphobjinv.Inventory(sys.argv[1]);"
        "print(json.dumps([found.project, found.version,"
        "[[o.name, o.role, o.uri_expanded, o.dispname_expanded] for o in found.objects]]))"
    )
    done = run(served.folder, PYTHON, "-c", code, "objects.inv")
    project, version, objects = json.loads(done.splitlines()[0])
    assert project and re.fullmatch(r"\d{4}-\d\d-\d\d", version)
    labels = {name: (uri, title) for name, role, uri, title in objects if role == "label"}
    assert sorted(labels) == served.ids
    pages = {name for name, role, _, _ in objects if role == "doc"}
    assert {place.partition(".md#")[0] for place in served.places} <= pages
    assert not [title for _, title in labels.values() if "&amp;" in title or "&lt;" in title]
    print(f"{len(labels)} labels, {len(pages)} pages")
