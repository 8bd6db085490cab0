"""Watchfloor: collect open-source reporting, exploit it, share what may be shared."""

__version__ = "0.1.0"
