"""The file with indicators and measures: found, read, and changed only as a whole and only when it is right."""

import os
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from watchfloor.core.audit import Note
from watchfloor.core.errors import ConfigError
from watchfloor.flow.admission import Admitted
from watchfloor.flow.configuration import Configuration
from watchfloor.store.store import Store
from watchfloor.watch.watch_file import Problem, Watch, read

LARGEST = 1_000_000  # bytes (assumed: a hundred times what a desk writes)


def path_of(settings: Configuration) -> Path:
    """Return where the file lies."""
    return Path(settings.watch)


def text_of(settings: Configuration) -> str:
    """Return the text of the file; ConfigError, with how to begin, when there is none that can be read."""
    path = path_of(settings)
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path} is larger than {LARGEST} bytes; expected a file that a person wrote")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"there is no {path}; begin with: watchfloor watch init") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}); mend it or name another one (watch = ...)") from None


def begin(settings: Configuration, text: Callable[[], str]) -> Path:
    """Write a file to begin with where there is none, and return where; ConfigError when there is one already."""
    path = path_of(settings)
    if path.exists():
        raise ConfigError(f"{path} is there already; nothing was changed")
    made = text()
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(made)
    except FileExistsError:
        raise ConfigError(f"{path} is there already; nothing was changed") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be written ({error.strerror}); choose another place: watch = ...") from None
    return path


def watched(settings: Configuration) -> Watch:
    """Return what the file says is watched for; ConfigError names everything that is wrong with it."""
    return right(text_of(settings), str(path_of(settings)))


def right(text: str, name: str) -> Watch:
    """Return what a text says is watched for; ConfigError names everything that is wrong with it."""
    found, problems = read(text)
    if problems:
        raise ConfigError("\n".join([f"{name} is not right:", *(f"  {name}, {one}" for one in problems)]))
    return found


def problems_of(text: str) -> tuple[Problem, ...]:
    """Return everything that is wrong with a text; nothing when it is right."""
    return read(text)[1]


def digest_of(text: str) -> str:
    """Return by what a text is known: who changes the file says which one they changed."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def replace(
    store: Store, by: Admitted, settings: Configuration, text: str, *, instead_of: str | None, now: datetime
) -> Watch:
    """Put a text in the place of the file, and keep it among its versions; return what it says is watched for.

    instead_of: digest of the text that was changed; None when there was no file. ConfigError, and nothing is changed,
    when the text is not right or somebody else has changed the file meanwhile. Needs the right "watch".
    """
    by.require("watch")
    found = right(text, "the text")
    path = path_of(settings)
    before = digest_of(text_of(settings)) if path.exists() else None
    if before != instead_of:
        raise ConfigError(f"somebody has changed {path} since you began; look at it as it is now and change it again")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
    detail = {"before": (before or "")[:12], "after": digest_of(text)[:12]}
    store.alerts.keep_text(text, by.name, now, Note(at=now, who=by.name, verb="watch", what=path.name, detail=detail))
    return found
