"""The smallest valid site in a folder of its own, to be changed and then checked or built."""

from __future__ import annotations

import shutil
from pathlib import Path

from fieldguide.__main__ import run_lock
from fieldguide.addresses import redirects
from fieldguide.check import check
from fieldguide.model import lab_entries
from fieldguide.tables import registry

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "tests/golden/site"

NAV = """
nav:
  - Home: index.md
  - Models: [models/gans.md]
  - Learn: [learn/glossary.md, learn/sources.md]
  - More: [{more}]
"""
# Pages that tables link to, whatever the data; `check` does without them.
MORE = {
    "learn/paths.md": "paths",
    "courses/contents.md": "contents",
    "courses/index.md": "courses",
    "models/text-measured.md": "text-measured-method",
}


# The live models of its one family that has a page.
LAB = """
families:
  - id: gan
    digits:
      title: A GAN that makes digits
      caption: made by a GAN
      code: pictures/gan.py
      weights: [gan]
      scripts: [sheet, verdicts]
      rows: [{model: gan, point: {label: GAN, side: left}}]
      states: [{see: Forty forgeries, set: {tab: make}}]
    language:
      kind: shannon
      title: Shannon's experiment
      about: Which letter follows which? Count it in any text, up to five letters back.
      code: text/ngram.py
      weights: []
      scripts: [line, ngram, shannon]
      row: {model: ngram, label: n-gram, color: 3}
    points: {key: gan, line: two networks play their game}
"""


def make(folder: Path) -> Path:
    """Copy the tiny site and the real schemas into `folder`; enough for `check`."""
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True)
    for schema in (ROOT / "docs/data").glob("*.schema.json"):
        shutil.copy(schema, folder / "docs/data")
    return folder


def buildable(folder: Path) -> Path:
    """Add the real hooks, theme and settings, so that MkDocs can build the tiny site."""
    make(folder)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        settings.partition("\nnav:")[0] + NAV.format(more=", ".join(MORE)), encoding="utf-8"
    )
    front = (folder / "docs/learn/sources.md").read_text(encoding="utf-8").split("---\n")[1]
    for path, key in MORE.items():
        file = folder / "docs" / path
        file.parent.mkdir(exist_ok=True)
        text = f"---\n{front}---\n\n# Page {{ #{key} }}\n\nText.\n"
        file.write_text(text.replace("title: Sources", f"title: {key}"), encoding="utf-8")
    (folder / "hooks").symlink_to(ROOT / "hooks")
    for part in (
        "overrides",
        "assets/stylesheets",
        "assets/javascripts",
        "assets/scorm",
        "assets/favicon.svg",
        "lab/walks.json",
        "lab/pictures/lab.py",
        "lab/pictures/gan.py",
        "lab/pictures/weights/gan.js",
        "lab/pictures/weights/diffusion.js",  # what the first page draws with
        "lab/text/ngram.py",
    ):
        source, target = ROOT / "docs" / part, folder / "docs" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    with (folder / "docs/models/gans.md").open("a", encoding="utf-8") as gans:
        for marker in ("lab gan", "text shannon", "watch gan"):
            gans.write(f"\n<!-- guide:{marker} -->\n")
    (folder / lab_entries.FILE).write_text(LAB, encoding="utf-8")
    site, faults = check(folder)
    assert site, faults
    text = "".join(page.text for page in site.pages.values())
    with (folder / "docs/index.md").open("a", encoding="utf-8") as index:
        for name, table in registry.REGISTRY.items():
            if f"<!-- guide:{name}" not in text:
                argument = next(iter(table.allowed(site)), "") if table.allowed else ""
                index.write(f"\n<!-- guide:{name} {argument} -->\n")
    assert run_lock(folder) == 0
    return folder


def moved(folder: Path, entries: str) -> Path:
    """Return the tiny site, ready to be built, with redirects that the lock knows."""
    root = buildable(folder)
    (root / redirects.PATH).write_text(f"redirects:\n{entries}", encoding="utf-8")
    assert run_lock(root) == 0
    return root


def replace(file: Path, old: str, new: str) -> None:
    """Replace the one place in a file where `old` stands."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")
