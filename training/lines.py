"""Train the line model: which lines of an extracted text are the report.

python training/lines.py --data ../shared/bench --out src/watchfloor/clean/data/lines.json --folds build/lines

One command; seeds fixed; the same data give the same file. Only pages of the dev part are read. Domains are dealt into
five parts; for each a model is trained on the other four (--folds), and the figures printed are those of models that
have not seen the page's domain: word F1 of the lines kept, with nothing else of the product. The shipped model is then
trained on all five. bench/pages.py --fold-models measures the whole product the same way.
"""

import argparse
import contextlib
import gzip
import hashlib
import itertools
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from rapidfuzz.distance import LCSseq
from resiliparse.extract.html2text import extract_plain_text
from sklearn.ensemble import HistGradientBoostingClassifier

from watchfloor.clean import line_model, page_blocks, page_body, page_bulk, page_facts
from watchfloor.clean.decoding import decode
from watchfloor.clean.line_features import FEATURES, Marks, features, seen
from watchfloor.clean.line_model import Extracted, Model, Trees
from watchfloor.clean.page_data import page_data
from watchfloor.clean.page_tree import declared_charset, tree
from watchfloor.clean.units import Unit, lines, units
from watchfloor.core.errors import SetAside

VERSION = "1"
SETS = ("scrapinghub", "fundus_eval", "naeb", "fundus_multi")
FOLDS = 5
TAUGHT: dict[Extracted, tuple[Extracted, ...]] = {
    "trafilatura": ("trafilatura",),
    "resiliparse": ("resiliparse", "trafilatura"),  # the better text teaches too: .947 for .945
    "whole": ("whole",),
}
"""For each kind of text the kinds whose lines teach its trees."""
FLOORS: dict[Extracted, tuple[float, float]] = {
    "trafilatura": (0.3, 0.0),
    "resiliparse": (0.4, 0.4),
    "whole": (0.5, 0.5),
}
"""Below which a line, and a full sentence, is taken away: the best of .1, .2 ... .6 over the five parts.

Of what trafilatura finds no full sentence is ever taken: it would gain nothing.
"""
MOST: dict[Extracted, float] = {"trafilatura": 0.3, "resiliparse": 0.3, "whole": 1.0}
"""Share of the letters that may be taken away; between .2 and .3 the best of .1, .2, .3, .5 over the five parts."""
SETTINGS = {
    "max_iter": 100,
    "max_leaf_nodes": 8,
    "max_depth": 6,
    "learning_rate": 0.08,
    "l2_regularization": 3.0,
    "random_state": 0,
}
_SAME = 0.5  # share of a line's words that must stand in the gold body, in its order, for the line to be body
_MOST_WEIGHT, _LEAST_WEIGHT = 400, 3  # letters: a line counts by its length, as it does in word F1
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


class Text(NamedTuple):
    """One extracted text: its lines, one row of features each, whether each is body, and how much it counts."""

    lines: tuple[str, ...]
    rows: Any
    right: Any
    weights: Any


class Page(NamedTuple):
    """A page of the gold data and its texts by what extracted them."""

    domain: str
    gold: str
    texts: dict[Extracted, Text]


