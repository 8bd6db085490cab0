"""Watchfloor: collect open-source reporting, exploit it, share what may be shared.

In a notebook: `import watchfloor as wf; pic = wf.open("situation.db")`. Importing loads nothing else.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchfloor.notebook.opening import open_view as open

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def __getattr__(name: str) -> Any:
    if name == "open":
        return import_module("watchfloor.notebook.opening").open_view
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
