"""A drawing becomes a part of pages: it is well-formed and holds nothing that acts."""

from __future__ import annotations

import pytest
from fieldguide.source import drawing_file


def test_a_drawing() -> None:
    text = '<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    assert drawing_file.check("a.svg", text) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("<svg>\n<path></svg>", 2, "not well-formed XML"),
        ("", 1, "not well-formed XML"),
        ("<svg>\n<script>x()</script></svg>", 2, "<script> is not allowed"),
        ("<svg>\n\n<path onload='x()'/></svg>", 3, "'onload'"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg/>", 1, "document type"),
        ("<svg>\n<?php x ?></svg>", 2, "instruction"),
        ("<svg><text>\n<![CDATA[x]]></text></svg>", 2, "CDATA"),
        ("<svg><a href='javascript:x()'/></svg>", 1, "javascript"),
    ],
)
def test_what_may_not_stand_in_it(text: str, line: int, message: str) -> None:
    faults = drawing_file.check("a.svg", text)
    assert any(fault.line == line and message in fault.message for fault in faults), faults
