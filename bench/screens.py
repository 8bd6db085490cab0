"""Shoot every page of the sample situation: light, dark, on a telephone and printed.

    python bench/screens.py OUT [PATH ...]

Needs chromium. Without PATHs every page that takes no parameter is shot, and the first of each kind that does.
"""

import re
import shutil
import socket
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from litestar.routes import HTTPRoute
from playwright.sync_api import Browser, Error, sync_playwright

from watchfloor.core.marking import Marking
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.sample import reports
from watchfloor.flow.situation import situation
from watchfloor.store.connection import open_store
from watchfloor.web.app import application
from watchfloor.web.node import Node

WAYS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "360": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}
_CLOSED = ("/static", "/sign", "/taxii2", "/look")


def main(out: Path, wanted: list[str]) -> None:
    """Serve the sample situation at a free port, shoot, stop."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "situation.db"
        with situation(path, create=True) as opened:
            opened.add([str(reports())], marking=Marking(level="CLEAR", releasable_to=frozenset({"partner-a"})))
        with open_store(path, create=False) as store, socket.create_server(("127.0.0.1", 0)) as bound:
            node = Node(store, Configuration(), port=bound.getsockname()[1])
            app = application(node)
            server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
            thread.start()
            try:
                with sync_playwright() as driver:
                    program = shutil.which("chromium") or shutil.which("google-chrome")
                    browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
                    for address in wanted or paths(app.routes):
                        shoot(browser, node, address, out)
                    browser.close()
            finally:
                server.should_exit = True
                thread.join()


def paths(routes: object) -> list[str]:
    """Return the addresses of all pages that take no parameter; with one, they are reached by following a link."""
    found = [r.path for r in routes if isinstance(r, HTTPRoute) and "GET" in r.methods]  # type: ignore[attr-defined]
    return sorted(path for path in found if not path.startswith(_CLOSED))


def shoot(browser: Browser, node: Node, address: str, out: Path) -> None:
    """Shoot one page every way; of "/claims/{id:str}" the first one that /claims links to."""
    for way, options in WAYS.items():
        context = browser.new_context(**options)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(node.entrance())
        base, parameter, _ = address.partition("/{")
        try:
            page.goto(node.address.rstrip("/") + (base if parameter else address))
        except Error:  # a download
            print(f"{address}: no page")
            context.close()
            return
        if parameter:
            link = page.locator(f'main a[href^="{base}/"]').first
            if not link.count():
                print(f"{address}: nothing links to one")
                context.close()
                return
            page.goto(node.address.rstrip("/") + str(link.get_attribute("href")))
        name = re.sub(r"\W+", "-", address).strip("-") or "overview"
        page.screenshot(path=out / f"{name}.{way}.png", full_page=True)
        if way == "light":
            page.pdf(path=out / f"{name}.pdf", prefer_css_page_size=True)
        context.close()
    print(address)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
