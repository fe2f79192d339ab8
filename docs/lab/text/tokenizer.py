"""A tokenizer that is learned from text: byte-level byte pair encoding, in one page.

A text is bytes, and each of the 256 bytes is a token. Learning joins the pair of neighbors that
occurs most often into a new token, again and again. Applying joins in the same order.
Paper: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", 2016.
"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

SIZE = 2048  # tokens in all
# Nothing is joined across these pieces: a line break, a word or a number or signs with the blank
# before it, and other blanks. Plain ASCII classes, so that every language agrees on them.
PIECE = re.compile(r"\n| ?[A-Za-z]+| ?[0-9]+| ?[^ \nA-Za-z0-9]+| +")


# --8<-- [start:learn]
def learn(text, size=SIZE):
    """The pairs to join, in order. Of pairs equally frequent, the one of smaller ids goes first."""
    counts = Counter(PIECE.findall(text))
    words = [list(piece.encode()) for piece in counts]
    times = list(counts.values())
    pairs, where = Counter(), defaultdict(set)  # how often a pair occurs, and in which words
    for w, ids in enumerate(words):
        for pair in pairwise(ids):
            pairs[pair] += times[w]
            where[pair].add(w)
    merges = []
    while len(merges) < size - 256 and pairs:
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        if not pairs[best]:
            break  # each piece is one token
        for w in where[best]:  # count these words anew
            for pair in pairwise(words[w]):
                pairs[pair] -= times[w]
            words[w] = join(words[w], best, 256 + len(merges))
            for pair in pairwise(words[w]):
                pairs[pair] += times[w]
                where[pair].add(w)
        del pairs[best]
        merges.append(best)
    return merges


def join(ids, pair, new):
    """The ids with each occurrence of the pair, from the left, replaced by the new id."""
    out, i = [], 0
    while i < len(ids):
        both = tuple(ids[i : i + 2]) == pair
        out.append(new if both else ids[i])
        i += 2 if both else 1
    return out
# --8<-- [end:learn]


# --8<-- [start:apply]
class Tokenizer:
    """Text to ids and back, with the pairs that were learned."""

    def __init__(self, merges):
        self.merges = [tuple(pair) for pair in merges]
        self.rank = {pair: 256 + i for i, pair in enumerate(self.merges)}
        self.bytes = [bytes([i]) for i in range(256)]
        for a, b in self.merges:
            self.bytes.append(self.bytes[a] + self.bytes[b])
        self.known = {}  # pieces that were met before

    def encode(self, text):
        """The ids of a text."""
        return [i for piece in PIECE.findall(text) for i in self.piece(piece)]

    def piece(self, piece):
        """The ids of one piece: the pair that was learned first is joined first."""
        if piece not in self.known:
            ids = list(piece.encode())
            while pairs := [p for p in pairwise(ids) if p in self.rank]:
                best = min(pairs, key=self.rank.get)
                ids = join(ids, best, self.rank[best])
            self.known[piece] = ids
        return self.known[piece]

    def decode(self, ids):
        """The text of ids; bytes that are no UTF-8 become a replacement character."""
        return b"".join(self.bytes[i] for i in ids).decode(errors="replace")
# --8<-- [end:apply]
