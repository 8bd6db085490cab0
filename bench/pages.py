"""Pages to text: word F1 of the body against gold, beside trafilatura (no comments) on the same pages in one run."""

import gzip
import itertools
import logging
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trafilatura

import board
from watchfloor.clean.reports import clean
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside

SETS = ("scrapinghub", "fundus_eval", "naeb", "fundus_multi")
ANCHORS = {f"{name}_f1": "trafilatura: the row below" for name in SETS}
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_MOST_SUBSETS = 4  # optional paragraphs of which every subset is tried; of more, all or none
COLLECTED = datetime(2026, 11, 22, tzinfo=UTC)


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the mean word F1 of each set, ours and trafilatura's; a page that we set aside counts 0."""
    logging.disable(logging.CRITICAL)
    found: dict[str, float] = {}
    for name in SETS:
        ours: list[float] = []
        theirs: list[float] = []
        for page in board.lines(data / "clean" / name / "gold.jsonl.gz"):
            if page["split"] != split:
                continue
            raw = gzip.decompress((data / "clean" / name / page["html"]).read_bytes())
            golds = _golds(page)
            for scores, text in (
                (ours, _body(page, raw)),
                (theirs, trafilatura.extract(raw.decode("utf-8", "replace"), include_comments=False) or ""),
            ):
                scores.append(max(_word_f1(text, gold) for gold in golds))
        found[f"{name}_f1"] = sum(ours) / len(ours)
        found[f"{name}_trafilatura_f1"] = sum(theirs) / len(theirs)
    return found


def _word_f1(text: str, gold: str) -> float:
    """Return F1 over the words as multisets, Chinese and Japanese by character; 1.0 when both are empty.

    The gold data's own scorer file does not compile (a handler is missing), so that its measure is computed here.
    """
    ours, wanted = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(gold.lower()))
    if not ours and not wanted:
        return 1.0
    return 2 * (ours & wanted).total() / (ours.total() + wanted.total())


def _golds(page: dict[str, Any]) -> list[str]:
    """Return the bodies that are right: paragraphs that may be left out are, or are not."""
    paragraphs, optional = page.get("paragraphs") or [], page.get("optional") or []
    if not paragraphs or not optional:
        return [page["body"]]
    sizes = range(len(optional) + 1) if len(optional) <= _MOST_SUBSETS else (0, len(optional))
    left_out = [set(chosen) for size in sizes for chosen in itertools.combinations(optional, size)]
    return ["\n\n".join(p for at, p in enumerate(paragraphs) if at not in out) for out in left_out]


def _body(page: dict[str, Any], raw: bytes) -> str:
    capture = Capture(
        id="page",
        locator=page["id"],
        feed="bench",
        sha256="",
        media_type="text/html",
        collected=COLLECTED,
        data=raw,
        url=page.get("url"),
    )
    try:
        report = clean(capture)
    except SetAside:
        return ""
    return "\n".join(report.text[p.start : p.end] for p in report.parts("body", "subhead"))


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
