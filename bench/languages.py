"""Languages: of reports, of their paragraphs, and of paragraphs put into reports of other languages.

Gold: the reports of fundus_multi, in the language that the page declares, mended by hand where an outlet declares
another one than it writes in.
"""

import gzip
import re
from pathlib import Path
from typing import Any

import board
from watchfloor.clean.language import foreign, language

ANCHORS = {"paragraphs": "py3langid alone on each paragraph .989"}
_DECLARED = re.compile(rb"<html[^>]{0,400}?\blang=[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
_MENDED = {
    "tz_HabariLeo": "sw",
    "za_EyethuNews": "zu",
    "za_Ilanga": "zu",
    "za_IsolezweLesiXhosa": "xh",
    "cn_People": "zh",
    "il_IsraelNachrichten": "de",
    "jp_NikkanGeadai": "ja",
}
_MIN_LETTERS = 60  # of a paragraph that is put elsewhere
_MIN_WIDE = 20  # of one in Chinese or Japanese
_PUT = 2  # paragraphs put into a report
_BEFORE, _AFTER = 4, 2  # paragraphs of the report around them

Document = tuple[str, list[str]]


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the shares that are right, and of own paragraphs the share that is held to be foreign."""
    documents = [
        found
        for page in board.lines(data / "clean" / "fundus_multi" / "gold.jsonl.gz")
        if page["split"] == split and (found := _document(data, page))
    ]
    told = [language("\n".join(paragraphs)) for _, paragraphs in documents]
    right = every = 0
    for main, (wanted, paragraphs) in zip(told, documents, strict=True):
        right += sum((other or main) == wanted for other in foreign(paragraphs, main))
        every += len(paragraphs)
    put, seen, own, taken = _mixed(documents)
    return {
        "reports": sum(main == wanted for main, (wanted, _) in zip(told, documents, strict=True)) / len(documents),
        "paragraphs": right / every,
        "mixed_told": seen / put,
        "mixed_false": taken / own,
    }


def _document(data: Path, page: dict[str, Any]) -> Document | None:
    mended = next((code for name, code in _MENDED.items() if page["id"].startswith(name)), None)
    declared = _DECLARED.search(gzip.decompress((data / "clean" / "fundus_multi" / page["html"]).read_bytes()))
    code = mended or (declared[1].decode().lower() if declared else None)
    return (code, page["paragraphs"]) if code else None


def _mixed(documents: list[Document]) -> tuple[int, int, int, int]:
    """Put paragraphs of every report into every third other one; count them, those told, the others, those taken."""
    put = seen = own = taken = 0
    for at, (main, paragraphs) in enumerate(documents):
        for code, others in documents[at % 3 :: 3]:
            strange = [text for text in others if len(text) >= (_MIN_WIDE if code in {"zh", "ja"} else _MIN_LETTERS)]
            strange = strange[:_PUT] if code != main else []
            before, after = paragraphs[:_BEFORE], paragraphs[_BEFORE : _BEFORE + _AFTER]
            found = list(foreign([*before, *strange, *after], main))
            middle = found[len(before) : len(before) + len(strange)]
            put += len(strange)
            seen += sum(one == code for one in middle)
            own += len(before) + len(after)
            taken += sum(one is not None for one in found) - sum(one is not None for one in middle)
    return put, seen, own, taken


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
