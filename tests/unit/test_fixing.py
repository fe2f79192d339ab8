"""`check --fix`: it changes what it says and nothing else, and twice is the same as once."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from fieldguide import examples
from fieldguide.__main__ import main
from fieldguide.addresses import lock, missing_ids
from fieldguide.source import dates, fixing, pages
from fieldguide.source.fixing import Fix
from fieldguide.source.pages import Page
from support import tiny, tree

PAGE, DATA = "docs/models/gans.md", "docs/data/guide.yml"


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny site with ids missing and dates in other forms; its page has CRLF and a mark."""
    monkeypatch.setattr(examples, "all_values", lambda: {"gan.value_at_half": "0.5"})
    root = tiny.make(tmp_path)
    page = root / PAGE
    idea = "## The idea { #gan-idea }"
    tiny.replace(page, idea, f"{idea}\n\n### Why *it* works")
    tiny.replace(page, "## Sources { #gan-sources }", "## Why it works ##")
    tiny.replace(page, "    id: eq-gan-value\n", "")
    tiny.replace(page, "    id: q-gan-signal\n", "")
    tiny.replace(page, "checked: 2026-11-01", "checked: 1 November 2026")
    page.write_bytes(b"\xef\xbb\xbf" + page.read_bytes().replace(b"\n", b"\r\n"))
    data = root / DATA
    tiny.replace(data, 'date: "2014-06"', 'date: "2014-6"  # a month')
    tiny.replace(
        data,
        '    sources: [kingma2014vae]\n    checked: "2026-11-01"',
        "    sources: [kingma2014vae]\n    checked: 2026/11/1",
    )
    return root


def test_what_can_be_right_in_one_way_is_made_so(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: (damaged / path).read_bytes() for path in (PAGE, DATA)}
    assert main(["--root", str(damaged), "check", "--fix"]) == 0
    said = capsys.readouterr().out.splitlines()
    changes = {}
    for path, old in before.items():
        new = (damaged / path).read_bytes()
        assert new.count(b"\r\n") == (new.count(b"\n") if path == PAGE else 0)
        rows = difflib.ndiff(old.decode().splitlines(), new.decode().splitlines())
        changes[path] = [row for row in rows if row[0] in "+-"]
    assert changes[PAGE] == [
        "- checked: 1 November 2026",
        "+ checked: 2026-11-01",
        "- ### Why *it* works",
        "+ ### Why *it* works { #gan-works }",
        "+     id: eq-gan-value-game",
        "+     id: q-gan-generator-learn",
        "- ## Why it works ##",
        "+ ## Why it works { #gan-works-2 }",
    ]
    assert changes[DATA] == [
        "-     checked: 2026/11/1",
        '+     checked: "2026-11-01"',
        '-     date: "2014-6"  # a month',
        '+     date: "2014-06"  # a month',
    ]
    assert len([row for row in said if not row.startswith("locked: ")]) == 7
    assert f"{PAGE}:16: '### Why *it* works' is now '### Why *it* works {{ #gan-works }}'" in said
    assert "models/gans.md#q-gan-generator-learn" in (damaged / lock.PATH).read_text()


def test_twice_is_the_same_as_once(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(damaged), "check", "--fix"]) == 0
    capsys.readouterr()
    once = tree.digest(damaged)
    assert main(["--root", str(damaged), "check", "--fix"]) == 0
    assert capsys.readouterr().out == "" and tree.digest(damaged) == once


def test_an_id_that_stood_elsewhere_or_was_moved_is_not_given_again() -> None:
    page = pages.parse("a.md", "---\ntitle: A\n---\n# A { #a }\n\n## Loss\n")

    def added(page: Page, locked: list[str], moved: list[str]) -> list[str]:
        return [fix.new for fix in missing_ids.fixes([page], locked, moved)]

    assert added(page, [], []) == ["## Loss { #a-loss }"]
    assert added(page, ["a.md#a-loss"], []) == ["## Loss { #a-loss }"], "it is the same section"
    assert added(page, ["b.md#a-loss"], []) == ["## Loss { #a-loss-2 }"]
    assert added(page, ["a.md#a-loss"], ["a.md#a-loss"]) == ["## Loss { #a-loss-2 }"]


def test_with_another_fault_nothing_is_locked_and_the_fault_is_told(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.replace(damaged / DATA, "evidence: strong", "evidence: stong")
    assert main(["--root", str(damaged), "check", "--fix"]) == 1
    assert "'stong' is not known; did you mean 'strong'?" in capsys.readouterr().out
    assert not (damaged / lock.PATH).exists()


def test_without_fix_nothing_is_written(damaged: Path) -> None:
    before = tree.digest(damaged)
    assert main(["--root", str(damaged), "check"]) == 1
    assert tree.digest(damaged) == before


def test_a_line_that_is_another_by_now_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\ntwo\n")
    fixes = [Fix("a.md", 1, "one", "1"), Fix("a.md", 2, "three", "3")]
    assert fixing.apply(tmp_path, fixes) == fixes[:1]
    assert (tmp_path / "a.md").read_bytes() == b"1\ntwo\n"


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("2026-1-5", "2026-01-05"),
        ("2026/01/05", "2026-01-05"),
        ("5 January 2026", "2026-01-05"),
        ("January 5, 2026", "2026-01-05"),
        ("June 2014", "2014-06"),
        *((same, same) for same in ("2014-06", "01/05/2026", "5.1.2026", "2026", "2026-02-30")),
    ],
)
def test_a_date_that_could_be_two_days_stays(written: str, fixed: str) -> None:
    assert dates.fixed(written) == fixed
