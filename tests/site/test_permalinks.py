"""Ids cannot rot: what would break a link stops the build, and what has moved is still found."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fieldguide.__main__ import main
from fieldguide.addresses import lock, redirects
from support import site_build, tiny, tree

GAN = "docs/models/gans.md"
IDEA = "## The idea { #gan-idea }"
CHECK = "## Check yourself { #gan-check }"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tiny site whose addresses are locked."""
    return tiny.buildable(tmp_path / "small")


def redirect(root: Path, *lines: str) -> None:
    """Write the redirects of a site."""
    text = "\n".join(["redirects:", *(f"  {line}" for line in lines)])
    (root / redirects.PATH).write_text(text + "\n", encoding="utf-8")


def rename(root: Path, new: str = "gan-test") -> None:
    """Rename an id in the page."""
    file = root / GAN
    file.write_text(file.read_text("utf-8").replace("gan-check", new), encoding="utf-8")


def move(root: Path) -> None:
    """Move a section, with its id, to another page."""
    tiny.replace(root / GAN, f"{CHECK}\n", "")
    with (root / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{CHECK}\n\nMoved here.\n")


def faults(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what `check` prints."""
    main(["--root", str(root), "check"])
    return capsys.readouterr().out.splitlines()


def test_a_renamed_id_stops_the_build_and_says_what_to_add(small: Path) -> None:
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    rename(small)
    done = site_build.run(small)
    line = next(
        number
        for number, text in enumerate((small / lock.PATH).read_text().split("\n"), 1)
        if "models/gans.md#gan-check" in text
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert (
        f"{lock.PATH}:{line}: the id 'gan-check' has been published and is gone from {GAN}; put it "
        f'back, or add to {redirects.PATH}: "models/gans.md#gan-check": "models/gans.md#gan-test"'
    ) in done.stderr
    assert tree.digest(small / "site") == before


def test_the_remedy_that_is_named_is_the_remedy(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rename(small)
    (fault,) = faults(small, capsys)
    redirect(small, fault.partition(f"{redirects.PATH}: ")[2])
    assert faults(small, capsys) == []
    assert main(["--root", str(small), "lock"]) == 0
    html = (site_build.strict(small, small / "site") / "models/gans.html").read_text("utf-8")
    assert re.search(r'<h2 id="gan-test"><span class="alias" id="gan-check"></span>', html)
    places = json.loads((small / lock.PATH).read_text())["places"]
    assert {"models/gans.md#gan-check", "models/gans.md#gan-test"} <= set(places)
    assert "../models/gans.html#gan-test" in (small / "site/s/gan-check.html").read_text()


def test_a_moved_section_leaves_a_note(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    move(small)
    found = faults(small, capsys)
    assert len(found) == 1 and "stands elsewhere now; add to" in found[0], found
    redirect(small, found[0].partition(f"{redirects.PATH}: ")[2])
    assert main(["--root", str(small), "lock"]) == 0
    html = (site_build.strict(small, small / "site") / "models/gans.html").read_text("utf-8")
    note = re.search(r'<p class="moved" data-jump="?[^>]*id="gan-check">(.*?)</p>', html)
    assert note and 'href="../index.html#gan-check"' in note[1], html[-4000:]
    assert "../index.html#gan-check" in (small / "site/s/gan-check.html").read_text()
    index = json.loads((small / "site/search/search_index.json").read_text("utf-8"))
    assert "stands here now" not in json.dumps(index)


def test_a_deleted_section_leads_to_a_dated_note(small: Path) -> None:
    tiny.replace(small / GAN, f"{CHECK}\n", "")
    redirect(
        small,
        '"models/gans.md#gan-check":',
        '  removed: "2026-11-20"',
        "  note: It was <wrong> & *misleading*.",
        "  see: models/gans.md#gan-idea",
    )
    html = (site_build.strict(small, small / "site") / "models/gans.html").read_text("utf-8")
    assert "was removed on 2026-11-20: It was &lt;wrong&gt; &amp; *misleading*." in html
    assert re.search(r'See <a href="(gans.html)?#gan-idea">', html) and "data-jump" not in html
    assert "../models/gans.html#gan-check" in (small / "site/s/gan-check.html").read_text()


def test_a_deleted_page_stays_as_a_page_of_notes(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "---\ntitle: Old\ndescription: A page.\nobjectives: [Explain, Name]\nlevel: intro\n"
    page += (
        "prerequisites: []\nchecked: 2026-11-01\n---\n\n# Old { #old }\n\n## Part { #old-part }\n"
    )
    (small / "docs/models/old.md").write_text(page)
    assert main(["--root", str(small), "lock"]) == 0
    (small / "docs/models/old.md").unlink()
    capsys.readouterr()
    found = faults(small, capsys)
    assert len(found) == 2 and all(redirects.PATH in fault for fault in found), found
    redirect(
        small,
        '"models/old.md#old": "models/gans.md#gan"',
        '"models/old.md#old-part": "models/gans.md#gan-idea"',
    )
    built = site_build.strict(small, small / "site", SITE_URL="https://guide.example/")
    sitemap = (built / "sitemap.xml").read_text("utf-8")
    assert "models/gans.html" in sitemap and "old.html" not in sitemap
    assert "<lastmod>2026-11-01</lastmod>" in sitemap and "<lastmod></lastmod>" not in sitemap
    html = (built / "models/old.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in html
    for key, goal in (("old", "gan"), ("old-part", "gan-idea")):
        note = re.search(rf'<p[^>]*id="{key}"[^>]*>(.*?)</p>', html)
        assert note and f'href="gans.html#{goal}"' in note[1]
        assert f"../models/gans.html#{goal}" in (small / f"site/s/{key}.html").read_text()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ['"models/gans.md#gan-old": "models/gans.md#gan-ide"'],
            "2: redirects.models/gans.md#gan-old: leads to 'models/gans.md#gan-ide', where nothing "
            "stands; did you mean 'models/gans.md#gan-idea'?",
        ),
        (
            [
                '"models/gans.md#gan-a": "models/gans.md#gan-b"',
                '"models/gans.md#gan-b": "models/gans.md#gan-a"',
            ],
            "2: redirects.models/gans.md#gan-a: the redirects turn in a circle: "
            "models/gans.md#gan-a -> models/gans.md#gan-b "
            "-> models/gans.md#gan-a; lead one elsewhere",
        ),
        (
            ['"models/gans.md#gan-a": "models/gans.md#gan-a"'],
            "2: redirects.models/gans.md#gan-a: the redirects turn in a circle: "
            "models/gans.md#gan-a -> models/gans.md#gan-a; lead one elsewhere",
        ),
        (
            ['"models/gans.md#gan-idea": "models/gans.md#gan"'],
            "2: redirects.models/gans.md#gan-idea: the id stands on that page, so this redirect is "
            "never used; take it out",
        ),
        (
            ['"index.md#gan-idea": "models/gans.md#gan"'],
            "2: redirects.index.md#gan-idea: the id 'gan-idea' stands at models/gans.md#gan-idea "
            "and must lead there: an id keeps its meaning",
        ),
        (
            [
                '"index.md#gan-a": "models/gans.md#gan"',
                '"models/gans.md#gan-a": "index.md#home"',
            ],
            "3: redirects.models/gans.md#gan-a: leads to index.md#home, but index.md#gan-a to "
            "models/gans.md#gan; an id leads to one place",
        ),
        (
            ['"index.md#x": {removed: "2026-11-01", note: Why, see: index.md#y}'],
            "2: redirects.index.md#x: 'see' leads to 'index.md#y', where nothing stands; ",
        ),
    ],
)
def test_redirects_that_lead_nowhere(
    small: Path, capsys: pytest.CaptureFixture[str], lines: list[str], message: str
) -> None:
    redirect(small, *lines)
    found = faults(small, capsys)
    assert found and found[0].startswith(f"{redirects.PATH}:{message}"), found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (IDEA, "## The idea { #Gan-Idea }", f"{GAN}:14: the id 'Gan-Idea' is malformed; "),
        (IDEA, "## The idea", f"{GAN}:14: the heading 'The idea' has no id; write"),
        (
            IDEA,
            "## The idea { #home-tables }",
            f"{GAN}:14: the id 'home-tables' stands already at ",
        ),
        (IDEA, "The idea\n--------", f"{GAN}:15: a line of === or --- makes the text above"),
    ],
)
def test_bad_ids_stop_the_build(small: Path, old: str, new: str, message: str) -> None:
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    tiny.replace(small / GAN, old, new)
    done = site_build.run(small)
    assert done.returncode == 1 and message in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert tree.digest(small / "site") == before


def test_a_heading_cannot_take_the_id_of_a_term(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.replace(small / GAN, CHECK, "## Check yourself { #term-mode-collapse }")
    found = faults(small, capsys)
    assert "the id 'term-mode-collapse' stands already at docs/learn/glossary.md:" in found[0]


def test_what_the_data_point_to_is_reported_with_the_id_that_is_gone(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = small / GAN
    file.write_text(file.read_text("utf-8").replace("gan-idea", "gan-thought"), encoding="utf-8")
    found = faults(small, capsys)
    assert sum("unknown section 'gan-idea'" in fault for fault in found) == 3
    assert len([fault for fault in found if fault.startswith(lock.PATH)]) == 1, found


def test_an_id_that_is_not_locked_is_a_warning(small: Path) -> None:
    tiny.replace(small / GAN, IDEA, f"{IDEA}\n\n### More {{ #gan-more }}")
    done = site_build.run(small)
    assert done.returncode == 0
    line = (small / GAN).read_text("utf-8").splitlines().index("### More { #gan-more }") + 1
    assert f"{GAN}:{line}: 'models/gans.md#gan-more' is not in {lock.PATH} yet" in done.stderr
    assert site_build.run(small, "--strict").returncode == 1


def test_lock_writes_nothing_while_there_is_a_fault(small: Path) -> None:
    before = (small / lock.PATH).read_bytes()
    rename(small)
    assert main(["--root", str(small), "lock"]) == 1
    assert (small / lock.PATH).read_bytes() == before


def test_lock_never_drops(small: Path) -> None:
    locked, _ = lock.read(small)
    rename(small)
    redirect(small, '"models/gans.md#gan-check": "models/gans.md#gan-test"')
    assert main(["--root", str(small), "lock"]) == 0
    after, _ = lock.read(small)
    assert locked.keys() < after.keys()
    redirect(small)  # the redirect is taken out again: the lock still knows the id
    assert main(["--root", str(small), "check"]) == 1


def test_short_links_with_and_without_an_address(small: Path) -> None:
    plain = site_build.strict(small, small / "plain")
    html = (plain / "s/gan-idea.html").read_text("utf-8")
    assert 'content="0; url=../models/gans.html#gan-idea"' in html and "noindex" in html
    assert "canonical" not in html and not list(plain.glob("s/*.svg"))
    hosted = site_build.strict(small, small / "hosted", SITE_URL="https://guide.example/a%20b/")
    html = (hosted / "s/gan-idea.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://guide.example/a' in html
    assert (hosted / "s/gan-idea.svg").is_file()


def test_a_changed_cache_is_not_trusted(small: Path) -> None:
    site_build.strict(small, small / "site")
    before = (small / "site/s/gan-idea.html").read_bytes()
    (small / "site/s/gan-idea.html").write_text("changed in place, through the link")
    site_build.strict(small, small / "site")
    assert (small / "site/s/gan-idea.html").read_bytes() == before
