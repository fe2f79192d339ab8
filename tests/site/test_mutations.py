"""The real data files, damaged at random: a fault is always a line, and never a traceback.

The seed is fixed, so that a failure can be repeated; FIELDGUIDE_MUTATIONS sets another number.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from fieldguide import check
from fieldguide.source import complaints, pages, settings
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from support import site_build, tiny, tree

FILES = ("guide.yml", "sources.yml", "glossary.yml")
FULL = bool(os.environ.get("FIELDGUIDE_FULL"))
TIMES = int(os.environ.get("FIELDGUIDE_MUTATIONS", "300"))
FAULT = re.compile(r"docs/data/(?P<file>[a-z.]+):(?P<line>[0-9]+): \S.*")
SCRAPS = (
    *(
        "null",
        "true",
        "12",
        "-1e9",
        ".nan",
        "2024-13-45",
        "[]",
        "{}",
        "''",
        '" "',
        "&a",
        "*a",
        "!!set",
    ),
    *(
        "<<: x",
        "a: b: c",
        "- - -",
        "? x",
        "---",
        "...",
        "\t",
        "\0",
        "\x85",
        "\ufeff",
        "😀",
        "\u202e",
    ),
    *("<b>x</b>", "|", ">-", "[@nobody]", "[[[[", "}", '"', "'", "#", "%YAML 1.1", "@", "`", "\\"),
)
Damage = Callable[[bytes, random.Random], bytes]


def line_gone(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def line_twice(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return b"".join([*lines[: place + 1], *lines[place:]])


def lines_swapped(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def indented(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    lines[place] = chance.choice((b" ", b"  ", b"\t")) + lines[place]
    return b"".join(lines)


def value_replaced(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if b": " in line]
    if not places:
        return data
    place = chance.choice(places)
    lines[place] = lines[place].partition(b": ")[0] + f": {chance.choice(SCRAPS)}\n".encode()
    return b"".join(lines)


def key_changed(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if b": " in line]
    if not places:
        return data
    place = chance.choice(places)
    name, mark, value = lines[place].partition(b": ")
    lines[place] = name[:-1] + mark + value
    return b"".join(lines)


def scrap_put_in(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(SCRAPS).encode() + data[place:]


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


DAMAGES: tuple[Damage, ...] = (
    *(line_gone, line_twice, lines_swapped, indented, value_replaced, value_replaced),
    *(key_changed, scrap_put_in, scrap_put_in, bytes_changed, cut_off),
)


@pytest.fixture(scope="module")
def skeleton(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, and the real pages without their text: all that data can refer to."""
    folder = tmp_path_factory.mktemp("skeleton")
    for part in ("docs/data", "docs/assets/diagrams"):
        shutil.copytree(root / part, folder / part)
    (folder / "docs/data/skeleton.yml").unlink()  # which asks for the text
    for path in pages.page_paths(root):
        page, _ = pages.read(root, path)
        assert page
        front = page.text.split("\n")[: page.body_line - 1]
        heads = [f"{'#' * head.level} {head.title} {{ #{head.id} }}" for head in page.headings]
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join([*front, *heads, ""]), encoding="utf-8")
    (folder / "docs/data/lab.yml").unlink()  # which asks for scripts and weights
    for name in ("paths.yml", "redirects.yml", "sections.lock.json"):
        (folder / "docs/data" / name).unlink(missing_ok=True)  # they speak of the pages' text
    if not FULL:
        thin(folder / "docs/data")
    return folder


def thin(data: Path) -> None:
    """Take most rows out of the long files, and what is drawn: a fault of one row is one of any."""
    for drawing in (data.parent / "assets/diagrams").glob("*.svg"):
        drawing.write_text('<svg viewBox="0 0 1 1"><title>x</title></svg>', encoding="utf-8")
    rows = re.compile(r"^(?=  - id: )", re.MULTILINE)
    guide = (data / "guide.yml").read_text(encoding="utf-8")
    head, sections, *rest = re.split(r"^(?=advantages:|timeline:)", guide, flags=re.MULTILINE)
    timeline, *events = rows.split("".join(rest))
    guide = "".join([head, sections, timeline, *events[::4]])
    (data / "guide.yml").write_text(guide, encoding="utf-8")
    named = set(re.findall(r"[a-z]\w*\d{4}\w*", guide))
    for name, kept in (("sources.yml", named), ("glossary.yml", None)):
        first, *others = rows.split((data / name).read_text(encoding="utf-8"))
        ids = [row.split()[2] for row in others]
        pairs = zip(ids, others, strict=True)
        left = [row for key, row in pairs if key in kept] if kept else others[::4]
        (data / name).write_text("".join([first, *left]), encoding="utf-8")


