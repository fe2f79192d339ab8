"""Scripts and styles: only comments and indentation go, and each page gets what it needs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fieldguide.html import assets
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Token


def test_our_scripts_are_still_scripts_with_the_same_texts(root: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("no Node.js on this machine (Debian: apt-get install nodejs)")
    published = assets.published(root / "docs", {}).items()
    scripts = {path: script for path, script in published if path.endswith(".js")}
    for number, (path, script) in enumerate(scripts.items()):
        (tmp_path / f"{number}.js").write_bytes(script)
        shown = " ".join(script.decode().lower().split())
        source = (root / "docs" / path).read_text("utf-8")
        assert [text for text in words(source) if text not in shown] == [], path
    read = "for (const f of process.argv.slice(1)) new vm.Script(fs.readFileSync(f, 'utf8'), f)"
    subprocess.run([node, "-e", read, *tmp_path.glob("*.js")], check=True)


KEYWORDS = {"case", "const", "else", "function", "in", "let", "new", "of", "return", "typeof"}


def words(script: str) -> set[str]:
    """Return the words that stand next to each other in the texts of a script, in pairs."""
    found = set()
    for kind, text in JavascriptLexer().get_tokens(script):
        if kind in Token.Literal.String:
            found |= set(re.findall(r"(?=(\b[a-z]+ [a-z]+\b))", re.sub(r"\\.", ";", text.lower())))
    # A text within a text is code again, which the lexer does not see.
    return {text for text in found if KEYWORDS.isdisjoint(text.split())}


def test_texts_are_told_from_code() -> None:
    assert words("f('one two three', in of); // no no") == {"one two", "two three"}


def test_a_text_within_a_text_keeps_its_spaces() -> None:
    script = "x = a ? `b ${c ? ` and  ${d} more` : 1} // e` : f"
    assert "` and  ${d} more`" in assets.small("a.js", script)


def test_a_style_keeps_its_texts() -> None:
    style = '/* b\n*/\na,\nb > c { content: " /* no */ ;" }'
    assert assets.small("a.css", style) == 'a,b>c{content:" /* no */ ;"}\n'


def test_our_parts_are_joined_and_what_is_not_ours_is_left_alone() -> None:
    styles = "assets/stylesheets"
    given = [f"{styles}/a.css", "https://example.org/x.css", f"{styles}/b.css"]
    shown, bundles = assets.joined(given)
    assert shown == [f"{styles}/guide.css", "https://example.org/x.css"]
    assert bundles == {f"{styles}/guide.css": (given[0], given[2])}
    assert assets.joined(given[:2]) == (given[:2], {})


def test_what_is_in_a_bundle_is_published_there_only(tmp_path: Path) -> None:
    for name in "abc":
        file = tmp_path / f"assets/javascripts/{name}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"// {name}\n{name} (1);\n", encoding="utf-8")
    folder = "assets/javascripts"
    bundles = {
        f"{folder}/guide.js": (f"{folder}/a.js", f"{folder}/b.js"),
        f"{folder}/a.js": (f"{folder}/a.js", f"{folder}/c.js"),
        f"{folder}/none.js": (f"{folder}/missing.js",),
    }
    assert assets.published(tmp_path, bundles) == {
        f"{folder}/guide.js": b"a(1),b(1)\n",
        f"{folder}/a.js": b"a(1),c(1)\n",
    }
    assert assets.hidden(bundles) >= {f"{folder}/b.js", f"{folder}/c.js"}


def test_names_are_declared_before_they_are_used() -> None:
    """A minifier that puts patterns first would make this a use of `k` before its declaration."""
    script = "for (const p of all) { const k = f(p) % 8; "
    script += "const [x, y] = [R * g((k * P) / 4), k]; h(x, y, k); }"
    made = assets.small("a.js", script)
    assert re.search(r"const (\w+)=f\(\w+\)%8[,;]let\[\w+,\w+\]=\[R\*g\(\1\*P/4\)", made)
    script = "const o = { d() { const side = 15; const { field } = show({ t: 0.5, side }); "
    script += "return side + field; } };"
    made = assets.small("a.js", script)
    assert made.index("=15") < made.index("show(")
