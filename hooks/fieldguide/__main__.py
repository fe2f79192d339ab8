"""`python -m fieldguide`: the one command for maintainers."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldguide import check, plain, release
from fieldguide.addresses import anchors, lock, missing_ids, redirects
from fieldguide.decks import deck, shelf
from fieldguide.editions import notebooks
from fieldguide.model import freshness
from fieldguide.model import guide as model_guide
from fieldguide.source import checkout, complaints, dates, fixing, pages, web_address, yaml_document


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 for success, 1 for faults found."""
    parser = argparse.ArgumentParser(prog="fieldguide", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the repository (default: here)")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="report every fault of data and pages")
    either = checking.add_mutually_exclusive_group()
    either.add_argument(
        "--age",
        type=date.fromisoformat,
        metavar="DATE",
        help="list instead what is older than 12 months, or expired, on DATE (YYYY-MM-DD)",
    )
    either.add_argument(
        "--fix",
        action="store_true",
        help="write missing ids, dates in another form, and new addresses of the lock first",
    )
    commands.add_parser("lock", help="add the addresses that are new to the lock; never drops one")
    expanding = commands.add_parser("expand", help="write the guide as plain Markdown")
    expanding.add_argument("--out", type=Path, required=True, help="a new folder")
    packing = commands.add_parser("kit", help="write slides and notebooks for classes")
    packing.add_argument("--out", type=Path, required=True, help="a folder, new or with a kit")
    packing.add_argument(
        "--only", action="append", default=[], metavar="ID", help="of this page alone, such as gan"
    )
    releasing = commands.add_parser("release", help="build strict, then replace the last release")
    releasing.add_argument("--out", type=Path, required=True, help="the folder of the release")
    releasing.add_argument("--zim", action="store_true", help="with a .zim file for Kiwix")
    releasing.add_argument(
        "--editions", action="store_true", help="with books, slides and notebooks (needs Chromium)"
    )
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal need not know every character
            stream.reconfigure(errors="backslashreplace")
    try:
        return run(options)
    except BrokenPipeError:  # whoever reads has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"{error.filename or options.root}: {error.strerror or error}", file=sys.stderr)
        return 1


def run(options: argparse.Namespace) -> int:
    """Run the command that was asked for."""
    if stranger := checkout.foreign(options.root):
        print(f"fieldguide: {stranger}", file=sys.stderr)
    if options.command == "release":
        return run_release(options)
    if options.command == "kit":
        return run_kit(options.root, options.out, options.only)
    if options.command == "expand":
        return run_expand(options.root, options.out)
    if options.command == "lock":
        return run_lock(options.root)
    if options.fix:
        return run_fix(options.root)
    if options.age:
        return run_age(options.root, options.age)
    return run_check(options.root)


def run_lock(root: Path) -> int:
    """Lock every address that is new, and print it; with any fault, nothing is written."""
    site, _ = check.check(root)
    if site is None:
        return run_check(root)
    found = anchors.anchors(site.pages.values(), site.guide)
    added = lock.update(root, [anchor.place for anchor in found], redirects.read(root)[0])
    for place in added:
        print(f"locked: {place}")
    print(f"fieldguide: {len(added)} new in {lock.PATH}", file=sys.stderr)
    return 0


def run_fix(root: Path) -> int:
    """Change what can be right in one way only, and say each change; then check the rest."""
    read = [page for page in pages.read_all(root)[0].values() if page]
    texts = [(page.source, page.text) for page in read]
    for file in sorted((root / model_guide.FOLDER).glob("*.yml")):
        path = file.relative_to(root).as_posix()
        texts.append((path, yaml_document.read_text(root, path)[0] or ""))
    locked, moved = lock.read(root)[0], redirects.read(root)[0].entries
    fixes = [
        *missing_ids.fixes(read, locked, moved),
        *(fix for each in texts for fix in dates.fixes(*each)),
    ]
    for fix in fixing.apply(root, fixes):
        print(fix)
    return run_lock(root)


def run_age(root: Path, day: date) -> int:
    """Print what should be checked again, one a line; with any fault, the faults instead."""
    site, _ = check.check(root)
    if site is None:
        return run_check(root)
    old = freshness.stale(site, day)
    for fault in old:
        print(fault)
    print(f"fieldguide: {len(old)} to check again by {day}", file=sys.stderr)
    return 1 if old else 0


def run_release(options: argparse.Namespace) -> int:
    """Make a release and print what was done; with any fault, the last one stands."""
    try:
        done = release.release(
            options.root, options.out, with_zim=options.zim, with_editions=options.editions
        )
    except release.ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    for line in done:
        print(line)
    print(f"fieldguide: released into {options.out}", file=sys.stderr)
    return 0


def run_kit(root: Path, out: Path, only: list[str]) -> int:
    """Write slides and notebooks; with any fault, nothing is written."""
    site, _ = check.check(root)
    if site is None:
        return run_check(root)
    base = web_address.as_folder(os.environ.get("SITE_URL", ""))
    repository = os.environ.get("REPO_URL", "").rstrip("/")
    made = {
        name: content
        for name, content in notebooks.files(site, base, repository).items()
        if not only or name.removesuffix(".ipynb") in only
    }
    lacking = shelf.missing()
    try:
        with TemporaryDirectory() as folder:
            if not lacking:
                release.build(root, Path(folder) / "site", False)
                made |= shelf.files(Path(folder) / "site", site, only)
    except (deck.DeckError, release.ReleaseError) as error:
        print(error, file=sys.stderr)
        return 1
    if not made:
        print(f"{', '.join(only)}: no page has this id; see sections.json", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (out / name).write_bytes(content)
        print(out / name)
    print(f"fieldguide: {len(made)} files in {out}", file=sys.stderr)
    if lacking:
        print(f"fieldguide: {lacking}", file=sys.stderr)
    return 1 if lacking else 0


def run_expand(root: Path, out: Path) -> int:
    """Write the guide as plain Markdown; with any fault, nothing is written."""
    try:
        count = plain.write(root, out)
    except plain.PlainError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"fieldguide: {count} pages in {out}, for any generator of sites", file=sys.stderr)
    return 0


def run_check(root: Path) -> int:
    """Print every fault, one a line."""
    _, faults = check.check(root)
    said = {(fault.path, fault.line) for fault in faults}
    faults += [one for one in complaints.check(root) if (one.path, one.line) not in said]
    for fault in faults:
        print(fault)
    count = f"{len(faults)} fault{'s' * (len(faults) != 1)}" if faults else "no faults"
    print(f"fieldguide: {count}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
