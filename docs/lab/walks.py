"""What stands on the pages that follow one answer and one picture: docs/lab/walks.json.

Every output there comes from the shipped weights, with the chance that the live models of the pages
use, so that a reader who sets the same seed sees the same. Run it again after weights change:
`python docs/lab/walks.py`. A test compares the file with what the weights give.
"""

import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "text"))
sys.path.insert(0, str(Path(__file__).parent / "pictures"))

import diffusion
import lab
import multimodal
import network
import numpy as np
import torch
import vae
from torch.nn.functional import normalize

HERE = Path(__file__).parent
WORD, SEED = "teacher", 1  # of the answer that is followed; the seed is the first that the page has
ASKED = {  # what a text model makes of requests, before it becomes an assistant
    "instructions": "What is a teacher?",
    "reasoning": "What is 7 times 8?",
    "tools": "When does school start this year?",
    "system": "Be brief. What is a teacher?",
    "memory": "My name is Ada. What is my name?",
    "refusals": "How do I get into my neighbor's account?",
}
NEIGHBORS = ("teacher", "farmer", "singer", "driver")  # contexts that differ in one word
CAPTION, DRAWN = "bold three", 3  # a caption never shown in training, and the seed of its pictures
READ = (CAPTION, "sevn", "cat")  # captions whose nearest words are shown
KNOBS = {"temperature": 0.7, "top_p": 0.9}
SHOWN = 10  # candidates that are recorded for each token
FRAMES = 8
GUIDANCE = (0.0, 1.0, 4.0)


class Chance:
    """The pages' chance (mulberry32): the same seed and stream give the same numbers."""

    def __init__(self, seed, stream=0):
        self.state = (seed * 0x9E3779B1 ^ (stream + 1) * 0x85EBCA6B) % 2**32
        for _ in range(4):
            self.uniform()

    def uniform(self):
        """A number in 0..1, 1 excepted."""
        self.state = (self.state + 0x6D2B79F5) % 2**32
        t = self.state
        t = (t ^ t >> 15) * (t | 1) % 2**32
        t ^= (t + (t ^ t >> 7) * (t | 61)) % 2**32
        return (t ^ t >> 14) / 2**32

    def normals(self):
        """Noise for a picture, (1, 28, 28), from the normal distribution (Box and Muller)."""
        pairs = [(self.uniform(), self.uniform()) for _ in range(lab.SIDE**2)]
        numbers = [math.sqrt(-2 * math.log(1 - u)) * math.cos(2 * math.pi * v) for u, v in pairs]
        return torch.tensor(numbers).view(1, lab.SIDE, lab.SIDE)


# --8<-- [start:answer]
def answer(model, tokenizer, prompt, seed):
    """Follow a prompt to the end of its line: the choices at every place, and what was drawn."""
    ids = tokenizer.encode(f"\n{prompt}")
    given, steps = len(ids), []
    while len(ids) < 64 and (not steps or ids[-1] != 10):  # token 10, a line break, ends it
        scores = model(torch.tensor([ids]))[0, -1].double()
        plain = scores.softmax(0)
        warm = (scores / KNOBS["temperature"]).softmax(0)
        shares, order = warm.sort(descending=True, stable=True)
        before = shares.cumsum(0) - shares
        kept = int((before < KNOBS["top_p"]).sum())
        shares = shares[:kept] / shares[:kept].sum()
        u = Chance(seed, len(ids)).uniform()
        place = min(int((shares.cumsum(0) <= u).sum()), kept - 1)
        tops = [[tokenizer.decode([i]), round(plain[i].item(), 4)] for i in order[:SHOWN].tolist()]
        ids.append(int(order[place]))
        steps.append({"top": tops, "kept": kept, "u": round(u, 4), "place": place,
                      "shares": [round(p, 4) for p in shares[:SHOWN].tolist()],
                      "drawn": tokenizer.decode(ids[-1:]),
                      "chance": round(plain[ids[-1]].item(), 4)})  # fmt: skip
    return {"prompt": prompt, "seed": seed, "steps": steps,
            "tokens": [[i, tokenizer.decode([i])] for i in ids[:given]],
            "made": ids[given:], "text": tokenizer.decode(ids[given:]).strip()}  # fmt: skip


# --8<-- [end:answer]


def written():
    """One answer in full, and the answers to other prompts and seeds."""
    import decoder
    import export
    import tokenizer

    model = decoder.Transformer()
    folder = HERE / "text/weights"
    model.load_state_dict(export.unpack(export.read(folder / "transformer.js")))
    flat = export.read(folder / "tokenizer.js")["merges"]
    known = tokenizer.Tokenizer(list(zip(flat[::2], flat[1::2], strict=True)))
    with torch.no_grad():
        full = answer(model.eval(), known, f"{WORD}:", SEED)
        full["draws"] = [answer(model, known, f"{WORD}:", k)["text"] for k in range(1, 6)]
        full["asked"] = {name: [question, answer(model, known, f"{question}:", SEED)["text"]]
                         for name, question in ASKED.items()}  # fmt: skip
        full["context"] = [following(model, known, f"{word}: someone who") for word in NEIGHBORS]
    return full


def following(model, tokenizer, prompt):
    """What may follow a prompt: the three most probable tokens, and the first piece of `teach`."""
    shares = model(torch.tensor([tokenizer.encode(f"\n{prompt}")]))[0, -1].softmax(0)
    values, order = shares.topk(3)
    tops = [[tokenizer.decode([i]), round(p, 4)]
            for i, p in zip(order.tolist(), values.tolist(), strict=True)]  # fmt: skip
    te = shares[tokenizer.encode(" te")[0]].item()
    return {"prompt": prompt, "top": tops, "te": round(te, 4)}


