"""Word lists of this room: data files read once."""

import tomllib
from functools import cache
from importlib.resources import files


def _read(name: str) -> str:
    return files("watchfloor.annotate").joinpath("data", name).read_text(encoding="utf-8")


@cache
def table(name: str) -> dict[str, frozenset[str]]:
    """Return the lists of data/`name`.toml; a string is split at white space, an array is taken item by item."""
    loaded: dict[str, str | list[str]] = tomllib.loads(_read(f"{name}.toml"))
    return {key: frozenset(value.split() if isinstance(value, str) else value) for key, value in loaded.items()}


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of data/`name`.txt as written."""
    return frozenset(_read(f"{name}.txt").split())