def main() -> None:
    """Read, train on four parts of five and measure on the fifth, train on all, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--folds", type=Path, default=None, help="folder for the five models and who is in which")
    given = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    pages = list(_pages(given.data))
    print(f"{len(pages)} pages of {len({page.domain for page in pages})} domains")
    if given.folds:
        given.folds.mkdir(parents=True, exist_ok=True)
        for fold in range(FOLDS):
            _write(given.folds / f"fold-{fold}.json", _model([page for page in pages if dealt(page.domain) != fold]))
        dealing = {page.domain: dealt(page.domain) for page in pages}
        (given.folds / "folds.json").write_text(json.dumps(dealing, indent=0, sort_keys=True), encoding="utf-8")
        for kind in TAUGHT:
            _measure(pages, kind, given.folds)
    _write(given.out, _model(pages))


def dealt(domain: str) -> int:
    """Return the part that a domain is dealt into."""
    return int(hashlib.sha256(f"watchfloor:lines:{domain}".encode()).hexdigest(), 16) % FOLDS


def _pages(data: Path) -> Iterator[Page]:
    for name in SETS:
        with gzip.open(data / "clean" / name / "gold.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                gold = json.loads(line)
                if gold["split"] == "dev":
                    raw = gzip.decompress((data / "clean" / name / gold["html"]).read_bytes())
                    yield Page(gold["domain"], gold["body"], dict(_texts(raw, gold["body"])))


def _texts(raw: bytes, gold: str) -> Iterator[tuple[Extracted, Text]]:
    """Yield the texts of a page, cut into lines as the product will cut them; the headline is not one of them."""
    markup = decode(raw, declared_charset(raw))
    root = tree(markup)
    headline = page_facts.headline(root, page_data(root))
    with contextlib.suppress(SetAside):
        found = page_body.body(root, page_blocks.blocks(root))
        if found.method != page_body.BLOCKS:
            kept = [line for line in found.lines if line.text != headline]
            marks = [(line.linked, line.item, line.heading) for line in kept]
            yield "trafilatura", _text(lines("\n".join(line.text for line in kept)), gold, marks)
    with contextlib.suppress(SetAside):
        yield "resiliparse", _text(lines(_joined(page_bulk.extract(markup).lines, headline)), gold)
    yield "whole", _text(units(extract_plain_text(markup, preserve_formatting=True, alt_texts=False)), gold)


def _joined(found: Iterable[str], headline: str | None) -> str:
    return "\n".join(line for line in found if line != headline)


def _text(found: Sequence[Unit], gold: str, marks: Marks | None = None) -> Text:
    said = tuple(seen(unit) for unit in found)
    weights = [min(_MOST_WEIGHT, max(_LEAST_WEIGHT, unit.end - unit.start)) / 100 for unit in found]
    return Text(said, features(found, marks), _right(said, gold), np.array(weights))


def _right(said: Sequence[str], gold: str) -> Any:
    """Return of each line whether half of its words are in the longest common subsequence with the gold body."""
    words = [_WORD.findall(line.lower()) for line in said]
    held = np.zeros(sum(map(len, words)))
    for step in LCSseq.opcodes([word for line in words for word in line], _WORD.findall(gold.lower())):
        if step.tag == "equal":
            held[step.src_start : step.src_end] = 1
    starts = np.cumsum([0, *map(len, words)])
    return np.array([end > start and held[start:end].mean() >= _SAME for start, end in itertools.pairwise(starts)])


def _model(pages: Sequence[Page]) -> Model:
    trees = {
        kind: _trees([page.texts[one] for page in pages for one in taught if one in page.texts], kind)
        for kind, taught in TAUGHT.items()
    }
    return Model(VERSION, tuple(feature.name for feature in FEATURES), trees)


def _trees(texts: Sequence[Text], kind: Extracted) -> Trees:
    rows, right, weights = (np.concatenate([text[at] for text in texts]) for at in (1, 2, 3))
    fitted = HistGradientBoostingClassifier(**SETTINGS).fit(rows, right, sample_weight=weights)
    columns: dict[str, list[Any]] = {name: [] for name in ("roots", "feature", "at", "left", "right", "values")}
    for (one,) in fitted._predictors:
        _add(one.nodes, columns)
    usual = rows[right > 0].mean(axis=0)
    numbers = {
        name: tuple(_short(value) if name in ("at", "values") else int(value) for value in column)
        for name, column in columns.items()
    }
    depth = max(int(one.nodes["depth"].max()) for (one,) in fitted._predictors)
    base = _short(float(fitted._baseline_prediction.item()))
    return Trees(
        base=base,
        floor=FLOORS[kind][0],
        sentence_floor=FLOORS[kind][1],
        most=MOST[kind],
        depth=depth,
        usual=tuple(map(_short, usual)),
        **numbers,
    )


def _add(nodes: Any, columns: dict[str, list[Any]]) -> None:
    """Add a tree's nodes to those before; an inner node's value is what its leaves add on average."""
    offset = len(columns["feature"])
    values = nodes["value"].copy()
    for at in range(len(nodes) - 1, -1, -1):  # children stand after their parents
        if not nodes[at]["is_leaf"]:
            below = [int(nodes[at]["left"]), int(nodes[at]["right"])]
            values[at] = np.average(values[below], weights=np.maximum(nodes["count"][below], 1))
    columns["roots"].append(offset)
    for at, node in enumerate(nodes):
        leaf = bool(node["is_leaf"])
        columns["feature"].append(0 if leaf else node["feature_idx"])
        columns["at"].append(0.0 if leaf else node["num_threshold"])
        columns["left"].append(offset + (at if leaf else int(node["left"])))
        columns["right"].append(offset + (at if leaf else int(node["right"])))
        columns["values"].append(values[at])


def _short(value: float) -> float:
    return float(f"{float(value):.6g}")


def _write(path: Path, model: Model) -> None:
    path.write_bytes(msgspec.json.encode(model) + b"\n")
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


def _measure(pages: Sequence[Page], kind: Extracted, folds: Path) -> None:
    """Print word F1 of the lines kept, by models that have not seen the domain, at each floor, and of all lines."""
    models = [line_model.trees(line_model.load(folds / f"fold-{fold}.json"), kind) for fold in range(FOLDS)]
    floors = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    scores: dict[float, list[float]] = {floor: [] for floor in floors}
    for page in pages:
        text = page.texts.get(kind)
        odds = models[dealt(page.domain)].likely(text.rows) if text and len(text.rows) else ()
        for floor in floors:
            kept = (line for line, likely in zip(text.lines if text else (), odds, strict=True) if likely >= floor)
            scores[floor].append(_f1("\n".join(kept), page.gold))
    print(kind, " ".join(f"{floor:.1f}:{sum(found) / len(found):.4f}" for floor, found in scores.items()))


def _f1(text: str, gold: str) -> float:
    ours, wanted = (Counter(_WORD.findall(side.lower())) for side in (text, gold))
    return 2 * (ours & wanted).total() / max(1, ours.total() + wanted.total())


if __name__ == "__main__":
    main()
