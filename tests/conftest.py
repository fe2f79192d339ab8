"""What all tests share: the repository, its site built once, and the rule about skips."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fieldguide.files import archive
from playwright.sync_api import Browser, sync_playwright
from support import site_build
from support.visits import FLAGS, Visit, watch

ROOT = Path(__file__).resolve().parents[1]
AWKWARD = "My Course #2 é & 100% ok"  # a folder name as people give them


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With FIELDGUIDE_NO_SKIP=1 a skipped test is a failure: nothing goes unexamined unnoticed."""
    report = yield
    if report.skipped and os.environ.get("FIELDGUIDE_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which FIELDGUIDE_NO_SKIP forbids: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strict."""
    return site_build.shared(tmp_path_factory, "built")


@pytest.fixture(scope="session")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as a reader has it on disk: out of the archive, in a folder with an awkward name."""
    folder = tmp_path_factory.mktemp("disk") / AWKWARD
    with zipfile.ZipFile(site / archive.NAME) as packed:
        packed.extractall(folder)
    return folder / archive.FOLDER


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; tests that need it are skipped where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not path:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A real Chromium, started once for all tests: a second one would not start beside it."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[Visit]:
    """One page, 1280 wide and light, for all tests that change nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield watch(context)
    context.close()


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Visit]:
    """A page with nothing remembered."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield watch(context)
    context.close()
