"""MkDocs builds and serves: what survives a fault, and what does not depend on where or when."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fieldguide.__main__ import run_lock
from support import site_build, tiny, tree

EPOCH = "1795305600"  # a day, so that nothing asks for the present one
GUIDE = "docs/data/guide.yml"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tiny site that can be built."""
    return tiny.buildable(tmp_path / "small")


def test_the_tiny_site_builds_without_a_warning(small: Path) -> None:
    site_build.strict(small, small / "site")


def test_faults_stop_the_build_and_leave_the_old_site(small: Path) -> None:
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    tiny.replace(small / GUIDE, "evidence: strong", "evidence: stong")
    tiny.replace(
        small / "docs/models/gans.md", "[@goodfellow2014gan; @kingma", "[@goodfelow; @kingma"
    )
    tiny.replace(small / "docs/index.md", "# Home { #home }", "# Home")
    done = site_build.run(small)
    assert done.returncode == 1
    assert f"{GUIDE}:54: advantages.0.evidence: 'stong' is not known; did you mean" in done.stderr
    assert "docs/index.md:10: the heading 'Home' has no id" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree.digest(small / "site") == before


def test_a_fault_of_a_page_leaves_the_old_site(small: Path) -> None:
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    tiny.replace(small / "docs/models/gans.md", "term:mode-collapse", "term:mode-colapse")
    done = site_build.run(small)
    assert done.returncode == 1
    assert "docs/models/gans.md:16: unknown term 'mode-colapse'; did you mean" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree.digest(small / "site") == before


@pytest.mark.parametrize(
    ("broken", "options", "printed"),
    [
        ("fieldguide.search.index.write", [], "Traceback"),
        pytest.param("fieldguide.expand.expand", [], "Traceback", marks=pytest.mark.full),
        ("fieldguide.html.finished.only", ["--dirty"], "Traceback"),
        ("", ["--strict"], "in strict mode"),
    ],
)
def test_whatever_goes_wrong_the_old_site_is_untouched(
    small: Path, broken: str, options: list[str], printed: str
) -> None:
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    if broken:
        module, _, name = broken.rpartition(".")
        hook = small / "fault.py"
        hook.write_text(f"import {module} as m\n\ndef on_nav(nav, **_):\n    m.{name} = None\n")
        tiny.replace(small / "mkdocs.yml", "hooks:\n", "hooks:\n  - fault.py\n")
    else:
        tiny.replace(small / "docs/models/gans.md", "<!-- guide:systems gan -->", "")
    done = site_build.run(small, *options)
    assert done.returncode == 1 and printed in done.stdout + done.stderr
    assert tree.digest(small / "site") == before
    assert [path.name for path in small.glob(".site*")] == []


def test_a_build_called_dirty_is_whole(small: Path) -> None:
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    (small / "site/left.html").write_text("left", encoding="utf-8")
    done = site_build.run(small, "--dirty")
    assert done.returncode == 0 and "--dirty has no effect" in done.stderr
    assert tree.digest(small / "site") == before


def test_strict_fails_on_a_warning(small: Path) -> None:
    tiny.replace(small / "docs/models/gans.md", "<!-- guide:systems gan -->", "")
    done = site_build.run(small, "--strict")
    assert done.returncode == 1 and "in strict mode" in done.stdout + done.stderr
    assert "table 'systems' is on no page" in done.stderr


@pytest.mark.parametrize("goal", ["models/gone.md", "models/gans.md#gone"])
def test_a_link_to_nowhere_has_its_line(small: Path, goal: str) -> None:
    tiny.replace(small / "docs/index.md", "## Tables {", f"[x]({goal})\n\n## Tables {{")
    done = site_build.run(small)
    assert done.returncode == 1
    assert f"docs/index.md:14: the link '{goal}' leads to no" in done.stderr


def test_a_source_that_nothing_cites_is_a_warning(small: Path) -> None:
    file = small / "docs/data/sources.yml"
    entry = file.read_text(encoding="utf-8").partition("  - id: kingma2014vae")
    again = (entry[1] + entry[2]).replace("kingma2014vae", "nobody2014nothing")
    file.write_text("".join(entry) + again, encoding="utf-8")
    done = site_build.run(small, "--strict")
    assert "source 'nobody2014nothing' is cited nowhere" in done.stderr


