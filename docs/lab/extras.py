"""What all.py measures and writes besides the table: experiments, sample sheets, test values."""

import importlib
import json

import lab
import measure
import multimodal
import torch

SHOWN = 20  # samples of each model kept for the site's static figures
WALKS = (1, 2, 4, 8, 16, 32)
GUIDANCE = (0.0, 0.5, 1.0, 2.0, 4.0)
# The multimodal model never sees "bold three" and "thin seven" in training.
CAPTIONS = ("thin three", "three", "bold three", "thin seven", "seven", "bold seven")


def models(folder=lab.HERE / "weights"):
    """Every model whose weights are shipped, by name."""
    found = {}
    for family, kind in lab.FAMILIES.items():
        if (folder / f"{family}.js").is_file():
            module = importlib.import_module(family)
            found[family] = lab.load(getattr(module, kind)(), family, folder)
            if family == "emerging":
                found["student"] = lab.load(module.Student(), "student", folder)
    return found


def rounded(row):
    """Scores with three decimals."""
    return {key: round(v, 3) if isinstance(v, float) else v for key, v in row.items()}


def references(judge):
    """The rows that say what the scores mean."""
    return {name: rounded(row) for name, row in measure.references(judge).items()}


@torch.no_grad()
def experiments(judge):
    """Quality against passes, guidance, blur, and what exact likelihoods are good for."""
    found, result = models(), {}

    def scores(name, **options):
        return rounded(measure.evaluate(found[name], judge, **options))

    for name in ("diffusion", "emerging", "hybrid"):
        if name in found:
            rows = {steps: scores(name, steps=steps) for steps in WALKS}
            result[f"steps-{name}"] = {str(steps): row["fd"] for steps, row in rows.items()}
    if "emerging" in found:
        keep = ("fd", "precision", "recall")
        rows = {w: scores("emerging", w=w) for w in GUIDANCE}
        result["guidance"] = {str(w): {k: row[k] for k in keep} for w, row in rows.items()}
    if "vae" in found:
        keep = ("fd", "precision", "recall")
        rows = {"mean": scores("vae"), "noise": scores("vae", noise=True)}
        result["vae"] = {name: {k: row[k] for k in keep} for name, row in rows.items()}
    x, y = lab.digits("test")
    result["classifies"] = {
        name: round(float((posterior(found[name], x).argmax(1) == y).float().mean()), 3)
        for name in ("transformer", "autoregressive", "rnn", "flow")
        if name in found
    }
    if "flow" in found:
        result["meter"] = meter(found["flow"], x, y)
    if "multimodal" in found:
        right = (found["multimodal"].name(x) == y).float().mean()
        result["classifies"]["multimodal"] = round(float(right), 3)
        result["captions"] = {text: obeyed(found["multimodal"], judge, text) for text in CAPTIONS}
    return result


def obeyed(model, judge, text, n=200):
    """How many of n pictures of a caption show its digit, and how much ink a pixel has in them."""
    torch.manual_seed(1)
    made = lab.ink(model.paint([text] * n, torch.randn(n, 64)))
    right = judge(made).argmax(1) == multimodal.WORDS.index(text.split()[-1])
    return {"accuracy": round(float(right.float().mean()), 3),
            "ink": round(float(made.float().mean()), 2)}  # fmt: skip


def posterior(model, x):
    """log p(x|c) for all ten classes, (n, 10): with equal shares this is Bayes' rule."""
    density = model.log_prob if hasattr(model, "log_prob") else middle(model)
    return torch.stack([density(x, torch.full((len(x),), c)) for c in range(10)], 1)


def middle(model):
    """The flow's density at the middle of each cell of ink."""
    return lambda x, y: model.log_density((x + 0.5) / lab.LEVELS, lab.classes(y))


