"""Scripts and styles: only comments and indentation go, and each page gets what it needs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fieldguide.html import assets


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("// a\n  x();\n", "x();\n"),
        ("/** a\n * b\n */\n  x(); // y\n", "x(); // y\n"),
        ("/* a */ x();\n\n\n", "x();\n"),
        ("const a = b\n  * c;\n", "const a = b\n* c;\n"),
        ("  const a = `b\n  // c`;\n  d();\n", "const a = `b\n  // c`;\nd();\n"),
        ("  a(/[\\`*]/g);\n  b();\n", "a(/[\\`*]/g);\nb();\n"),
        ("a = /** @type {B} */ (c);\n", "a = (c);\n"),
        ("  x(); // an odd ` here\n  y();\n", "  x(); // an odd ` here\n  y();\n"),
    ],
)
def test_light(text: str, result: str) -> None:
    assert assets.light(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a {\n  color: red; /* why */\n}\n", "a{color: red;}\n"),
        ("/* b\n*/\na,\nb > c :is(d , e) { f: 'g , h' }", "a,b > c :is(d,e){f: 'g , h'}\n"),
        ('a { content: " /* no */ ; " ; }', 'a{content: " /* no */ ; ";}\n'),
        ("a\n  b { c: calc(1px + 2px) d }", "a\n  b{c: calc(1px + 2px) d}\n"),
    ],
)
def test_light_style(text: str, result: str) -> None:
    assert assets.light_style(text) == result


def test_our_scripts_are_still_scripts(root: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("no Node.js on this machine (Debian: apt-get install nodejs)")
    for file in sorted((root / "docs/assets/javascripts").glob("*.js")):
        text = file.read_text(encoding="utf-8")
        light = assets.light(text)
        (tmp_path / file.name).write_text(light, encoding="utf-8")
        subprocess.run([node, "--check", tmp_path / file.name], check=True)
        assert bare(light) == bare(text), file.name


def bare(script: str) -> str:
    """Return a script without space and without lines of comment."""
    script = re.sub(r"^\s*//[^\n]*|/\*.*?\*/", "", script, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"\s", "", script)


def test_only_code_is_compared() -> None:
    text = "/* why */\n  a();\n  // and\n  b(); // here\n"
    assert bare(assets.light(text)) == bare(text) == "a();b();//here"


def test_a_page_loads_the_scripts_of_its_parts() -> None:
    page = '<body><div class="comparison" data-label="x"></div></body>'
    assert '<script src="../assets/javascripts/comparison.js"></script></body>' in assets.load(
        page, ".."
    )
    assert assets.load("<body></body>", "..") == "<body></body>"


def test_our_parts_are_joined_and_the_theme_is_left_alone(tmp_path: Path) -> None:
    styles, scripts = "assets/stylesheets", "assets/javascripts"
    page = (
        f'<link rel="stylesheet" href="../{styles}/main.1a2b.min.css">\n'
        f'<link rel="stylesheet" href="../{styles}/a.css">\n'
        f'<link rel="stylesheet" href="../{styles}/b.css">\n'
        f'<script src="../{scripts}/bundle.1a2b.min.js"></script>\n'
        f'<script src="../{scripts}/c.js"></script>\n<script src="../{scripts}/d.js"></script>'
    )
    html, joined = assets.join(page)
    assert html == (
        f'<link rel="stylesheet" href="../{styles}/main.1a2b.min.css">\n'
        f'<link rel="stylesheet" href="../{styles}/guide.css">\n'
        f'<script src="../{scripts}/bundle.1a2b.min.js"></script>\n'
        f'<script src="../{scripts}/guide.js"></script>'
    )
    assert joined == {
        f"{styles}/guide.css": [f"{styles}/a.css", f"{styles}/b.css"],
        f"{scripts}/guide.js": [f"{scripts}/c.js", f"{scripts}/d.js"],
    }
    for parts in joined.values():
        for part in parts:
            (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / part).write_text(f"{part}\n", encoding="utf-8")
    assets.write_joined(tmp_path, joined)
    assert (tmp_path / scripts / "guide.js").read_text(
        "utf-8"
    ) == f"{scripts}/c.js\n{scripts}/d.js\n"
    assert assets.join("<p>none</p>") == ("<p>none</p>", {})
