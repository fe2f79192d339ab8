"""From probabilities to text: temperature, top-k, top-p, and a line written token by token."""

import torch

BREAK = 10  # the line break: it begins and ends each line
TEMPERATURE, TOP_P = 0.7, 0.9  # as the pages have it at first
LONGEST = 64


# --8<-- [start:narrow]
def narrow(p, top_k=0, top_p=1.0):
    """Keep the k most probable tokens, and of these the fewest that together reach top_p.

    p: (..., tokens); what is kept shares all of the probability. Of equals the lower id is kept.
    """
    high, order = p.sort(dim=-1, descending=True, stable=True)
    if top_k:
        high[..., top_k:] = 0
        high /= high.sum(-1, keepdim=True)
    before = high.cumsum(-1) - high  # the probability of all that is more probable
    high[before >= top_p] = 0
    p = torch.zeros_like(p).scatter(-1, order, high)
    return p / p.sum(-1, keepdim=True)
# --8<-- [end:narrow]


# --8<-- [start:write]
@torch.no_grad()
def write(model, prompts, temperature=TEMPERATURE, top_p=TOP_P, chance=None):
    """Go on from each prompt, a list of ids, until the line ends; give the new ids of each."""
    out = [[] for _ in prompts]
    for size in sorted({len(ids) for ids in prompts}):  # prompts of equal length together
        rows = [i for i, ids in enumerate(prompts) if len(ids) == size]
        ids = torch.tensor([prompts[i] for i in rows])
        while rows and ids.shape[1] < LONGEST:
            p = narrow((following(model, ids) / temperature).softmax(1), top_p=top_p)
            ids = torch.cat([ids, torch.multinomial(p, 1, generator=chance)], 1)
            for row, i in enumerate(rows):
                out[i] = ids[row, size:].tolist()
            going = ids[:, -1] != BREAK  # a line that has ended is left alone
            rows = [i for i, on in zip(rows, going.tolist(), strict=True) if on]
            ids = ids[going]
    return [ids[:-1] if ids[-1:] == [BREAK] else ids for ids in out]


def following(model, ids):
    """Scores, (n, tokens), of the token after ids, (n, t); those of n-grams are log p."""
    if hasattr(model, "p"):
        return torch.stack([model.p(line) for line in ids.tolist()]).log()
    return model(ids)[:, -1]
# --8<-- [end:write]
