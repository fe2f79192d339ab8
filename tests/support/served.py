"""A host as readers meet one: compressed files where there are any, and headers for caches."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

CODINGS = (("br", "br"), ("gzip", "gz"))  # as browsers name them, and the endings of files
TEXT = ("text/", "application/json", "application/javascript", "image/svg", "application/xml")


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for one folder."""

    protocol_version = "HTTP/1.1"
    folder: Path
    headers_of: dict[str, str]

    def do_GET(self) -> None:
        """Send a file, or the page for what is not there."""
        path = unquote(urlsplit(self.path).path)
        file = (self.folder / path.lstrip("/")).resolve()
        if file.is_dir():
            file /= "index.html"
        status = 200
        if not file.is_relative_to(self.folder) or not file.is_file():
            status, file = 404, self.folder / "404.html"
        content = file.read_bytes() if file.is_file() else b"Not found"
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        coding, content = self.coded(file, kind, content)
        self.send_response(status)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if "text/" in kind else ""))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Vary", "Accept-Encoding")
        if coding:
            self.send_header("Content-Encoding", coding)
        for name, value in {"Cache-Control": "public, max-age=3600", **self.headers_of}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_HEAD = do_GET

    def coded(self, file: Path, kind: str, content: bytes) -> tuple[str, bytes]:
        """Return the coding that client and host agree on, and the content in it."""
        accepted = self.headers.get("Accept-Encoding", "")
        for name, ending in CODINGS:
            packed = file.with_name(f"{file.name}.{ending}")
            if name in accepted and packed.is_file():
                return name, packed.read_bytes()
        if "gzip" in accepted and kind.startswith(TEXT):
            return "gzip", gzip.compress(content, 6)
        return "", content

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Takes it calmly when a client hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that were cut."""


@contextmanager
def running(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on loopback what a handler answers; yields the address with a slash at the end."""
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving(
    folder: Path, headers: dict[str, str] | None = None, handler: type[Handler] = Handler
) -> Iterator[str]:
    """Serve a folder on loopback; yields its address with a slash at the end."""
    settings = {"folder": folder.resolve(), "headers_of": headers or {}}
    with running(type("Bound", (handler,), settings)) as address:
        yield address
