"""Few-step generation: flow matching, guidance, and a student that needs one step.

Idea: a network learns the straight road from noise to a digit and is followed in small steps. A
student then learns to answer the same from everywhere on the road: its end. So it can jump.
Papers: Lipman et al., "Flow Matching for Generative Modeling", 2023; Liu et al., "Flow Straight
and Fast", 2023; Ho and Salimans, 2022, for guidance; Song et al., "Consistency Models", 2023, for
the student.
"""

import copy

import lab
import torch
from denoiser import Denoiser
from torch import nn

STEPS, STUDENT_STEPS = 3000, 1200  # training steps
DROP = 0.1  # share of digits whose class is hidden, so that the network learns to do without
NEAR = 0.1  # no division by less than this near the end of the road
GUIDE = 1.0  # how much the class is overdone in a sample (classifier-free guidance)
ROAD = 16  # stops on the road at which the student learns


# --8<-- [start:model]
class FlowMatching(nn.Module):
    """A velocity at every place and time of the road from noise, t = 0, to a digit, t = 1."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "near": NEAR, "steps": 24,  # noqa: RUF012
              "guide": GUIDE}  # fmt: skip

    def __init__(self):
        super().__init__()
        self.net = Denoiser()

    def velocity(self, x_t, t, c, w=0.0):
        """v = (guessed end - here) / time left; guidance w overdoes the class."""
        x_1 = self.net(x_t, t, c)
        if w:
            x_1 = x_1 + w * (x_1 - self.net(x_t, t, torch.zeros_like(c)))
        return (x_1 - x_t) / (1 - t).clamp(min=NEAR)[:, None, None]
# --8<-- [end:model]

    # --8<-- [start:loss]
    def loss(self, x, y):
        """The velocity of the straight line from a noise to a digit, at a place on it."""
        x_1 = lab.scale(x)
        x_0 = torch.randn(x_1.shape)
        t = torch.randn(len(x)).sigmoid()
        x_t = road(x_0, x_1, t)
        c = lab.classes(y) * (torch.rand(len(y), 1) > DROP)
        left = (1 - t).clamp(min=NEAR)[:, None, None]
        return (self.velocity(x_t, t, c) - (x_1 - x_t) / left).square().mean()
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def follow(self, x_t, c, steps=24, w=0.0):
        """From noise x_t, (n, 28, 28), along the velocity in equal steps (Euler)."""
        for i in range(steps):
            t = torch.full((len(x_t),), i / steps)
            v = self.velocity(x_t, t, c, w)
            left = (1 - t).clamp(min=NEAR)[:, None, None]
            x_t = x_t + v * (left if i == steps - 1 else 1 / steps)
        return x_t

    def sample(self, n, y, steps=24, w=GUIDE):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        return lab.ink(self.follow(torch.randn(n, lab.SIDE, lab.SIDE), lab.classes(y), steps, w))
    # --8<-- [end:sample]


def road(x_0, x_1, t):
    """The place at time t, (n,), on the straight line from x_0 to x_1."""
    t = t[:, None, None]
    return (1 - t) * x_0 + t * x_1


# --8<-- [start:student]
class Student(nn.Module):
    """From anywhere on the road straight to its end; at the end it changes nothing."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "near": NEAR,  # noqa: RUF012
              "base": "emerging"}  # shipped as what it has changed of its teacher  # fmt: skip
    coarse = ("net.",)  # with four bits a number

    def __init__(self, teacher=None):
        super().__init__()
        self.net = copy.deepcopy(teacher.net) if teacher else Denoiser()
        self.helpers = []  # in a list, so that its teacher is no part of it

    def jump(self, x_t, t, c):
        """The end of the road from x_t, (n, 28, 28), at times t, (n,)."""
        share = ((1 - t) / NEAR).clamp(max=1)[:, None, None]
        return x_t + share * (self.net(x_t, t, c) - x_t)

    def loss(self, x, y):
        """Two neighbors on the teacher's road must get the same answer (consistency)."""
        teacher, calm = self.helpers
        c, x_1 = lab.classes(y), lab.scale(x)
        stop = torch.randint(ROAD, (len(x),))
        here, there = stop / ROAD, (stop + 1) / ROAD
        x_t = road(torch.randn(x_1.shape), x_1, here)
        with torch.no_grad():
            onward = x_t + teacher.velocity(x_t, here, c, GUIDE) / ROAD
            for old, new in zip(calm.parameters(), self.net.parameters(), strict=True):
                old.lerp_(new, 0.05)  # a slower copy of the student is who it must agree with
            share = ((1 - there) / NEAR).clamp(max=1)[:, None, None]
            target = onward + share * (calm(onward, there, c) - onward)
        wrong = (self.jump(x_t, here, c) - target).square().sum((1, 2))
        return ((wrong + 0.7).sqrt() - 0.7**0.5).mean()  # far outliers pull less (pseudo-Huber)

    @torch.no_grad()
    def sample(self, n, y, steps=1):
        """Draw n digits of the classes y: jump, and for more steps add new noise and jump again."""
        c, x = lab.classes(y), torch.zeros(n, lab.SIDE, lab.SIDE)
        for i in range(steps):
            t = torch.full((n,), i / steps)
            x = self.jump(road(torch.randn(x.shape), x, t), t, c)
        return lab.ink(x)
# --8<-- [end:student]


def train(x, y, steps=STEPS):
    """Teacher and student, trained on ink x, (n, 28, 28), and classes y, (n,), by their names."""
    teacher = lab.fit(FlowMatching(), x, y, steps)
    student = Student(teacher)
    student.helpers = [teacher, copy.deepcopy(teacher.net)]
    share = steps * STUDENT_STEPS // STEPS
    return {"emerging": teacher, "student": lab.fit(student, x, y, share, rate=5e-4)}


if __name__ == "__main__":
    lab.main(train)
