"""`python -m fieldguide`: the one command for maintainers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fieldguide import check


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 for success, 1 for faults found."""
    parser = argparse.ArgumentParser(prog="fieldguide", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the repository (default: here)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="report every fault of data and pages")
    options = parser.parse_args(arguments)
    return run_check(options.root)


def run_check(root: Path) -> int:
    """Print every fault, one a line."""
    _, faults = check.check(root)
    for fault in faults:
        print(fault)
    count = f"{len(faults)} fault{'s' * (len(faults) != 1)}" if faults else "no faults"
    print(f"fieldguide: {count}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
