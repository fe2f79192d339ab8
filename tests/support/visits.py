"""What a page in a real Chromium did: what went wrong in it, and what it asked of other hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

# Each window of Chromium loads two pages for its address bar, unseen, which cost as much as a page
# of ours. The last list of features counts, so that Playwright's own stand here, too.
UNUSED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable"),
    *("LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying"),
    *("AimEnabled", "PreconnectToSearch"),
)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--mute-audio"),
    f"--disable-features={','.join(UNUSED)}",
]


@dataclass
class Visit:
    """A page, and everything that went wrong in it or left the site."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: Path, more: str = "") -> Page:
        """Open a file from disk and wait until its scripts have run."""
        self.page.goto(path.as_uri() + more, wait_until="load")
        return self.page


def watch(context: BrowserContext) -> Visit:
    """Return a page of a context that reports what it asks for and what fails."""
    context.set_default_timeout(120_000)  # milliseconds; a slow machine is no fault of a page
    visit = Visit(context.new_page())

    def route(route: Any, request: Any) -> None:
        if request.url.startswith(("file:", "data:", "blob:", "about:")):
            route.continue_()
        else:
            visit.outside.append(request.url)
            route.abort()

    visit.page.route("**/*", route)
    visit.page.on("pageerror", lambda error: visit.errors.append(f"{visit.page.url}: {error}"))
    visit.page.on("console", lambda message: _console(visit, message))
    visit.page.on("requestfailed", lambda request: _failed(visit, request))
    return visit


def _failed(visit: Visit, request: Any) -> None:
    if "ERR_ABORTED" not in str(request.failure):  # what a page still asked for when it was left
        visit.errors.append(f"{request.url}: {request.failure}")


def _console(visit: Visit, message: Any) -> None:
    if message.type in ("error", "warning"):
        visit.errors.append(f"{visit.page.url}: {message.text}")
