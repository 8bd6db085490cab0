"""Cleaning: pages (text, bulk, title, writers, day, speed; bench/pages.py and bench/facts.py measure more of it) and
the founding reports (already extracted text with residue: body, title, authors, date and flags)."""

import json
import subprocess
import sys
from pathlib import Path

import board
import facts
import founding
from watchfloor.core.report import Report

ANCHORS = {"seeds_body_f1": "C4 line rule .898 and trafilatura .868 (word F1, five reports)"}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the figures of pages, and of the founding reports where their gold is at hand."""
    found = _pages(data, split) | _facts(data, split)
    return found | (_seeds(data) if (data / "clean" / "seeds" / "gold.json").is_file() else {})


def _pages(data: Path, split: str) -> dict[str, float]:
    """Return pooled word F1 of bodies and of the bulk path, its pages a CPU-second from page to text, and our speed.

    speed_vs_trafilatura: as a share of trafilatura alone. Without fold models the dev figures are of pages that the
    line model has seen.
    """
    command = [
        sys.executable,
        str(Path(__file__).with_name("pages.py")),
        "--json",
        "--data",
        str(data),
        "--split",
        split,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return {
        "body_f1": told.get("ours_f1", told.get("ours_f1_seen")),
        "bulk_f1": told.get("bulk_text_f1", told.get("bulk_text_f1_seen")),
        "bulk_pages_per_cpu_s": told["bulk_text_pages_per_s"],
        "bulk_reports_per_cpu_s": told["ours_bulk_pages_per_s"],
        "whole_f1": told.get("ours_whole_f1", told.get("ours_whole_f1_seen")),
        "speed_vs_trafilatura": told["speed_of_trafilatura"],
    }


def _facts(data: Path, split: str) -> dict[str, float]:
    told = facts.measure(data, split)
    return {"title": told["title"], "authors_f1": told["author_f1"], "date": told["date"]}


def _seeds(data: Path) -> dict[str, float]:
    """Return mean character F1 of the body, and the shares of titles, author sets, dates and flags that are right."""
    gold = {d["file"]: d for d in json.loads((data / "clean/seeds/gold.json").read_text(encoding="utf-8"))["documents"]}
    bodies, right = [], {"title": 0, "authors": 0, "date": 0, "flags": 0}
    read = founding.read(board.seeds(data))
    for name, report, _ in read:
        wanted = gold[name]
        bodies.append(_body_f1(report, wanted))
        right["title"] += report.headline == (wanted["title"] or {}).get("text")
        right["authors"] += sorted(report.authors) == sorted(wanted["authors"])
        day = (wanted["date"]["text_only"] or "")[:10] or None
        right["date"] += ((report.published.value or "")[:10] or None if report.published else None) == day
        flags = {f"{flag['flag']}:{flag['certainty']}" for flag in wanted["flags"]}
        right["flags"] += {f"{flag.name}:{flag.certainty}" for flag in report.flags} == flags
    shares = {f"seeds_{name}": count / len(read) for name, count in right.items()}
    return {"seeds_body_f1": sum(bodies) / len(bodies), **shares}


def _body_f1(report: Report, wanted: dict[str, list[list[int]]]) -> float:
    def marked(ranges: list[list[int]]) -> set[int]:
        return {i for start, end in ranges for i in range(start, end) if not report.text[i].isspace()}

    optional = marked(wanted["subheads"])
    ours = marked([[p.start, p.end] for p in report.parts("body", "subhead")]) - optional
    gold = marked(wanted["body"]) - optional
    both = len(ours & gold)
    return 2 * both / (len(ours) + len(gold)) if ours or gold else 1.0


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
