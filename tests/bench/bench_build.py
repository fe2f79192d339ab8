"""What the hooks cost: CPU time as ratios, printed in one run; no test, since machines differ.

    python tests/bench/bench_build.py [--pages 1000] [--times 5]

1. The real site, against the same pages with tables and citations already written out and no hooks.
   Budget: tables, citations and checks at most 15 % of the CPU time; with formulas and exports
   at most 30 %.
2. Many pages with a table each, against the theme as it comes on the same pages, tables written
   out. Budget: at most 1.15 times.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from support import site_build, stock, tiny, tree  # noqa: E402  (needs the paths above)

TABLES = ("start", "markdown", "unused")  # steps of a build that the smaller budget is about
Step = dict[str, float]  # seconds of CPU time by step of a build; `all` is the whole
OTHERS = ("generated", "content", "page", "finish", "formulas")


def build_here(root: Path) -> Step:
    """Build `root` in this process; return the CPU time, in all and by step of the hooks."""
    spent: Step = dict.fromkeys((*TABLES, *OTHERS), 0.0)

    def counted(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def run(*arguments: Any, **named: Any) -> Any:
            begin = time.process_time()
            try:
                return step(*arguments, **named)
            finally:
                spent[name] += time.process_time() - begin

        return run

    begin = time.process_time()
    from fieldguide import build
    from fieldguide.source import formulas
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    build.start = counted("start", build.start)
    for name in (*TABLES, *OTHERS):
        if hasattr(build.Build, name):
            setattr(build.Build, name, counted(name, getattr(build.Build, name)))
    processor = formulas._MathProcessor
    processor.run = counted("formulas", processor.run)  # type: ignore[method-assign]
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    mkdocs_build(config)
    spent["finish"] -= spent["unused"]  # one calls the other
    return {"all": time.process_time() - begin, **spent}


def measure(ours: Path, plain: Path, times: int) -> tuple[Step, Step, list[float]]:
    """Return the quickest build of each site, and the ratios of builds done one after the other.

    The two take turns, each build in a process of its own, since a machine's speed drifts.
    """
    pairs = [(built(ours), built(plain)) for _ in range(times)]
    quickest = [min(each, key=lambda one: one["all"]) for each in zip(*pairs, strict=True)]
    return quickest[0], quickest[1], sorted(one["all"] / other["all"] for one, other in pairs)


def built(root: Path) -> Step:
    """Return what one build took, in a process of its own."""
    command = [sys.executable, __file__, "--build", str(root)]
    done = subprocess.run(
        command, env=site_build.environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    found: Step = json.loads(done.stdout.splitlines()[-1])
    return found


def real_site(folder: Path, times: int) -> None:
    """Print the share of the hooks in a build of the real site."""
    ours = tree.copy(ROOT, folder / "ours")
    if (ROOT / ".cache").is_dir():  # a font that is cut; a fresh clone has none
        shutil.copytree(ROOT / ".cache", ours / ".cache", dirs_exist_ok=True)
    configuration = stock.settings()
    plain = stock.write(folder / "expanded", stock.expanded(), configuration)
    with_hooks, without, _ = measure(ours, plain, times)
    total = with_hooks["all"]
    tables = sum(with_hooks[name] for name in TABLES) / total
    everything = tables + sum(with_hooks[name] for name in OTHERS) / total
    print(f"real site: {total:.2f} s of CPU time with hooks, {without['all']:.2f} s without")
    for name in (*TABLES, *OTHERS):
        print(f"  {name:10} {with_hooks[name]:6.2f} s {with_hooks[name] / total:6.1%}")
    print(f"  tables, citations and checks: {tables:.1%} (budget 15 %)")
    print(f"  with formulas and exports:    {everything:.1%} (budget 30 %)")


def many_pages(folder: Path, count: int, times: int) -> None:
    """Print the ratio of many pages with a table to plain MkDocs on the same pages."""
    ours = tiny.buildable(folder / "ours")
    settings = (ours / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
    (ours / "mkdocs.yml").write_text(settings + "\n", encoding="utf-8")
    (ours / "docs/data/sections.lock.json").unlink(missing_ok=True)
    index = ours / "docs/index.md"
    text = index.read_text(encoding="utf-8")
    # Without a navigation there are no chapters whose contents could be listed.
    index.write_text(re.sub(r"<!-- guide:contents .* -->\n", "", text), encoding="utf-8")
    front = text.split("---\n")[1]
    words = "A sentence of plain words stands here, and another one follows it at once. " * 40
    for number in range(count):
        file = ours / f"docs/part-{number // 50:02}/page-{number:04}.md"
        file.parent.mkdir(exist_ok=True)
        front_matter = front.replace("Home", f"Page {number}")
        body = f"# Page {number} {{ #p{number} }}\n\n{words}\n\n## Table {{ #p{number}-table }}\n\n"
        body += f"<!-- guide:comparison -->\n\n{words} [@goodfellow2014gan]\n"
        file.write_text(f"---\n{front_matter}---\n\n{body}", encoding="utf-8")
    configuration = stock.settings()
    configuration.pop("nav")
    plain = stock.write(folder / "plain", stock.expanded(ours), configuration)
    with_hooks, without, ratios = measure(ours, plain, times)
    print(
        f"{count} pages with tables: {with_hooks['all']:.1f} s of CPU time with hooks and exports,"
    )
    print(f"  {without['all']:.1f} s in plain MkDocs: {median(ratios):.2f} times (budget 1.15),")
    print(f"  from {ratios[0]:.2f} to {ratios[-1]:.2f} in {times} turns")
    for name in (*TABLES, *OTHERS):
        print(f"  {name:10} {with_hooks[name]:6.2f} s")


def main() -> None:
    """Print both comparisons, or build one folder and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    if options.build:
        print(json.dumps(build_here(options.build)))
        return
    with tempfile.TemporaryDirectory() as folder:
        real_site(Path(folder) / "real", options.times)
        many_pages(Path(folder) / "many", options.pages, options.times)


if __name__ == "__main__":
    main()
