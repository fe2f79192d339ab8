"""What a class may change in each notebook: an experiment, in words and in code.

`model` is the trained model of the family, `show` draws digits in rows of ten.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Experiment:
    """A question to try out, the code that does it once, and what to change in it."""

    words: str
    code: str
    change: str


TEMPERATURE = Experiment(
    "How much does the model risk? A temperature below 1 makes likely pixels likelier, one above 1 "
    "evens them out. The rows have the temperatures 0.3, 1 and 2.",
    "y = torch.arange(10)\n"
    "show(torch.cat([model.sample(10, y, temperature=t) for t in (0.3, 1.0, 2.0)]))",
    "Add a row for 0.01, and let each row draw the same class ten times. What is lost at low "
    "temperatures, and what at high ones?",
)
EXPERIMENTS = {
    "transformer": TEMPERATURE,
    "autoregressive": TEMPERATURE,
    "rnn": TEMPERATURE,
    "vae": Experiment(
        "What does the map of codes look like? Each digit below is decoded from another point of "
        "the plane, all of one class.",
        "line = torch.linspace(-2, 2, 10)\n"
        "z = torch.cartesian_prod(line, line)\n"
        "with torch.no_grad():\n"
        "    center, width = model.decode(z, torch.full((100,), 3))\n"
        "show(ink(center))",
        "Try another class, and the range from -6 to 6. Where does the decoder answer with "
        "nonsense, and why did nothing in training forbid it?",
    ),
    "gan": Experiment(
        "What lies between two draws of noise? Each row walks from one noise to another.",
        "start, end = torch.randn(2, 5, 1, NOISE)\n"
        "share = torch.linspace(0, 1, 10)[None, :, None]\n"
        "z = ((1 - share) * start + share * end).reshape(50, NOISE)\n"
        "with torch.no_grad():\n"
        "    made = model.generator(z, torch.arange(5).repeat_interleave(10))\n"
        "show(ink(made))",
        "Multiply all noise by 3, then by 0.1. What happens to variety, and what to quality?",
    ),
    "diffusion": Experiment(
        "How many steps does a sample need? The rows take 1, 2, 4 and 24.",
        "y = torch.arange(10)\n"
        "show(torch.cat([model.sample(10, y, steps=n) for n in (1, 2, 4, 24)]))",
        "Keep 24 steps and let the rows have the guidance w = 0, 1, 4 and 16. What does too much "
        "of it do to the digits?",
    ),
    "flow": Experiment(
        "How probable does the model find a picture? Digits of the test, the same upside down, and "
        "noise, in bits per pixel: fewer are more probable.",
        "x, y = digits('test')\n"
        "x, y = x[:100], y[:100]\n"
        "noise = torch.randint(0, LEVELS, x.shape)\n"
        "shown = {'digits': x, 'upside down': x.flip(1), 'noise': noise}\n"
        "with torch.no_grad():\n"
        "    for name, picture in shown.items():\n"
        "        nats = -model.log_density((picture + 0.5) / LEVELS, classes(y)) / SIDE**2\n"
        "        print(name, round(float(nats.median() + math.log(LEVELS)) / math.log(2), 2))",
        "Draw a row each with `model.sample(10, y, temperature=t)` for the temperatures 0.5, 0.8 "
        "and 1, with `y = torch.arange(10)`. What becomes of variety and quality?",
    ),
    "hybrid": Experiment(
        "The pieces come one after the other; each is refined in a few steps. The rows take 1, 2 "
        "and 8 steps for a piece.",
        "y = torch.arange(10)\nshow(torch.cat([model.sample(10, y, steps=n) for n in (1, 2, 8)]))",
        "Time a sample with 1 and with 16 steps (`%timeit`). Which part of the cost grows with the "
        "steps, and which does not?",
    ),
    "multimodal": Experiment(
        "Captions that training never showed, and captions with typing errors.",
        "captions_asked = ['thin seven', 'bold three', 'sevn', 'thre', 'bold zero', 'thin zero']\n"
        "texts = [text for text in captions_asked for _ in range(10)]\n"
        "made = ink(model.paint(texts, torch.randn(len(texts), SIDE, SIDE)))\n"
        "show(made)",
        "Ask for `bold thin five`, for `ten`, and for nothing at all. What does a model answer "
        "that cannot say no?",
    ),
    "emerging": Experiment(
        "Fewer and fewer steps: the rows take 24, 4, 2 and 1. The last row is the student's, in 1.",
        "y = torch.arange(10)\n"
        "rows = [model.sample(10, y, steps=n) for n in (24, 4, 2, 1)]\n"
        "show(torch.cat([*rows, models['student'].sample(10, y)]))",
        "Give the teacher's row of two steps a guidance of w = 2. Does it help as much as the "
        "student's training did?",
    ),
}
TEXT = Experiment(
    "How much does the model risk? Each prompt is continued at three temperatures.",
    "for temperature in (0.2, 0.7, 1.5):\n"
    "    print(temperature, *define(['sort', 'open file', 'matrix'], temperature), sep='\\n  ')",
    "Set `top_p` to 1, or train for half of the steps. Which faults come from too little training, "
    "and which from the draw?",
)
