"""mkdocs.yml: what pages need is there, and what it names is too."""

from __future__ import annotations

from pathlib import Path

import pytest
from fieldguide.source import build_settings, settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The real settings, and the files that they name."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    value = settings.read(ROOT).value
    for path in value["extra_css"] + value["extra_javascript"]:
        (tmp_path / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / path).touch()
    return tmp_path


def change(root: Path, old: str, new: str) -> int:
    """Change the settings; return the line of the change."""
    file = root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_real_settings_are_whole(copy: Path) -> None:
    assert build_settings.check(copy) == []


def test_a_tree_may_have_no_settings(tmp_path: Path) -> None:
    assert build_settings.check(tmp_path) == []
    assert build_settings.navigation(tmp_path, []) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  - attr_list\n", "", "pages need the extension 'attr_list'"),
        ("      generic: true\n", "      generic: false\n", "pages need 'generic: true'"),
        ('edition: "2026-11-27"', "edition: tomorrow", "the edition is a date"),
        (
            "  - assets/javascripts/page.js\n",
            "  - assets/none.js\n",
            "docs/assets/none.js is missing",
        ),
    ],
)
def test_what_is_missing_is_named(copy: Path, old: str, new: str, message: str) -> None:
    change(copy, old, new)
    faults = build_settings.check(copy)
    assert len(faults) == 1 and message in faults[0].message, faults


def test_an_entry_of_the_navigation_is_a_page_and_stands_there_once(copy: Path) -> None:
    nav = settings.read(ROOT).value["nav"]
    pages = [target for _, target in settings.targets(nav)]
    assert build_settings.navigation(copy, pages) == []
    line = change(
        copy, "      - models/gans.md\n", "      - models/gas.md\n      - models/vaes.md\n"
    )
    first, second = sorted(build_settings.navigation(copy, pages))
    assert (first.line, first.message) == (
        line,
        "no page 'models/gas.md'; did you mean 'models/gans.md'?",
    )
    assert "stands already on line" in second.message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("site_url: !ENV", "\t: !ENV", "not YAML"),
        ("site_name:", "site_url: x\nsite_url:", "the key stands twice"),
        ("site_name: Generative AI Field Guide", "site_name: <b>A", "HTML is not allowed"),
    ],
)
def test_a_file_that_is_no_sound_yaml_is_told_once(
    copy: Path, old: str, new: str, message: str
) -> None:
    line = change(copy, old, new)
    found = [*settings.check(copy), *build_settings.check(copy)]
    assert [message in fault.message for fault in found].count(True) >= 1, found
    assert len({(fault.line, fault.message) for fault in found}) == len(found), found
    assert any(abs(fault.line - line) <= 1 for fault in found)


def test_a_setting_comes_from_the_environment_of_the_moment(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("https://a.example/", "https://b.example/"):
        monkeypatch.setenv("SITE_URL", address)
        assert settings.read(copy).value["site_url"] == address
    monkeypatch.delenv("SITE_URL")
    assert settings.read(copy).value["site_url"] == ""


def test_what_mkdocs_passes_over_is_no_page(copy: Path) -> None:
    change(copy, "  lab/out/\n", "  lab/out/\n  drafts/\n")
    spec = build_settings.passed_over(copy)
    assert [spec.match_file(path) for path in (".x.md", "drafts/a.md", "models/a.md")] == [
        *(True, True, False)
    ]
