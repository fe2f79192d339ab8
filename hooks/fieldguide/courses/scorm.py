"""SCORM 1.2: the finished pages themselves as a package that reports to a learning platform.

A package holds pages of the site with what they need, live models included, and a player that shows
their sections one after the other, keeps what was read and answered, and tells it to the platform.
The browser makes packages of picked sections by the same templates; `PICKER` tells it how.
Format: SCORM 1.2 Content Aggregation Model and Run-Time Environment (ADL, 2001).
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from fieldguide.addresses import course_files
from fieldguide.addresses.permalinks import Links
from fieldguide.courses.qti import fill
from fieldguide.files import cache as files_cache
from fieldguide.files import deterministic_zip
from fieldguide.html import finished

PICKER = "assets/kit/packages.js"
PLAYER = ("assets/scorm/player.css", "assets/scorm/platform.js", "assets/scorm/player.js")
UNIT = "assets/scorm/unit.js"
# The theme's own scripts serve menus and search, which a package does not show.
DROPPED = 'script[src*="/bundle."], script[src*="iframe-worker-shim"]'
LOADED = {'link[rel~="stylesheet"], link[rel~="icon"]': "href", "script, img, source": "src"}
ELSEWHERE = re.compile(r"[a-z]+:|//")
IN_STYLE = re.compile(r"url\(['\"]?(?!data:|#)([^'\")]+)")
# What a live model loads by itself, by the attribute that names it.
MODELS = (
    ("guide-lab", "data-models", "lab/{}.js"),
    ("guide-lab", "data-later", "lab/{}.js"),
    ("guide-text", "data-weights", "lab/text/weights/{}.js"),
    ("guide-watch", "data-family", "assets/javascripts/arena/watch-{}.js"),
)
# What `page.js` loads by itself once a page is there, by the part that needs it.
LATER = {
    'script[src$="javascripts/guide.js"]': (
        *("assets/stylesheets/later.css", "assets/javascripts/later.js"),
        "assets/javascripts/notes-data.js",
    ),
    "div.table-box": ("assets/stylesheets/tables.css", "assets/javascripts/tables.js"),
}

TEMPLATES = {
    "scorm": """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="fieldguide-{key}" version="{version}" \
xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" \
xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="guide"><organization identifier="guide"><title>{title}</title>
<item identifier="item" identifierref="player" isvisible="true"><title>{title}</title></item>
</organization></organizations>
<resources><resource identifier="player" type="webcontent" adlcp:scormtype="sco" \
href="index.html">
{raw_files}</resource></resources>
</manifest>
""",
    "scorm_file": '<file href="{path}"/>\n',
    "player": """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/scorm/player.css">
