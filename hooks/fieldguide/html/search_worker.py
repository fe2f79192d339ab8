"""The theme's search worker, told what a word is by docs/assets/javascripts/search-words.js.

Stock, it compares letters as they are: an accent, a dash or a bracket of another kind finds
nothing, and a name such as GPT-3 is only its parts. What it shows of a section may fill the screen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from fieldguide.html.template_patches import RepairError

WORDS = "assets/javascripts/search-words.js"
WORKERS = "assets/javascripts/workers"
# What is wrong in the worker of stock Material 9.8.1, what stands there, and what should.
REPAIRS = (
    (
        "a result shows every paragraph that holds a word of the query, or all, or a table",
        'c[l]=v(c[l],x,m,l!=="text")',
        'c[l]=l==="text"?c[l]:v(c[l],x,m,!0)',
    ),
    (
        "a result shows no more than its text",
        "let g=+!c.parent+",
        "c.text=fieldguideWords.snippet(c.text,Object.keys(u.metadata),Q.plain);let g=+!c.parent+",
    ),
    (
        "words of a page are parted by a pattern that knows few marks",
        "H(g,lunr.tokenizer.separator,(l,m)=>{",
        "fieldguideWords.each(g,(l,m,W)=>{",
    ),
    (
        "words of a page are compared with their accents",
        "e.push(new lunr.Token(g.slice(l,m).toLowerCase(),{position:o<<20|i[o].length-1}))",
        "W.forEach(w=>e.push(new lunr.Token(w,{position:o<<20|i[o].length-1})))",
    ),
    (
        "a place that two words of a query name is marked twice",
        "for(let f of r.sort((g,l)=>g-l))",
        "for(let f of[...new Set(r)].sort((g,l)=>g-l))",
    ),
    (
        "a query is taken as it was typed",
        "search(e){if(e=e.replace(",
        "search(e){let Q=fieldguideWords.query(e);if(e=Q.plain.replace(",
    ),
    (
        "a query knows no names",
        "n=this.index.search(e).reduce(",
        "n=this.index.search(e+Q.names).reduce(",
    ),
)


def check(theme: Iterable[str]) -> None:
    """Try the repairs on the worker in the theme's folders; RepairError says which does not fit."""
    for folder in theme:
        for file in (Path(folder) / WORKERS).glob("search.*.min.js"):
            repaired(file.read_text(encoding="utf-8"))


def repaired(script: str) -> str:
    """Return the worker's script with its repairs; RepairError if one finds nothing to mend."""
    for reason, old, new in REPAIRS:
        if script.count(old) != 1:
            raise RepairError(f"the theme has changed; is this repair still needed? {reason}")
        script = script.replace(old, new)
    return script


def write(site_dir: Path, stop_words: list[str]) -> None:
    """Mend the worker of a built site, and give it our words, and those that say little."""
    words = site_dir / WORDS
    if not words.is_file():
        return
    for file in (site_dir / WORKERS).glob("search.*.min.js"):
        script = repaired(file.read_text(encoding="utf-8"))
        stop = f"self.fieldguideStop={json.dumps(stop_words)};\n"
        file.write_text(stop + words.read_text(encoding="utf-8") + script, encoding="utf-8")
    words.unlink()