def meter(model, x, y):
    """Median bits per pixel of the flow for digits and for what are no digits."""
    torch.manual_seed(1)
    kinds = {
        "digits": x, "upside down": x.view(-1, 8, 8).flip(1).reshape(-1, 64),
        "blank": torch.zeros_like(x), "noise": torch.randint(0, lab.LEVELS, x.shape),
    }  # fmt: skip
    level = 64 * torch.tensor(float(lab.LEVELS)).log()
    result = {}
    for name, pixels in kinds.items():
        value = posterior(model, pixels).logsumexp(1) - torch.tensor(10.0).log() - level
        result[name] = round(float((-value / 64 / torch.tensor(2.0).log()).median()), 2)
    return result


@torch.no_grad()
def samples():
    """Samples of every model and some real digits, one line each, ink as 64 letters a..q."""
    torch.manual_seed(2)
    y = torch.arange(SHOWN) % 10
    sheets = {name: model.sample(SHOWN, y) for name, model in models().items()}
    x, labels = lab.digits("test")
    order = [int((labels == d).nonzero()[k]) for k in range(2) for d in range(10)]
    sheets["real"] = x[torch.tensor(order)]
    text = {name: ["".join(chr(97 + v) for v in row) for row in sheet.tolist()]
            for name, sheet in sheets.items()}  # fmt: skip
    return json.dumps(text, indent=1) + "\n"


@torch.no_grad()
def reference_values():
    """For each model some inputs and the right outputs, to hold the browser's code against."""
    torch.manual_seed(3)
    found, (x, y) = models(), lab.digits("test")
    x, y = x[:2], y[:2]
    z, c = torch.randn(2, 64), lab.classes(y)
    values = {}

    def keep(name, **fields):
        plain = {key: v.tolist() if torch.is_tensor(v) else v for key, v in fields.items()}
        values[name] = json.dumps({key: short(v) for key, v in plain.items()}) + "\n"

    for name in ("transformer", "autoregressive", "rnn"):
        if name in found:
            keep(name, x=x, y=y, logits=found[name](x, y), log_prob=found[name].log_prob(x, y))
    if "gan" in found:
        gan, noise = found["gan"], z[:, :16]
        made = gan.generator(noise, y)
        keep("gan", z=noise, y=y, out=made, verdict=gan.discriminator(made, y))
    if "vae" in found:
        code = z[:, :2]
        mu, log_sigma = found["vae"].encode(x, y)
        center, width = found["vae"].decode(code, y)
        keep("vae", x=x, y=y, mu=mu, log_sigma=log_sigma, z=code, center=center, width=width)
    if "diffusion" in found:
        walk = found["diffusion"].walk
        keep("diffusion", z=z, y=y, out=walk(z, c, 8), guided=walk(z, c, 8, 1.0))
    if "flow" in found:
        flow, share = found["flow"], (x + 0.5) / lab.LEVELS
        keep("flow", share=share, y=y, log_density=flow.log_density(share, c), z=z,
             v=flow.inverse(z, c))  # fmt: skip
    if "hybrid" in found:
        keep("hybrid", y=y, z=z, out=strips(found["hybrid"], z, y, 8))
    if "multimodal" in found:
        model, words = found["multimodal"], ["seven", "thin two"]
        code = model.read(importlib.import_module("multimodal").letters(words))
        keep("multimodal", words=words, code=code, z=z, out=model.paint(words, z, 8), x=x,
             look=model.look(x))  # fmt: skip
    if "emerging" in found:
        follow = found["emerging"].follow
        keep("emerging", z=z, y=y, out=follow(z, c, 4), guided=follow(z, c, 4, 1.0),
             jump=found["student"].jump(z, c))  # fmt: skip
    return values


def strips(model, z, y, steps):
    """The hybrid with given noise: strip after strip, each refined from its 16 numbers."""
    done = torch.zeros(len(y), 0, 16)
    for noise in z.view(-1, 4, 16).unbind(1):
        strip = model.refine(noise, model.read(done, y)[:, -1], steps)
        done = torch.cat([done, strip[:, None]], 1)
    return done.reshape(-1, 64)


def short(value):
    """Numbers with seven digits, as deep as the lists go."""
    if isinstance(value, list):
        return [short(item) for item in value]
    return float(f"{value:.7g}") if isinstance(value, float) else value
