"""The rendered content of a page, held against the list of what pages may hold.

The check of the sources names a line for most of it; this sees what a browser will see, whatever
Markdown, a table or an extension has made of the sources.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from fieldguide.source import allow_list

FRAME = ("html", "head", "body")  # what a parser puts around any content


def complaints(content: str) -> list[tuple[str, str]]:
    """Return what is not allowed in a page's content: what to look for, and what is wrong."""
    root = LexborHTMLParser(content).root
    found = []
    for node in root.traverse() if root else ():
        name = node.tag or ""
        attributes = node.attributes
        if name in FRAME:
            if attributes:
                found.append((f"<{name}", f"the element <{name}> is not allowed in pages"))
            continue
        if wrong := allow_list.element_fault(name):
            found.append((f"<{name}", wrong))
        for key, value in attributes.items():
            if wrong := allow_list.attribute_fault(name, key, value):
                found.append((key if wrong.startswith("the attribute") else value or key, wrong))
    return list(dict.fromkeys(found))