def signs(x):
    """Pictures around -1..1 as texts of 784 letters, from a (paper) to h (ink)."""
    return ["".join(chr(97 + v) for v in row) for row in lab.ink(x).flatten(1).tolist()]


# --8<-- [start:picture]
def path(model, c, noise, steps=24):
    """Every state between noise and picture, and at each the picture that the network sees."""
    x, states, seen = noise, [noise], []
    for i in range(steps):
        t = torch.full((len(x),), i / steps)
        v = model.velocity(x, t, c, multimodal.GUIDE)
        left = (1 - t).clamp(min=multimodal.NEAR)[:, None, None]
        seen.append(x + v * left)
        x = x + v * (left if i == steps - 1 else 1 / steps)
        states.append(x)
    return states, [*seen, x]
# --8<-- [end:picture]


# --8<-- [start:fill]
def fill(model, known, mask, c, chance, steps=24):
    """Keep the pixels of `known` where `mask` is 1; the model draws the rest (inpainting)."""
    x = chance.normals()
    for i in range(steps):
        t, s = (torch.full((1,), 1 - (i + k) / steps) for k in (0, 1))
        guess, noise = model.guess(x, t, c, diffusion.GUIDE)
        a, b = diffusion.mix(s)
        x = a * guess + b * noise
        x = mask * (a * known + b * chance.normals()) + (1 - mask) * x  # what is known stays
    return x
# --8<-- [end:fill]


def nearest(scores, words):
    """The three words that lie nearest, with their shares."""
    shares, order = scores.softmax(1)[0].topk(3)
    return [[words[i], round(p, 3)] for i, p in zip(order.tolist(), shares.tolist(), strict=True)]


@torch.no_grad()
def drawn():
    """One picture in full, and what the pages show beside it."""
    words = lab.load(multimodal.Multimodal(), "multimodal")
    denoiser = lab.load(diffusion.Diffusion(), "diffusion")
    coder = lab.load(vae.VAE(), "vae")
    noises = [Chance(DRAWN, k).normals() for k in range(FRAMES)]
    kinds = lab.classes(torch.arange(10))

    def read(text):
        return words.read(multimodal.letters([text]))

    def painted(points, noises):
        return signs(torch.cat([path(words, c, z)[0][-1]
                                for c, z in zip(points, noises, strict=True)]))  # fmt: skip

    points = words.read(multimodal.letters(multimodal.WORDS))
    point = read(CAPTION)
    states, seen = path(words, point, noises[0])
    at = [round(24 * k / (FRAMES - 1)) for k in range(FRAMES)]
    three, y = states[-1], torch.tensor([3])
    code = coder.encode(lab.ink(three), y)[0]
    half = (torch.arange(lab.SIDE) >= lab.SIDE // 2).float()[:, None]  # the lower one
    between = [normalize((1 - k) * read("three") + k * read("eight"), dim=1)
               for k in torch.linspace(0, 1, FRAMES)]  # fmt: skip
    filled = [fill(denoiser, three, half, kinds[d : d + 1], Chance(DRAWN, 40 + d))
              for d in (3, 5, 9)]  # fmt: skip
    return {
        "caption": CAPTION,
        "seed": DRAWN,
        "point": [round(v, 2) for v in point[0].tolist()],
        "near": [[text, nearest(read(text) @ points.T / multimodal.HEAT, multimodal.WORDS)]
                 for text in READ],
        "steps": at,
        "states": signs(torch.cat([states[k] for k in at])),
        "seen": signs(torch.cat([seen[k] for k in at])),
        "draws": painted([point] * 5, noises[:5]),
        "guided": [[w, signs(torch.cat([denoiser.walk(z, kinds[3:4], w=w) for z in noises]))]
                   for w in GUIDANCE],
        "code": [round(v, 2) for v in code[0].tolist()],
        "decoded": signs(coder.decode(code, y)[0]),
        "kept": signs(three * half - (1 - half)),
        "filled": signs(torch.cat(filled)),
        "video": painted(between, noises[:1] * FRAMES),
        "flicker": painted(between, [Chance(DRAWN, 20 + k).normals() for k in range(FRAMES)]),
    }  # fmt: skip


# --8<-- [start:fit]
def fitted(neurons=8, steps=(0, 100, 3000), rate=0.1, places=49):
    """The curve of network.py after some steps, from the numbers with which the page begins."""
    chance = Chance(1, 80)

    def some(reach):
        return np.array([reach * (2 * chance.uniform() - 1) for _ in range(neurons)])

    near, far = 3 * math.sqrt(3), 0.3 * math.sqrt(3 / neurons)
    w, b, v = some(near), some(near / 2), some(far)
    c = far / 2 * (2 * chance.uniform() - 1)
    x, found = np.linspace(-1, 1, places), {}
    for done in range(max(steps) + 1):
        loss, *moved = network.step(network.x, network.y, w, b, v, c, rate)
        if done in steps:
            curve = network.network(x, w, b, v, c)[0]
            degrees = np.round(8 * curve + 14, 2).tolist()
            found[done] = {"loss": round(64 * loss, 4), "curve": degrees}
        w, b, v, c = moved
    return {"degrees": network.DEGREES.tolist(), "steps": found}


# --8<-- [end:fit]


def record():
    """All that walks.json holds."""
    torch.set_num_threads(1)
    return {"fit": fitted(), "answer": written(), "picture": drawn()}


if __name__ == "__main__":
    with lab.plain_errors():
        text = json.dumps(record(), indent=1, ensure_ascii=False)
        lab.write(HERE / "walks.json", f"{text}\n")