def test_the_skeleton_is_valid(skeleton: Path) -> None:
    assert list(map(str, check.check(skeleton)[1])) == []


def test_damaged_data_gives_lines_and_no_traceback(skeleton: Path) -> None:
    chance = random.Random(20261122)
    found = 0
    for number in range(TIMES):
        file = skeleton / "docs/data" / chance.choice(FILES)
        sound = file.read_bytes()
        damage = chance.choice(DAMAGES)
        damaged = damage(sound, chance)
        file.write_bytes(damaged)
        try:
            _, faults = check.check(skeleton)
        except Exception as error:
            kept = skeleton / f"damaged-{number}-{file.name}"
            kept.write_bytes(damaged)
            raise AssertionError(f"damage {number}, {damage.__name__}: see {kept}") from error
        finally:
            file.write_bytes(sound)
        for fault in map(str, faults):
            form = FAULT.fullmatch(fault)
            assert form, f"damage {number}, {damage.__name__}: {fault!r}"
            lines = damaged.count(b"\n") + 1 if form["file"] == file.name else 10**9
            assert 1 <= int(form["line"]) <= lines, fault
        found += bool(faults)
    assert found > TIMES / 2, "most damage is noticed"


# The rest of what people write, in a tiny site: pages with their front matter, the lock, results,
# drawings, settings and templates. Of each kind, some of what passes the check is built.
BUILDS = 10 if FULL else 1
MKDOCS = re.compile(r"Config value '|onfiguration|mkdocs\.yml")  # of which MkDocs itself complains
PLACE = re.compile(r"(?:docs/[\w./-]+|mkdocs\.yml):(?P<line>[0-9]+): \S")
PACKED = r"genai-field-guide\.zip|kit/.*|assets/kit/.*|search/.*"  # what is made of pages
LISTS = r"sections\..*|objects\.inv|s/.*|learn/.*|courses/.*"  # what lists the sections of pages
CUT = r"assets/(?:math|stylesheets)/.*"  # what is cut to that which pages show
POLICY = r"_headers|host/.*"
# Kind of file -> what of the site may differ when a damage to it passes; `{own}` is its own name.
# Whatever it is, no other page says anything else: see `says`.
MAY_DIFFER = {
    "docs/data/": rf"data/{{own}}|{PACKED}",
    "docs/lab/": rf"lab/{{own}}|index\.html|{PACKED}|{CUT}",
    "docs/assets/diagrams/": rf"assets/diagrams/{{own}}|.*\.html|{PACKED}|{CUT}",
    "docs/overrides/": rf".*\.html|{PACKED}|{CUT}|{POLICY}",
    "mkdocs.yml": r".*",
    "docs/": rf"{{own}}|404\.html|{PACKED}|{LISTS}|{CUT}",  # a page; its title stands in others too
}
TITLED = r"|.*\.html"
WORDLESS = set("theme plugins hooks extra_css extra_javascript exclude_docs validation nav".split())


def kind_of(path: str) -> str:
    """Return the kind of a file: the first in the list that fits."""
    return next(kind for kind in MAY_DIFFER if path.startswith(kind))


def may_differ(path: str, sound: bytes, damaged: bytes) -> re.Pattern[str]:
    """Return the paths of the site that may differ when a file is damaged."""
    kind = kind_of(path)
    own = path.removeprefix(kind)
    pattern = MAY_DIFFER[kind].format(own=re.escape(own.replace(".md", ".html")))
    if path.endswith(".md") and damaged.split(b"---")[1] != sound.split(b"---")[1]:
        pattern += TITLED
    return re.compile(pattern)


def silent(path: str, sound: bytes, damaged: bytes) -> bool:
    """Return whether a damage may change no word of a page."""
    if path != "mkdocs.yml":
        return path.startswith(("docs/overrides/", "docs/data/"))
    one, two = (yaml.load(text, settings.Loader) for text in (sound, damaged))
    changed = {key for key in one.keys() | two.keys() if one.get(key) != two.get(key)}
    return changed <= WORDLESS


