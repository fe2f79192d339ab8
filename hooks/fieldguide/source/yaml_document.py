"""Read a YAML file so that every value knows its line, and every fault of syntax is reported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from fieldguide.source import disk
from fieldguide.source.diagnostics import Fault

Key = str | int
LONGEST = 1000  # digits of a number
DEEPEST = 60  # lists and mappings within each other: more than any file of ours needs
NESTED = re.compile(rf"^[ ]*(?:[-?:][ ]+){{{DEEPEST},}}|^[ ]{{{4 * DEEPEST},}}\S", re.MULTILINE)
LONG_NUMBER = re.compile(rf"(?<![\w\"'])[-+]?(?:0[xob])?[0-9a-fA-F_:.]{{{LONGEST},}}(?![\w\"'])")
HALF = re.compile(r"\\[uU](?:0000)?[dD][89a-fA-F][0-9a-fA-F]{2}")
# What a contributor usually meant, by a part of the parser's message.
HINTS = {
    "mapping values are not allowed": "a text that holds ': ' needs quotation marks around it",
    "cannot start any token": "a text that begins with this character needs quotation marks",
    "another document": "a line of --- begins a second document; take it out",
    "could not determine a constructor": "a tag, which begins with !, is not allowed",
}


@dataclass
class YamlFile:
    """The value of a YAML document, the line of each of its parts, and the faults met."""

    path: str
    value: Any = None
    faults: list[Fault] = field(default_factory=list)
    text: str = ""
    first_line: int = 1

    @cached_property
    def lines(self) -> dict[tuple[Key, ...], int]:
        """Return the line of each part, read only now: most files have no fault to be placed."""
        for loader in (_QuickLoader, _Loader):
            with suppress(yaml.YAMLError, ValueError):
                node = loader(self.text).get_single_node()
                return {where: mark.line + self.first_line for where, mark in _marks(node)}
        return {}

    def line(self, where: tuple[Key, ...]) -> int:
        """Return the line of a part, or of its nearest parent that has one."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def fault(self, where: tuple[Key, ...], message: str, line: int = 0) -> Fault:
        """Return a fault at a part of this file, which stands on `line` if that is known."""
        return Fault(self.path, line or self.line(where), ".".join(map(str, where)), message)


class _AliasError(yaml.MarkedYAMLError):
    """A part that stands for another one: the file would no longer say what it means in place."""


class _Loader(yaml.SafeLoader):
    """Safe loader that leaves dates as text: a date is written, checked and shown as it stands."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose the next node; an alias, which might even hold itself, is refused."""
        if self.check_event(yaml.AliasEvent):
            alias: Any = self.peek_event()  # type: ignore[no-untyped-call]
            problem = f"the alias '*{alias.anchor}' is not allowed; write its value out"
            raise _AliasError(None, None, problem, alias.start_mark)
        return super().compose_node(parent, index)


_NO_DATES = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.yaml_implicit_resolvers = _NO_DATES
# The parser in C is ten times as fast, but says less well what is wrong: then the other one reads
# the text again.
_QuickLoader: Any = _Loader
if yaml.__with_libyaml__:
    _QuickLoader = type("_QuickLoader", (yaml.CSafeLoader,), {})
    _QuickLoader.yaml_implicit_resolvers = _NO_DATES


