"""What is measured: surprise on unseen lines, copies, nearest definitions, a blind test."""

import math
from collections import Counter

import numpy as np
import sampling
import torch
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

COLON = ord(":")
PASSES = 8  # random maskings of each line for the bound of masked diffusion
PLACES = 24  # tokens of a definition for which the surprise is told one by one


# --8<-- [start:bits]
def surprises(model, lines):
    """Surprise in nats at each token but the first of each line, in the order of the lines."""
    found = [None] * len(lines)
    for size in sorted({len(ids) for ids in lines}):
        rows = [i for i, ids in enumerate(lines) if len(ids) == size]
        if hasattr(model, "p"):
            costs = [model.surprise(lines[i]) for i in rows]
        else:
            costs = model.surprise(torch.tensor([lines[i] for i in rows]))
        for i, cost in zip(rows, costs, strict=True):
            found[i] = cost.tolist()
    return found


@torch.no_grad()
def bits(model, lines, texts):
    """Bits per character of whole lines with their break, and of definitions, given the word."""
    costs = surprises(model, lines)
    whole = sum(map(sum, costs)) / sum(len(text) + 1 for text in texts)
    starts = [ids.index(COLON) for ids in lines]  # the colon; costs begin one token later
    parts = [cost[at:] for cost, at in zip(costs, starts, strict=True)]
    rest = sum(map(sum, parts)) / sum(len(text.partition(":")[2]) + 1 for text in texts)
    by_place = [np.mean([part[i] for part in parts if i < len(part)]) for i in range(PLACES)]
    return {"bits": whole / math.log(2), "definition": rest / math.log(2),
            "places": [round(float(cost) / math.log(2), 3) for cost in by_place]}  # fmt: skip


@torch.no_grad()
def bound(model, lines, texts, lengths, passes=PASSES):
    """The same for masked diffusion: at most so many bits, the length of the line included."""
    torch.manual_seed(0)
    total = {"bits": 0.0, "definition": 0.0}
    for size in sorted({len(ids) for ids in lines}):
        ids = torch.tensor([line for line in lines if len(line) == size])
        given = (ids == COLON).int().cumsum(1).cumsum(1) <= 1  # up to the first colon
        many = ids.repeat(passes, 1)
        total["bits"] += model.surprise(many).sum().item() / passes
        total["definition"] += model.surprise(many, given.repeat(passes, 1)).sum().item() / passes
    for name, of in (("bits", lambda ids: len(ids) - 2), ("definition", rest_of)):
        counts = Counter(map(of, lengths))
        seen = sum(counts.values()) + 64  # each of 64 lengths once more: none is impossible
        total[name] -= sum(math.log((counts[of(ids)] + 1) / seen) for ids in lines)
    whole = sum(len(text) + 1 for text in texts)
    rest = sum(len(text.partition(":")[2]) + 1 for text in texts)
    return {"bits": total["bits"] / whole / math.log(2),
            "definition": total["definition"] / rest / math.log(2)}  # fmt: skip


def rest_of(ids):
    """How many tokens of a line, (with its breaks), follow the word and the colon."""
    return len(ids) - 2 - ids.index(COLON)
# --8<-- [end:bits]


# --8<-- [start:nearest]
class Nearest:
    """The training definitions most like a text: by the words and pairs of words they share."""

    def __init__(self, lines):
        self.words = {}
        for line in lines:
            word, _, definition = line.partition(": ")
            self.words.setdefault(definition, []).append(word)
        self.definitions = list(self.words)
        self.count = CountVectorizer(
            ngram_range=(1, 2), binary=True, token_pattern=r"[a-z0-9]+", dtype=np.float32
        )
        self.table = self.count.fit_transform(self.definitions)
        analyze = self.count.build_analyzer()
        self.sizes = np.array([len(set(analyze(text))) for text in self.definitions])
        self.analyze = analyze

    def __call__(self, text):
        """The nearest definition, a word that has it, and how alike they are, from 0 to 1.

        Twice the number of shared words and pairs, divided by the number of both together.
        """
        shared = (self.table @ self.count.transform([text]).T).toarray()[:, 0]
        alike = 2 * shared / (self.sizes + len(set(self.analyze(text)))).clip(1)
        best = int(alike.argmax())
        found = self.definitions[best]
        return {"nearest": found, "of": self.words[found][0], "alike": round(float(alike[best]), 2)}
# --8<-- [end:nearest]


# --8<-- [start:blind]
def blind(real, made, seed=0):
    """How often a classifier tells real from made definitions of words that it has not met.

    Logistic regression on the words, pairs of words and runs of letters of a definition, trained
    on one half of the words, asked about the other. One half is right by chance.
    """
    rows = np.random.RandomState(seed).permutation(len(real))
    half = len(rows) // 2

    def part(rows):
        texts = [real[i] for i in rows] + [made[i] for i in rows]
        return texts, [1] * len(rows) + [0] * len(rows)

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    judge = make_pipeline(make_union(words, letters), LogisticRegression(C=3.0, max_iter=500))
    judge.fit(*part(rows[:half]))
    return float(judge.score(*part(rows[half:])))
# --8<-- [end:blind]


def made(model, tokenizer, words, seed, temperature=sampling.TEMPERATURE, top_p=sampling.TOP_P):
    """A definition of each word, written by the model."""
    chance = torch.Generator().manual_seed(seed)
    prompts = [tokenizer.encode(f"\n{word}:") for word in words]
    if hasattr(model, "fill"):
        found = filled(model, prompts, chance, temperature, top_p)
    else:
        found = sampling.write(model, prompts, temperature, top_p, chance)
    return [tokenizer.decode(ids).strip() for ids in found]


def filled(model, prompts, chance, temperature, top_p, steps=16):
    """Masked diffusion: as many blanks as a random training definition has, filled in 16 steps."""
    weights = torch.tensor(model.config["rest"], dtype=torch.float)
    sizes = torch.multinomial(weights, len(prompts), True, generator=chance).tolist()
    sizes = [min(n, 62 - len(ids)) for n, ids in zip(sizes, prompts, strict=True)]
    canvases = [
        [*ids, *[model.config["blank"]] * size, sampling.BREAK]
        for ids, size in zip(prompts, sizes, strict=True)
    ]
    out = [None] * len(prompts)
    for length in sorted({len(ids) for ids in canvases}):
        rows = [i for i, ids in enumerate(canvases) if len(ids) == length]
        ids = torch.tensor([canvases[i] for i in rows])
        ids = model.fill(ids, steps, True, temperature, top_p, chance).tolist()
        for row, i in enumerate(rows):
            out[i] = [t for t in ids[row][len(prompts[i]) : -1] if t != sampling.BREAK]
    return out
