"""The Content-Security-Policy: in each page, and as header files for hosts that can send them.

A page may run the guide's own scripts and the theme's few inline ones, named by their hash, and may
fetch from its own origin only. An inline script is known if it stands in a template: each is marked
there by a word that nobody can guess, which data and pages cannot hold. `file:` stands beside
'self' because a page opened from a disk has no origin. The arena's pages may also compile
WebAssembly, which is no way to run text as a script.
Framing is not forbidden: courses embed sections.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

POLICY = (
    "default-src 'self' file:; script-src 'self' file:{more}; style-src 'self' file:; "
    "img-src 'self' file: data: blob:; font-src 'self' file:; connect-src 'self'; "
    "worker-src 'self' blob:; frame-src 'self' file:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'"
)
NAMED = r"\.[0-9a-f]{8}\.min\.(js|css)$"  # files whose names change with what is in them
COMPILES = re.compile("/javascripts/(arena|pictures)/")  # scripts that hold a kernel
MARK, WORD = "data-known", secrets.token_hex(16)
SCRIPT = re.compile(r"<script(?=[\s>])", re.IGNORECASE)
YEAR, HOUR = 31536000, 3600


def marked(template: str) -> str:
    """Return a template whose scripts bear the mark of this run."""
    return SCRIPT.sub(f'\\g<0> {MARK}="{WORD}"', template)


@lru_cache(maxsize=64)  # every page has the same few
def hashed(script: str) -> str:
    """Return the hash by which a policy names an inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(allowed: Iterable[str], compiles: bool) -> str:
    """Return the policy that allows these inline scripts, and WebAssembly where it is compiled."""
    more = [*sorted(allowed), *(["'wasm-unsafe-eval'"] if compiles else [])]
    return POLICY.format(more="".join(f" {value}" for value in more))


def write(site_dir: Path, allowed: set[str]) -> None:
    """Write the same headers as files for Caddy, nginx and hosts that read `_headers`.

    `allowed` are the hashes of all pages.
    """
    lines = {
        "Content-Security-Policy": policy(allowed, compiles=True),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    folder = site_dir / "host"
    folder.mkdir(exist_ok=True)
    hashed, rest = f"public, max-age={YEAR}, immutable", f"public, max-age={HOUR}"
    caddy = "".join(f'header {name} "{value}"\n' for name, value in lines.items())
    caddy += f"@hashed path_regexp {NAMED}\n"
    caddy += f'header Cache-Control "{rest}"\nheader @hashed Cache-Control "{hashed}"\n'
    caddy += "file_server {\n\tprecompressed br gzip\n}\n"
    (folder / "Caddyfile.snippet").write_text(caddy, encoding="utf-8")
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in lines.items())
    nginx += f'set $kept "{rest}";\nif ($uri ~ "{NAMED}") {{ set $kept "{hashed}"; }}\n'
    nginx += "add_header Cache-Control $kept;\ngzip_static on;\ngzip_vary on;\n"
    (folder / "nginx.conf.snippet").write_text(nginx, encoding="utf-8")
    plain = "/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())
    plain += f"  Cache-Control: {rest}\n"
    (site_dir / "_headers").write_text(plain, encoding="utf-8")
