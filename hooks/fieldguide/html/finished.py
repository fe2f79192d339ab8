"""What is done to a finished page: one pass over its tree, whatever wrote it and however.

Whatever the pass expects and does not find stops the build, and says what it looked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fieldguide.html import csp
from fieldguide.html.parts import Part

RUN = (None, "", "module", "text/javascript", "application/javascript")  # types that a browser runs
COMPILING = 'guide-text[data-weights]:not([data-weights=""])'  # in WebAssembly


class FinishError(ValueError):
    """A finished page is not what the guide expects."""


def finished(
    html: str, aliases: Mapping[str, Sequence[str]], parts: Sequence[Part]
) -> tuple[str, set[str]]:
    """Return a page as it is published, and the hashes of the scripts that stand in it.

    `aliases` are the former ids of elements by the ids that they have now; `parts` are what the
    content held when it was rendered.
    """
    tree = LexborHTMLParser(html)
    charset = only(tree, "meta[charset]")
    if tree.css_first('meta[http-equiv="Content-Security-Policy"]'):
        raise FinishError("the page has a policy already; is this hook listed twice?")
    for part in parts:
        if not tree.css_first(part.selector):
            raise FinishError(f"the page has lost its {part.selector}; which plugin changes pages?")
    for key, former in aliases.items():
        goal = only(tree, f'[id="{key}"]')
        for old in reversed(former):
            alias = node(tree, "span", {"class": "alias", "id": old})
            if goal.first_child:
                goal.first_child.insert_before(alias)
            else:
                goal.insert_child(alias)
    if not tree.css_first("#__toc"):  # the first page of a part: the label would open nothing
        for label in tree.css('label[for="__toc"]'):
            del label.attrs["for"]
    hashes = set()
    for script in tree.css("script"):
        ours = script.attrs.get(csp.MARK) == csp.WORD
        if csp.MARK in script.attrs:
            del script.attrs[csp.MARK]
        if "src" in script.attrs:
            if "async" not in script.attrs and script.attrs.get("type") != "module":
                script.attrs["defer"] = ""  # what is drawn first does not wait for scripts
        elif script.attrs.get("type") in RUN:
            if not ours:
                begin = " ".join(script.text().split())[:40]
                raise FinishError(
                    f"a script stands in the page that is neither of a template nor the guide's "
                    f"own, and would not run: '{begin}'; which text or plugin has put it there?"
                )
            hashes.add(csp.hashed(script.text()))
    addresses = " ".join(str(script.attrs["src"]) for script in tree.css("script[src]"))
    compiles = bool(csp.COMPILES.search(addresses)) or bool(tree.css_first(COMPILING))
    content = csp.policy(hashes, compiles=compiles)
    meta = {"http-equiv": "Content-Security-Policy", "content": content}
    charset.insert_after(node(tree, "meta", meta))  # before anything that could run
    return tree.html or "", hashes


def only(tree: LexborHTMLParser, selector: str) -> LexborNode:
    """Return the one element that a selector finds."""
    found = tree.css(selector)
    if len(found) != 1:
        raise FinishError(f"{len(found)} elements instead of one match {selector}")
    return found[0]


def node(tree: LexborHTMLParser, name: str, attributes: Mapping[str, str]) -> LexborNode:
    """Return a new element."""
    made = tree.create_node(name)
    for key, value in attributes.items():
        made.attrs[key] = value
    return made
