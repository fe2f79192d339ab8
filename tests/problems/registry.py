"""The register of solved problems: every number of a solution is computed here in its own way.

A solution may hold a number that the statement gives, a small whole number (a count, an exponent),
or one that the function registered for it returns. All that this returns must stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldguide.source.problems import Problem
from formulas.registry import import_all, module_of, read_all

FOLDER = Path(__file__).parent
OTHER_MODULES = ("registry", "test_problems")
Code = dict[str, Any]  # the names that the code of a solution has defined
Solve = Callable[[Code], Iterable[float]]
SMALL = 100  # a whole number below this may stand anywhere
FENCED = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
YEAR = r"\b(?:in|since|[A-Z][a-z]+) (?:19|20)\d\d\b(?!\.\d)"  # dates are no results
NOT_READ = re.compile(rf"`[^`\n]*`|\]\([^)]*\)|\[@[^\]]*\]|{YEAR}")
NUMBER = re.compile(r"(?<![\w.,])\d+(?:(?:,|\{,\})\d{3})*(?:\.\d+)?")


@dataclass(frozen=True)
class Number:
    """A number as it is written, without its sign, and how many digits follow its point."""

    text: str
    value: float
    digits: int

    def is_(self, value: float) -> bool:
        """Say whether a value, rounded, is written so."""
        return abs(abs(value) - self.value) <= 0.5 * 10**-self.digits + 1e-9

    @property
    def small(self) -> bool:
        return self.digits == 0 and self.value < SMALL


SOLVED: dict[str, tuple[str, Solve]] = {}


def solves(key: str) -> Callable[[Solve], Solve]:
    """Register the decorated function as what computes the numbers in the solution of `key`."""

    def register(solve: Solve) -> Solve:
        if key in SOLVED:
            raise ValueError(f"{key} is solved twice")
        SOLVED[key] = (solve.__module__.rpartition(".")[2], solve)
        return solve

    return register


def load() -> dict[str, tuple[str, Solve]]:
    """Return all solved problems."""
    import_all(FOLDER, OTHER_MODULES)
    return SOLVED


def written(root: Path) -> list[Problem]:
    """Return every problem of the guide, in the order of the pages."""
    return [one for page in read_all(root) for one in page.problems]


def numbers(text: str) -> list[Number]:
    """Return the numbers of Markdown in their order; code and addresses are not read."""
    text = NOT_READ.sub(" ", FENCED.sub(" ", text))
    found = []
    for match in NUMBER.finditer(text):
        plain = match[0].replace("{,}", "").replace(",", "")
        found.append(Number(match[0], float(plain), len(plain.partition(".")[2])))
    return found


def run(problem: Problem) -> Code:
    """Return what the code of a solution defines when it is run as it stands."""
    names: Code = {}
    for block in FENCED.finditer(problem.solution):
        if block["language"] == "python":
            exec(compile(block["code"], problem.id, "exec"), names)
    return names


def faults(shown: Iterable[Problem], solved: dict[str, tuple[str, Solve]]) -> list[str]:
    """Return what does not fit between the solutions of the pages and what computes them."""
    found = []
    keys = set()
    for problem in shown:
        keys.add(problem.id)
        place = f"docs/{problem.page}:{problem.solution_line}"
        file = f"tests/problems/{module_of(problem.id)}.py"
        module, solve = solved.get(problem.id, ("", lambda code: ()))
        if module and module != module_of(problem.id):
            found.append(f"{place}: the numbers of '{problem.id}' belong in {file}")
        given = numbers(problem.statement)
        results = [float(value) for value in solve(run(problem))]
        stands = numbers(problem.solution)
        for number in stands:
            is_given = any(one.value == number.value for one in given)
            if not (number.small or is_given or any(map(number.is_, results))):
                found.append(
                    f"{place}: the number {number.text} of '{problem.id}' is computed by nothing;"
                    f" add it to {file}"
                )
        for value in results:
            if not any(number.is_(value) for number in stands):
                found.append(
                    f"{place}: {file} computes {value:.6g} for '{problem.id}', which stands nowhere"
                )
    lost = (key for key in solved if key not in keys)
    return found + [f"tests/problems: no page asks '{key}'" for key in lost]
