"""Elements of a finished page as XHTML, which books are made of."""

from __future__ import annotations

from html import escape

from selectolax.lexbor import LexborNode

# The parser writes this name in small letters, which SVG does not know.
RIGHT = {"fegaussianblur": "feGaussianBlur"}
EMPTY = ("br", "col", "hr", "img", "wbr")
SPACES = {
    "math": "http://www.w3.org/1998/Math/MathML",
    "svg": "http://www.w3.org/2000/svg",
}


def written(node: LexborNode) -> str:
    """Return an element with all that it holds."""
    tag = RIGHT.get(node.tag or "", node.tag or "")
    if tag == "-text":
        return escape(node.text_content or "", quote=False)
    if tag.startswith(("-", "_", "!")):  # a comment
        return ""
    given = {name: value or "" for name, value in node.attrs.items()}
    if tag in SPACES:
        given = {"xmlns": SPACES[tag], **given}
    opened = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    inside = "".join(written(child) for child in node.iter(include_text=True))
    if tag in EMPTY:
        return f"<{tag}{opened}/>"
    return f"<{tag}{opened}>{inside}</{tag}>"
