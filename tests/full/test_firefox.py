"""Firefox ESR reads the unpacked guide from disk, under the rules that a reader's Firefox has."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def found(root: Path, unpacked: Path) -> dict[str, Any]:
    """What Firefox found; it is started once."""
    firefox = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    node = shutil.which("node")
    tools = root / ".ci/slow"
    if not firefox or not node or not (tools / "node_modules/puppeteer-core").is_dir():
        pytest.skip("needs Firefox ESR, Node.js, and `npm ci --prefix .ci/slow`")
    done = subprocess.run(
        [node, "firefox.mjs", str(unpacked)],
        cwd=tools,
        env={**os.environ, "FIREFOX": firefox},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_rules_of_a_reader_hold(found: dict[str, Any]) -> None:
    """Without this, all that follows could be green for a wrong reason."""
    assert found["version"].startswith("firefox/")
    assert found["neighbor"] == "refused" and found["worker"] == "refused"


def test_nothing_fails_and_nothing_leaves_the_disk(found: dict[str, Any]) -> None:
    assert found["outside"] == []
    assert found["errors"] == []


def test_the_search_answers(found: dict[str, Any]) -> None:
    assert found["results"] > 0 and found["landed"]


def test_dark_colors_can_be_chosen_and_are_kept(found: dict[str, Any]) -> None:
    assert found["palette"] == ["default", "slate", "slate"]


def test_the_comparison_can_be_filtered(found: dict[str, Any]) -> None:
    every, some, address = found["comparison"]
    assert every >= 10 > some > 0
    assert "kind=architecture" in address


def test_heads_of_a_table_are_copied(found: dict[str, Any]) -> None:
    heads, copied = found["heads"]
    assert len(heads) == 7
    assert [head for head in heads if head not in copied] == []


def test_formulas_are_copied_as_tex(found: dict[str, Any]) -> None:
    tex, copied = found["copied"]
    assert tex and f"$${tex}$$" in copied


def test_short_links_lead_to_their_sections(found: dict[str, Any]) -> None:
    assert found["short"] == ["#gan-idea", True]


def test_formulas_are_drawn_with_the_math_font(found: dict[str, Any]) -> None:
    formulas = found["formulas"]
    assert formulas["count"] > 3 and formulas["flat"] == 0
    names = [formulas["family"], *formulas["loaded"]]  # names of fonts have no case
    assert ["stix two math" in name.lower() for name in names].count(True) >= 2


def test_a_live_model_draws(found: dict[str, Any], unpacked: Path) -> None:
    assert "<guide-lab" in (unpacked / "models/gans.html").read_text("utf-8")
    assert found["ink"] and all(found["ink"])


def test_six_models_race_and_one_is_watched(found: dict[str, Any]) -> None:
    arena = found["arena"]
    assert arena["fast"] and arena["lost"] == 0, "the page's policy lets the kernel compile"
    assert arena["told"].startswith("After ") and "Fresh data reach" in arena["told"]
    assert len(arena["drawn"]) == 7 and all(arena["drawn"])
    assert len(found["watch"]) == 2 and all(found["watch"])
