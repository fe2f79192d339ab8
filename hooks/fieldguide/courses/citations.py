"""Every section as an entry of a bibliography: BibTeX and CSL-JSON.

`@incollection` with `booktitle` is the form of BibTeX that keeps the section's title everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fieldguide.addresses.anchors import Anchor
from fieldguide.addresses.permalinks import SHORT_FOLDER, Links
from fieldguide.files.bibliography import tex

BIBTEX = "sections.bib"
CSL = "sections.csl.json"
LICENSE = "CC BY 4.0"
NO_ADDRESS = "This copy knows no public address, so the entries have no url."


def cited(links: Links, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Anchor, str]]:
    """Return each section with its permanent address, in the order of the site."""
    return [
        (
            links.anchors[row["id"]],
            f"{links.site_url}{SHORT_FOLDER}/{row['id']}.html" if links.site_url else "",
        )
        for row in rows
    ]


def bibtex(links: Links, sections: Iterable[tuple[Anchor, str]]) -> str:
    """Return the sections as BibTeX."""
    note = f"Version {links.edition}, {LICENSE}"
    head = "" if links.site_url else f"{NO_ADDRESS}\n\n"
    parts = []
    for anchor, url in sections:
        fields = {
            "author": "{" + tex(links.name) + "}",
            "title": "{" + tex(links.full_title(anchor)) + "}",
            "booktitle": "{" + tex(links.name) + "}",
            "year": links.edition[:4],
            "note": note,
            "url": url,
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        parts.append(f"@incollection{{fieldguide-{anchor.id},\n{lines}\n}}\n")
    return head + "\n".join(parts)


def csl_json(links: Links, sections: Iterable[tuple[Anchor, str]]) -> str:
    """Return the sections as CSL-JSON."""
    issued = {"date-parts": [[int(part) for part in links.edition.split("-")]]}
    items = []
    for anchor, url in sections:
        item: dict[str, Any] = {
            "id": f"fieldguide-{anchor.id}",
            "type": "chapter",
            "title": links.full_title(anchor),
            "container-title": links.name,
            "author": [{"literal": links.name}],
            "issued": issued,
            "version": links.edition,
            "language": "en-US",
            "note": LICENSE,
        }
        items.append(item | ({"URL": url} if url else {}))
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]\n"
