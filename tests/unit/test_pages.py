"""Pages: headings and code, held against what Python-Markdown makes of the same text."""

from __future__ import annotations

import random
import re
from pathlib import Path

import markdown
import pytest
from fieldguide.addresses import anchors
from fieldguide.source import pages, prose

TEXT = """\
---
title: A page
---

# One { #one }

Text with `# no heading { #no }`.

```python
# no heading { #no-2 }
```

## Two *words* { #two .big }

~~~~
```
## no heading { #no-3 }
```
~~~~

### Three { #three }
"""


def html_headings(text: str) -> list[tuple[int, str]]:
    """Return level and id of each heading that Python-Markdown makes."""
    extensions = ["attr_list", "pymdownx.superfences", "md_in_html", "def_list", "admonition"]
    html = markdown.markdown(text, extensions=extensions)
    heads = re.findall(r"<h([1-6])([^>]*)>", html)
    return [(int(level), "".join(re.findall(r'id="([^"]*)"', rest))) for level, rest in heads]


def test_headings_are_those_that_markdown_makes() -> None:
    page = pages.parse("a.md", TEXT)
    found = [(heading.level, heading.id) for heading in page.headings]
    assert found == html_headings(page.body) == [(1, "one"), (2, "two"), (3, "three")]
    assert [heading.line for heading in page.headings] == [5, 13, 21]


def test_front_matter_and_body() -> None:
    page = pages.parse("a.md", TEXT)
    assert page.meta == {"title": "A page"}
    assert page.front.line(("title",)) == 2
    assert page.body.startswith("\n# One")
    assert page.text.split("\n")[page.body_line - 1 :] == page.body.split("\n")


def test_every_real_page_is_read_as_markdown_reads_it(root: Path) -> None:
    for path in pages.page_paths(root):
        page, faults = pages.read(root, path)
        assert page and not faults
        text = re.sub(r"<!--.*?-->", "", page.body)
        found = [(heading.level, heading.id) for heading in page.headings]
        assert found == html_headings(text), path


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("[=a] and `[=a]`", "1 and `[=a]`"),
        ("``[=a] ` [=a]`` [=a]", "``[=a] ` [=a]`` 1"),
        ("```\n[=a]\n```\n[=a]", "```\n[=a]\n```\n1"),
        ("~~~~\n```\n[=a]\n~~~~\n[=a]", "~~~~\n```\n[=a]\n~~~~\n1"),
        ("  ```\n  [=a]\n  ```\n[=a]", "  ```\n  [=a]\n  ```\n1"),
        ("a ` b\n\n[=a] ` c", "a ` b\n\n1 ` c"),
        ("```\n```\n[=a]", "```\n```\n1"),
    ],
)
def test_code_is_left_alone(text: str, result: str) -> None:
    assert prose.map_prose(text, re.compile(r"\[=a\]"), lambda match: "1") == result


def test_sections_are_found_on_the_real_pages(root: Path) -> None:
    read = [page for path in pages.page_paths(root) if (page := pages.read(root, path)[0])]
    assert all(anchors.ID.match(heading.id) for page in read for heading in page.headings)


# What code is, as one regular expression: too slow for a build, but another way to say it.
CODE = (
    r"(?P<code>^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?[ \t]*(?P=fence)[ \t]*$"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`))"
)
SCRAPS = ("`", "``", "```", "~~~", "~~~~", "\n", "\n\n", "a", "[=a]", " ", "    ", "```py\n", "\\`")


def test_code_is_found_as_by_one_expression() -> None:
    whole = re.compile(rf"{CODE}|(?P<value>\[=a\])", re.MULTILINE | re.DOTALL)
    value = re.compile(r"\[=a\]")
    chance = random.Random(5)
    in_code = 0
    for _ in range(4000):
        text = "".join(chance.choices(SCRAPS, k=chance.randint(1, 16)))
        expected = whole.sub(lambda match: match["code"] or "1", text)
        assert prose.map_prose(text, value, lambda match: "1") == expected, text
        in_code += "[=a]" in expected
    assert in_code > 100
