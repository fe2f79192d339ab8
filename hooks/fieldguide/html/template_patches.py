"""The theme's templates, mended as they are loaded: its faults, and what it does too often.

A change that does not find what it mends stops the build: look whether it is still needed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateNotFound

from fieldguide.html import csp


class RepairError(ValueError):
    """The theme is not what a repair expects."""


# What a page remembers with, or a stand-in that forgets.
STORE = (
    "__md_store=()=>{try{if(localStorage)return localStorage}catch(e){}"
    "return{getItem:()=>null,setItem(){}}}"
)
# What it remembers, or nothing, if that is damaged; a palette is an index and the names of colors.
FIT = (
    "__md_fit=(k,get)=>{try{const v=get();if(k==='__palette'){const c=v.color;"
    "if(!(Number.isInteger(v.index)&&v.index>=0&&/^(default|slate)$/.test(c.scheme)&&Object.entries(c).every("
    "([n,x])=>/^(media|scheme|primary|accent)$/.test(n)&&typeof x==='string')))return null}"
    "return k==='__tabs'&&!Array.isArray(v)?null:v}catch(e){return null}}"
)
READ = '__md_fit(e,()=>JSON.parse(_.getItem(t.pathname+"."+e)))'
# A script that is cut off is told in words; what a page cannot do without it, it does not do.
QUIET = (
    "addEventListener('error',e=>{if(e.error instanceof SyntaxError){e.preventDefault();"
    "console.warn('damaged: '+e.filename)}});"
)
# What is wrong in a template of stock Material 9.8.1, what stands there, and what should.
REPAIRS: dict[str, list[tuple[str, str, str]]] = {
    "base.html": [
        (
            "two checkboxes carry an attribute that HTML does not allow on them",
            f' type="checkbox" id="__{name}" autocomplete="off">',
            f' type="checkbox" id="__{name}">',
        )
        for name in ("drawer", "search")
    ],
    "partials/search.html": [
        (
            "the search dialog has no name",
            ' data-md-component="search" role="dialog">',
            ' data-md-component="search" role="dialog" aria-label="Search">',
        ),
        (
            "the list of results, which takes the focus, has no name",
            '<div class="md-search__scrollwrap" tabindex="0"',
            '<div class="md-search__scrollwrap" tabindex="0" role="group" aria-label="Results"',
        ),
    ],
    "partials/javascripts/base.html": [
        (
            "its scripts stop for good where nothing can be remembered, or what is kept is damaged",
            old,
            new,
        )
        for old, new in (
            ("<script>__md_scope=", f"<script>{QUIET}{STORE},{FIT},__md_scope="),
            ("(e,_=localStorage,", "(e,_=__md_store(),"),
            (",t=localStorage,", ",t=__md_store(),"),
            ('JSON.parse(_.getItem(t.pathname+"."+e))', READ),
        )
    ],
    "partials/path.html": [
        (
            "the way to a page has the same name as the navigation",
            """aria-label="{{ lang.t('nav') }}\"""",
            'aria-label="Breadcrumb"',
        )
    ],
    "partials/nav-item.html": [
        (
            "labels carry an empty attribute",
            ' tabindex="{{ tabindex }}"',
            '{% if tabindex %} tabindex="{{ tabindex }}"{% endif %}',
        ),
        (
            "the list of a part with a page of its own takes its name from an icon, which has none",
            ' aria-labelledby="{{ path }}_label" aria-expanded=',
            ' aria-label="{{ nav_item.title | replace(\'"\', "&quot;") }}, pages" aria-expanded=',
        ),
        (
            "each entry is rendered anew for each page",
            '{{ render(item, path ~ "_" ~ loop.index, level + 1, nav_item) }}',
            '{{ kept(page, render, item, path ~ "_" ~ loop.index, level + 1, nav_item) }}',
        ),
    ],
    "partials/nav.html": [
        (
            "each entry is rendered anew for each page",
            "{{ item.render(nav_item, path, 1) }}",
            "{{ kept(page, item.render, nav_item, path, 1) }}",
        )
    ],
    "partials/tabs.html": [
        (
            "each tab is rendered anew for each page",
            "{{ item.render(nav_item) }}",
            "{{ kept(page, item.render, nav_item) }}",
        )
    ],
}


def mend(environment: Environment, *, keep: bool) -> None:
    """Let a build use the theme's templates with their repairs, and keep rendered navigation.

    Each repair is tried at once, since a template that the theme has given up is never loaded.
    RepairError says which finds nothing to mend.
    """
    assert environment.loader
    environment.globals["kept"] = Kept() if keep else _anew
    environment.loader = _Mended(environment.loader)
    for name in REPAIRS:
        try:
            environment.loader.get_source(environment, name)
        except TemplateNotFound:
            raise RepairError(
                f"the theme has changed; it has no template {name} to repair"
            ) from None


def repaired(source: str, name: str) -> str:
    """Return a template's source with its repairs; RepairError if one finds nothing to mend."""
    for reason, old, new in REPAIRS.get(name, ()):
        if old not in source:
            raise RepairError(f"the theme has changed; is this repair still needed? {reason}")
        source = source.replace(old, new)
    return source


def _anew(page: Any, render: Callable[..., str], entry: Any, *rest: Any) -> str:
    return render(entry, *rest)


class Kept:
    """What has been rendered of the navigation: once for a folder, not for each of its pages.

    With the theme's option to prune, an entry that is not active is one link, and nothing but its
    address, which is relative, could differ within a folder. Without that option an entry may hold
    others that are active. On a thousand pages this saves a quarter of a plain build.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], str] = {}

    def __call__(self, page: Any, render: Callable[..., str], entry: Any, *rest: Any) -> str:
        """Return an entry as `render` writes it; `rest` begins with its place, if it has one."""
        if not page or entry.active:
            return render(entry, *rest)
        asked = (posixpath.dirname(page.url), id(entry), *rest[:1])
        if asked not in self._known:
            self._known[asked] = render(entry, *rest)
        return self._known[asked]


class _Mended(BaseLoader):
    def __init__(self, inner: BaseLoader) -> None:
        self._inner = inner

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, path, current = self._inner.get_source(environment, template)
        return csp.marked(repaired(source, template)), path, current

    def list_templates(self) -> list[str]:
        return self._inner.list_templates()