</head>
<body>
<header><h1 dir="auto">{title}</h1><p><progress aria-label="Read" value="0"></progress> \
<span id="state" role="status">These pages need JavaScript to keep what was read; the links work \
without.</span></p></header>
<nav aria-label="Contents"><details><summary>Contents</summary><ol>
{raw_units}</ol></details></nav>
<main><iframe title="{title}"></iframe></main>
<p class="ways"><button type="button" disabled>Back</button> \
<button type="button" disabled>Next</button></p>
<footer><p>From the {name}, version {version}, CC BY 4.0.</p></footer>
<script type="application/json" id="package">{raw_data}</script>
<script src="assets/scorm/platform.js"></script>
<script src="assets/scorm/player.js"></script>
</body>
</html>
""",
    "unit": '<li><a href="{page}#{id}">{title}</a></li>\n',
}


@dataclass(frozen=True)
class Unit:
    """A section in a package, with its questions; a `lead` is a page up to its first section."""

    id: str
    page: str
    title: str
    questions: list[str]
    lead: bool = False


def needed(tree: LexborHTMLParser, page: str, files: _Files) -> list[str]:
    """Return the files of the site that a page of a package loads, as paths in the site."""
    base = posixpath.dirname(page)
    addresses = [
        str(each.attrs.get(name) or "")
        for selector, name in LOADED.items()
        for each in tree.css(selector)
    ]
    found = {
        posixpath.normpath(posixpath.join(base, address))
        for address in addresses
        if address and not ELSEWHERE.match(address)
    }
    for style in [path for path in found if path.endswith(".css")]:
        found |= files.of_style(style)
    for element, name, place in MODELS:
        for each in tree.css(f"{element}[{name}]"):
            found |= {place.format(model) for model in str(each.attrs[name] or "").split()}
    for selector, paths in LATER.items():
        if tree.css_first(selector):
            found |= set(paths)
    return sorted(path for path in found if files.has(path))


def inner(html: str, page: str) -> LexborHTMLParser:
    """Return a page as it stands in a package; the browser does the same to the same elements."""
    tree = LexborHTMLParser(html)
    for script in tree.css(DROPPED):
        script.decompose()
    up = posixpath.relpath(".", posixpath.dirname(page) or ".")
    finished.only(tree, "head").insert_child(finished.node(tree, "script", {"src": f"{up}/{UNIT}"}))
    return tree


def player(key: str, title: str, units: list[Unit], links: Links) -> str:
    """Return the page that a platform opens."""
    data = {
        "key": key,
        "site": links.site_url,
        "units": [
            {"id": unit.id, "page": unit.page, "lead": unit.lead, "questions": unit.questions}
            for unit in units
        ],
    }
    return fill(
        TEMPLATES["player"],
        {
            "title": title,
            "name": links.name,
            "version": links.edition,
            "raw_units": "".join(
                fill(TEMPLATES["unit"], {"page": unit.page, "id": unit.id, "title": unit.title})
                for unit in units
            ),
            "raw_data": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace(
                "<", "\\u003c"
            ),
        },
    )


def entries(
    key: str, title: str, units: list[Unit], links: Links, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of a package by name; `files` are the pages and what they load."""
    content = {"index.html": player(key, title, units, links).encode(), **files}
    listed = "".join(fill(TEMPLATES["scorm_file"], {"path": path}) for path in sorted(content))
    manifest = fill(
        TEMPLATES["scorm"],
        {"key": key, "title": title, "version": links.edition, "raw_files": listed},
    )
    return {"imsmanifest.xml": manifest.encode(), **dict(sorted(content.items()))}


def write(
    site_dir: Path, links: Links, chapters: Iterable[tuple[str, str, list[Unit]]], cache: Path
) -> None:
    """Write a package for each chapter (key, title, units), and what the picker needs for others.

    A package that was made before is taken from `cache`, by the hash of all that it holds.
    """
    loads: dict[str, list[str]] = {}
    content = _Files(site_dir)
    for key, title, units in chapters:
        page = units[0].page
        tree = inner(content[page].decode(), page)
        loads[page] = [path for path in needed(tree, page, content) if path != UNIT]
        files = {page: (tree.html or "").encode()}
        files |= {path: content[path] for path in (*loads[page], *PLAYER, UNIT)}
        made = entries(key, title, units, links, files)
        target = site_dir / course_files.scorm(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_packed(made, links.edition, cache))
    data = {
        "loads": loads,
        "player": [*PLAYER, UNIT],
        "unit": UNIT,
        "dropped": DROPPED,
        "templates": TEMPLATES,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (site_dir / PICKER).write_text(f"window.fieldguidePackages = {text};\n", encoding="utf-8")


class _Files(dict[str, bytes]):
    """The files of a site by path, each read once."""

    def __init__(self, site_dir: Path) -> None:
        super().__init__()
        self.site_dir = site_dir
        self.known: dict[str, bool] = {}
        self.styles: dict[str, set[str]] = {}

    def has(self, path: str) -> bool:
        """Return whether the site has a file; most pages load the same ones."""
        if path not in self.known:
            self.known[path] = (self.site_dir / path).is_file()
        return self.known[path]

    def of_style(self, path: str) -> set[str]:
        """Return the files that a style loads."""
        if path not in self.styles:
            folder = posixpath.dirname(path)
            urls = IN_STYLE.findall(self[path].decode())
            self.styles[path] = {posixpath.normpath(posixpath.join(folder, url)) for url in urls}
        return self.styles[path]

    def __missing__(self, path: str) -> bytes:
        self[path] = (self.site_dir / path).read_bytes()
        return self[path]


def _packed(made: Mapping[str, bytes], edition: str, cache: Path) -> bytes:
    digest = hashlib.sha256(edition.encode())
    for path, part in made.items():
        digest.update(f"\n{len(path)} {path} {len(part)}\n".encode())
        digest.update(part)
    file = cache / "scorm" / f"{digest.hexdigest()[:24]}.zip"
    return files_cache.kept(file, lambda: deterministic_zip.packed(made, edition))
