"""Logs as one JSON object a line, for whoever collects them; ids and names, never content."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

NAME = "watchfloor"
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class AsJson(logging.Formatter):
    """Writes a record as one line of JSON: at, level, logger, message, and what was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        said["message"] = record.getMessage()
        said |= {name: value for name, value in record.__dict__.items() if name not in _OWN}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def to_stream(stream: TextIO | None = None, level: int = logging.INFO) -> logging.Handler:
    """Have all that Watchfloor logs written to a stream, by default standard error; return the handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(AsJson())
    logger = logging.getLogger(NAME)
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
    return handler
