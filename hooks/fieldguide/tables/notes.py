"""What is shown beside a citation or a term: one script for all pages, loaded at first use."""

from __future__ import annotations

import json

from fieldguide.model import citations
from fieldguide.model.records import Guide

NAME = "assets/javascripts/notes-data.js"


def script(guide: Guide) -> str:
    """Return, by id, the label, title and address of each source, and what each term means."""
    notes: dict[str, list[str]] = {}
    for key, source in guide.sources.items():
        doi = source.get("DOI")
        address = f"https://doi.org/{doi}" if doi else str(source.get("URL", ""))
        notes[f"src-{key}"] = [citations.label(source), str(source["title"]), address]
    for term in guide.terms.values():
        notes[f"term-{term.id}"] = [term.term, term.definition, ""]
    text = json.dumps(notes, ensure_ascii=False, separators=(",", ":"))
    return f"self.fieldguideNotes={text};\n"
