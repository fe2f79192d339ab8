"""WebKit, the engine of Safari: accents sit on their letters, and no style of ours is dropped."""

from __future__ import annotations

import base64
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

pytestmark = pytest.mark.full
BROWSER = Path("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser")
# Every declaration of our styles that WebKit would not take, whatever its variables are.
DROPPED = """return DECLARATIONS.filter(([name, value]) =>
  !["red", "1", "1px"].some((each) => CSS.supports(name, value.replaceAll("VARIABLE", each))));"""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"(?<=[{;\s])([a-z-]+):\s*([^;{}]+)(?=[;}])")
NOT_YET = {"text-wrap", "math-shift", "forced-color-adjust"}  # asked for, and no loss without


class WebKit:
    """A session of WebKit's driver, as far as these tests need it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        options = {"binary": str(BROWSER), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.session = f"/session/{self.call('/session', wanted)['sessionId']}"

    def call(self, path: str, body: Any = None, method: str = "POST") -> Any:
        """Return what the driver answers."""
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.address + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, address: str) -> None:
        """Open a page."""
        self.call(f"{self.session}/url", {"url": address})

    def run(self, script: str) -> Any:
        """Return what a script returns."""
        return self.call(f"{self.session}/execute/sync", {"script": script, "args": []})

    def picture(self) -> Image.Image:
        """Return what is shown, in gray."""
        shown = self.call(f"{self.session}/screenshot", method="GET")
        return Image.open(BytesIO(base64.b64decode(shown))).convert("L")


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebKit]:
    """WebKit on a display of its own."""
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("xvfb-run")
    if not driver or not display or not BROWSER.is_file():
        pytest.skip("needs WebKit (Debian: apt-get install webkit2gtk-driver xvfb xauth)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [display, "-a", "-s", "-screen 0 1200x900x24", driver, f"--port={port}"],
        env={**os.environ, "LIBGL_ALWAYS_SOFTWARE": "1"},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            time.sleep(0.2)
            with socket.socket() as tried:
                if not tried.connect_ex(("127.0.0.1", port)):
                    break
        session = WebKit(port)
        yield session
        session.call(session.session, method="DELETE")
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


def test_an_accent_sits_on_its_letter(webkit: WebKit, unpacked: Path) -> None:
    """Between the ink of the accent and that of the letter lies less than a quarter of an em."""
    webkit.open((unpacked / "models/diffusion.html").as_uri())
    size = 100
    webkit.run(
        f"""const one = document.querySelector("mover").cloneNode(true);
        const math = document.querySelector("math").cloneNode(false);
        math.append(one);
        math.style.fontSize = "{size}px";
        document.body.replaceChildren(math);
        document.body.style.cssText = "padding: 20px; background: white; color: black";"""
    )
    time.sleep(1)
    picture = webkit.picture()
    width = picture.width
    pixels = picture.tobytes()
    inked = [
        row for row in range(picture.height) if min(pixels[row * width : (row + 1) * width]) < 90
    ]
    gaps = [after - before for before, after in itertools.pairwise(inked)]
    assert inked and max(gaps) < 0.25 * size, gaps


def test_the_line_below_a_term_is_dotted(webkit: WebKit, unpacked: Path) -> None:
    webkit.open((unpacked / "models/gans.html").as_uri())
    line, style = webkit.run(
        """const style = getComputedStyle(document.querySelector(".md-content a.term"));
        return [style.textDecorationLine, style.textDecorationStyle];"""
    )
    assert (line, style) == ("underline", "dotted")


def test_no_declaration_is_dropped(webkit: WebKit, root: Path, unpacked: Path) -> None:
    webkit.open((unpacked / "index.html").as_uri())
    found = set()
    for sheet in sorted((root / "docs/assets/stylesheets").glob("*.css")):
        text = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
        for name, value in DECLARATION.findall(text):
            plain = re.sub(r"var\(--(?:g-)?(?:sans|serif|mono)\)", "serif", value)
            plain = re.sub(r"var\(--share[^()]*\)", "0.5", plain)  # among colors
            plain = re.sub(r"var\([^()]*\)", "VARIABLE", plain)
            found.add((name, plain.replace("!important", "").strip()))
    assert len(found) > 400
    script = DROPPED.replace("DECLARATIONS", json.dumps(sorted(found)))
    dropped = [(name, value) for name, value in webkit.run(script) if name not in NOT_YET]
    assert dropped == []
