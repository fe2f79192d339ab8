"""Where the digits that a VAE learned from lie on its map, for the page that shows its holes.

    python docs/lab/pictures/codes.py        after the VAE was trained: writes weights/codes.js

The encoder answers with a cloud for each digit; here its center is kept, of 200 digits of each
class.
"""

import argparse
from pathlib import Path

import lab
import torch
from torch import nn
from vae import CODE, VAE

EACH = 200  # digits of each class


class Codes(nn.Module):
    """Places on ten maps, exported like weights."""

    config = {"code": CODE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.register_buffer("codes", torch.zeros(10, EACH, CODE))


@torch.no_grad()
def places(vae):
    """The centers of the clouds: (10, 200, 2)."""
    x, y = lab.digits("fit")
    return torch.stack([vae.encode(x[y == d][:EACH], torch.full((EACH,), d))[0] for d in range(10)])


def main(root=lab.HERE):
    """Write the codes beside the weights that they belong to."""
    found = Codes()
    found.codes = places(lab.load(VAE(), "vae", root / "weights"))
    lab.export(found, "codes", root / "weights")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write where digits lie on the map of the VAE.")
    parser.add_argument("--root", type=Path, default=lab.HERE, help="folder of weights/")
    with lab.plain_errors():
        main(parser.parse_args().root)
