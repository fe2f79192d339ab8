"""Every deck of the guide, opened by LibreOffice: as many pages as slides, and no text beyond."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from fieldguide.decks import pages
from support import site_build

pptx = pytest.importorskip("pptx", reason="slides: pip install '.[slides]'")
pytestmark = pytest.mark.full
FOOT = pages.HEIGHT - 510  # above it ends what stands on a slide, in points from below


@pytest.fixture(scope="module")
def printed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the decks of all pages, and what LibreOffice prints of each."""
    out = tmp_path_factory.mktemp("kit") / "kit"
    command = [sys.executable, "-m", "fieldguide", "--root", root, "kit", "--out", out]
    subprocess.run(command, env=site_build.environment(), check=True, capture_output=True)
    office = shutil.which("soffice")
    assert office, ".ci/full installs libreoffice-impress"
    profile = f"-env:UserInstallation={(out.parent / 'profile').as_uri()}"
    decks = sorted(out.glob("*.pptx"))
    assert len(decks) > 40
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", out, *decks],
        check=True,
        capture_output=True,
    )
    return out


def test_each_slide_is_a_page_and_nothing_leaves_it(printed: Path) -> None:
    wrong = []
    for file in sorted(printed.glob("*.pptx")):
        document = pypdfium2.PdfDocument(file.with_suffix(".pdf"))
        slides = list(pptx.Presentation(file).slides)
        assert len(document) == len(slides), file.name
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            wide, tall = page.get_size()
            for at in range(text.count_rects()):
                left, below, right, above = text.get_rect(at)
                words = text.get_text_bounded(left, below, right, above)
                inside = left >= 0 and right <= wide and above <= tall
                if not inside or (below < FOOT and "CC BY 4.0" not in words):
                    wrong.append(f"{file.name} {number}: {words[:60]!r} at {below:.0f}")
    assert wrong == []
