"""The worked example of the page on multimodal models: three pictures, three captions."""

import math

SIMILARITY = (
    (0.3, 0.1, 0.1),
    (0.1, 0.4, 0.1),
    (0.0, 0.3, 0.2),
)
TEMPERATURE = 0.1


def softmax(scores: tuple[float, ...], temperature: float) -> list[float]:
    """Shares that add up to one; a small temperature sharpens them."""
    weights = [math.exp(score / temperature) for score in scores]
    return [weight / sum(weights) for weight in weights]


def matches(table: tuple[tuple[float, ...], ...], temperature: float) -> list[float]:
    """For each row, the share that falls on its true partner, the diagonal entry."""
    return [softmax(row, temperature)[i] for i, row in enumerate(table)]


def loss(shares: list[float]) -> float:
    """The mean negative logarithm of the shares of the true partners."""
    return -sum(math.log(share) for share in shares) / len(shares)


def values() -> dict[str, str]:
    """The numbers of the example as the page prints them."""
    columns = tuple(zip(*SIMILARITY, strict=True))
    to_text = matches(SIMILARITY, TEMPERATURE)
    to_image = matches(columns, TEMPERATURE)
    warm = (loss(matches(SIMILARITY, 1.0)) + loss(matches(columns, 1.0))) / 2
    numbers = {
        "weight_true": math.exp(SIMILARITY[0][0] / TEMPERATURE),
        "weight_other": math.exp(SIMILARITY[0][1] / TEMPERATURE),
        "harbor_as_boat": softmax(SIMILARITY[2], TEMPERATURE)[1],
        "loss_to_text": loss(to_text),
        "loss_to_image": loss(to_image),
        "loss": (loss(to_text) + loss(to_image)) / 2,
        "loss_warm": warm,
        "loss_chance": math.log(len(SIMILARITY)),
    }
    for i, name in enumerate(("dog", "boat", "harbor")):
        numbers[f"{name}_to_text"] = to_text[i]
        numbers[f"{name}_to_image"] = to_image[i]
    texts = {key: f"{number:.2f}" for key, number in numbers.items()}
    texts["temperature"] = f"{TEMPERATURE:.1f}"
    for i, row in enumerate(SIMILARITY):
        for j, score in enumerate(row):
            texts[f"s{i + 1}{j + 1}"] = f"{score:.1f}"
    return texts
