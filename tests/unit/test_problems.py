"""Problems and derivations: what a page shows, and what platforms and sheets get."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.addresses import course_files, permalinks
from fieldguide.courses import kit, problem_sets
from fieldguide.courses.inline_markdown import BASE, Writer
from fieldguide.model.site import Site
from fieldguide.source import derivations, formulas, pages, problems
from markdown import Markdown
from support import cartridges

URL = "https://example.org/guide/"
QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
PROBLEM = """\
/// problem | A sum
    id: p-page-sum
    kind: code
    level: easy

Add $a < b$ and *c*.

Solution:

It is done in two steps:
- read
- add, over
  two lines

```python
if a < b:

    a + b
```
///
"""
DERIVATION = """\
/// derivation | A line
    id: d-page-line

Show it.

- $a = b + c$

    By definition.

- $a = c + b$

    Sums do not depend on the order.
///
"""


@pytest.fixture(scope="module")
def real(root: Path) -> Site:
    """The real site, checked, for a public address."""
    found, faults = check.check(root)
    assert found, faults
    return replace(found, site_url=URL)


def shown(text: str) -> str:
    """Return Markdown as the site shows it."""
    own = [problems.extension(), derivations.extension(), formulas.extension()]
    markdown = Markdown(
        extensions=["pymdownx.superfences", "pymdownx.arithmatex", *own],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )
    return markdown.convert(text)


def test_a_solution_is_folded_and_the_statement_is_not() -> None:
    html = shown(PROBLEM)
    before, _, folded = html.partition('<details class="solution">\n<summary>Solution</summary>')
    assert 'class="problem" id="p-page-sum"' in before and "<em>c</em>" in before
    assert "code, easy" in before and "two steps" not in before
    assert "two steps" in folded and "Solution:" not in html


def test_a_derivation_is_folded_and_its_lines_are_formulas() -> None:
    html = shown(DERIVATION)
    assert '<details class="derivation" id="d-page-line">\n<summary>A line</summary>' in html
    lines = re.findall(r'<li>\s*<div[^>]*class="math-scroll".*?</div>', html, re.DOTALL)
    assert len(lines) == 2 and 'alttext="a = b + c"' in lines[0] and 'display="block"' in lines[0]
    assert "$" not in html and "By definition." in html


def test_what_is_parsed_is_what_is_written() -> None:
    page = pages.parse("page.md", PROBLEM + "\n" + DERIVATION)
    (problem,), (derivation,) = page.problems, page.derivations
    assert page.block_faults + problems.check(page) + derivations.check(page) == []
    assert problem.statement == "Add $a < b$ and *c*."
    assert page.text.split("\n")[problem.solution_line - 1] == problems.SOLUTION
    assert [step.tex for step in derivation.steps] == ["a = b + c", "a = c + b"]
    assert derivation.steps[0].why == "By definition."


def test_a_solution_keeps_its_lists_and_its_code(real: Site) -> None:
    (problem,) = pages.parse("page.md", PROBLEM).problems
    html = problem_sets.html(problem.solution, Writer(real, "index.md"))
    assert "<ul><li>read</li><li>add, over two lines</li></ul>" in html
    assert "<pre><code>if a &lt; b:\n\n    a + b</code></pre>" in html


class Balanced(HTMLParser):
    """Fails where an element is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def packed(real: Site, root: Path) -> dict[str, bytes]:
    """The files of the course kit."""
    links = permalinks.links(real, name="Generative AI Field Guide", edition="2026-11-22")
    return kit.make(real, links, root / ".cache").files


def essays(packed: bytes) -> dict[str, tuple[str, str]]:
    """Return question and feedback of each essay of a cartridge, by id."""
    found = {}
    for name, content in cartridges.entries(packed).items():
        if name.startswith("problems/"):
            for item in ElementTree.fromstring(content).iterfind(".//q:item", QTI):
                assert item.findtext(".//q:fieldentry", "", QTI) == "cc.essay.v0p1"
                shown = item.find(".//q:displayfeedback", QTI)
                answer = item.find("q:itemfeedback", QTI)
                assert shown is not None and answer is not None
                assert shown.get("linkrefid") == answer.get("ident")
                text = item.findtext("q:presentation/q:material/q:mattext", "", QTI)
                why = answer.findtext("q:flow_mat/q:material/q:mattext", "", QTI)
                found[item.attrib["ident"]] = (text, why)
    return found


def test_every_problem_arrives_as_an_essay_with_its_solution(
    real: Site, packed: dict[str, bytes]
) -> None:
    arrived = essays(packed[course_files.WHOLE])
    written = [
        one
        for path, page in real.pages.items()
        if course_files.is_chapter(path)
        for one in problem_sets.of_page(real, page, base=URL)
    ]
    assert written and set(arrived) == {one.id for one in written}
    for one in written:
        assert arrived[one.id] == (one.statement, one.solution)
        for text in arrived[one.id]:
            Balanced(text)
            bare = re.sub(r"<pre>.*?</pre>|\\\(.*?\\\)", "", text, flags=re.DOTALL)
            for left in ("$", "[@", "](", BASE, "**", "`"):
                assert left not in bare, one.id
    assert essays(packed[course_files.WHOLE_LINKS]) == {}
    assert essays(packed[course_files.cartridge("gan")]).keys() == {
        one.id for one in written if one.page == "models/gans.md"
    }


def test_sheets_have_the_problems_and_only_one_has_the_solutions(
    real: Site, packed: dict[str, bytes]
) -> None:
    sheets = cartridges.entries(packed[course_files.PROBLEMS])
    asked = [page for page in real.pages.values() if page.problems]
    assert len(sheets) == 2 * len(asked)
    for page in asked:
        key = page.headings[0].id
        bare = sheets[f"{key}/problems.html"].decode()
        solved = sheets[f"{key}/solutions.html"].decode()
        Balanced(bare)
        Balanced(solved)
        assert bare.count("<section>") == len(page.problems)
        assert solved.count("<section>") == 2 * len(page.problems)
        # The problems come first, the solutions on pages of their own.
        last = solved.rindex("<small>")
        assert last < solved.index('<div class="answers">')
    family = cartridges.entries(packed[course_files.teaching_kit("gan")])
    assert family["problems.html"] == sheets["gan/problems.html"]
    assert family["solutions.html"] == sheets["gan/solutions.html"]


def test_each_kit_has_the_plan_of_its_lesson(real: Site, packed: dict[str, bytes]) -> None:
    for family in real.guide.families:
        key = real.pages[family.page].headings[0].id
        plan = cartridges.entries(packed[course_files.teaching_kit(key)])["lesson.html"].decode()
        Balanced(plan)
        for part in ("Timing", "Show live", "Three misconceptions", "Homework"):
            assert f"<strong>{part}</strong>" in plan, key
        times = [tuple(map(int, pair)) for pair in re.findall(r"<li>(\d+) to (\d+): ", plan)]
        assert times[0][0] == 0 and times[-1][1] == 90
        assert all(end == begin for (_, end), (begin, _) in pairwise(times)), key
        wrong = plan.partition("Three misconceptions")[2].partition("Homework")[0]
        assert wrong.count("<li>") == 3
        problems_of = {one.id for one in real.pages[family.page].problems}
        asked = set(re.findall(rf"{URL}s/(p-[\w-]+)\.html", plan))
        assert len(asked) >= 3 and asked <= problems_of
        assert re.search(rf"{URL}s/[\w-]+-(?:try|watch)\.html\?(?:lab|text|watch)-\w+=", plan)
