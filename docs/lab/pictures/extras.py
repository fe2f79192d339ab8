"""What all.py measures and writes besides the table: experiments, sample sheets, test values."""

import importlib
import json

import lab
import measure
import multimodal
import torch
import verdict
from PIL import Image

GAP = 3  # pixels between the digits of a sheet
SHOWN = 20  # samples of each model kept for the site's static figures
WALKS = (1, 2, 4, 8, 16, 24)
GUIDANCE = (0.0, 0.5, 1.0, 2.0, 4.0)
# The multimodal model never sees "bold three" and "thin seven" in training.
CAPTIONS = ("thin three", "three", "bold three", "thin seven", "seven", "bold seven")


def models(folder=lab.HERE / "weights", families=lab.FAMILIES):
    """Every model whose weights lie in a folder, by name."""
    found = {}
    for family in families:
        if (folder / f"{family}.js").is_file():
            module = importlib.import_module(family)
            found[family] = lab.load(getattr(module, lab.FAMILIES[family])(), family, folder)
            if family == "emerging":
                found["student"] = lab.load(module.Student(), "student", folder)
            if family == "gan":
                found["critics"] = lab.load(module.Critics(), "critics", folder)
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
        rows = {w: scores("emerging", steps=12, w=w) for w in GUIDANCE}
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
        result["captions"] = {text: obeyed(found["multimodal"], text) for text in CAPTIONS}
    return result


def obeyed(model, text, n=100):
    """How many of n pictures of a caption show its digit, and how much ink a pixel has in them."""
    torch.manual_seed(1)
    made = lab.ink(model.paint([text] * n, torch.randn(n, lab.SIDE, lab.SIDE)))
    right = measure.named(made) == multimodal.WORDS.index(text.split()[-1])
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
        "digits": x, "upside down": x.flip(1),
        "blank": torch.zeros_like(x), "noise": torch.randint(0, lab.LEVELS, x.shape),
    }  # fmt: skip
    size = lab.SIDE**2
    level = size * torch.tensor(float(lab.LEVELS)).log()
    result = {}
    for name, pixels in kinds.items():
        value = posterior(model, pixels).logsumexp(1) - torch.tensor(10.0).log() - level
        result[name] = round(float((-value / size / torch.tensor(2.0).log()).median()), 2)
    return result


@torch.no_grad()
def samples():
    """Samples of every model and some real digits, one line each, ink as 784 letters a..h."""
    torch.manual_seed(2)
    y = torch.arange(SHOWN) % 10
    shown = {name: model.sample(SHOWN, y) for name, model in drawing().items()}
    x, labels = lab.digits("test")
    order = [int((labels == d).nonzero()[k]) for k in range(2) for d in range(10)]
    shown["real"] = x[torch.tensor(order)]
    text = {name: ["".join(chr(97 + v) for v in row) for row in sheet.flatten(1).tolist()]
            for name, sheet in shown.items()}  # fmt: skip
    return json.dumps(text, indent=1) + "\n"


def drawing():
    """The models that draw."""
    return {name: model for name, model in models().items() if hasattr(model, "sample")}


@torch.no_grad()
def sheets(folder):
    """A hundred unselected samples of each model as one picture: ten rows of the ten digits."""
    for name, model in drawing().items():
        torch.manual_seed(4)
        picture(model.sample(100, torch.arange(100) % 10), folder / f"{name}.png")
    x, labels = lab.digits("test")
    order = [int((labels == d).nonzero()[k]) for k in range(10) for d in range(10)]
    picture(x[torch.tensor(order)], folder / "real.png")


def picture(x, path):
    """Digits in rows of ten, black ink on nothing: a page gives it its paper."""
    wide = torch.nn.functional.pad(x, (0, GAP, 0, GAP)).view(-1, 10, lab.SIDE + GAP, lab.SIDE + GAP)
    rows = wide.transpose(1, 2).flatten(2).flatten(0, 1)[:-GAP, :-GAP]
    image = Image.fromarray(rows.numpy().astype("uint8"), "P")
    image.putpalette([0, 0, 0] * lab.LEVELS)
    path.parent.mkdir(parents=True, exist_ok=True)
    shades = bytes(255 * level // (lab.LEVELS - 1) for level in range(lab.LEVELS))
    image.save(path, transparency=shades, bits=4, optimize=True)


@torch.no_grad()
def reference_values():
    """For each model some inputs and the right outputs, to hold the browser's code against."""
    torch.manual_seed(3)
    found, (x, y) = models(), lab.digits("test")
    x, y = x[:2], y[:2]
    z, c, t = torch.randn(2, lab.SIDE, lab.SIDE), lab.classes(y), torch.tensor([0.3, 0.8])
    values = {}

    def keep(name, **fields):
        plain = {key: v.tolist() if torch.is_tensor(v) else v for key, v in fields.items()}
        values[name] = json.dumps({key: short(v) for key, v in plain.items()}) + "\n"

    for name in ("transformer", "autoregressive", "rnn"):
        if name in found:
            model = found[name]
            scores = model.scores if name == "autoregressive" else model
            keep(name, x=x, y=y, scores=scores(x, y), log_prob=model.log_prob(x, y))
    if "gan" in found:
        noise, made = z.flatten(1)[:, :24], found["gan"].generator(z.flatten(1)[:, :24], y)
        keep("gan", z=noise, y=y, out=made)
        critics = found["critics"]
        keep("critics", x=made, y=y, grown=critics.grown(made, y), young=critics.young(made, y))
    if "vae" in found:
        code = z.flatten(1)[:, :2]
        mu, log_sigma = found["vae"].encode(x, y)
        center, width = found["vae"].decode(code, y)
        keep("vae", x=x, y=y, mu=mu, log_sigma=log_sigma, z=code, center=center, width=width)
    if "diffusion" in found:
        model = found["diffusion"]
        keep("diffusion", z=z, y=y, t=t, guess=model.net(z, t, c), out=model.walk(z, c, 8),
             guided=model.walk(z, c, 8, 1.0))  # fmt: skip
    if "flow" in found:
        flow, share, noise = found["flow"], (x + 0.5) / lab.LEVELS, z.flatten(1)
        keep("flow", share=share, y=y, log_density=flow.log_density(share, c), z=noise,
             v=flow.inverse(noise, c), guided=flow.inverse(noise, c, 1.0))  # fmt: skip
    if "hybrid" in found:
        pieces = z.view(2, 49, 16)
        out = found["hybrid"].double().paint(pieces.double(), y, 2).float()  # 98 steps add up
        keep("hybrid", y=y, z=pieces, out=out)
    if "multimodal" in found:
        model, words = found["multimodal"], ["seven", "thin two"]
        code = model.read(multimodal.letters(words))
        keep("multimodal", words=words, code=code, z=z, out=model.paint(words, z, 8), x=x,
             look=model.look(x))  # fmt: skip
    if "emerging" in found:
        follow = found["emerging"].follow
        keep("emerging", z=z, y=y, out=follow(z, c, 4), guided=follow(z, c, 4, 1.0))
        keep("student", z=z, y=y, t=t, jump=found["student"].jump(z, t, c))
    keep("verdict", x=x, scores=lab.load(verdict.Verdict(), "verdict")(x))
    return values


def short(value):
    """Numbers with seven digits, as deep as the lists go."""
    if isinstance(value, list):
        return [short(item) for item in value]
    return float(f"{value:.7g}") if isinstance(value, float) else value
