"""The Nu HTML checker reads every page and every style sheet."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKER = ".ci/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.mark.parametrize("kind", ["html", "css"])
def test_nu_finds_no_error(site: Path, root: Path, kind: str) -> None:
    """In no page, and in no style sheet, the theme's included."""
    java = shutil.which("java")
    if not java:
        pytest.skip("no Java on this machine (Debian: apt-get install default-jre-headless)")
    if not (root / CHECKER).is_file():
        pytest.skip("the Nu HTML checker is not installed (cd .ci && npm ci)")
    command = [java, "-Xss4m", "-jar", str(root / CHECKER), "--errors-only", f"--skip-non-{kind}"]
    done = subprocess.run(
        [*command, "--format", "json", "--exit-zero-always", str(site)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    messages = [
        f"{message['url'].rpartition('/site/')[2]}:{message.get('lastLine', 0)}: "
        f"{message['message']} [{message.get('extract', '').strip()[:80]}]"
        for message in json.loads(done.stderr)["messages"]
    ]
    assert messages == []
    assert f'"{site}' in done.stderr or not messages
