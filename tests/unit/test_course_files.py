"""Questions for Moodle, Open edX and any other program: all of each arrives."""

from __future__ import annotations

import csv
import io
import tarfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.courses import moodle_xml, olx, problem_sets, question_lists, quiz
from fieldguide.courses.problem_sets import ProblemText
from fieldguide.courses.quiz import Option, QuizQuestion
from fieldguide.model.site import Site

BASE = "https://guide.example/ki/"
# The shares that Moodle knows (question/engine/bank.php); it refuses any other in an import.
SHARES = {
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571,
    12.5, 11.11111, 10, 5, 0,
}  # fmt: skip
ODD = QuizQuestion(
    "q-odd-it",
    "Is a < b & 'c' = {d} ~ e # f: \u05d0?",
    r"<p>Is \(a\lt b\) &amp; <code>&lt;b&gt;</code> ~ = # { } : ?</p>",
    "Is a < b?",
    (
        Option("=1+1", "<em>x</em> = {y}", True, "So # it ~ is."),
        Option("no", "no", False, 'See <a href="{guide-address}s/it.html">it</a>.'),
        Option("two", "two", True, "Yes."),
    ),
    True,
    "odd-idea",
    "VAE/GAN & <others>",
    "odd",
    "models/odd.md",
    7,
)


POSED = ProblemText(
    "p-odd", "Odd <one>", "derive", "hard", "<p>Show \\(1 &lt; 2\\).</p>",
    '<p>See <a href="{guide-address}s/odd.html">it</a>.</p>', ("", ""), ODD.chapter,
    ODD.chapter_id, "odd.md", 1,
)  # fmt: skip


@pytest.fixture(scope="module")
def real(root: Path) -> Site:
    """The real site, checked."""
    found, faults = check.check(root)
    assert found, faults
    return found


@pytest.fixture(scope="module")
def asked(real: Site) -> list[QuizQuestion]:
    """Every question of the real site, and an odd one."""
    return [*(each for page in real.pages.values() for each in quiz.read(real, page)[0]), ODD]


def test_moodle_has_all_of_every_question(asked: list[QuizQuestion]) -> None:
    root = ElementTree.fromstring(moodle_xml.bank(asked, "The Guide", BASE))
    found = root.findall("question[@type='multichoice']")
    assert [each.findtext("idnumber") for each in found] == [each.id for each in asked]
    assert len({each.findtext("idnumber") for each in found}) == len(found)
    for each, known in zip(found, asked, strict=True):
        assert each.findtext("questiontext/text") == known.text.replace("{guide-address}", BASE)
        assert f"{BASE}s/{known.section}.html" in each.findtext("generalfeedback/text", "")
        assert each.findtext("single") == str(not known.multiple).lower()
        shares = []
        for answer, option in zip(each.findall("answer"), known.options, strict=True):
            share = float(answer.attrib["fraction"])
            assert abs(share) in SHARES and (share > 0) == option.right
            assert answer.findtext("text") == f"<p>{option.html}</p>"
            why = option.why.replace("{guide-address}", BASE)
            assert answer.findtext("feedback/text") == f"<p>{why}</p>"
            shares.append(share)
        assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=1e-3)
    text = ElementTree.tostring(root, encoding="unicode")
    assert "{guide-address}" not in text


def test_moodle_categories_are_chapters() -> None:
    root = ElementTree.fromstring(moodle_xml.bank([ODD, replace(ODD, id="q-2")], "Guide", BASE))
    (category,) = root.findall("question[@type='category']")
    assert category.findtext("category/text") == "$course$/top/Guide/VAE//GAN & <others>"
    assert category.findtext("idnumber") == "odd"
    tags = [tag.findtext("text") for tag in root.iter("tag")]
    assert tags[:3] == ["generative AI", "VAE/GAN & <others>", "odd-idea"]


