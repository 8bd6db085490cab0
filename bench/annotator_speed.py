"""Speed of the annotator on one core, whole and part by part, in words (between blanks) a second of CPU time.

Beside it, in the same run, when they are there: the same network in fp32 (--full FOLDER) and a spaCy CNN of the
standard size with tagger, parser and entity recogniser (untrained: its speed does not depend on what it has learnt).
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import board
from watchfloor.annotate import reading
from watchfloor.annotate.engine import Engine, digests, engine
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import plain_report

WORDS = 30_000  # enough for a few seconds each
ROUNDS = 3  # all in turn, the best of each: what else runs on the machine only ever makes one slower


def main() -> None:
    """Print the table, or with --json one line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=board.ROOT.parent / "shared" / "bench")
    arguments.add_argument("--split", default="dev")
    arguments.add_argument("--full", type=Path, default=None, help="fp32 model, build/model/full")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    if not given.data.is_dir():
        sys.exit(f"the gold data is not in {given.data}; name its folder with --data")
    texts = _texts(given.data, given.split)
    words = sum(len(text.split()) for text in texts)
    engine()
    chosen = parts()
    annotated(plain_report(texts[0]), chosen)
    full = None if given.full is None else Engine(given.full, 1, digests(given.full))
    peer = _spacy()
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        reading.forget()
        _keep(found, "words_per_s_core", words / _seconds(lambda: _whole(texts, chosen)))
        _keep(found, "parts_words_per_s", words / _seconds(lambda: _whole(texts, chosen)))
        reading.forget()
        _keep(found, "network_words_per_s", words / _seconds(lambda: _read(texts)))
        if full is not None:
            reading.forget()
            _keep(found, "network_fp32_words_per_s", words / _seconds(lambda: _read(texts, full)))
        if peer is not None:
            _keep(found, "spacy_cnn_words_per_s", words / _seconds(lambda: [peer(text) for text in texts]))
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if given.json:
        print(json.dumps({name: round(value, 1) for name, value in found.items()}))
        return
    for name, value in found.items():
        print(f"{name:<28} {value:>10,.0f}")
    if "spacy_cnn_words_per_s" not in found:
        print("(no spaCy here; `pip install spacy` in this environment shows it beside ours)")


def _texts(data: Path, split: str) -> list[str]:
    found, words = [], 0
    for path in sorted((data / "statements" / "polnear").glob(f"{split}.jsonl*")):
        for record in board.lines(path):
            if words < WORDS:
                found.append(record["text"])
                words += len(record["text"].split())
    return found


def _seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that the work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _whole(texts: list[str], chosen: Any) -> None:
    for text in texts:
        annotated(plain_report(text), chosen)


def _read(texts: list[str], by: Any = None) -> None:
    for text in texts:
        for _ in reading.read(text, 0, len(text), by=by):
            pass


def _keep(found: dict[str, float], name: str, value: float) -> None:
    found[name] = max(value, found.get(name, 0.0))


def _spacy() -> Callable[[str], object] | None:
    try:
        import spacy
    except ImportError:
        return None
    nlp = spacy.blank("en")
    for name in ("tagger", "parser", "ner"):
        part = nlp.add_pipe(name)
        for label in [f"L{number}" for number in range(45 if name != "ner" else 18)]:
            part.add_label(label)
    nlp.initialize()
    read: Callable[[str], object] = nlp
    return read


if __name__ == "__main__":
    main()
