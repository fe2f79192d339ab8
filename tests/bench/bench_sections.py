"""What permanent addresses cost: growth with the number of sections, and the share of a build.

Run it as `python tests/bench/bench_sections.py`. It prints ratios, so that the machine matters
little; exit code 1 means that a budget is broken. `--root` names the site whose build is measured.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from fieldguide import check  # noqa: E402
from fieldguide.addresses import anchors, lock, permalinks, redirects  # noqa: E402
from fieldguide.courses import section_feed  # noqa: E402
from fieldguide.files import archive, inventory, qr, short_links  # noqa: E402
from fieldguide.html import finished  # noqa: E402
from fieldguide.model.site import Context  # noqa: E402
from fieldguide.tables import contents, registry  # noqa: E402
from support import tiny  # noqa: E402

SIZES = (2_500, 10_000)
GROWTH = 1.35  # how much dearer a section may be at the larger size
SHARE = 0.10  # of the CPU time of a build of the real site, with a warm cache
PER_PAGE = 25
ADDRESS = "https://guide.example/"


def page(number: int) -> str:
    """Return a page with many sections."""
    parts = [
        f"---\ntitle: Page {number}\ndescription: A page of many.\nobjectives: [Explain, Name]\n"
        "level: core\nprerequisites: []\nchecked: 2026-11-01\n---\n\n"
        f"# Page {number} {{ #p{number} }}\n"
    ]
    for part in range(1, PER_PAGE):
        level = "##" if part % 3 else "###"
        parts.append(
            f"{level} Part {part} {{ #p{number}-part-{part} }}\n\n" + "Some words here. " * 30
        )
    return "\n\n".join(parts) + "\n"


def synthetic(folder: Path, count: int) -> Path:
    """Make a site of `count` sections, with a navigation and some redirects."""
    root = tiny.make(folder)
    nav = ["nav:", "  - Home: index.md", "  - Many:"]
    for number in range(count // PER_PAGE):
        (root / f"docs/many-{number}.md").write_text(page(number), encoding="utf-8")
        nav.append(f"      - many-{number}.md")
    (root / "mkdocs.yml").write_text("\n".join(nav) + "\n", encoding="utf-8")
    moves = [f'  "many-{n}.md#old-{n}": "many-{n}.md#p{n}"' for n in range(count // PER_PAGE)]
    text = "redirects:\n" + "\n".join(moves) + "\n"
    (root / redirects.PATH).write_text(text, encoding="utf-8")
    return root


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def addresses(root: Path, target: Path) -> dict[str, float]:
    """Return the CPU time of each step for a site."""
    site, faults = check.check(root)
    assert site and site.guide, faults[:3]
    read, guide = list(site.pages.values()), site.guide
    live = [anchor.place for anchor in anchors.anchors(read, site.guide)]
    steps = {}
    steps["lock"] = seconds(lambda: lock.update(root, live, redirects.read(root)[0]))
    steps["check"] = seconds(lambda: anchors.check(root, read, guide))
    site = type(site)(**{**vars(site), "site_url": ADDRESS})
    found: list[permalinks.Links] = []
    steps["links"] = seconds(
        lambda: found.append(permalinks.links(site, name="Bench", edition="2026-11-22"))
    )
    links = found[0]
    steps["feed"] = seconds(lambda: section_feed.feed(site, links))
    steps["inventory"] = seconds(lambda: inventory.inventory(links))
    steps["contents"] = seconds(lambda: contents.table(Context(site, "index.md"), "Many"))
    html = '<html><head><meta charset="utf-8"></head><h1 id="p0">x</h1></html>'
    titles = list(links.pages)
    steps["pages"] = seconds(
        lambda: [
            finished.finished(html.replace("p0", f"p{_number(path)}"), links.aliases(path), [])
            for path in titles
        ]
    )
    cache = root / ".cache"
    short_links.write(target / "cold", links, cache)
    steps["short links, warm"] = seconds(lambda: short_links.write(target / "warm", links, cache))
    return steps


def _number(path: str) -> str:
    return path.removeprefix("many-").removesuffix(".md")


def growth() -> bool:
    """Print the cost of a section at two sizes, and return whether it stays the same."""
    costs = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root = synthetic(Path(folder) / "root", size)
            addresses(root, Path(folder) / "site")  # once, to warm up
            runs = [addresses(root, Path(folder) / f"site{run}") for run in range(3)]
        costs.append({step: min(run[step] for run in runs) for step in runs[0]})
    small, large = costs
    factor = SIZES[1] / SIZES[0]
    print(f"{'step':20} {SIZES[0]:>9} {SIZES[1]:>9}   cost of a section, large to small")
    for step in small:
        dearer = large[step] / small[step] / factor
        print(f"{step:20} {small[step]:8.3f}s {large[step]:8.3f}s   {dearer:.2f}")
    ratio = sum(large.values()) / sum(small.values()) / factor
    print(f"growth: {ratio:.2f} (1 is linear; at most {GROWTH})")
    return ratio <= GROWTH


def share(root: Path) -> bool:
    """Print the share of a build's CPU time, and return whether it is within the budget."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.disable(logging.WARNING)
    spent: dict[str, float] = {}

    def timed(owner: Any, name: str) -> None:
        work = getattr(owner, name)

        def wrapped(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return work(*arguments, **options)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - start

        setattr(owner, name, wrapped)

    os.environ["SITE_URL"] = ADDRESS
    os.chdir(root)
    timed(anchors, "check")
    timed(permalinks, "links")
    for method in ("page", "notes", "gone_pages", "warnings"):
        timed(permalinks.Links, method)
    timed(inventory, "inventory")
    timed(section_feed, "feed")
    timed(contents, "table")
    timed(contents, "names")
    registry.REGISTRY["contents"] = registry.Table(contents.table, contents.names)
    short_write, qr_write = short_links.write, qr.write
    short_links.write = lambda *a: _add(spent, "short links", lambda: short_write(*a))
    qr.write = lambda *a: _add(spent, "qr codes", lambda: qr_write(*a))
    archive_write = archive.write
    with tempfile.TemporaryDirectory() as folder:
        site_dir = Path(folder) / "site"

        def packed(site_dir: Path, version: str, site_url: str = "") -> Path:
            """Pack the site twice, once without our files, to know what they add."""
            start = time.process_time()
            kept = Path(folder) / "kept"
            own = [path for path in (site_dir / "s", site_dir / "sections.json") if path.exists()]
            kept.mkdir(exist_ok=True)
            for path in own:
                shutil.move(str(path), kept / path.name)
            middle = time.process_time()
            archive_write(site_dir, version, site_url)
            without = time.process_time() - middle
            for path in own:
                shutil.move(str(kept / path.name), path)
            extra.append(time.process_time() - start)
            start = time.process_time()
            result = archive_write(site_dir, version, site_url)
            spent["archive"] = max(0.0, time.process_time() - start - without)
            return result

        archive.write = packed
        best: tuple[float, float, dict[str, float]] | None = None
        for run in range(4):  # the first one warms the cache
            spent.clear()
            extra: list[float] = []
            total = seconds(lambda: build(load_config("mkdocs.yml", site_dir=str(site_dir))))
            total -= sum(extra)
            if run and (best is None or total < best[0]):
                best = total, sum(spent.values()), dict(spent)
    assert best
    total, own_time, steps = best
    for name, time_ in sorted(steps.items(), key=lambda item: -item[1]):
        print(f"  {name:12} {time_:.3f}s")
    ratio = own_time / (total - own_time)
    rest = total - own_time
    print(
        f"share: {own_time:.2f}s on a build of {rest:.2f}s: {ratio:.1%} more (at most {SHARE:.0%})"
    )
    return ratio <= SHARE


def _add(spent: dict[str, float], name: str, work: Callable[[], None]) -> None:
    spent[name] = spent.get(name, 0.0) + seconds(work)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args()
    results = [growth(), share(options.root)]
    sys.exit(not all(results))
