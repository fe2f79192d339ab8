"""What stands on the pages that follow one answer and one picture: docs/lab/walks.json.

Every output there comes from the shipped weights, with the chance that the live models of the pages
use, so that a reader who sets the same seed sees the same. Run it again after weights change:
`python docs/lab/walks.py`. A test compares the file with what the weights give.
"""

import json
import math
import sys

import lab
import network
import numpy as np
import torch

sys.path.append(str(lab.HERE / "text"))

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
CAPTION = "bold three"  # never shown in training
READ = (CAPTION, "sevn", "cat")  # captions whose nearest words are shown
KNOBS = {"temperature": 0.7, "top_p": 0.9}
SHOWN = 10  # candidates that are recorded for each token
FRAMES = 8


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

    def normals(self, n):
        """Numbers from the normal distribution, (1, n) (Box and Muller)."""
        pairs = [(self.uniform(), self.uniform()) for _ in range(n)]
        return torch.tensor([[math.sqrt(-2 * math.log(1 - u)) * math.cos(2 * math.pi * v)
                              for u, v in pairs]])  # fmt: skip


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
    folder = lab.HERE / "text/weights"
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
    """Ink 0..16, (n, 64), as texts of 64 letters from a to q."""
    return ["".join(chr(97 + int(v)) for v in row) for row in x]


# --8<-- [start:picture]
def path(model, c, noise, steps=24):
    """Every state between noise and picture, and at each the picture that the network sees."""
    x, states, seen = noise, [noise], []
    for i in range(steps):
        t = torch.full((len(x),), i / steps)
        seen.append(model.net(x, t, c))
        left = (1 - t).clamp(min=0.1)[:, None]
        x = x + (seen[-1] - x) / left * (left if i == steps - 1 else 1 / steps)
        states.append(x)
    return states, [*seen, x]


# --8<-- [end:picture]


# --8<-- [start:fill]
def fill(model, known, mask, c, chance, steps=32):
    """Keep the pixels of `known` where `mask` is 1; the model draws the rest (inpainting)."""
    from diffusion import mix

    x = chance.normals(64)
    for i in range(steps):
        t, s = (torch.full((1,), 1 - (i + k) / steps) for k in (0, 1))
        guess, noise = model.guess(x, t, c)
        a, b = mix(s)
        x = a * guess + b * noise
        x = mask * (a * known + b * chance.normals(64)) + (1 - mask) * x  # what is known stays
    return x


# --8<-- [end:fill]


def nearest(scores, words):
    """The three words that lie nearest, with their shares."""
    shares, order = scores.softmax(1)[0].topk(3)
    return [[words[i], round(p, 3)] for i, p in zip(order.tolist(), shares.tolist(), strict=True)]


def drawn():
    """One picture in full, and what the pages show beside it."""
    import diffusion
    import multimodal
    import vae

    words = lab.load(multimodal.Multimodal(), "multimodal")
    denoiser = lab.load(diffusion.Diffusion(), "diffusion")
    coder = lab.load(vae.VAE(), "vae")
    noise = Chance(SEED, 0).normals(64)

    def read(text):
        return words.read(multimodal.letters([text]))

    with torch.no_grad():
        points = words.read(multimodal.letters(multimodal.WORDS))
        point = read(CAPTION)
        near = [[text, nearest(read(text) @ points.T / multimodal.HEAT, multimodal.WORDS)]
                for text in READ]  # fmt: skip
        states, seen = path(words, point, noise)
        at = [round(24 * k / (FRAMES - 1)) for k in range(FRAMES)]
        three = states[-1]
        y = torch.tensor([3])
        code = coder.encode(lab.ink(three), y)[0]
        half = torch.zeros(8, 8)
        half[4:] = 1
        half = half.view(1, 64)
        kinds = lab.classes(torch.arange(10))
        between = [torch.nn.functional.normalize((1 - k) * read("three") + k * read("eight"), dim=1)
                   for k in torch.linspace(0, 1, FRAMES)]  # fmt: skip
        loose = [Chance(SEED, 20 + k).normals(64) for k in range(FRAMES)]
        result = {
            "caption": CAPTION,
            "point": [round(v, 2) for v in point[0].tolist()],
            "near": near,
            "steps": at,
            "states": signs(lab.ink(torch.cat([states[k] for k in at]))),
            "seen": signs(lab.ink(torch.cat([seen[k] for k in at]))),
            "draws": signs(lab.ink(torch.cat([path(words, point, Chance(SEED, k).normals(64))[0][-1]
                                              for k in range(5)]))),
            "guided": [[w, signs(lab.ink(torch.cat([denoiser.walk(Chance(SEED, k).normals(64),
                                                                  kinds[3:4], 32, w)
                                                    for k in range(8)])))]
                       for w in (0.0, 2.0, 6.0)],
            "code": [round(v, 2) for v in code[0].tolist()],
            "decoded": signs(lab.ink(coder.decode(code, y)[0])),
            "kept": signs(lab.ink(three * half - (1 - half))),
            "filled": signs(lab.ink(torch.cat([
                fill(denoiser, three, half, kinds[d : d + 1], Chance(SEED, 40 + d))
                for d in (3, 5, 9)]))),
            "video": signs(lab.ink(torch.cat([path(words, c, noise)[0][-1] for c in between]))),
            "flicker": signs(lab.ink(torch.cat([path(words, c, n)[0][-1]
                                                for c, n in zip(between, loose, strict=True)]))),
        }  # fmt: skip
    return result


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
        lab.write(lab.HERE / "walks.json", f"{text}\n")
