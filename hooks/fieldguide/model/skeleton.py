"""What pages of a kind have in common, by docs/data/skeleton.yml; a site may do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fieldguide.model.records import Family, Guide, ReadingPath
from fieldguide.source import disk, json_schema, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page, target_fault
from fieldguide.source.shortcodes import VALUE

FILE = "docs/data/skeleton.yml"
SCHEMA = "docs/data/skeleton.schema.json"
CHECKS = "tests/formulas"
WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
NUMBER = rf"\b(?P<{{}}>{'|'.join(WORDS)}|\d+)"
# All families, as against "six families learn": the ten families, all ten, ten families of models.
COUNTED = re.compile(
    rf"\b(?:the|all) {NUMBER.format('all')} (?:model )?families\b|"
    rf"{NUMBER.format('of')} (?:model families\b|families of (?:\w+ )?models\b)",
    re.IGNORECASE,
)
COUNTING = ("mkdocs.yml", "README.md", "docs/data/paths.yml")  # files that say how many there are


def load(root: Path, read: Mapping[str, Page | None]) -> tuple[dict[str, Any], list[Fault]]:
    """Return the skeleton, and every fault of its file; both are empty without the file."""
    if not disk.stands(root / FILE):
        return {}, []
    document = yaml_document.read(root, FILE)
    faults = list(document.faults) or json_schema.validate(document, root / SCHEMA)
    if faults:
        return {}, faults
    for place, path in enumerate(document.value["questions"]["not_on"]):
        if message := target_fault(path, read):
            faults.append(document.fault(("questions", "not_on", place), message))
    return ({}, faults) if faults else (document.value, [])


def check(
    root: Path,
    skeleton: Mapping[str, Any],
    read: Mapping[str, Page],
    guide: Guide | None,
    paths: Mapping[str, ReadingPath],
) -> list[Fault]:
    """Return a fault for everything that a page lacks, with what to add."""
    if not skeleton or guide is None:
        return []
    faults = [fault for page in read.values() for fault in _questions(page, skeleton["questions"])]
    for family in guide.families:
        if page := read.get(family.page):
            faults += _family(page, family, skeleton["family"], paths.values())
    faults += _unchecked(root, read.values())
    return faults + list(_counted(root, read.values(), guide))


def _questions(page: Page, rule: Mapping[str, Any]) -> Iterator[Fault]:
    count = len(page.questions)
    if page.path in rule["not_on"] or rule["at_least"] <= count <= rule["at_most"]:
        return
    allowed = f"{rule['at_least']} to {rule['at_most']}"
    yield page.fault(1, f"{count} questions; write {allowed}, each a block '/// question | Text'")


def _family(
    page: Page, family: Family, rule: Mapping[str, Any], paths: Iterable[ReadingPath]
) -> Iterator[Fault]:
    """Give what the page of a family lacks, on the line of its title."""
    title = page.headings[0].line if page.headings else 1
    ids = {heading.id for heading in page.headings}
    for key in (family.id, *(f"{family.id}-{part}" for part in rule["sections"])):
        if key not in ids:
            mark = "#" if key == family.id else "##"
            yield page.fault(title, f"a family needs a section '{mark} Title {{ #{key} }}'")
    shown = {match["name"] for _, match in page.markers}
    for name in rule["tables"]:
        if name not in shown:
            yield page.fault(title, f"a family needs a marker '<!-- guide:{name} ... -->'")
    if len(page.formulas) < rule["formulas"]:
        yield page.fault(
            title, f"a family needs {rule['formulas']} formulas or more: '/// formula | Title'"
        )
    if sum(1 for _ in page.matches(VALUE)) < rule["numbers"]:
        yield page.fault(
            title,
            f"a family needs {rule['numbers']} computed numbers or more, '[={family.id}.name]', "
            f"from hooks/fieldguide/examples/{family.id}.py",
        )
    visited = {target.partition("#")[0] for path in paths for target in path.sections}
    if rule["on_a_path"] and family.page not in visited:
        yield page.fault(title, "a family needs a place on a reading path, in docs/data/paths.yml")


def _unchecked(root: Path, read: Iterable[Page]) -> Iterator[Fault]:
    """Give the formulas that claim something and have no check, where checks are kept."""
    files = sorted((root / CHECKS).glob("*.py"))
    known = "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
    for page in read:
        for formula in page.formulas if files else ():
            if formula.kind == "claim" and f'"{formula.id}"' not in known:
                message = f"the formula '{formula.id}' claims something that nothing checks; "
                yield page.fault(formula.line, f"{message}register its check in {CHECKS}/")


def _counted(root: Path, read: Iterable[Page], guide: Guide) -> Iterator[Fault]:
    """Give each place that says another number of families than there are."""
    count = len(guide.families)
    right = {str(count), *WORDS[count : count + 1]}
    texts = [(page.source, page.text) for page in read if not _is_history(page)]
    texts += [
        (path, (root / path).read_text(encoding="utf-8", errors="replace"))
        for path in COUNTING
        if (root / path).is_file()
    ]
    for path, text in texts:
        for match in COUNTED.finditer(text):
            if (match["all"] or match["of"]).lower() not in right:
                line = text.count("\n", 0, match.start()) + 1
                yield Fault(path, line, "", f"'{match[0]}', but the data have {count}")


def _is_history(page: Page) -> bool:
    """Say whether a page lists changes, whose numbers were right in their time."""
    return any(heading.title == "Changes" for heading in page.headings)
