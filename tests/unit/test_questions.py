"""Questions: the same in the Markdown, as data, and in the page that readers get."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import markdown
from fieldguide.source import derivations, pages, problems, questions

TEXT = """\
# Page { #page }

/// question | What is *it*?
    id: q-page-it
    section: page

- [ ] The first option
      over two lines

    It is not, because
    of this.

- [x] The second

    It is.

    And more of it.
///
"""


def test_a_question_as_data() -> None:
    page = pages.parse("a.md", TEXT)
    (question,) = page.questions
    assert (question.id, question.section, question.line) == ("q-page-it", "page", 3)
    assert [answer.right for answer in question.answers] == [False, True]
    assert question.answers[0].text == "The first option over two lines"
    assert question.answers[0].why == "It is not, because of this."
    assert questions.check(page) == []


def test_a_question_on_a_page() -> None:
    html = markdown.markdown(TEXT, extensions=[questions.extension(), "attr_list"])
    question = ElementTree.fromstring(f"<body>{html}</body>").find("guide-question")
    assert question is not None and question.get("id") == "q-page-it"
    options = question.findall("ul/li/details")
    assert [option.get("data-right") for option in options] == ["no", "yes"]
    summary = options[0].find("summary")
    assert summary is not None and "The first option" in "".join(summary.itertext())
    assert "[x]" not in html and "[ ]" not in html
    assert "And more of it." in "".join(options[1].itertext())
    links = [link.get("href") for link in question.iter("a")]
    assert links == ["#page"]


def test_every_question_of_the_site_has_its_options_on_its_page(root: Path) -> None:
    count = 0
    for path in pages.page_paths(root):
        page, _ = pages.read(root, path)
        assert page
        own = [questions.extension(), problems.extension(), derivations.extension()]
        html = markdown.markdown(page.body, extensions=[*own, "attr_list", "pymdownx.superfences"])
        found = page.questions
        assert html.count("<guide-question") == len(found), path
        assert html.count("<details data-right") == sum(
            len(question.answers) for question in found
        ), path
        right = sum(answer.right for question in found for answer in question.answers)
        assert html.count('data-right="yes"') == right, path
        count += len(found)
    assert count > 0