def read_text(root: Path, path: str) -> tuple[str | None, list[Fault]]:
    """Return the text of a UTF-8 file under `root`, or None and the reason."""
    file = root / path
    try:
        return disk.read(file).decode("utf-8-sig").replace("\r\n", "\n"), []
    except FileNotFoundError:
        return None, [Fault(path, 1, "", "the file is missing")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
        return None, [Fault(path, line, "", message)]
    except OSError as error:
        return None, [Fault(path, 1, "", f"cannot be read: {error.strerror or error}")]


def read(root: Path, path: str) -> YamlFile:
    """Return a YAML file under `root`, with faults instead of exceptions."""
    text, faults = read_text(root, path)
    return YamlFile(path, faults=faults) if text is None else _parsed(text, path)


# A build asks for a file more than once, and `serve` finds most of them as they were. Whoever reads
# a document leaves it as it is.
@lru_cache(maxsize=16)
def _parsed(text: str, path: str) -> YamlFile:
    return parse(text, path)


def parse(text: str, path: str, first_line: int = 1) -> YamlFile:
    """Return a YAML document; `first_line` is the line of `path` on which `text` begins."""
    document = YamlFile(path, text=text, first_line=first_line)
    half = None
    if not text.strip():
        document.faults.append(Fault(path, first_line, "", "the file is empty"))
        return document
    try:
        if LONG_NUMBER.search(text):
            raise ValueError("a number that is too long")
        if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
            raise RecursionError
        if NESTED.search(text):
            raise RecursionError
        node, value = _compose(text)
        if node is None:
            document.faults.append(Fault(path, first_line, "", "there is nothing but comments"))
            return document
        document.value = value
        if half := HALF.search(text):
            # Between quotation marks this is no character, and could never be written to a page.
            json.dumps(value, ensure_ascii=False, default=str).encode()
        document.faults += twice(document, node)
    except yaml.MarkedYAMLError as error:
        document.faults.append(Fault(path, *_syntax(error, text, first_line)))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        code = error.character if isinstance(error.character, int) else ord(error.character)
        message = f"the character U+{code:04X} is not allowed; take it out"
        document.faults.append(Fault(path, line, "", message))
    except UnicodeEncodeError:
        line = text.count("\n", 0, half.start()) + first_line if half else first_line
        message = "an escape such as \\ud83d is half a character; write the character itself"
        document.faults.append(Fault(path, line, "", message))
    except RecursionError:
        message = "not YAML of ours: it is nested too deep"
        document.faults.append(Fault(path, _deepest(text) + first_line, "", message))
    except (yaml.YAMLError, ValueError, TypeError) as error:
        if long := LONG_NUMBER.search(text):
            line = text.count("\n", 0, long.start()) + first_line
            message = f"a number has more than {LONGEST} digits"
            document.faults.append(Fault(path, line, "", message))
            return document
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        document.faults.append(Fault(path, first_line, "", f"not YAML: {reason}"))
    return document


def _depth(text: str) -> int:
    """Return how many brackets are open at most; those within texts are counted as well."""
    depth = deepest = 0
    for mark in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if mark[0] in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _deepest(text: str) -> int:
    """Return the number of the line, from 0, on which the nesting is too deep."""
    if nested := NESTED.search(text):
        return text.count("\n", 0, nested.start())
    lines = text.split("\n")
    return max(range(len(lines)), key=lambda at: lines[at].count("[") + lines[at].count("{"))


def _compose(text: str) -> tuple[yaml.Node | None, Any]:
    """Return the tree of a document and its value.

    The quick loader knows neither our messages nor that an alias, which needs a star, is refused.
    """
    if "*" not in text:
        with suppress(yaml.YAMLError, ValueError, TypeError, RecursionError):
            return _read(_QuickLoader(text))
    return _read(_Loader(text))


def _read(loader: Any) -> tuple[yaml.Node | None, Any]:
    node = loader.get_single_node()
    return (None, None) if node is None else (node, loader.construct_document(node))


def _syntax(error: yaml.MarkedYAMLError, text: str, first_line: int) -> tuple[int, str, str]:
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    lines = text.split("\n")
    source = lines[line] if line < len(lines) else ""
    if "\t" in source[: len(source) - len(source.lstrip())] or "'\\t'" in str(error.problem):
        return first_line + line, "", "a tab: YAML is indented with spaces"
    problem = error.problem or error.context or ""
    if isinstance(error, _AliasError):
        return first_line + line, "", problem
    hint = next((text for part, text in HINTS.items() if part in problem), "")
    if not hint and error.context_mark and error.context_mark.line != line:
        hint = f"{error.context} that begins on line {first_line + error.context_mark.line}"
    return first_line + line, "", f"not YAML: {problem}" + f" ({hint})" * bool(hint)


def _marks(root: yaml.Node | None) -> Iterator[tuple[tuple[Key, ...], yaml.Mark]]:
    """Yield where each part of a document begins; of a key that stands twice the first place last.

    A dict that is made of them keeps that place.
    """
    waiting: list[tuple[tuple[Key, ...], yaml.Mark, yaml.Node]] = []
    if root:
        waiting.append(((), root.start_mark, root))
    while waiting:
        where, mark, node = waiting.pop()
        yield where, mark
        if isinstance(node, yaml.SequenceNode):
            items = enumerate(node.value)
            waiting += [((*where, index), item.start_mark, item) for index, item in items]
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                waiting.append(((*where, str(key.value)), key.start_mark, value))


def twice(document: YamlFile, node: yaml.Node | None = None) -> list[Fault]:
    """Return a fault for each key that stands twice; `node` is the tree of the document."""
    node = node or yaml.compose(document.text, yaml.SafeLoader)
    return [
        document.fault(
            where, "the key stands twice; keep one of them", mark.line + document.first_line
        )
        for where, mark in (_twice(node, ()) if node else ())
    ]


def _twice(node: yaml.Node, where: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], yaml.Mark]]:
    """Yield each key that stands in its mapping already, and where it does so again."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            if not isinstance(item, yaml.ScalarNode):
                yield from _twice(item, (*where, index))
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield (*where, name), key.start_mark
            seen.add(name)
            if not isinstance(value, yaml.ScalarNode):
                yield from _twice(value, (*where, name))
