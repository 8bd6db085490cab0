"""Who an actor is: country and sector of phrases (actor_codes), in the terms of the gold.

The gold writes "UNO" and "EUR" where we say "IGO" and name the body, and "UNK" where nothing at all is known of
the words. "Today" and no date are the days its makers wrote it in: the middle of their dated phrases.
"""

from pathlib import Path
from typing import Any

import board
from watchfloor.annotate.actor_codes import Coded, code_of

_TODAY = "2022-06-01"  # the median of the gold's own dates
_DATES = {"12 April 2022": "2022-04-12", "1 January 2003": "2003-01-01", "October 1, 2021": "2021-10-01"}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the accuracy of country and of sector over the phrases that have one in the gold."""
    gold = list(board.lines(data / "events" / "actor_codes" / f"{split}.jsonl"))
    found = {one["id"]: _answer(one) for one in gold}
    return {f"actor_{field}": _accuracy(gold, found, field) for field in ("country", "sector")}


def _accuracy(gold: list[dict[str, Any]], found: dict[str, dict[str, str]], field: str) -> float:
    """Return what score.py actors says as a fraction: the failures known to the gold's makers do not count."""
    asked = [one for one in gold if field in one["gold"] and not one["xfail"]]
    right = [found[one["id"]][field] == str(one["gold"][field]) for one in asked]
    return sum(right) / len(right)


def _answer(one: dict[str, Any]) -> dict[str, str]:
    day = _DATES.get(one["date"], one["date"] if one["date"][:1].isdigit() else _TODAY)
    coded = code_of(one["text"], one["context"], day)
    return {"country": _country(coded), "sector": coded.sector or ("" if coded.country else "UNK")}


def _country(coded: Coded) -> str:
    if coded.body is not None and coded.body.startswith(("United Nations", "UN ")):
        return "UNO"
    if coded.body is not None and coded.body.startswith("European"):
        return "EUR"
    return coded.country or ""


if __name__ == "__main__":
    board.run(measure, {}, __doc__)
