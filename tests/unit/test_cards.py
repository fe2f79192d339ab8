"""Cells that tell the name of their column, so that a table can be cards before any script."""

from __future__ import annotations

from fieldguide.html.cards import named

TABLE = (
    '<table><thead><tr><th>Family</th><th class="num">Bits <em>per</em> "pixel"</th></tr></thead>'
    '<tbody><tr><td>GAN</td><td class="num">1</td></tr><tr><td>VAE</td><td>2</td></tr></tbody>'
    "</table>"
)


def test_every_cell_but_the_first_has_the_name_of_its_column() -> None:
    name = 'data-head="Bits per &quot;pixel&quot;"'
    shown = named(f'<div class="comparison table-box" data-label="x">{TABLE}</div>{TABLE}')
    assert shown == (
        '<div class="comparison table-box" data-label="x">'
        + TABLE.replace('<td class="num">1', f'<td {name} class="num">1').replace(
            "<td>2", f"<td {name}>2"
        )
        + f"</div>{TABLE}"
    )


def test_columns_of_one_name_are_both_told() -> None:
    box = '<div class="table-box"><table><thead><tr><th>A</th><th>A</th></tr></thead><tbody><tr>'
    assert named(f"{box}<td>1</td><td>2</td></tr></tbody></table></div>") == (
        f'{box}<td>1</td><td data-head="A">2</td></tr></tbody></table></div>'
    )
