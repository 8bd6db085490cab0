"""Print a catalogue of all that the pages say, to be translated; with a language, what is translated by now filled in.

python bench/messages.py > src/watchfloor/web/locale/ko.po
python bench/messages.py de
"""

import ast
import re
import sys
from pathlib import Path

from watchfloor.web.data_words import data_words
from watchfloor.web.messages import read

WEB = Path(__file__).resolve().parents[1] / "src" / "watchfloor" / "web"
_STRING = r'"((?:[^"\\]|\\.)*)"'
_ONE = re.compile(rf"(?<!\w)(?:_|gettext|marked|message|word)\(\s*{_STRING}")
_MANY = re.compile(rf"(?<!\w)plural\(\s*{_STRING},\s*{_STRING}")


def messages() -> dict[tuple[str, ...], list[str]]:
    """Return every message once, plural ones as two forms, with the files it is in."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path in sorted([*WEB.rglob("*.py"), *WEB.glob("templates/*.html")]):
        text = path.read_text(encoding="utf-8")
        for match in (*_ONE.finditer(text), *_MANY.finditer(text)):
            found.setdefault(tuple(ast.literal_eval(f'"{one}"') for one in match.groups()), []).append(path.name)
    for word in data_words():
        found.setdefault((word,), []).append("data_words.py")
    return found


def main(language: str | None = None) -> None:
    """Write the catalogue."""
    path = WEB / "locale" / f"{language}.po"
    text = path.read_text(encoding="utf-8") if language and path.exists() else ""
    known, plurals = read(text)
    print('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"')
    if language:
        print(f'"Language: {language}\\n"')
    print('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    for forms, files in messages().items():
        print(f"#: {' '.join(dict.fromkeys(files))}")
        for name, one in zip(("msgid", "msgid_plural"), forms, strict=False):
            print(name, _quoted(one))
        if len(forms) == 1:
            print(f"msgstr {_quoted(known.get(forms[0], ''))}\n")
        else:
            one, many = (*plurals.get(forms[0], ()), "", "")[:2]
            print(f"msgstr[0] {_quoted(one)}\nmsgstr[1] {_quoted(many)}\n")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    main(*sys.argv[1:2])
