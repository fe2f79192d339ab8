"""The last pass over a page: it reads any HTML, and what it expects and misses stops the build."""

from __future__ import annotations

import re

import pytest
from fieldguide.html import allowed, csp, finished, parts
from fieldguide.model.lab import Lab
from selectolax.lexbor import LexborHTMLParser

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><script>a("&lt;")</script>
<script type="application/json">{}</script><script src="b.js"></script>
<script type="module" src="c.js"></script></head>
<body><label for="__toc" class="md-nav">On this page</label>
<article><h2 id="gan-idea">Idea <a href="#gan-idea">#</a></h2>
<guide-question id="q-a"><p>Why?</p></guide-question></article></body></html>"""
PAGE = csp.marked(PAGE)  # as a template is
QUESTIONS = parts.found(PAGE, Lab())


def minified(html: str) -> str:
    """Return a page as minifiers leave it: without quotes, line ends and end tags."""
    html = re.sub(r'="([\w/.#-]+)"', r"=\1", html.replace("\n", " "))
    return html.replace("</p>", "").replace("</body></html>", "").replace("</head>", "")


@pytest.mark.parametrize("given", [PAGE, minified(PAGE), PAGE.replace('"', "'").replace("\n", "")])
def test_a_page_is_finished_however_it_is_written(given: str) -> None:
    html, hashes = finished.finished(given, {"gan-idea": ["old", "older"]}, QUESTIONS)
    tree = LexborHTMLParser(html)
    first = [node.tag for node in tree.css("head > *")][:3]
    policy = str(tree.css_first("meta[http-equiv]").attrs["content"])
    assert first == ["meta", "meta", "script"] and csp.policy(hashes, compiles=False) == policy
    inline = tree.css_first("script:not([src])").text()
    assert hashes == {csp.hashed(inline)} and csp.hashed(inline) in policy
    deferred = {script.attrs["src"]: "defer" in script.attrs for script in tree.css("script[src]")}
    assert deferred == {"b.js": True, "c.js": False}
    assert "for" not in tree.css_first("label").attrs
    heading = tree.css_first("#gan-idea")
    assert [child.attrs.get("id") for child in heading.iter()] == ["old", "older", None]


def test_a_second_pass_is_refused_rather_than_doubling() -> None:
    html, _ = finished.finished(PAGE, {}, QUESTIONS)
    with pytest.raises(finished.FinishError, match="has a policy already"):
        finished.finished(html, {}, QUESTIONS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<meta charset="utf-8">', "", r"0 elements instead of one match meta\[charset\]"),
        ('<h2 id="gan-idea">', "<h2>", r'0 elements instead of one match \[id="gan-idea"\]'),
        ("<article>", '<article><p id="gan-idea"></p>', "2 elements instead of one"),
        ("guide-question", "div", "has lost its guide-question; which plugin"),
    ],
)
def test_what_is_expected_and_missing_is_named(old: str, new: str, message: str) -> None:
    with pytest.raises(finished.FinishError, match=message):
        finished.finished(PAGE.replace(old, new), {"gan-idea": ["old"]}, QUESTIONS)


def test_only_a_page_with_a_kernel_may_compile() -> None:
    html, _ = finished.finished(PAGE, {}, [])
    assert "wasm-unsafe-eval" not in html
    for room in ("arena", "pictures"):
        kernel = PAGE.replace("b.js", f"../javascripts/{room}/page.js")
        assert "wasm-unsafe-eval" in finished.finished(kernel, {}, [])[0]


INJECTED = [
    "<script>alert(1)</script>",
    '<script data-known="">alert(1)</script>',
    '<script data-known="0123456789abcdef0123456789abcdef">alert(1)</script>',
    '<SCRIPT type="module">alert(1)</SCRIPT>',
    "<svg><script>alert(1)</script></svg>",
    '<script type="text/javascript">alert(1)//',
    '<script>a("&lt;") </script>',
]


@pytest.mark.parametrize("script", INJECTED)
def test_a_script_that_no_template_holds_is_never_allowed(script: str) -> None:
    with pytest.raises(finished.FinishError, match="neither of a template nor the guide's own"):
        finished.finished(PAGE.replace("<article>", f"<article>{script}"), {}, [])


def test_the_mark_of_known_scripts_is_not_published() -> None:
    html, _ = finished.finished(PAGE, {}, [])
    assert csp.WORD not in html and csp.MARK not in html


ALLOWED = [
    "<p>Words <b>here</b> &lt;script&gt;</p>",
    '<math display="block"><mi>x</mi><annotation encoding="x">y</annotation></math>',
    '<svg viewBox="0 0 1 1"><path d="M0 0" marker-end="url(#a)"/><title>t</title></svg>',
    '<guide-lab class="lab" data-family="gan"></guide-lab>',
    '<a href="../a.html#b">x</a><a href="https://example.org/">y</a>',
]
REFUSED = [
    "<script>x</script>",
    "<p onclick=x>y</p>",
    '<p style="color: red">y</p>',
    '<a href="javascript:x">y</a>',
    '<a href="java&#10;script:x">y</a>',
    '<a href="&#1;javascript:x">y</a>',
    "<svg/onload=x>",
    '<svg><a xlink:href="javascript:x"></a></svg>',
    "<math><maction actiontype=statusline xlink:href=javascript:x></maction></math>",
    "<iframe srcdoc=x></iframe>",
    "<body onload=x>",
    "<html onclick=x>",
    '<base href="https://example.org/">',
    '<link rel="stylesheet" href="x">',
    '<img src="data:image/svg+xml,x">',
    "<noscript><p title='</noscript><img src=x onerror=x>'>",
    "<svg><style><img src=x onerror=x></style></svg>",
    "<template><script>x</script></template>",
    "<x-other></x-other>",
    "<form><button>x</button></form>",
    '<svg><rect filter="url(//example.org/x#y)"/></svg>',
]


@pytest.mark.parametrize("content", ALLOWED)
def test_what_pages_may_hold(content: str) -> None:
    assert allowed.complaints(content) == []


@pytest.mark.parametrize("content", REFUSED)
def test_what_pages_may_not_hold(content: str) -> None:
    assert allowed.complaints(content)
