"""The files of the lab as one archive: each of them needs others, and here are all."""

from __future__ import annotations

import tomllib
from pathlib import Path

from fieldguide.addresses import course_files
from fieldguide.files.deterministic_zip import packed

FOLDERS = ("", "pictures/", "text/")
NOTE = """\
The lab of the Generative AI Field Guide, version {edition}. Code: MIT.

    pip install -r requirements.txt
    python {example}

trains the model of a file; --quick is a first look. Each family has a file of its own.
"""


def files(root: Path, edition: str) -> dict[str, bytes]:
    """Return the archive by its path; none if this guide has no lab."""
    lab = root / "docs/lab"
    held = {
        f"lab/{folder}{file.name}": file.read_bytes()
        for folder in FOLDERS
        for file in sorted((lab / folder).glob("*.py"))
    }
    settings = root / "pyproject.toml"
    if not held or not settings.is_file():
        return {}
    extras = tomllib.loads(settings.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    example = "pictures/gan.py" if "lab/pictures/gan.py" in held else "FILE.py"
    note = NOTE.format(edition=edition, example=example)
    held["lab/README.txt"] = note.encode()
    held["lab/requirements.txt"] = "".join(f"{line}\n" for line in extras["lab"]).encode()
    return {course_files.LAB: packed(dict(sorted(held.items())), edition)}
