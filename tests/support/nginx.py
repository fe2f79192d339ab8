"""A real nginx on loopback, with the header file that the build writes for it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = """
daemon off;
pid {work}/pid;
error_log {work}/error.log warn;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        error_page 404 /404.html;
        include {site}/host/nginx.conf.snippet;
    }}
}}
"""


def program() -> str | None:
    """Return the path of nginx, if there is one on this machine."""
    return shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


@contextmanager
def serving(site: Path, work: Path) -> Iterator[str]:
    """Serve a folder; yields its address with a slash at the end.

    `work` is an empty folder for nginx's own files. Both must be readable for nginx's workers.
    """
    nginx = program()
    assert nginx
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = work / "nginx.conf"
    settings.write_text(SETTINGS.format(work=work, site=site, port=port), encoding="utf-8")
    running = subprocess.Popen([nginx, "-c", str(settings), "-e", str(work / "error.log")])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            assert running.poll() is None, (work / "error.log").read_text(encoding="utf-8")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(timeout=10)