def says(site: Path) -> dict[str, str]:
    """Return the words of each page's text, without those of drawings and of the theme."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        article = HTMLParser(file.read_text(encoding="utf-8")).css_first("article")
        if article:
            article.strip_tags(["svg", "nav", "aside"], recursive=True)
            found[file.relative_to(site).as_posix()] = " ".join(article.text().split())
    return found


MARKDOWN = (
    *(
        "- [ ] x",
        "/// question | x",
        "///",
        "$",
        "$$",
        "[@goodfellow2014gan]",
        "<!-- guide:cited -->",
    ),
    *("<!-- guide:", "](term:", "[=", "{ #gan }", "# x", "<div", "</section>", "```", "    ", "|"),
    *("[[", "![x](y)", "***", "<<<<<<< HEAD", "\\", "&#0;", "{{ x }}", "{% if %}", "{%", "\u202e"),
)


def markdown_put_in(data: bytes, chance: random.Random) -> bytes:
    place = chance.choice([0, *(place + 1 for place, one in enumerate(data) if one == 10)])
    return data[:place] + chance.choice(MARKDOWN).encode() + b"\n" * 2 + data[place:]


@pytest.fixture(scope="module")
def whole(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny site that can be built, with the measured results that are of no family."""
    folder = tiny.buildable(tmp_path_factory.mktemp("whole"))
    for name, part in (("results.json", "families"), ("samples.json", "")):
        data = json.loads((root / "docs/lab/pictures" / name).read_text(encoding="utf-8"))
        models = data[part] if part else data
        for model in [key for key in models if key != "real"]:  # rows link to pages it lacks
            del models[model]
        data.get("experiments", {}).pop("classifies", None)
        text = json.dumps(data, indent=1)
        (folder / "docs/lab/pictures" / name).write_text(text, encoding="utf-8")
    return folder


def written(folder: Path) -> list[Path]:
    """Return the files of a site that people write, or that a program writes for them."""
    patterns = (
        *("mkdocs.yml", "docs/**/*.md", "docs/**/*.md", "docs/data/sections.lock.json"),
        *(
            "docs/lab/*.json",
            "docs/lab/pictures/*.json",
            "docs/assets/diagrams/*.svg",
            "docs/overrides/**/*.html",
        ),
    )
    return [file for pattern in patterns for file in sorted(folder.glob(pattern))]


def test_the_whole_site_is_valid(whole: Path) -> None:
    assert list(map(str, check.check(whole)[1])) == []


def test_damage_to_anything_gives_lines_or_changes_its_own_part_alone(
    whole: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261127)
    files = written(whole)
    target = whole / "site"
    site_build.strict(whole, target)
    before, said = tree.digest(target), says(target)
    noticed, built = 0, Counter[str]()
    for number in range(TIMES):
        file = chance.choice(files)
        path = file.relative_to(whole).as_posix()
        damage = chance.choice((*DAMAGES, markdown_put_in, markdown_put_in))
        sound = file.read_bytes()
        damaged = damage(sound, chance)
        case = f"damage {number}, {damage.__name__} of {path}"
        file.write_bytes(damaged)
        try:
            faults = list(map(str, check.check(whole)[1]))
            for fault in faults:
                form = PLACE.match(fault)
                assert form, f"{case}: {fault!r}"
                assert int(form["line"]) >= 1, fault
            noticed += bool(faults)
            if not faults and damaged != sound and built[kind_of(path)] < BUILDS:
                built[kind_of(path)] += 1
                fresh = tmp_path / str(number)
                done = site_build.run(whole, "--strict", "--site-dir", str(fresh))
                assert "Traceback" not in done.stderr, f"{case}: {done.stderr[-2000:]}"
                if done.returncode:
                    told = PLACE.search(done.stderr)
                    if path == "mkdocs.yml" and not told and MKDOCS.search(done.stderr):
                        told = PLACE.search("\n".join(map(str, complaints.check(whole))))
                    assert told, f"{case}: {done.stderr[-2000:]}"
                    continue
                after = tree.digest(fresh)
                allowed = may_differ(path, sound, damaged)
                changed = {key for key in before | after if before.get(key) != after.get(key)}
                astray = sorted(key for key in changed if not allowed.fullmatch(key))
                assert not astray, f"{case}: {astray}"
                if silent(path, sound, damaged):
                    own = path.removeprefix("docs/overrides/")  # the page of missing addresses
                    pairs = [(said[key], now) for key, now in says(fresh).items() if key != own]
                    assert all(one == now for one, now in pairs), f"{case}: pages say other things"
                shutil.rmtree(fresh)
        except Exception as error:
            raise AssertionError(f"{case}: {damaged[:4000]!r}") from error
        finally:
            file.write_bytes(sound)
    assert tree.digest(target) == before, "the old site is untouched"
    assert noticed > TIMES / 3 and built["docs/"] == BUILDS and len(built) >= 4, built
