"""How the lab measures: one judge, five questions, the same for every family.

The judge is a small classifier trained on the 4000 training digits. Its 48 features say what a
digit looks like. Which digit it is, is said by a classifier of another kind, a support vector
machine, so that no network is asked about its like. All scores compare 1000 samples (or 500, said
below) with the 500 test digits, after rounding to the 8 levels of ink.
"""

import math
from functools import cache

import lab
import torch
from torch import nn
from torch.nn.functional import cross_entropy, max_pool2d, relu

SAMPLES = 1000  # the score depends on the number
NEIGHBORS = 3  # a point's territory reaches to its third neighbor
DRAWS = 64  # draws per digit where the likelihood is a bound
STEPS = 3000  # training steps of the judge


# --8<-- [start:judge]
class Judge(nn.Module):
    """A convolutional classifier; `features` is what it sees just before it decides."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 24, 3, padding=1)
        self.c2 = nn.Conv2d(24, 48, 3, padding=1)
        self.l1, self.l2 = nn.Linear(48 * 49, 48), nn.Linear(48, 10)

    def features(self, x):
        """Ink (n, 28, 28) to the features (n, 48) in which digits are compared."""
        h = relu(max_pool2d(self.c1(lab.scale(x)[:, None]), 2))  # (n, 24, 14, 14)
        h = relu(max_pool2d(self.c2(h), 2))  # (n, 48, 7, 7)
        return torch.tanh(self.l1(h.flatten(1)))  # (n, 48)

    def forward(self, x):
        """Ink (n, 28, 28) to scores of the ten classes."""
        return self.l2(self.features(x))  # (n, 10)

    def loss(self, x, y):
        """Cross-entropy with the right classes y, (n,)."""
        return cross_entropy(self(x), y)
# --8<-- [end:judge]


def train(x, y, steps=STEPS):
    """The judge; it is trained once, on the "train" part, and shipped with the models."""
    return {"judge": lab.fit(Judge(), x, y, steps, decay=0.1)}


# --8<-- [start:second]
@cache
def second():
    """The second opinion: a support vector machine (Cortes and Vapnik, 1995).

    It learns the 4500 digits and four varied copies of each, all of them as 50 numbers: their
    shares of the main ways in which digits differ (principal components).
    """
    from sklearn.decomposition import PCA
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import SVC

    x, y = lab.digits("fit")
    with torch.random.fork_rng():
        torch.manual_seed(0)
        seen = torch.cat([x, *(lab.vary(x) for _ in range(4))])
    machine = make_pipeline(PCA(50, random_state=0), SVC(C=10))
    return machine.fit(flat(seen), y.repeat(5).numpy())


def named(x):
    """Which digits it takes the pictures x for, (n,)."""
    return torch.tensor(second().predict(flat(x)))


def flat(x):
    """Pictures as rows of numbers in -1..1, for other libraries."""
    return lab.scale(x).flatten(1).numpy()
# --8<-- [end:second]


# --8<-- [start:frechet]
def frechet(a, b):
    """The Frechet distance of two clouds of features, each taken as one Gaussian.

    |m_a - m_b|^2 + tr(C_a + C_b - 2 (C_a C_b)^(1/2)), with means m and covariances C.
    """
    a, b = a.double(), b.double()
    values, vectors = torch.linalg.eigh(a.T.cov())
    root = vectors * values.clamp(min=0).sqrt() @ vectors.T  # C_a^(1/2)
    cross = torch.linalg.eigvalsh(root @ b.T.cov() @ root).clamp(min=0).sqrt().sum()
    between = (a.mean(0) - b.mean(0)).square().sum()
    return float(between + a.T.cov().trace() + b.T.cov().trace() - 2 * cross)
# --8<-- [end:frechet]


# --8<-- [start:precision]
def precision_recall(real, made):
    """Precision: made digits in the territory of the real. Recall: real in that of the made.

    The territory of a set is a ball around each of its points, as wide as the distance to
    the point's third neighbor in the set. Both sets have the same size.
    """
    made = made[: len(real)]  # the classes take turns, so they stay even
    apart = torch.cdist(made, real)  # (made, real)
    reach_real = torch.cdist(real, real).kthvalue(NEIGHBORS + 1).values  # itself is the first
    reach_made = torch.cdist(made, made).kthvalue(NEIGHBORS + 1).values
    precision = (apart <= reach_real[None]).any(1).float().mean()
    recall = (apart <= reach_made[:, None]).any(0).float().mean()
    return float(precision), float(recall)
# --8<-- [end:precision]


# --8<-- [start:copies]
def copies(made, learned, unseen):
    """Is it learned by heart? Distance to the nearest digit that was learned from.

    Ratio: the median of that distance over the same for unseen digits (1: no closer than fresh
    handwriting). Copies: the share nearer than the nearest 1 % of unseen digits.
    """
    near = torch.cdist(made.float().flatten(1), learned.float().flatten(1)).min(1).values
    fresh = torch.cdist(unseen.float().flatten(1), learned.float().flatten(1)).min(1).values
    ratio = near.median() / fresh.median()
    return float(ratio), float((near < fresh.quantile(0.01)).float().mean())
# --8<-- [end:copies]


def bits(log_prob):
    """Nats per digit to bits per pixel."""
    return float(-log_prob.double().mean() / lab.SIDE**2 / math.log(2))


def even(n):
    """Classes in equal numbers."""
    return torch.arange(n) % 10


def score(made, y, judge, learned, unseen):
    """The scores of a set of digits against unseen real ones."""
    with torch.no_grad():
        real, fake = judge.features(unseen), judge.features(made)
    right = (named(made) == y).float().mean()
    precision, recall = precision_recall(real, fake)
    ratio, share = copies(made, learned, unseen)
    return {"fd": frechet(real, fake), "precision": precision, "recall": recall,
            "accuracy": float(right), "nearest": ratio, "copies": share}  # fmt: skip


@torch.no_grad()
def evaluate(model, judge, part="test", learned="fit", **options):
    """All scores of a model: samples with a fixed seed, and the likelihood where it has one."""
    x, y = lab.digits(part)
    torch.manual_seed(1)
    made = torch.cat([model.sample(len(c), c, **options) for c in even(SAMPLES).split(500)])
    row = score(made, even(SAMPLES), judge, lab.digits(learned)[0], x)
    row["bits"], row["likelihood"] = None, "none"
    if hasattr(model, "log_prob"):
        row["bits"], row["likelihood"] = bits(model.log_prob(x, y)), "exact"
    elif hasattr(model, "bound"):
        row["bits"], row["likelihood"] = bits(model.bound(x, y, DRAWS)), "bound"
    return row


def references(judge, part="test", learned="fit"):
    """What the scores mean: real digits, as they are and varied, one Gaussian, and noise."""
    (x, y), (unseen, classes) = lab.digits(learned), lab.digits(part)
    torch.manual_seed(1)
    flat = lab.scale(x).flatten(1)
    wide = flat.T.cov().double() + 1e-4 * torch.eye(lab.SIDE**2)
    normal = torch.distributions.MultivariateNormal(flat.mean(0).double(), wide)
    gaussian = lab.ink(normal.sample((SAMPLES,))).view(-1, lab.SIDE, lab.SIDE)
    noise = torch.randint(0, lab.LEVELS, (SAMPLES, lab.SIDE, lab.SIDE))
    some = slice(SAMPLES)  # as many as are made by each model
    rows = {"real": score(x[some], y[some], judge, x, unseen)}
    rows["real"].update(nearest=None, copies=None)  # they are the digits that were learned from,
    rows["real"]["accuracy"] = float((named(unseen) == classes).float().mean())  # these are not
    rows["varied"] = score(lab.vary(x[some]), y[some], judge, x, unseen) | {"accuracy": None}
    rows["gaussian"] = score(gaussian, even(SAMPLES), judge, x, unseen) | {"accuracy": None}
    rows["noise"] = score(noise, even(SAMPLES), judge, x, unseen) | {"accuracy": None}
    return rows


if __name__ == "__main__":
    with lab.plain_errors():
        judge = lab.make(train, part="train", sheets=False)[0]["judge"]
        x, y = lab.digits("validation")
        share = [float((verdict == y).float().mean()) for verdict in (judge(x).argmax(1), named(x))]
        print(f"judge: {share[0]:.3f} right on validation, second opinion: {share[1]:.3f}")
