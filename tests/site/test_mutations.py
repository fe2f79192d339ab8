"""The real data files, damaged at random: a fault is always a line, and never a traceback.

The seed is fixed, so that a failure can be repeated; FIELDGUIDE_MUTATIONS sets another number.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.source import pages

FILES = ("guide.yml", "sources.yml", "glossary.yml")
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
    place = chance.choice(places)
    lines[place] = lines[place].partition(b": ")[0] + f": {chance.choice(SCRAPS)}\n".encode()
    return b"".join(lines)


def key_changed(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if b": " in line]
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
    for path in pages.page_paths(root):
        page, _ = pages.read(root, path)
        assert page
        front = page.text.split("\n")[: page.body_line - 1]
        heads = [f"{'#' * head.level} {head.title} {{ #{head.id} }}" for head in page.headings]
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join([*front, *heads, ""]), encoding="utf-8")
    for name in ("paths.yml", "redirects.yml", "sections.lock.json"):
        (folder / "docs/data" / name).unlink(missing_ok=True)  # they speak of the pages' text
    return folder


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
