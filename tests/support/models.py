"""The live models of the guide, as docs/data/lab.yml has them."""

from __future__ import annotations

from pathlib import Path

from fieldguide.model import lab_entries
from fieldguide.source import yaml_document

ROOT = Path(__file__).parents[2]
LAB = lab_entries.records(yaml_document.read(ROOT, lab_entries.FILE).value)
DIGITS, LANGUAGE, POINTS = LAB.digits, LAB.language, LAB.points
PAGES: dict[str, str] = {  # of each family, from docs/
    row["id"]: row["page"]
    for row in yaml_document.read(ROOT, "docs/data/guide.yml").value["families"]
}
