"""The sources as BibTeX and as CSL-JSON, for reference managers."""

from __future__ import annotations

import json
from typing import Any

from fieldguide.model import citations

TYPES = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "report": "techreport",
    "thesis": "phdthesis",
}
# Characters that TeX reads as commands.
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
TEX |= {mark: f"\\{mark}" for mark in "&%$#_{}"}


def files(entries: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """Return both files by path."""
    return {
        "learn/sources.bib": bibtex(entries).encode(),
        "learn/sources.json": csl_json(entries).encode(),
    }


def csl_json(entries: dict[str, dict[str, Any]]) -> str:
    """Return the sources as CSL-JSON; our own date of checking goes into `annote`."""
    items = []
    for source in entries.values():
        item = {key: value for key, value in source.items() if key != "checked"}
        if "checked" in source:
            item["annote"] = f"Record checked {source['checked']}"
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def bibtex(entries: dict[str, dict[str, Any]]) -> str:
    """Return the sources as BibTeX."""
    return "\n".join(_entry(source) for source in entries.values())


def _entry(source: dict[str, Any]) -> str:
    kind = TYPES.get(str(source["type"]), "misc")
    people = [_person(author) for author in source["author"]]
    where = {"article": "journal", "inproceedings": "booktitle", "techreport": "institution"}
    fields = {
        "author": " and ".join(people),
        "title": "{" + tex(str(source["title"])) + "}",
        "year": citations.year(source),
        where.get(kind, "howpublished"): tex(str(source.get("container-title", ""))),
        "publisher": tex(str(source.get("publisher", ""))),
        "volume": tex(str(source.get("volume", ""))),
        "number": tex(str(source.get("issue", ""))),
        "pages": tex(str(source.get("page", ""))).replace("-", "--"),
        "doi": str(source.get("DOI", "")),
        "eprint": str(source.get("archive_location", "")),
        "archiveprefix": "arXiv" if source.get("archive") == "arXiv" else "",
        "url": citations.address(source)[0],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{source['id']},\n{lines}}}\n"


def _person(author: dict[str, str]) -> str:
    if author.get("literal") == "et al.":
        return "others"
    if "literal" in author:
        return "{" + tex(author["literal"]) + "}"
    return tex(", ".join(part for part in (author["family"], author.get("given", "")) if part))


def tex(text: str) -> str:
    """Return plain text with the characters escaped that TeX would read as commands."""
    return "".join(TEX.get(mark, mark) for mark in text)
