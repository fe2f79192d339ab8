"""A drawing as it is written: well-formed, and of nothing but what a drawing may hold."""

from __future__ import annotations

from xml.parsers import expat

from fieldguide.source import allow_list
from fieldguide.source.diagnostics import Fault

NO_DRAWING = "is not allowed in a drawing; take it out"


def check(path: str, text: str) -> list[Fault]:
    """Return the faults of an SVG file, which becomes a part of pages as it is."""
    faults: list[Fault] = []
    parser = expat.ParserCreate()

    def fault(message: str) -> None:
        if message:
            faults.append(Fault(path, parser.CurrentLineNumber, "", message))

    def element(name: str, attributes: dict[str, str]) -> None:
        fault(allow_list.element_fault(name))
        for key, value in attributes.items():
            fault(allow_list.attribute_fault(name, key, value))

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = lambda *_: fault(f"a document type {NO_DRAWING}")
    parser.ProcessingInstructionHandler = lambda *_: fault(f"an instruction <? ... ?> {NO_DRAWING}")
    parser.StartCdataSectionHandler = lambda: fault(f"a part <![CDATA[ ... ]]> {NO_DRAWING}")
    # Entities are refused with the document type that would define them; none is expanded.
    parser.EntityDeclHandler = lambda *_: fault(f"an entity {NO_DRAWING}")
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        faults.append(Fault(path, error.lineno, "", f"not well-formed XML: {reason}"))
    return faults
