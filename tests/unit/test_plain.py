"""The guide as plain Markdown: what is parted, what stays Markdown, what becomes HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from fieldguide import plain
from fieldguide.__main__ import main
from support import tiny

PAGE = """\
# Title { #a }
Text
over lines

```py
# no heading { #b }

x = 1
```

/// formula | F
    id: eq-a-b

$$
x
$$
///
After

<div class="x">
<div>

in it
</div>
</div>
<p id="p">alone</p>
| a | b |
"""


def test_a_page_is_parted_where_blank_lines_and_wholes_end() -> None:
    assert [chunk.split("\n")[0] for chunk in plain.chunks(PAGE)] == [
        "# Title { #a }",
        "Text",
        "```py",
        "/// formula | F",
        "After",
        '<div class="x">',
        '<p id="p">alone</p>',
        "| a | b |",
    ]
    shown = "\n".join(plain.chunks(PAGE))
    assert shown.split() == PAGE.split(), "nothing is lost"


def test_the_tiny_guide_is_written_as_plain_markdown(tmp_path: Path) -> None:
    root, out = tiny.buildable(tmp_path / "root"), tmp_path / "out"
    gans = root / "docs/models/gans.md"
    gans.write_text(gans.read_text("utf-8") + "\nA formula, $x_t*2$, and `$no$`.\n", "utf-8")
    assert main(["--root", str(root), "expand", "--out", str(out)]) == 0
    text = (out / "docs/models/gans.md").read_text(encoding="utf-8")
    assert text.startswith("---\ndescription: ") and "{#gan}" in text
    for mark in ("guide:", "[@", "](term:", "///", "{ ", "markdown="):
        assert mark not in text, mark
    assert "<mi>x</mi>" in text and "x&#95;t&#42;2" in text and "`$no$`" in text
    settings = yaml.safe_load((out / "mkdocs.yml").read_text(encoding="utf-8"))
    assert "hooks" not in settings and "plugins" not in settings
    for style in settings["extra_css"]:
        assert (out / "docs" / style).is_file()


def test_nothing_is_overwritten_and_faults_stop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tiny.buildable(tmp_path / "root")
    assert main(["--root", str(root), "expand", "--out", str(root)]) == 1
    assert "is there already; name a new folder" in capsys.readouterr().err
    tiny.replace(root / "docs/models/gans.md", "term:mode-collapse", "term:gone")
    assert main(["--root", str(root), "expand", "--out", str(tmp_path / "out")]) == 1
    assert "docs/models/gans.md:" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
