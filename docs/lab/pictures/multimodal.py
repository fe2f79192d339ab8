"""A multimodal model: a word becomes a digit, and a digit finds its word.

Idea: a reader of letters and a reader of pictures meet in one space of 24 numbers. Matching pairs
are pulled together there, all others pushed apart. A denoiser then draws a digit for any point of
that space that words can reach.
Papers: Radford et al., "Learning Transferable Visual Models" (CLIP), 2021, for the space;
Ramesh et al., "Hierarchical Text-Conditional Image Generation" (DALL-E 2), 2022, for drawing
from it; Lipman et al., 2023, for the training of the drawing part.
"""

import lab
import torch
from denoiser import Denoiser
from torch import nn
from torch.nn.functional import cross_entropy, normalize, silu

STEPS = 3500  # training steps
STATE, SPACE = 32, 24  # numbers in the letter reader's state, and in the shared space
WIDTH, DEPTH = 44, 5  # of the denoiser
HEAT = 0.1  # temperature of the matching
NEAR = 0.1  # no division by less than this near the end of the road
DROP = 0.1  # share of captions that the denoiser does not see: 0, no point of the space
GUIDE = 1.0  # how much the caption is overdone in a sample (classifier-free guidance)
TYPO = 0.3  # share of words that lose, double or swap a letter while training
LETTERS = " abcdefghijklmnopqrstuvwxyz"
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
UNSEEN = [("thin ", 7), ("bold ", 3)]  # two captions that training never shows


# --8<-- [start:words]
def letters(captions, length=14):
    """Captions as numbers, one per letter; 0 is a space, also to the left of a short caption."""
    rows = [[max(LETTERS.find(a), 0) for a in text[:length].rjust(length)] for text in captions]
    return torch.tensor(rows)  # (n, 14)


def slip(text):
    """A typing error: a letter lost, doubled, or swapped with the next."""
    i = int(torch.randint(len(text) - 1, ()))
    kinds = [text[:i] + text[i + 1 :], text[: i + 1] + text[i:],
             text[:i] + text[i + 1] + text[i] + text[i + 2 :]]  # fmt: skip
    return kinds[int(torch.randint(3, ()))]


def captions(x, y, thresholds):
    """A caption for each digit: its word, sometimes with how much ink it has."""
    ink, texts = x.sum((1, 2)), []
    for amount, digit in zip(ink, y.tolist(), strict=True):
        thin, bold = thresholds[digit]
        look = "thin " if amount < thin else "bold " if amount > bold else ""
        if (look, digit) in UNSEEN or torch.rand(()) < 0.4:
            look = ""
        text = look + WORDS[digit]
        texts.append(slip(text) if torch.rand(()) < TYPO else text)
    return texts
# --8<-- [end:words]


# --8<-- [start:model]
class Multimodal(nn.Module):
    """Two readers that meet in one space, and a denoiser that draws from it."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "near": NEAR, "steps": 24,  # noqa: RUF012
              "guide": GUIDE, "letters": LETTERS}  # fmt: skip

    def __init__(self):
        super().__init__()
        self.letter = nn.Embedding(len(LETTERS), 16)
        self.reader = nn.GRUCell(16, STATE)
        self.text = nn.Linear(STATE, SPACE)
        self.i1 = nn.Conv2d(1, 12, 4, 2, 1)  # to 14 x 14 places
        self.i2 = nn.Conv2d(12, 24, 4, 2, 1)  # to 7 x 7
        self.i3 = nn.Linear(24 * 49, SPACE)
        self.net = Denoiser(SPACE, WIDTH, DEPTH)

    def read(self, rows):
        """Letters to a point of the shared space, on a sphere around its middle."""
        h = torch.zeros(len(rows), STATE)
        for column in rows.unbind(1):
            h = self.reader(self.letter(column), h)
        return normalize(self.text(h), dim=1)  # (n, 24), length 1

    def look(self, x):
        """A picture to a point of the same space."""
        h = silu(self.i2(silu(self.i1(lab.scale(x)[:, None]))))
        return normalize(self.i3(h.flatten(1)), dim=1)

    def velocity(self, x_t, t, c, w=0.0):
        """Toward the digit, from x_t, (n, 28, 28), at time t, (n,), for conditions c, (n, 24)."""
        x_1 = self.net(x_t, t, c)
        if w:
            x_1 = x_1 + w * (x_1 - self.net(x_t, t, torch.zeros_like(c)))
        return (x_1 - x_t) / (1 - t).clamp(min=NEAR)[:, None, None]
# --8<-- [end:model]

    # --8<-- [start:loss]
    def match(self, x, rows):
        """Contrastive loss: each picture should find its caption, each caption its picture."""
        s = self.look(x) @ self.read(rows).T / HEAT  # (n, n) similarities
        same = (rows[:, None] == rows[None]).all(2).float()  # a caption may stand there twice
        target = same / same.sum(1, keepdim=True)
        return (cross_entropy(s, target) + cross_entropy(s.T, target)) / 2

    def draw(self, x, rows):
        """Flow matching toward the digit, given the point of its caption."""
        x_1, x_0 = lab.scale(x), torch.randn(x.shape)
        t = torch.randn(len(x)).sigmoid()
        x_t = (1 - t)[:, None, None] * x_0 + t[:, None, None] * x_1
        left = (1 - t).clamp(min=NEAR)[:, None, None]
        c = self.read(rows) * (torch.rand(len(x), 1) > DROP)
        return (self.velocity(x_t, t, c) - (x_1 - x_t) / left).square().mean()

    def loss(self, x, y):
        """Both at once: the readers must match, the denoiser must draw."""
        rows = letters(captions(x, y, self.thresholds))
        return 0.1 * self.match(x, rows) + self.draw(x, rows)
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def paint(self, texts, x_t, steps=24, w=GUIDE):
        """Noise x_t, (n, 28, 28), to a digit in -1..1 for each of n captions."""
        c = self.read(letters(texts))
        for i in range(steps):
            t = torch.full((len(x_t),), i / steps)
            left = (1 - t).clamp(min=NEAR)[:, None, None]
            x_t = x_t + self.velocity(x_t, t, c, w) * (left if i == steps - 1 else 1 / steps)
        return x_t

    def sample(self, n, y, steps=24, w=GUIDE):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        noise = torch.randn(n, lab.SIDE, lab.SIDE)
        return lab.ink(self.paint([WORDS[d] for d in y.tolist()], noise, steps, w))

    @torch.no_grad()
    def name(self, x):
        """The word whose point lies nearest to the picture's: zero-shot classification."""
        return (self.look(x) @ self.read(letters(WORDS)).T).argmax(1)  # (n,)
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    model = Multimodal()
    ink = x.sum((1, 2)).float()
    model.thresholds = {d: ink[y == d].quantile(torch.tensor([0.3, 0.7])).tolist()
                        for d in range(10)}  # fmt: skip
    return {"multimodal": lab.fit(model, x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
