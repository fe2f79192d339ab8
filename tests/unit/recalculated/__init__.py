"""The numbers of the worked examples once more, on other ways than the program takes: arrays for
loops, integrals for closed forms, counters for products, derivatives by differences.

The inputs are typed in from the text of the pages. Each function returns the numbers of one family
by the names that its page uses.
"""

from collections.abc import Callable

from unit.recalculated import densities, tokens

FAMILIES: dict[str, Callable[[], dict[str, float]]] = {
    "transformer": tokens.transformer,
    "rnn": tokens.rnn,
    "hybrid": tokens.hybrid,
    "multimodal": tokens.multimodal,
    "autoregressive": tokens.autoregressive,
    "diffusion": densities.diffusion,
    "emerging": densities.emerging,
    "gan": densities.gan,
    "vae": densities.vae,
    "flow": densities.flow,
}
