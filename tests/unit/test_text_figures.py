"""The language widgets as the build sets them: figure, scripts, policy, kernel."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from fieldguide.drawings import text_figures
from fieldguide.html import assets, finished, parts
from fieldguide.model import text_results
from fieldguide.model.site import Context, Site
from support.models import LAB, LANGUAGE

ROW = {"seed": 1, "word": "fen", "text": "a <b>low</b> place", "known": False}


def bundled(root: Path, folder: Path) -> Path:
    """Write the bundles of the texts into a folder."""
    for path, script in assets.published(root / "docs", parts.bundles(LAB)).items():
        if path.startswith(f"{parts.TEXTS}/"):
            (folder / Path(path).name).write_bytes(script)
    return folder


def test_each_bundle_holds_its_widget_and_runs_nothing_that_was_typed(
    root: Path, tmp_path: Path
) -> None:
    target = bundled(root, tmp_path)
    assert {file.name for file in target.iterdir()} == {f"{key}.js" for key in LANGUAGE}
    node = shutil.which("node")
    for key in LANGUAGE:
        script = (target / f"{key}.js").read_text()
        assert f".texts.{key}=" in script and "@param" not in script
        for forbidden in ("innerHTML", "outerHTML", "eval(", "new Function", "document.write"):
            assert forbidden not in script, forbidden
        if node:
            subprocess.run([node, "--check", target / f"{key}.js"], check=True)


def test_every_script_is_in_a_bundle(root: Path) -> None:
    scripts = {file.stem for file in (root / "docs" / parts.TEXTS).glob("*.js")}
    assert scripts == {"ui", "start"} | {n for w in LANGUAGE.values() for n in w.scripts}


def test_a_page_gets_scripts_and_styles_of_its_widgets_alone(tmp_path: Path) -> None:
    html = text_figures.live(tmp_path, LANGUAGE["write"]) + text_figures.live(
        tmp_path, LANGUAGE["game"]
    )
    found = parts.found(html, LAB)
    assert parts.loaded(found, "early") == [f"{parts.TEXTS}/write.js", f"{parts.TEXTS}/game.js"]
    styles = [f"{parts.STYLES}/lab.css", f"{parts.STYLES}/text.css"]
    assert parts.loaded(found, "styles") == styles
    assert parts.loaded(parts.found('<svg class="lab-sheet"/>', LAB), "styles") == styles[:1]


@pytest.mark.parametrize(("key", "allowed"), [("write", True), ("game", True), ("shannon", False)])
def test_only_pages_with_weights_may_compile(tmp_path: Path, key: str, allowed: bool) -> None:
    html = '<meta charset="utf-8">' + text_figures.live(tmp_path, LANGUAGE[key])
    assert ("'wasm-unsafe-eval'" in finished.finished(html, {}, [])[0]) == allowed


def test_samples_are_text_and_the_curves_need_both_networks(tmp_path: Path) -> None:
    file = tmp_path / text_results.RESULTS
    file.parent.mkdir(parents=True)
    models = {"gru": {"samples": [ROW] * 9, "places": [9.0, 4.0, 3.5]}}
    file.write_text(json.dumps({"models": models}))
    html = text_figures.live(tmp_path, LANGUAGE["recurrent"])
    assert html.count("<li>") == text_figures.SAMPLES
    assert "a &lt;b&gt;low&lt;/b&gt; place" in html and "text-plot" not in html
    models["transformer"] = {"places": [8.0, 3.0, 2.5]}
    file.write_text(json.dumps({"models": models}))
    assert text_figures.live(tmp_path, LANGUAGE["recurrent"]).count("<polyline") == 2


@pytest.mark.parametrize("key", LANGUAGE)
def test_each_widget_names_its_text_its_measures_and_its_code(root: Path, key: str) -> None:
    context = Context(
        cast(Site, SimpleNamespace(guide=SimpleNamespace(lab=LAB))), f"models/{key}.md"
    )
    line = text_figures.place(context, key)
    assert "(text-measured.md)" in line
    assert ("copyright 2011 by Princeton University" in line) == bool(LANGUAGE[key].weights)
    (file,) = re.findall(r"\(\.\./(lab/text/\w+\.py)\)", line)
    assert (root / "docs" / file).is_file()


def test_the_size_that_the_progress_counts_is_that_of_the_weights(root: Path) -> None:
    html = text_figures.live(root, LANGUAGE["write"])
    names = ("tokenizer", "transformer")
    size = sum((root / text_figures.WEIGHTS / f"{name}.js").stat().st_size for name in names)
    assert f'<progress max="{size}"' in html


def test_the_kernel_is_a_small_module_with_one_function(root: Path) -> None:
    script = (root / "docs" / parts.TEXTS / "memory.js").read_text()
    part = script.split("const KERNEL =", 1)[1].split(";", 1)[0]
    module = base64.b64decode("".join(re.findall(r'"([^"]+)"', part)))
    assert module[:8] == b"\0asm\1\0\0\0" and len(module) == 416
    assert module.count(b"multiply") == 1
