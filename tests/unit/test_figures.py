"""The numbers of figures: in order, each page anew, and no id changes."""

from __future__ import annotations

from fieldguide.drawings.svg import figure
from fieldguide.html.figures import numbered


def test_figures_are_numbered_in_the_order_of_the_page() -> None:
    one, two = (
        f'<figure class="drawing" id="fig-{name}">\n<svg></svg>\n<figcaption>{words}</figcaption>'
        "\n</figure>"
        for name, words in (("b", "Two <em>cats</em>."), ("a", ""))
    )
    still = "<figure><img><figcaption>What a widget shows at rest.</figcaption></figure>"
    shown = numbered(f"<p>First.</p>{one}{still}{two}")
    assert shown == (
        "<p>First.</p>"
        + one.replace("Two", '<b class="figure-number">Figure 1.</b> Two')
        + still
        + two.replace("<figcaption>", '<figcaption><b class="figure-number">Figure 2.</b>')
    )
    assert numbered(one).count("Figure 1.") == 1  # another page begins anew


def test_a_figure_is_written_as_the_numbering_finds_it() -> None:
    """Otherwise a change of the one would silently leave figures without numbers."""
    assert 'class="drawing" id="fig-x"' in figure("x", "Words.")
