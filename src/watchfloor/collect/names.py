"""What a file's name says: printable locators, and names that are passed over."""

from pathlib import Path

_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "icon\r"})


def locator_of(path: Path) -> str:
    """Return the path as given, with forward slashes, in characters that can be stored."""
    return printable(path.as_posix())


def printable(name: str) -> str:
    """Return a name whose undecodable bytes and control characters are escaped, e.g. "caf\\xe9.txt".

    >>> print(printable("caf\\udce9.txt"))
    caf\\xe9.txt
    """
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in name)


def passed_over(name: str) -> tuple[str, str] | None:
    """Return reason and detail for a name that nobody means to report, None for every other."""
    if name.lower() in _SYSTEM_NAMES:
        return "system-file", "a file that operating systems leave behind; name it directly if it is meant"
    if name.startswith(".") and name not in {".", ".."}:
        return "hidden", "its name begins with a dot; name it directly if it is meant"
    return None


def _escaped(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":  # how Python writes a byte of a name that is not UTF-8
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return letter.encode("unicode_escape").decode("ascii")
