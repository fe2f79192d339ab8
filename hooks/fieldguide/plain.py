"""The guide without its generator: plain Markdown, assets and a minimal configuration.

Prose, lists, tables, headings with their ids and links stay Markdown. What plain Markdown cannot
say becomes HTML in its place: formulas as MathML, drawings as pictures, questions, and whatever
carries an id that is not a heading's.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from markdown import Extension, Markdown

from fieldguide import build
from fieldguide.build import Build
from fieldguide.expand import DRAWING
from fieldguide.files import font, short_links, svg_to_png
from fieldguide.html import parts
from fieldguide.source import formulas, settings
from fieldguide.source.prose import map_prose

DRAWINGS = "assets/diagrams"
STYLES = ("theme", "parts")
NOT_COPIED = (
    "overrides/",
    "assets/javascripts/",
    "assets/stylesheets/",
    f"{DRAWINGS}/",
    "lab/out/",
    "lab/pictures/out/",
)
EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "pymdownx.superfences"]
HEADING = re.compile(r"^(#{1,6} .*?)[ \t]*\{[ \t]*#([\w-]+)[ \t]*\}[ \t]*$")
ATTRIBUTES = re.compile(r"\{ ?[.#:][^{}\n]*\}")
QUIET = re.compile(r"\{ \.(?:cite|term) \}")  # looks only
DEFINITION = re.compile(r"^:   ", re.MULTILINE)
FENCE = re.compile(r"^(`{3,}|~{3,})")
BLOCK = re.compile(r"^<([a-z][\w-]*)")
PAGE_LINK = re.compile(r'(href="(?!\w+:)[^"#]*)\.md(["#])')
BETWEEN = re.compile(r">([^<>]+)<")
MARKS = str.maketrans({mark: f"&#{ord(mark)};" for mark in r"\`*_[]|$~^{}"})
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)


class PlainError(Exception):
    """The plain guide was not written."""


def write(root: Path, out: Path) -> int:
    """Write the guide of `root` into the new folder `out`; return how many pages it has."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PlainError(f"{out} is there already; name a new folder")
    document = settings.read(root)
    given = document.value
    missing = [name for name in ("site_name", "nav", "extra") if not given.get(name)]
    if faults := document.faults or [document.fault((name,), "is missing") for name in missing]:
        raise PlainError("\n".join(map(str, faults)))
    try:
        made = build.start(root, "", {**given["extra"], "name": given["site_name"]})
    except build.FaultsError as error:
        raise PlainError(str(error)) from None
    docs = out / "docs"
    for path, content in others(root, made).items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(content)
    writer = Writer(made)
    pages = {path: page.body for path, page in made.site.pages.items()}
    for path, body in {**pages, **made.links.gone_pages()}.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(writer.page(path, body), encoding="utf-8")
    font.write(docs, made.glyphs, made.cache)
    short_links.write(docs, made.links, made.cache)
    (out / settings.PATH).write_text(configuration(given), encoding="utf-8")
    return len(pages)


def configuration(given: dict[str, object]) -> str:
    """Return a configuration that MkDocs, ProperDocs and Zensical read."""
    plain = {
        "site_name": given["site_name"],
        "use_directory_urls": False,
        "theme": {"name": "material"},
        "extra_css": [f"assets/stylesheets/{name}.css" for name in STYLES],
        "markdown_extensions": [*EXTENSIONS, {"toc": {"permalink": True}}],
        "nav": given["nav"],
    }
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)


def others(root: Path, made: Build) -> dict[str, bytes]:
    """Return all files of the guide that are no pages, by path."""
    docs = root / "docs"
    found = {
        path: file.read_bytes()
        for file in sorted(docs.rglob("*"))
        if file.is_file() and file.suffix != ".md" and "__pycache__" not in file.parts
        if not (path := file.relative_to(docs).as_posix()).startswith(NOT_COPIED)
    }
    files = made.generated().items()
    found |= {path: text for path, text in files if text and not path.endswith(".md")}
    for name, drawing in made.site.drawings.items():
        if not drawing.lstrip().startswith("<svg"):
            continue  # a part of a page, not a picture
        found[f"{DRAWINGS}/{name}.svg"] = svg_to_png.svg(drawing, root).encode()
    return found


