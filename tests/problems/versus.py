"""The numbers of the problems on generative and traditional AI."""

from collections.abc import Iterable

from problems.registry import Code, solves


@solves("p-versus-table")
def both_ways(_: Code) -> Iterable[float]:
    mail = [
        (spam, prize)
        for spam, prize, n in ((1, 1, 6), (1, 0, 4), (0, 1, 3), (0, 0, 27))
        for _ in range(n)
    ]
    spam = [prize for is_spam, prize in mail if is_spam]
    prize = [is_spam for is_spam, has in mail if has]
    yield from (sum(spam) / len(spam), sum(prize) / len(prize))


@solves("p-versus-bayes")
def half_way(_: Code) -> Iterable[float]:
    low, high = 0.0, 1.0
    for _ in range(60):
        share = (low + high) / 2
        spam, other = 0.6 * share, 0.1 * (1 - share)
        low, high = (share, high) if spam < other else (low, share)
        assert abs(spam / (spam + other) - 6 * share / (1 + 5 * share)) < 1e-12
    yield low
