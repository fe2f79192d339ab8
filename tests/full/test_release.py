"""A release replaces the last one whole or not at all, whatever happens while it is made."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fieldguide import release
from fieldguide.__main__ import run_lock
from fieldguide.files import archive, owned, workshop, zim
from support import site_build, tiny, tree

COMMAND = [sys.executable, "-m", "fieldguide", "release", "--out"]
GAN = "docs/models/gans.md"


def run(root: Path, out: Path, *options: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Make a release as a maintainer does."""
    return subprocess.run(
        [*COMMAND, str(out), *options],
        cwd=root,
        env=site_build.environment(PYTHONPATH=str(root / "hooks")),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        **more,
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The sources of a tiny site."""
    return tiny.buildable(tmp_path / "small")


@pytest.fixture
def published(small: Path, tmp_path: Path) -> Path:
    """Its first release; after it, the sources have changed."""
    out = tmp_path / "host" / "guide"
    done = run(small, out)
    assert done.returncode == 0, done.stderr
    tiny.replace(small / "docs/data/guide.yml", "Fast to draw from", "Quick to draw from")
    return out


def beside(out: Path) -> list[str]:
    """Return what lies beside a release; nothing should."""
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def test_a_release_is_complete(published: Path, small: Path) -> None:
    names = {path.name for path in published.iterdir()}
    assert names == {release.SITE, archive.NAME, release.CHANGELOG, release.SUMS, owned.MARKER}
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", release.SUMS],
        cwd=published,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    listed = (published / release.SUMS).read_text("utf-8").count("\n")
    assert listed == len(tree.digest(published)) - 2, "all but itself and the marker"
    assert (published / release.SITE / "index.html.br").is_file()
    assert beside(published) == []


def test_the_changelog_names_what_has_happened_to_addresses(published: Path, small: Path) -> None:
    tiny.replace(small / GAN, "{ #gan-sources }", "{ #gan-reading }")
    (small / "docs/data/redirects.yml").write_text(
        'redirects:\n  "models/gans.md#gan-sources": "models/gans.md#gan-reading"\n',
        encoding="utf-8",
    )
    with (small / GAN).open("a", encoding="utf-8") as page:
        page.write("\n## More { #gan-more }\n\nWords.\n")
    assert run_lock(small) == 0
    done = run(small, published)
    assert done.returncode == 0, done.stderr
    assert "addresses: 1 added, 1 moved, 0 retired" in done.stdout
    entry = (published / release.CHANGELOG).read_text("utf-8").split("\n## ")[1]
    assert "### Added (1)\n\n- models/gans.md: `gan-more`" in entry
    assert "- `models/gans.md#gan-sources` stands at `models/gans.md#gan-reading`" in entry
    before = tree.digest(published)
    assert run(small, published).returncode == 0
    assert tree.digest(published) == before, "nothing has changed, so nothing is added"


def test_a_zim_holds_every_file_of_the_archive(small: Path, tmp_path: Path) -> None:
    reader = pytest.importorskip("libzim.reader")
    done = run(small, tmp_path / "out", "--zim")
    assert done.returncode == 0, done.stderr
    opened = reader.Archive(tmp_path / "out" / zim.NAME)
    content = zim.entries(tmp_path / "out" / archive.NAME)
    assert opened.check() and opened.has_fulltext_index
    read = {path: bytes(opened.get_entry_by_path(path).get_item().content) for path in content}
    assert read == content and len(read) > 50
    assert opened.get_entry_by_path("index.html").get_item().mimetype == "text/html"
    with pytest.raises(zim.ZimError, match=r"1 entries differ, first index\.html"):
        zim.verify(opened, {**content, "index.html": b"another page"})


def test_a_fault_leaves_the_last_release(published: Path, small: Path) -> None:
    before = tree.digest(published)
    tiny.replace(small / "docs/index.md", "## Tables {", "[x](models/gone.md)\n\n## Tables {")
    done = run(small, published)
    assert done.returncode == 1
    assert "models/gone.md" in done.stderr and "nothing was replaced" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree.digest(published) == before and beside(published) == []


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "at the start": lambda part: part.is_dir(),
    "while pages are written": lambda part: (part / "site/index.html").is_file(),
    "while it is packed": lambda part: (part / "site" / archive.NAME).is_file(),
    "while it is compressed": lambda part: any(part.glob("site/assets/stylesheets/*.br")),
    "just before the exchange": lambda part: (part / release.SUMS).is_file(),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment(published: Path, small: Path, moment: str) -> None:
    """SIGKILL, as from a lack of memory or a cut of power: no handler runs."""
    before = tree.digest(published)

    def reached() -> bool:
        parts = published.parent.glob(f".{published.name}.*.part/{workshop.NEW}")
        return any(MOMENTS[moment](part) for part in parts)

    with subprocess.Popen(
        [*COMMAND, str(published)],
        cwd=small,
        env=site_build.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        while process.poll() is None and not reached():
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGKILL)
    after = tree.digest(published)
    if moment != "just before the exchange":
        assert after == before
    done = run(small, published)
    assert done.returncode == 0, done.stderr
    assert beside(published) == []
    page = (published / release.SITE / "index.html").read_text("utf-8")
    assert "Quick to draw from" in page
    assert after in (before, tree.digest(published)), "half of it was replaced"


def test_a_reader_never_finds_half_a_release(published: Path, small: Path) -> None:
    """One reads as fast as possible while releases of two editions take turns."""
    editions = [published.with_name(name) for name in ("x", "y")]
    for number, folder in enumerate(editions):
        shutil.copytree(published, folder)
        for name in (release.SUMS, "site/index.html"):
            (folder / name).write_text(str(number))
    faults, reads, stop = [], [0], threading.Event()

    def read() -> None:
        while not stop.is_set():
            for name in (release.SUMS, "site/index.html"):
                try:
                    (published / name).read_bytes()
                    reads[0] += 1
                except OSError as error:
                    faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(200):
        if not release.exchange(editions[turn % 2], published):
            pytest.skip("this file system cannot exchange two folders")
        release.exchange(editions[turn % 2], editions[turn % 2])
    stop.set()
    reader.join()
    assert faults == [] and reads[0] > 20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Give a function that mounts a disk of some size in memory; it needs the rights of root."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = []

    def mount(size: str, *more: str) -> Path:
        options = ",".join(("remount",) * bool(mounted) + (f"size={size}", *more))
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return place
        mounted.append(place)
        return place

    yield mount
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_the_last_release(
    published: Path, small: Path, disk: Callable[..., Path]
) -> None:
    """On a disk that holds one release and a half; without the right to mount, by a limit."""
    used = sum(file.stat().st_size for file in published.rglob("*") if file.is_file())
    place = disk("64m")
    out = place / "guide"
    shutil.move(published, out)
    before = tree.digest(out)
    if os.path.ismount(place):
        used = shutil.disk_usage(place).used
        disk(f"{used * 3 // 2 // 1024}k")
        done = run(small, out)
    else:
        limit = (used // 20, used // 20)
        done = run(small, out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    assert done.returncode == 1
    assert "No space left on device" in done.stderr or "File too large" in done.stderr
    assert "nothing was replaced" in done.stderr
    assert tree.digest(out) == before and beside(out) == []
    disk("64m")
    done = run(small, out)
    assert done.returncode == 0, done.stderr
    assert "Quick to draw from" in (out / release.SITE / "index.html").read_text("utf-8")


def test_a_disk_that_is_full_under_the_sources_spoils_no_cache(
    small: Path, tmp_path: Path, disk: Callable[..., Path]
) -> None:
    """The next build with room to write gives what it would have given."""
    reference = tree.digest(site_build.strict(small, tmp_path / "reference"))
    place = disk("64m")
    moved = place / "small"
    shutil.copytree(small, moved, symlinks=True, ignore=shutil.ignore_patterns(".cache", "site"))
    if os.path.ismount(place):
        used = shutil.disk_usage(place).used
        disk(f"{used // 1024 + 300}k")
        assert site_build.run(moved).returncode != 0
        disk("64m")
    assert tree.digest(site_build.strict(moved, moved / "site")) == reference


def test_output_that_cannot_be_written_is_named_in_one_line(
    published: Path, small: Path, disk: Callable[..., Path]
) -> None:
    place = disk("64m")
    out = place / "guide"
    shutil.move(published, out)
    before = tree.digest(out)
    if os.path.ismount(place):
        disk("64m", "ro")
    else:
        place.chmod(0o555)
    try:
        done = run(small, out)
        built = site_build.run(small, "--site-dir", str(out / release.SITE))
    finally:
        disk("64m", "rw")
        place.chmod(0o755)
    assert done.returncode == 1 and built.returncode != 0
    assert done.stderr.count("\n") == 1 and "nothing was replaced" in done.stderr
    assert tree.digest(out) == before


def test_the_real_guide_can_be_released(root: Path, tmp_path: Path) -> None:
    copied = tree.copy(root, tmp_path / "copy")
    done = run(copied, tmp_path / "out", "--zim")
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    assert (tmp_path / "out" / release.CHANGELOG).read_text("utf-8").count("\n## ") == 1
    site = tmp_path / "out" / release.SITE
    raw, packed = 0, 0
    for file in site.rglob("*.br"):
        if "weights" in file.parts:  # which are dense already
            continue
        packed += file.stat().st_size
        raw += file.with_suffix("").stat().st_size
    assert packed < raw / 3
