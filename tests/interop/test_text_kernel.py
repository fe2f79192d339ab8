"""The WebAssembly of the language widgets is what its source assembles to."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = "docs/assets/javascripts/text"


def test_the_bytes_in_the_script_are_those_of_the_source(root: Path, tmp_path: Path) -> None:
    node, assembler = shutil.which("node"), root / ".ci/node_modules/wabt/bin/wat2wasm"
    if not node or not assembler.is_file():
        pytest.skip("needs Node.js, and `npm ci --prefix .ci`")
    made = tmp_path / "kernel.wasm"
    command = [node, str(assembler), str(root / FOLDER / "kernel.wat"), "-o", str(made)]
    subprocess.run(command, check=True, timeout=60)
    script = (root / FOLDER / "memory.js").read_text(encoding="utf-8")
    embedded = "".join(re.findall(r'^    "([A-Za-z0-9+/=]+)"', script, re.MULTILINE))
    assert base64.b64decode(embedded, validate=True) == made.read_bytes()
    assert f"assembled: {made.stat().st_size} bytes" in script
