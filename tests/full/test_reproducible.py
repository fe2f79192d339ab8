"""Two builds have equal bytes, whatever differs around them; another program builds the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import site_build, tree

SITE = "https://example.org/guide/"
# What differs between the two: folder, day, hour, zone, language, hash seed, and file rights.
WAYS = {
    "one": ("2027-01-01 00:10:00", "0", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
    "another folder é": (
        "2031-12-31 23:50:00",
        "077",
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C"},
    ),
}
GENERATOR = re.compile(r'<meta name="generator" content="[^"]*">')


@pytest.fixture(scope="module")
def faketime() -> str:
    path = shutil.which("faketime")
    if not path:
        pytest.skip("no faketime on this machine (Debian: apt-get install faketime)")
    return path


@pytest.mark.parametrize("address", ["", SITE], ids=["without-address", "with-address"])
def test_two_builds_are_equal(root: Path, tmp_path: Path, faketime: str, address: str) -> None:
    """Each from a fresh copy without a cache; no variable tells them a day."""
    digests = []
    for name, (day, mask, variables) in WAYS.items():
        copied = tree.copy(root, tmp_path / name)
        more = {**variables, "PYTHONPATH": str(copied / "hooks")}
        if address:
            more["SITE_URL"] = address
        environment = site_build.environment(**more)
        environment.pop("SOURCE_DATE_EPOCH", None)
        done = subprocess.run(
            [faketime, day, *site_build.MKDOCS, "build"],
            cwd=copied,
            env=environment,
            umask=int(mask, 8),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        digests.append(tree.digest(copied / "site"))
    first, second = digests
    assert len(first) > 500
    assert {path for path in first.keys() | second if first.get(path) != second.get(path)} == set()
    assert ("sitemap.xml" in first) == bool(address)


@pytest.fixture(scope="module")
def properdocs(root: Path) -> str:
    path = Path(os.environ.get("PROPERDOCS") or root / ".cache/properdocs/bin/properdocs")
    if not path.is_file():
        pytest.skip("no ProperDocs in .cache/properdocs; .ci/full puts it there")
    return str(path)


def test_properdocs_builds_the_same_site(
    site: Path, root: Path, tmp_path: Path, properdocs: str
) -> None:
    """Equal but for the line in which the program names itself; the archive holds those pages."""
    copied = tree.copy(root, tmp_path / "copy")
    done = subprocess.run(
        [properdocs, "build", "--strict", "-f", "mkdocs.yml", "--site-dir", tmp_path / "site"],
        cwd=copied,
        env=site_build.environment(PYTHONPATH=str(copied / "hooks")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = tree.digest(site), tree.digest(tmp_path / "site")
    assert ours.keys() == theirs.keys()
    different = [path for path in ours if ours[path] != theirs[path]]
    pages = [path for path in different if path.endswith(".html")]
    assert len(pages) > 30
    for path in pages:
        texts = [(folder / path).read_text("utf-8") for folder in (site, tmp_path / "site")]
        named = [GENERATOR.findall(text) for text in texts]
        assert [len(found) for found in named] == [1, 1], path
        assert "ProperDocs" in named[1][0] and "ProperDocs" not in named[0][0]
        assert GENERATOR.sub("", texts[0]) == GENERATOR.sub("", texts[1]), path
    assert {path for path in different if not path.endswith((".html", ".zip"))} == set()
