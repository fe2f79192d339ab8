"""Few-step generation: flow matching, guidance, and a student that needs one step.

Idea: join every noise x_0 to a digit x_1 by a straight line and learn the velocity along it. To
sample, follow the velocity from noise to digit, in as many steps as you can afford. Then a
student learns to jump from the start of the teacher's path to its end at once.
Papers: Lipman et al., "Flow Matching for Generative Modeling", 2023; Liu et al. ("Rectified
Flow"), 2023, also for the student; guidance: Ho and Salimans, 2022.
"""

import lab
import torch
from denoiser import Denoiser
from torch import nn

STEPS = 6000  # training steps of the teacher
STUDENT_STEPS = 4000  # training steps of the student
PATHS = 6000  # paths of the teacher that the student learns from
DROP = 0.1  # share of digits shown without their class, which guidance needs
NEAR = 0.1  # no division by less than this near the end of the path
WIDTH, DEPTH = 64, 3  # of the denoiser


class FlowMatching(nn.Module):
    """The teacher: a velocity at each point on the way from noise to a digit."""

    config = {"depth": DEPTH, "near": NEAR, "steps": 16}  # noqa: RUF012

    # --8<-- [start:model]
    def __init__(self):
        super().__init__()
        self.net = Denoiser(64, 10, WIDTH, DEPTH)

    def velocity(self, x_t, t, c, w=0.0):
        """v(x_t, t) = (guessed end - here) / time left. Guidance w > 0 overdoes the class."""
        x_1 = self.net(x_t, t, c)
        if w:
            x_1 = x_1 + w * (x_1 - self.net(x_t, t, torch.zeros_like(c)))
        return (x_1 - x_t) / (1 - t).clamp(min=NEAR)[:, None]
    # --8<-- [end:model]

    # --8<-- [start:loss]
    def loss(self, x, y):
        """|v(x_t, t) - (x_1 - x_0)|^2 at a random point x_t = (1-t) x_0 + t x_1 of the line."""
        x_1, x_0 = lab.scale(x), torch.randn(len(x), 64)
        t = torch.randn(len(x)).sigmoid()  # times in the middle teach the most
        x_t = (1 - t)[:, None] * x_0 + t[:, None] * x_1
        c = lab.classes(y) * (torch.rand(len(y), 1) > DROP)
        left = (1 - t).clamp(min=NEAR)[:, None]
        return (self.velocity(x_t, t, c) - (x_1 - x_t) / left).square().mean()
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def follow(self, x_0, c, steps=16, w=0.0):
        """Walk from noise to digit in equal steps of time (Euler's method)."""
        x_t = x_0
        for i in range(steps):
            t = torch.full((len(x_0),), i / steps)
            last = i == steps - 1  # the last step jumps to the guessed end
            v = self.velocity(x_t, t, c, w)
            x_t = x_t + v * (((1 - t).clamp(min=NEAR))[:, None] if last else 1 / steps)
        return x_t

    def sample(self, n, y, steps=16, w=0.0):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        return lab.ink(self.follow(torch.randn(n, 64), lab.classes(y), steps, w))
    # --8<-- [end:sample]


# --8<-- [start:distill]
class Student(nn.Module):
    """The same network, but it answers with the end of the path, from the start alone."""

    config = {"depth": DEPTH}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.net = Denoiser(64, 10, WIDTH, DEPTH)

    def jump(self, x_0, c):
        """Noise (n, 64) and conditions (n, 10) to digits in one pass, (n, 64) in -1..1."""
        return self.net(x_0, torch.zeros(len(x_0)), c)

    def loss(self, start, end):
        """Squared distance from where the path of the teacher ends."""
        x_0, c = start[:, :64], start[:, 64:]
        return (self.jump(x_0, c) - end).square().mean()

    @torch.no_grad()
    def sample(self, n, y):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        return lab.ink(self.jump(torch.randn(n, 64), lab.classes(y)))


def distill(teacher, steps):
    """Let the teacher walk PATHS paths, then learn start -> end by regression."""
    x_0, c = torch.randn(PATHS, 64), lab.classes(torch.arange(PATHS) % 10)
    return lab.fit(Student(), torch.cat([x_0, c], 1), teacher.follow(x_0, c), steps)
# --8<-- [end:distill]


def train(x, y, steps=STEPS):
    """Train the teacher, then the student on the ends of its paths; return both by name."""
    teacher = lab.fit(FlowMatching(), x, y, steps)
    return {"emerging": teacher, "student": distill(teacher, steps * STUDENT_STEPS // STEPS)}


if __name__ == "__main__":
    lab.main(train)
