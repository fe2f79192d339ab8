"""The theme's styles, cut to the rules that something can match, in one file with our own.

A rule stays if each class and each kind of element in its selector stands in a built page, or in a
script that may put it there. Three fifths of the theme's style are for what this site has not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import minify
import tinycss2

from fieldguide.files import cache as files_cache

FOLDER, SCRIPTS = "assets/stylesheets", "assets/javascripts"
TARGET = f"{FOLDER}/guide.css"
THEME = ("main.*.min.css", "palette.*.min.css")  # in the order in which pages would load them
CLASSES, TAGS = re.compile(r' class="([^"]*)"'), re.compile(r"<([a-z][\w-]*)")
WORD = re.compile(r"[\w-]+")
# Classes that the theme's scripts put on elements begin so ...
BY_SCRIPT = ("md-", "focus-visible", "js-")
# ... but for those of its parts that mkdocs.yml does not switch on.
OFF = (
    *("md-annotation", "md-banner", "md-code__", "md-consent", "md-post", "md-source"),
    *("md-status", "md-tag", "md-version"),
)
# The site is written from left to right, and has colors of its own.
NEVER = re.compile(r"dir=rtl|data-md-color-(?:primary|accent)=")
NESTED = ("media", "supports", "layer", "container")
ANY_OF = ("is", "where", "has", "matches")


class StyleError(ValueError):
    """The theme's styles are not what the cut expects."""


@dataclass(frozen=True)
class Names:
    """The classes and the kinds of elements that pages and scripts may hold."""

    classes: frozenset[str]
    tags: frozenset[str]


def seen(html: str) -> set[str]:
    """Return what a finished page holds: `.x y` for elements of these classes, `p` for a p."""
    return {f".{found}" for found in CLASSES.findall(html)} | set(TAGS.findall(html))


def write(site: Path, pages: Iterable[set[str]], cache: Path) -> None:
    """Put the theme's styles, cut, before our own; StyleError if they are not there."""
    files = [file for name in THEME for file in sorted((site / FOLDER).glob(name))]
    if len(files) != len(THEME):
        raise StyleError(f"the theme has changed: it has no longer {' and '.join(THEME)}")
    theme = "\n".join(file.read_text(encoding="utf-8") for file in files)
    found: set[str] = set().union(*pages)
    scripts = [file.read_text("utf-8") for file in sorted((site / SCRIPTS).rglob("*.js"))]
    words = set(WORD.findall(" ".join(scripts)))
    own = (site / TARGET).read_text(encoding="utf-8")
    classes = {name for each in found if each[0] == "." for name in each[1:].split()}
    classes |= {word for word in words if word.startswith(BY_SCRIPT) and not word.startswith(OFF)}
    # What no selector names makes no difference, and no new cut.
    named = set(WORD.findall(theme))
    names = Names(frozenset(classes & named), frozenset((found | words) & named))
    used = variables(own) | (words & named)
    parts = (theme, version("tinycss2"), *sorted(names.classes), "", *sorted(names.tags | used))
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    kept = files_cache.kept(
        cache / f"theme-{key}.css", lambda: cut(theme, names, used).encode()
    ).decode()
    (site / TARGET).write_text(kept + own, encoding="utf-8")
    for file in files:
        file.unlink()


def cut(css: str, names: Names, used: set[str]) -> str:
    """Return a style without the rules and the variables that nothing can reach.

    `used` are the variables that are read elsewhere.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    text = "".join(_kept(rules, names))
    while True:  # a variable may be read by another one that nobody reads
        less = _without_variables(text, used | variables(text))
        if less == text:
            return str(minify.string("text/css", text)) + "\n"
        text = less


def variables(css: str) -> set[str]:
    """Return the variables that a style reads."""
    return set(re.findall(r"var\(\s*(--[\w-]+)", css))


def _kept(rules: Iterable[Any], names: Names) -> Iterator[str]:
    """Yield the rules that can match, as text."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [each for each in _parted(rule.prelude) if reachable(each, names)]
            if selectors:
                shown = ",".join(tinycss2.serialize(each).strip() for each in selectors)
                yield f"{shown}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword in NESTED:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if text := "".join(_kept(inner, names)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"
        else:
            yield rule.serialize()


def _parted(tokens: Iterable[Any]) -> list[list[Any]]:
    """Return a list of selectors, parted at its commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def reachable(selector: Iterable[Any], names: Names) -> bool:
    """Return whether a page or a script can hold all that a selector names."""
    before: Any = None
    for token in selector:
        if token.type == "ident" and before == ".":
            if token.value not in names.classes:
                return False
        elif token.type == "ident" and before not in (":", "::"):
            if token.lower_value not in names.tags:
                return False
        elif token.type == "function" and token.lower_name in ANY_OF:
            if not any(reachable(each, names) for each in _parted(token.arguments)):
                return False
        elif token.type == "[] block" and NEVER.match(tinycss2.serialize(token.content)):
            return False
        before = token
    return True


def _without_variables(css: str, used: set[str]) -> str:
    """Return a style without the declarations of variables that are not in use."""

    def less(rules: Iterable[Any]) -> Iterator[str]:
        for rule in rules:
            if rule.type == "at-rule" and rule.content and rule.lower_at_keyword in NESTED:
                inner = "".join(less(tinycss2.parse_rule_list(rule.content)))
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
            elif rule.type == "qualified-rule" and "--" in tinycss2.serialize(rule.content):
                found = tinycss2.parse_blocks_contents(rule.content, True, True)
                kept = [
                    each.serialize()
                    for each in found
                    if each.type != "declaration"
                    or not each.name.startswith("--")
                    or each.name in used
                ]
                if kept:
                    yield f"{tinycss2.serialize(rule.prelude)}{{{';'.join(kept)}}}"
            else:
                yield rule.serialize()

    return "".join(less(tinycss2.parse_stylesheet(css, True, True)))
