"""MathML -> words on a line, as results of the search show a formula: "1/2", "x-hat", "sum over i".

Without this a result would show the letters of a formula one after the other: "12" for one half.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from xml.etree import ElementTree

MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)\w+;")  # that HTML knows, but XML does not
SIMPLE = re.compile(r"[\w.-]*|\([^()]*\)")  # what needs no parentheses as a part of a fraction
# Signs that have a name; all others stand for themselves.
NAMES = {
    "\u2211": "sum",
    "\u220f": "product",
    "\u222b": "integral",
    "\u2207": "gradient",
    "\u2202": "d",
    "\u221e": "infinity",
    "\u2192": "to",
    "\u21a6": "to",
    "\u2208": "in",
    "\u2212": "-",
    "\u2217": "*",
    "\u2223": "|",
    "\u2225": "||",
    "\u223c": "~",
    "\u22a4": "T",
}
ACCENTS = {
    **dict.fromkeys("^\u02c6\u0302", "hat"),
    **dict.fromkeys("\u00af\u203e\u0304", "bar"),
    **dict.fromkeys("~\u02dc\u0303", "tilde"),
    **dict.fromkeys("\u2192\u20d7", "vector"),
    **dict.fromkeys(".\u02d9\u0307", "dot"),
}
APART = set("=<>+-|~*\u2264\u2265\u2248\u2260\u2261\u2254\u226a\u226b\u00d7\u00b7\u22c5\u2299") | {
    "||"
}
GREEK = re.compile(
    r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?(?P<name>\w+)|GREEK (?P<sign>\w+) SYMBOL"
)


def in_html(text: str) -> str:
    """Return HTML with each formula as words."""
    return MATH.sub(lambda found: html.escape(of(found[0]), quote=False), text)


def of(mathml: str) -> str:
    """Return a formula as words."""
    return _words(ElementTree.fromstring(ENTITY.sub(lambda one: html.unescape(one[0]), mathml)))


def _words(element: ElementTree.Element) -> str:
    tag = element.tag
    parts = [_words(child) for child in element if not child.tag.startswith("annotation")]
    if tag in ("mi", "mn", "mo", "mtext", "ms"):
        return _sign(element.text or "", named=tag != "mtext")
    if tag == "mfrac":
        upper, lower = parts
        if element.get("linethickness") == "0":
            return f"{upper} choose {lower}"
        return f"{_whole(upper)}/{_whole(lower)}"
    if tag == "msqrt":
        return f"square root of {_whole(_line(parts))}"
    if tag == "mroot":
        return f"root {parts[1]} of {_whole(parts[0])}"
    if tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover"):
        return _scripts(tag, parts)
    if tag == "mtable":
        return "; ".join(parts)
    if tag == "mspace":
        return " "
    return _line(parts)


def _sign(text: str, *, named: bool) -> str:
    """Return a letter, number or sign in plain letters; what is invisible is nothing."""
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    if not named:
        return text
    plain = unicodedata.normalize("NFKC", text) if text not in ACCENTS else text
    return "".join(NAMES.get(sign) or _greek(sign) for sign in plain)


def _greek(sign: str) -> str:
    """Return the name of a Greek letter; another sign as it is."""
    found = GREEK.match(unicodedata.name(sign, ""))
    if not found:
        return sign
    name = (found["name"] or found["sign"]).replace("LAMDA", "LAMBDA")
    return name.capitalize() if sign.isupper() else name.lower()


def _scripts(tag: str, parts: list[str]) -> str:
    """Return a base with what stands above and below it."""
    base, *scripts = parts
    if tag == "mover" and scripts[0] in ACCENTS:
        return f"{base}-{ACCENTS[scripts[0]]}"
    large = base in ("sum", "product", "integral") or tag in ("munder", "munderover")
    if large and len(scripts) == 2:
        return f"{base} from {scripts[0]} to {scripts[1]} of"
    if large and tag in ("munder", "msub"):
        return f"{base} over {scripts[0]} of"
    marks = {"msubsup": "_^", "msup": "^", "mover": "^"}.get(tag, "_")
    return base + "".join(
        script if mark == "^" and set(script) <= {"\u2032"} else mark + _whole(script)
        for mark, script in zip(marks, scripts, strict=True)
    )


def _whole(text: str) -> str:
    """Return words in parentheses, unless they are one."""
    return text if SIMPLE.fullmatch(text) else f"({text})"


def _line(parts: Iterable[str]) -> str:
    """Return words in a row: signs of relation apart, names apart, brackets close."""
    line = ""
    for part in parts:
        if not part:
            continue
        if part.strip() in APART:
            part = f" {part.strip()} "
        elif line and (part[0] in APART or _touch(line[-1], part[0])):
            part = f" {part}"
        line += part + ("" if part != "," else " ")
    line = " ".join(line.split()).replace("( ", "(").replace(" )", ")").replace(" ,", ",")
    return line.replace("(- ", "(-")


def _touch(left: str, right: str) -> bool:
    """Return whether two words would run into one another."""
    return (
        (left.isalnum() or left == ")")
        and right.isalnum()
        and not (left.isdigit() and right.isdigit())
    )
