"""Print a catalogue of all that the pages say, to be translated.

python bench/messages.py > src/watchfloor/web/locale/ko.po
"""

import ast
import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[1] / "src" / "watchfloor" / "web"
_STRING = r'"((?:[^"\\]|\\.)*)"'
_ONE = re.compile(rf"(?<!\w)(?:_|gettext|marked|message)\(\s*{_STRING}")
_MANY = re.compile(rf"(?<!\w)plural\(\s*{_STRING},\s*{_STRING}")


def main() -> None:
    """Write every message once, with the files it is in."""
    print('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"')
    print('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    found: dict[tuple[str, ...], list[str]] = {}
    for path in sorted([*WEB.rglob("*.py"), *WEB.glob("templates/*.html")]):
        text = path.read_text(encoding="utf-8")
        for match in (*_ONE.finditer(text), *_MANY.finditer(text)):
            found.setdefault(tuple(ast.literal_eval(f'"{one}"') for one in match.groups()), []).append(path.name)
    for messages, files in found.items():
        print(f"#: {' '.join(dict.fromkeys(files))}")
        for name, one in zip(("msgid", "msgid_plural"), messages, strict=False):
            print(name, _quoted(one))
        print('msgstr ""\n' if len(messages) == 1 else 'msgstr[0] ""\nmsgstr[1] ""\n')


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    main()