def test_moodle_has_every_problem_as_an_essay(real: Site) -> None:
    posed = [each for page in real.pages.values() for each in problem_sets.of_page(real, page)]
    root = ElementTree.fromstring(moodle_xml.bank([ODD], "Guide", BASE, [POSED, *posed]))
    found = root.findall("question[@type='essay']")
    assert len(posed) > 90 and [each.findtext("idnumber") for each in found] == [
        "p-odd",
        *(each.id for each in posed),
    ]
    for each, known in zip(found, [POSED, *posed], strict=True):
        solution = known.solution.replace("{guide-address}", BASE)
        assert each.findtext("questiontext/text") == known.statement.replace(
            "{guide-address}", BASE
        )
        assert each.findtext("generalfeedback/text") == solution
        assert each.findtext("graderinfo/text") == solution
        assert each.findtext("responseformat") == "editor"
    first = [each.get("type") for each in root][:3]
    assert first == ["category", "multichoice", "essay"]  # in the category of its chapter


def course() -> dict[str, str]:
    """Return the files of a course with one odd chapter."""
    sections = [("odd", 'VAE/GAN & "others"'), ("odd-idea", "VAE/GAN: The <idea>")]
    chapter = ("odd", 'VAE/GAN & "others"', sections, [ODD], [POSED])
    return olx.course("The Guide", "2026-11-27", BASE, "<svg/>", [chapter])


def test_a_course_for_open_edx_holds_together() -> None:
    files = course()
    names = [
        ElementTree.fromstring(text).get("url_name", "")
        for path, text in files.items()
        if path == "course/course.xml"
    ]
    assert names == ["guide"]
    pointed: list[str] = []
    for path, text in files.items():
        if path.endswith(".xml"):
            for child in ElementTree.fromstring(text).iter():
                if name := child.get("url_name"):
                    pointed.append(f"course/{child.tag}/{name}.xml")
    assert len(pointed) == len(set(pointed))
    assert {path for path in files if path.endswith(".xml")} == {*pointed, "course/course.xml"}
    problem = files["course/html/p-odd.html"]
    assert "<details><summary>Solution</summary>" in problem and f'"{BASE}s/odd.html"' in problem
    page = files["course/html/odd-idea.html"]
    assert f'src="{BASE}s/odd-idea.html?embed"' in page and "The &lt;idea&gt;" in page


def test_a_problem_keeps_hints_and_explanation(asked: list[QuizQuestion]) -> None:
    for known in asked:
        root = ElementTree.fromstring(olx.problem(known))
        choices = list(root.iter("choice"))
        rights = [choice.attrib["correct"] == "true" for choice in choices]
        assert rights == [option.right for option in known.options]
        for choice, option in zip(choices, known.options, strict=True):
            hint = choice.find("choicehint")
            assert hint is not None
            whole = ElementTree.tostring(hint, encoding="unicode")
            assert "".join(ElementTree.fromstring(f"<i>{option.why}</i>").itertext()) in "".join(
                ElementTree.fromstring(whole).itertext()
            )
        assert "Read the section again" in "".join(root.find(".//solution").itertext())  # type: ignore[union-attr]
        assert root.get("display_name") == known.name


def test_an_archive_depends_on_files_and_edition_alone() -> None:
    made = olx.archive(course(), "2026-11-27")
    assert made == olx.archive(dict(reversed(course().items())), "2026-11-27")
    assert made != olx.archive(course(), "2026-11-28")
    with tarfile.open(fileobj=io.BytesIO(made)) as tar:
        assert all(name.startswith("course/") for name in tar.getnames())


def test_a_table_is_safe_and_whole(asked: list[QuizQuestion]) -> None:
    text = question_lists.table(asked, BASE)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == [each.id for each in asked]
    for row, known in zip(rows, asked, strict=True):
        right = [str(n) for n, option in enumerate(known.options, 1) if option.right]
        assert row["right"].split() == right
        assert row["option 2"].lstrip("'") == known.options[1].plain
        assert not any((cell or "").startswith(("=", "+", "-", "@")) for cell in row.values())
    assert rows[-1]["option 1"] == "'=1+1"


def test_gift_marks_what_has_a_meaning() -> None:
    text = question_lists.gift([ODD], "Guide", BASE)
    assert r"~%50.00000%<em>x</em> \= \{y\}#So \# it \~ is." in text
    assert r"https\://guide.example/ki/s/it.html" in text
    assert "$CATEGORY: $course$/top/Guide/VAE//GAN & <others>" in text
