"""axe on the page in front: every scheme and width, and no sideways scrolling on the smallest screens."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCHEMES = ("light", "dark")
WIDTHS = (1280, 390)
SMALLEST = 320
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "RGAAv4"]},
    "resultTypes": ["violations"],
    "preload": False,
}

axe = Axe()


def faults(page: Page) -> list[str]:
    """What axe reports on this page, each with where and how it was shown."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{scheme}, {width} px: {fault}" for fault in _violations(page)]
    return found


def overflow(page: Page) -> int:
    """How many pixels the page is wider than a 320 px screen."""
    page.set_viewport_size({"width": SMALLEST, "height": 800})
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def _violations(page: Page) -> list[str]:
    response = axe.run(page, options=OPTIONS).response
    return [
        f"{rule['id']} {node['target']}: {node['failureSummary']}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]