class Writer:
    """Turns pages into plain Markdown."""

    def __init__(self, made: Build) -> None:
        self.made = made
        # Archives are packed of a built site; what links to them is text here.
        self.absent = [path for path, text in made.generated().items() if not text]
        lab = [str(made.site.root / "docs/lab")]
        options: dict[str, dict[str, Any]] = {
            "pymdownx.snippets": {
                "base_path": lab,
                "check_paths": True,
                "dedent_subsections": True,
            },
            "pymdownx.arithmatex": {"generic": True},
        }
        extensions: list[str | Extension] = [*EXTENSIONS, *options, *made.extensions()]
        self.markdown = Markdown(extensions=extensions, extension_configs=options)

    def page(self, path: str, body: str) -> str:
        """Return a page as plain Markdown."""
        page = self.made.site.pages.get(path)
        text = self.made.markdown(body.lstrip("\n"), path)
        text = "\n".join(self.markdown.preprocessors["snippet"].run(text.split("\n")))
        base = posixpath.relpath(".", posixpath.dirname(path) or ".")
        shown = "\n\n".join(self.chunk(chunk, base) for chunk in chunks(text))
        for absent in self.absent:
            link = re.escape(posixpath.relpath(absent, posixpath.dirname(path) or "."))
            shown = re.sub(rf"\[([^\]]*)\]\({link}\)", r"\1", shown)
            shown = re.sub(rf'<a [^>]*href="{link}"[^>]*>(.*?)</a>', r"\1", shown)
        needed = parts.found(shown, self.made.site.guide.lab)
        glyphs = formulas.characters(shown)
        self.made.rendered[path] = build.Rendered(shown, needed, glyphs)
        styles = [
            f'<link rel="stylesheet" href="{base}/{name}">'
            for name in parts.loaded(needed, "styles")
        ]
        scripts = [
            f'<script defer src="{base}/{name}"></script>'
            for name in parts.loaded(needed, "early") + parts.loaded(needed, "scripts")
        ]
        if styles or scripts:
            shown += "\n\n<div>" + "".join([*styles, *scripts]) + "</div>"
        front = ""
        if page:
            kept = {key: page.meta[key] for key in ("title", "description")}
            front = f"---\n{yaml.safe_dump(kept, allow_unicode=True, width=1000)}---\n\n"
        return f"{front}{shown}\n"

    def chunk(self, text: str, base: str) -> str:
        """Return a part of a page between two blank lines as plain Markdown, or as HTML."""
        if FENCE.match(text):
            return text
        if heading := HEADING.match(text):
            return f"{self.inline(heading[1])} {{#{heading[2]}}}"
        plain = QUIET.sub("", text)
        if text.startswith(("///", "<")) or ATTRIBUTES.search(plain) or DEFINITION.search(plain):
            html = self.markdown.reset().convert(text)
            html = DRAWING.sub(lambda match: self.picture(match[1], base), html)
            html = PAGE_LINK.sub(r"\1.html\2", html)
            return re.sub(r"\n(?:[ \t]*\n)+", "\n", html)
        return self.inline(plain)

    def inline(self, text: str) -> str:
        """Return Markdown with its formulas as MathML, which no mark of Markdown may touch."""

        def formula(match: re.Match[str]) -> str:
            mathml = formulas.to_mathml(match["tex"], display=False)
            return BETWEEN.sub(lambda found: f">{found[1].translate(MARKS)}<", mathml)

        return map_prose(text, formulas.INLINE, formula)

    def picture(self, name: str, base: str) -> str:
        """Return a drawing as a picture; its title is what it shows."""
        drawing = self.made.site.drawings[name].strip()
        if not drawing.startswith("<svg"):
            return drawing
        title = TITLE.search(drawing)
        alt = " ".join(title[1].split()).replace('"', "&quot;") if title else ""
        return f'<img src="{base}/{DRAWINGS}/{name}.svg" alt="{alt}">'


def chunks(text: str) -> Iterator[str]:
    """Yield the parts of a page: what blank lines part, and what opens and closes as a whole."""
    found: list[str] = []
    end: re.Pattern[str] | None = None
    tag, depth = "", 0
    for line in text.split("\n"):
        if end or depth:
            found.append(line)
            depth += _opened(line, tag) if depth else 0
            if depth == 0 and (not end or end.match(line)):
                yield "\n".join(found)
                found, end = [], None
        elif not line.strip() or (HEADING.match(line) and not found):
            found += [line] if line.strip() else []
            if found:
                yield "\n".join(found)
            found = []
        else:
            fence, block = FENCE.match(line), BLOCK.match(line)
            if not found and (fence or block or line.startswith("///")):
                if fence:
                    end = re.compile(rf"^{re.escape(fence[1])}[ \t]*$")
                elif block:
                    tag, depth = block[1], _opened(line, block[1])
                else:
                    end = re.compile(r"^///[ \t]*$")
                found = [line]
                if block and depth <= 0:
                    depth = 0
                    yield line
                    found = []
            else:
                found.append(line)
    if found:
        yield "\n".join(found)


def _opened(line: str, tag: str) -> int:
    """Return by how much an element is deeper after a line."""
    return len(re.findall(rf"<{tag}\b", line)) - len(re.findall(rf"</{tag}>", line))
