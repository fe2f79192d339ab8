"""Zip files whose bytes depend on their content and the edition alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

LEVEL = 5  # 9 takes four times as long and saves one byte in seventy


def packed(entries: Mapping[str, bytes], edition: str) -> bytes:
    """Return a zip of files, given by name, in their order; `edition` is an ISO date."""
    day = date.fromisoformat(edition)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, LEVEL)
    return out.getvalue()
