"""Other clones, checkouts that cannot be written, and addresses as other tools give them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fieldguide.source import checkout
from support import site_build, tiny, tree

HOOK = """
from pathlib import Path
def on_config(config):
    config.site_url = {address!r}
    return config
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tiny site that can be built."""
    return tiny.buildable(tmp_path / "small")


def built(root: Path, target: Path, **more: str) -> Path:
    """Build a site, whatever warns: with an address the tiny one lacks what courses take away."""
    done = site_build.run(root, "--site-dir", str(target), **more)
    assert done.returncode == 0, done.stderr
    return target


def hooked(root: Path, address: str) -> None:
    """Let a plugin set the address of the site, before our own hook, as mike does."""
    (root / "mike.py").write_text(HOOK.format(address=address), encoding="utf-8")
    tiny.replace(root / "mkdocs.yml", "  - hooks/main.py", "  - mike.py\n  - hooks/main.py")


def test_an_address_without_a_slash_is_joined_as_one_with_a_slash(
    small: Path, tmp_path: Path
) -> None:
    address = "https://example.org/guide/1.0"
    right = built(small, tmp_path / "right", SITE_URL=f"{address}/")
    hooked(small, address)
    assert tree.digest(built(small, tmp_path / "site")) == tree.digest(right)
    page = (tmp_path / "site/models/gans.html").read_text(encoding="utf-8")
    assert f'href="{address}/models/gans.html"' in page


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://example.org/my guide/", "holds ' '"),
        pytest.param("https://example.org/guide/?v=1", "has a query", marks=pytest.mark.full),
        ("https://example.org/#top", "has a query or a fragment"),
    ],
)
def test_an_address_that_no_path_can_follow_is_refused(
    small: Path, address: str, reason: str
) -> None:
    site_build.strict(small, small / "site")
    before = tree.digest(small / "site")
    done = site_build.run(small, SITE_URL=address)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "mkdocs.yml:3: site_url: " in done.stderr and reason in done.stderr
    hooked(small, address)
    done = site_build.run(small)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "site_url: " in done.stderr and reason in done.stderr
    assert tree.digest(small / "site") == before


def test_an_address_of_the_repository_that_is_a_program_is_refused(small: Path) -> None:
    done = site_build.run(small, REPO_URL="javascript:alert(1)")
    assert done.returncode == 1 and "extra.repo: 'javascript:alert(1)' does not" in done.stderr


def test_a_checkout_in_which_nothing_can_be_kept_gives_the_same_site(
    small: Path, tmp_path: Path
) -> None:
    right = built(small, tmp_path / "right", SITE_URL="https://example.org/")
    shutil.rmtree(small / ".cache")
    (small / ".cache").write_text("")  # root may write everywhere but below a file
    made = built(small, tmp_path / "site", SITE_URL="https://example.org/")
    assert tree.digest(made) == tree.digest(right)


MOUNT = """
mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" || exit 99
touch x 2>/dev/null && exit 98
shift && exec "$@"
"""


def test_a_checkout_that_is_mounted_for_reading_alone_gives_the_same_site(
    small: Path, tmp_path: Path
) -> None:
    """A real mount where the machine allows one; elsewhere folders that cannot be written."""
    right = built(small, tmp_path / "right", SITE_URL="https://example.org/")
    shutil.rmtree(small / ".cache")
    target = tmp_path / "made/site"
    target.parent.mkdir()
    command = [*site_build.MKDOCS, "build", "--site-dir", str(target)]
    environment = site_build.environment(SITE_URL="https://example.org/")
    mount = ["unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", str(small)]
    done = subprocess.run(
        [*mount, *command], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 98, "what is mounted for reading alone was written"
    if done.returncode == 99 or (not target.exists() and "unshare" in done.stderr):
        folders = [small, *(path for path in small.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        done = subprocess.run(
            command, cwd=small, env=environment, capture_output=True, text=True, check=False
        )
        for folder in folders:
            folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert tree.digest(target) == tree.digest(right)


def test_the_generator_of_another_clone_is_named(small: Path, root: Path) -> None:
    assert checkout.foreign(root) == "" and checkout.foreign(small) == "", "a link to our own"
    assert checkout.foreign(small / "docs") == "", "no checkout at all"
    (small / "hooks").unlink()
    shutil.copytree(root / "hooks", small / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "fieldguide", "--root", str(small), "check"]
    for hooks, named in ((root / "hooks", 1), (small / "hooks", 0)):
        environment = site_build.environment(PYTHONPATH=str(hooks))
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, "it is said, and the command goes on"
        stranger = f"the generator of another clone, {root / 'hooks/fieldguide'}"
        assert done.stderr.count(stranger) == named


def test_a_build_runs_the_generator_of_its_own_clone(small: Path, root: Path) -> None:
    """Whatever the virtual environment holds: MkDocs looks beside the hook first."""
    (small / "hooks").unlink()
    shutil.copytree(root / "hooks", small / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    door = small / "hooks/fieldguide/build.py"
    door.write_text(door.read_text("utf-8") + '\nraise RuntimeError("our own")\n', "utf-8")
    done = site_build.run(small)
    assert done.returncode != 0 and "our own" in done.stderr