def test_a_family_and_an_advantage_more_need_nothing_but_their_entry(small: Path) -> None:
    text = (small / GUIDE).read_text(encoding="utf-8")
    start, end = text.index("  - id: vae"), text.index("advantages:")
    family = text[start:end].replace("id: vae", "id: energy").replace("short: VAE", "short: Energy")
    start, end = end + len("advantages:\n"), text.index("limitations:")
    advantage = text[start:end].replace("adv-speed", "adv-more").replace("Fast to", "More to")
    text = text.replace("advantages:\n", f"{family}advantages:\n{advantage}")
    (small / GUIDE).write_text(text, encoding="utf-8")
    glyphs = small / "docs/assets/diagrams"
    shutil.copy(glyphs / "glyph-vae.svg", glyphs / "glyph-energy.svg")
    replace = (glyphs / "glyph-energy.svg").read_text(encoding="utf-8")
    (glyphs / "glyph-energy.svg").write_text(replace.replace("glyph-vae", "glyph-energy"), "utf-8")
    assert run_lock(small) == 0
    site_build.strict(small, small / "site")
    page = (small / "site/index.html").read_text(encoding="utf-8")
    assert ">Energy</a>" in page and 'id="adv-more"' in page


def test_a_theme_that_has_changed_is_noticed(small: Path) -> None:
    """A repair that no longer finds what it mends stops the build."""
    partials = small / "docs/overrides/partials"
    partials.mkdir(exist_ok=True)
    (partials / "search.html").write_text("<div>another search</div>", encoding="utf-8")
    done = site_build.run(small)
    assert done.returncode != 0
    assert "the theme has changed" in done.stderr


@pytest.mark.full
def test_two_builds_are_equal_byte_for_byte(site: Path, root: Path, tmp_path: Path) -> None:
    """In another folder, from a fresh copy, with another hash seed."""
    copied = tree.copy(root, tmp_path / "another folder")
    target = copied / "site"
    site_build.strict(copied, target, PYTHONHASHSEED="4242", PYTHONPATH=str(copied / "hooks"))
    assert tree.digest(target) == tree.digest(site)


def test_the_day_of_the_build_leaves_no_trace(small: Path, tmp_path: Path) -> None:
    faketime = shutil.which("faketime")
    if not faketime:
        pytest.skip("no faketime on this machine (Debian: apt-get install faketime)")
    for day in ("2027-01-01", "2031-12-31"):
        subprocess.run(
            [faketime, day, *site_build.MKDOCS, "build", "--strict", "--site-dir", tmp_path / day],
            cwd=small,
            env=site_build.environment(
                SITE_URL="https://example.org/guide/", SOURCE_DATE_EPOCH=EPOCH
            ),
            capture_output=True,
            check=True,
        )
    assert tree.digest(tmp_path / "2027-01-01") == tree.digest(tmp_path / "2031-12-31")


def test_serve_follows_the_data_file_and_survives_a_faulty_save(small: Path) -> None:
    with serving(small) as (address, log, alive):
        until(lambda: "Fast to draw from" in page(address), log)
        tiny.replace(small / GUIDE, "Fast to draw from", "Quick to draw from")
        until(lambda: "Quick to draw from" in page(address), log)
        tiny.replace(small / GUIDE, "evidence: strong", "evidence: stong")
        until(lambda: f"{GUIDE}:54: advantages.0.evidence: 'stong'" in log.read_text(), log)
        assert alive()
        tiny.replace(small / GUIDE, "evidence: stong", "evidence: strong")
        tiny.replace(small / GUIDE, "Quick to draw from", "Swift to draw from")
        until(lambda: "Swift to draw from" in page(address), log)
        assert "Traceback" not in log.read_text()


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, Path, Callable[[], bool]]]:
    """Run `mkdocs serve`; give its address, the file of what it prints, and whether it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = root / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*site_build.MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=root,
            env=site_build.environment(PYTHONUNBUFFERED="1"),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield f"http://127.0.0.1:{port}/index.html", log, lambda: process.poll() is None
        finally:
            process.terminate()
            process.wait(10)


def page(address: str) -> str:
    """Return a served page, or nothing while there is none."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def until(happened: Callable[[], bool], log: Path, seconds: float = 30) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"it did not happen within {seconds} s:\n{log.read_text()}"
        time.sleep(0.2)
