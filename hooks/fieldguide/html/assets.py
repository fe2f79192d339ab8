"""Our own scripts and styles: loaded where they are needed, and without their comments."""

from __future__ import annotations

import re
from pathlib import Path

FOLDERS = ("assets/javascripts", "assets/stylesheets", "assets/lab")
# A script that few pages need, by what stands in the HTML of a page that does.
SCRIPTS = {
    '<div class="comparison"': "assets/javascripts/comparison.js",
    "<guide-question": "assets/javascripts/questions.js",
    '<div class="path"': "assets/javascripts/paths.js",
    '<div class="picker"': "assets/javascripts/picker-start.js",
    "<math": "assets/javascripts/formulas.js",
}
NEEDY = re.compile("|".join(SCRIPTS))  # one search for all is quicker than one for each
# Several of our styles, or of our scripts, one after the other; the theme's have a dot in the name.
_OURS = r"(?:\.\./)*assets/(?:stylesheets|javascripts)/[\w-]+"
_STYLE = rf'<link rel="stylesheet" href="{_OURS}\.css">'
_SCRIPT = rf'<script src="{_OURS}\.js"></script>'
RUN = re.compile(rf"{_STYLE}(?:\s*{_STYLE})+|{_SCRIPT}(?:\s*{_SCRIPT})+")
PART = re.compile(
    r'(?:href|src)="((?:\.\./)*)(assets/(?:stylesheets|javascripts))/([\w-]+)\.(css|js)"'
)
# A class of characters in a regular expression, in which a backtick is only a character.
PATTERN = re.compile(r"\[[^\]]*`[^\]]*\]")
# A note on a type within a line of a script.
NOTE = re.compile(r"/\*\* ?@[^*]*\*/ ?")
# In a style: a quoted text, which stays; a comment, which goes; a mark with space around it.
STYLE = re.compile(r"(?P<text>\"[^\"]*\"|'[^']*')|/\*.*?\*/|\s*(?P<mark>[{};,])\s*", re.DOTALL)


def load(html: str, base: str) -> str:
    """Return a page with the scripts that its parts need; `base` leads to the site's root."""
    held = set(NEEDY.findall(html))
    if not held:
        return html
    needed = [path for part, path in SCRIPTS.items() if part in held]
    tags = "".join(f'<script src="{base}/{path}"></script>' for path in needed)
    return html.replace("</body>", f"{tags}</body>", 1)


def join(html: str) -> tuple[str, dict[str, list[str]]]:
    """Return a page that loads our styles as one file and our scripts as one.

    Also returns of which files each of the two is made: fewer requests, and fewer bytes, since what
    is compressed together repeats less.
    """
    joined: dict[str, list[str]] = {}

    def one(match: re.Match[str]) -> str:
        parts = PART.findall(match[0])
        up, folder, _, ending = parts[0]
        target = f"{folder}/guide.{ending}"
        if target in joined or len(parts) < 2:
            return match[0]
        joined[target] = [f"{folder}/{name}.{ending}" for _, folder, name, _ in parts]
        if ending == "css":
            return f'<link rel="stylesheet" href="{up}{target}">'
        return f'<script src="{up}{target}"></script>'

    return RUN.sub(one, html), joined


def write_joined(site_dir: Path, joined: dict[str, list[str]]) -> None:
    """Write the files that the pages load in place of their parts."""
    for target, parts in joined.items():
        texts = [(site_dir / part).read_text(encoding="utf-8") for part in parts]
        (site_dir / target).write_text("".join(texts), encoding="utf-8")


def lighten(site_dir: Path) -> None:
    """Take the comments and the indentation out of our own scripts and styles."""
    for folder in FOLDERS:
        for file in sorted((site_dir / folder).glob("*.*s")):
            if file.suffix in (".js", ".css") and ".min." not in file.name:
                text = file.read_text(encoding="utf-8")
                text = light(text) if file.suffix == ".js" else light_style(text)
                file.write_text(text, encoding="utf-8")


def light_style(text: str) -> str:
    """Return a style without its comments and the space around its marks."""
    return STYLE.sub(lambda found: found["text"] or found["mark"] or "", text).strip() + "\n"


def light(text: str) -> str:
    """Return a script without lines of comment and without indentation.

    What shares its line with code stays, and so does every line of a text in backticks, whose
    indentation is part of it.
    """
    kept = []
    comment = quoted = False
    for line in text.split("\n"):
        bare = line.strip()
        if comment or (not quoted and bare.startswith("/*")):
            comment = "*/" not in bare
            bare = "" if comment else bare.partition("*/")[2].strip()
        elif not quoted and bare.startswith("//"):
            bare = ""
        if bare or quoted:
            shown = line if quoted else NOTE.sub("", bare)
            closed = not quoted and bare.endswith((";", "{", ",")) and "`" not in bare
            kept.append(shown + "\n" * ("//" in bare or not closed))
        quoted ^= bool(PATTERN.sub("", bare).count("`") % 2)
    return text if quoted else "".join(kept).rstrip("\n") + "\n"
