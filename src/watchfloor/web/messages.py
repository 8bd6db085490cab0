"""The words of the interface in the reader's language; English is in the code and is what is looked up.

Catalogues are gettext's, read from .po files as translators keep them: nothing is compiled, nothing is installed.
"""

import ast
import gettext
import re
from functools import cache
from importlib.resources import files

from watchfloor.core.errors import ConfigError

SOURCE = "en"
NAMES = {"en": "English", "de": "Deutsch"}
"""How languages call themselves; of others the code is shown."""
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ur", "yi"})
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+)?("(?:[^"\\]|\\.)*")')
_PLURAL = re.compile(r"nplurals\s*=\s*\d+\s*;\s*plural\s*=\s*([^;\n]+)")


def marked(message: str) -> str:
    """Return the message as it is: for those that are written down in one place and looked up in another."""
    return message


class Catalogue(gettext.NullTranslations):
    """Messages of one language; what is not translated stays English."""

    def __init__(self, language: str, text: str = "") -> None:
        super().__init__()
        self.language = language
        self._messages, self._plurals = read(text)
        rule = _PLURAL.search(self._messages.get("", ""))
        try:
            self._form = gettext.c2py(rule[1].strip()) if rule else _germanic
        except ValueError:
            raise ConfigError(f"the catalogue {language}.po has a plural rule that cannot be read: {rule}") from None

    @property
    def direction(self) -> str:
        """Which way the language is written."""
        return "rtl" if self.language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"

    def say(self, message: str, **values: object) -> str:
        """Return the message in this language, with values in the places of their names."""
        return self.gettext(message) % values if values else self.gettext(message)

    def gettext(self, message: str) -> str:
        """Return the message in this language."""
        return self._messages.get(message) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the message in the form for so many."""
        forms = self._plurals.get(msgid1)
        at = self._form(n)
        return forms[at] if forms and at < len(forms) and forms[at] else (msgid1 if n == 1 else msgid2)


def _germanic(number: int) -> int:
    return int(number != 1)


def read(text: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the messages and the plural messages of a .po file; what is fuzzy or has no text is left out.

    >>> read('msgid "Claims"\\nmsgstr "주장"\\n')
    ({'Claims': '주장'}, {})
    """
    messages: dict[str, str] = {}
    plurals: dict[str, list[str]] = {}
    for block in re.split(r"\n\s*\n", text):
        if re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE):
            continue
        parts: dict[str, str] = {}
        at = ""
        for line in block.splitlines():
            found = None if line.startswith("#") else _LINE.fullmatch(line.strip())
            if found is None:
                continue
            if found[1]:
                at = found[1] + (found[2] or "")
            parts[at] = parts.get(at, "") + str(ast.literal_eval(found[3]))
        if "msgid_plural" in parts:
            plurals[parts["msgid"]] = [parts[name] for name in sorted(parts) if re.fullmatch(r"msgstr\d", name)]
        elif parts.get("msgstr"):
            messages[parts.get("msgid", "")] = parts["msgstr"]
    return messages, plurals


def languages() -> tuple[str, ...]:
    """Return the languages there are catalogues for, English first."""
    found = (one.name.removesuffix(".po") for one in files("watchfloor.web").joinpath("locale").iterdir())
    return (SOURCE, *sorted(name for name in found if "." not in name and name != SOURCE))


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language that there is one for, else English."""
    if language == SOURCE or language not in languages():
        return Catalogue(SOURCE)
    return Catalogue(language, files("watchfloor.web").joinpath("locale", f"{language}.po").read_text("utf-8"))


def chosen(accepted: str) -> str:
    """Return the best language for an Accept-Language header.

    >>> chosen("xx;q=0.9, en-GB"), chosen("")
    ('en', 'en')
    """
    wanted: list[tuple[float, str]] = []
    for one in accepted.split(",")[:20]:
        name, _, weight = one.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), name.lower().partition("-")[0]))
        except ValueError:
            continue
    known = languages()
    return next((name for _, name in sorted(wanted, key=lambda pair: pair[0]) if name in known), SOURCE)
