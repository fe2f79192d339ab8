"""The judge in half the bytes, for the page on which it judges drawings.

    python docs/lab/pictures/verdict.py      after the judge was trained: writes weights/verdict.js

What is measured is measured with the judge as it is; this one names the same digits.
"""

import argparse
from pathlib import Path

import lab
from measure import Judge


class Verdict(Judge):
    """The judge, most of whose weights have four bits."""

    coarse = ("l1.",)


def main(root=lab.HERE):
    """Write the verdict beside the judge that it comes from."""
    found = Verdict()
    found.load_state_dict(lab.load(Judge(), "judge", root / "weights").state_dict())
    lab.export(found, "verdict", root / "weights")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the judge in half the bytes, for a page.")
    parser.add_argument("--root", type=Path, default=lab.HERE, help="folder of weights/")
    with lab.plain_errors():
        main(parser.parse_args().root)
