"""The application: pages, their data as JSON, and TAXII, from one process."""

import pkgutil
from copy import deepcopy
from importlib import import_module
from typing import Any

from litestar import Litestar, Request, Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from watchfloor.flow.taxii import TaxiiServer
from watchfloor.flow.taxii_doors import PeopleDoorkeeper
from watchfloor.web import pages, taxii
from watchfloor.web.door import door
from watchfloor.web.failing import answering
from watchfloor.web.form import sent
from watchfloor.web.headers import before_send
from watchfloor.web.node import Node
from watchfloor.web.static_files import file
from watchfloor.web.visit import Visit

MAX_BYTES = 2 * 1024 * 1024  # of a form; a handler that takes files sets its own (assumed)


def application(node: Node, server: TaxiiServer | None = None) -> Litestar:
    """Return the application of a node. server: who answers TAXII, by default the node's own people are let in."""
    server = server or TaxiiServer(
        node.store, PeopleDoorkeeper(node.store, node.now, node.settings.clearance), node.now
    )
    made = Litestar(
        [Router("/", route_handlers=[*handlers(), deepcopy(file)]), taxii.routes(server)],
        guards=[door(node)],
        dependencies={"visit": Provide(_visit, sync_to_thread=False), "form": Provide(sent)},
        exception_handlers={Exception: answering(node)},
        before_send=[before_send],
        request_max_body_size=MAX_BYTES,
        openapi_config=None,
        logging_config=None,
    )
    node.paths = frozenset(route.path for route in made.routes)
    return made


def handlers() -> list[ControllerRouterHandler]:
    """Return the handlers of all pages: each module of web.pages lists its own as HANDLERS."""
    found: list[ControllerRouterHandler] = []
    for one in pkgutil.iter_modules(pages.__path__):
        found += import_module(f"{pages.__name__}.{one.name}").HANDLERS
    return deepcopy(found)  # Litestar writes on them, and a process may have several applications


def _visit(request: Request[Any, Any, Any]) -> Visit:
    visit: Visit = request.scope["state"]["visit"]
    return visit
