"""Times: what an expression of time stands for, on gold spans. TempEval-3 values, GUM dates."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import board
from watchfloor.annotate.time_expressions import value_in, value_of
from watchfloor.annotate.time_frame import Frame, is_history

ANCHORS = {
    "te3": "Recognizers-Text .645, dateparser .362 (138 held-out rows)",
    "gum": "Recognizers-Text .840, dateparser .828 (all parts, words alone)",
    "gum_no_year": "Recognizers-Text .535, dateparser .501 (all parts, words alone)",
}
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.Z]+)?")
_WHEN = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the share of values that are exactly right, on gold spans.

    te3: TIMEX3 values, each expression read alone against its document's day; dev is TimeBank. gum: dates, each read
    in its text against the document's day; dev is its train and dev parts, 954 of the 1,084 dates that the anchors
    were measured on. gum_no_year: those without four figures in a row. gum_words: as gum, each expression read alone,
    as the anchors read it.
    """
    rows = list(_timex(data / "base" / "time_timenorm_en", {"dev": "train"}.get(split, split)))
    told = list(_gum(data / "base" / "gum", ("train", "dev") if split == "dev" else (split,)))
    bare = [one for one in told if not re.search(r"\d{4}", one[0])]
    return {
        "te3": _share([gold == ours for _, gold, ours in rows]),
        "te3_dates": _share([gold == ours for kind, gold, ours in rows if kind == "DATE"]),
        "gum": _share([gold == ours for _, gold, ours, _ in told]),
        "gum_no_year": _share([gold == ours for _, gold, ours, _ in bare]),
        "gum_words": _share([gold == alone for _, gold, _, alone in told]),
        "gum_words_no_year": _share([gold == alone for _, gold, _, alone in bare]),
    }


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _timex(folder: Path, split: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield type, gold value and ours of each expression; a row that is an ISO date is the day of those after it."""
    created: date | None = None
    for row in board.lines(folder / f"{split}.jsonl"):
        words, kind, gold = row["cols"]
        day = _DAY.fullmatch(words)
        if day:
            created = date.fromisoformat(day[1])
        elif created is not None:
            value = value_of(words, created)
            yield kind, gold, value.timex if value else None


def _gum(folder: Path, splits: tuple[str, ...]) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Yield words, gold, our value read in the text and our value of the words alone, for each day, month or year."""
    for split in splits:
        for document in board.lines(folder / f"{split}.docs.jsonl.gz"):
            text, created = document["text"], date.fromisoformat(document["created"])
            frame = Frame(text=text, reference=created, collected=created, dated={}, history=is_history(text, created))
            for gold in sorted(document["dates"], key=lambda one: (one["s"], one["e"])):
                read = value_in(gold["s"], gold["e"], frame)
                if read is not None and read.when is not None:
                    frame.speak_of(read.when)
                if _WHEN.fullmatch(gold.get("when") or ""):
                    words = text[gold["s"] : gold["e"]]
                    alone = value_of(words, created)
                    yield (
                        words,
                        gold["when"],
                        read.when.value if read and read.when else None,
                        alone.when.value if alone and alone.when else None,
                    )


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
