"""An n-gram model: what follows is looked up by counting. The baseline, without any network.

Idea: a long context is the better guide where it was seen often, a short one where it was not,
so all are mixed. What is said after a short context is asked only where the long one is at a
loss, so there it counts after how many different tokens something stood, not how often.
Paper: Kneser and Ney, "Improved Backing-off for M-gram Language Modeling", 1995 (interpolated).
"""

import math
from collections import Counter, defaultdict

import torch

TOKENS = 2048
ORDER = 5  # tokens of context at most
DISCOUNT = 0.9  # taken off each count, and given to what shorter contexts say


# --8<-- [start:model]
class NGram:
    """Counts of what followed each context, from no token to the last five."""

    def __init__(self, lines, order=ORDER):
        """Count. A context begins with the line break or is a full `order` long."""
        self.order = order
        self.follow = defaultdict(Counter)  # context -> next token -> count
        for ids in lines:
            for at in range(1, len(ids)):
                self.follow[tuple(ids[max(0, at - order) : at])][ids[at]] += 1
        for size in range(order, 0, -1):  # a shorter one counts the longer ones that end in it
            for context in [c for c in self.follow if len(c) == size]:
                for token in self.follow[context]:
                    self.follow[context[1:]][token] += 1

    def counts(self, context):
        """What followed the end of a context: no token of it, the last one, the last two ..."""
        for size in range(min(self.order, len(context)) + 1):
            found = self.follow.get(tuple(context[len(context) - size :]))
            if not found:
                break  # then no longer one was seen either
            yield found, found.total()

    def p(self, context):
        """Probabilities, (tokens,), of the next token: from the shortest context to the longest."""
        p = torch.full((TOKENS,), 1 / TOKENS)  # below all stands: every token is equal
        for found, n in self.counts(context):
            p *= DISCOUNT * len(found) / n
            p[list(found)] += (torch.tensor(list(found.values())) - DISCOUNT) / n
        return p

    def surprise(self, ids):
        """Surprise in nats at each token of a line but the first, (t - 1,): exact."""
        costs = []
        for at in range(1, len(ids)):
            p = 1 / TOKENS  # the same as above, for one token only
            for found, n in self.counts(ids[:at]):
                p *= DISCOUNT * len(found) / n
                p += (found[ids[at]] - DISCOUNT) / n if ids[at] in found else 0
            costs.append(-math.log(p))
        return torch.tensor(costs)
# --8<-- [end:model]
