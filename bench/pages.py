"""Pages to text: word F1 of the body against gold, beside the extractors that others use, on the same pages in one run.

Of the dev part every page is judged by a line model that has not seen its domain: `--fold-models` names the folder that
training/lines.py wrote them to (build/lines). Without it the shipped model is used, which was trained on these very
pages, and the figures are called `..._seen`. With `--split heldout` the shipped model is used as it is.
"""

import argparse
import gzip
import itertools
import json
import logging
import random
import re
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import board
from watchfloor.clean import addresses, host_memory, line_model, page_bulk
from watchfloor.clean.decoding import decode
from watchfloor.clean.page_tree import declared_charset
from watchfloor.clean.reports import Quality, clean
from watchfloor.clean.units import lines
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report

SETS = ("scrapinghub", "fundus_eval", "naeb", "fundus_multi")
COLLECTED = datetime(2026, 11, 22, tzinfo=UTC)
DRAWS, SEED = 2_000, 7  # of the bootstrap
PEERS = ("trafilatura", "trafilatura_facts", "readability", "newspaper4k", "resiliparse")
SYSTEMS = ("ours", "ours_bulk", "bulk_text", "ours_whole", *PEERS, "keep_all")
"""ours_bulk gives a report with its facts, bulk_text its lines only, as the peers do. ours_whole reads the page's whole
text without markup; keep_all is that text as it is. trafilatura_facts finds title, writers and date too."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_MOST_SUBSETS = 4  # optional paragraphs of which every subset is tried; of more, all or none

Page = dict[str, Any]
Read = Callable[[str, bytes, Page], str]


def main() -> None:
    """Print the table, or with --json one flat line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=board.ROOT.parent / "shared" / "bench")
    arguments.add_argument("--split", choices=("dev", "heldout"), default="dev")
    arguments.add_argument("--fold-models", type=Path, default=board.ROOT / "build" / "lines")
    arguments.add_argument("--json", action="store_true", help="one line of metrics, flat, numbers only")
    given = arguments.parse_args()
    if not given.data.is_dir():
        sys.exit(f"the gold data is not in {given.data}; name its folder with --data")
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    folds = given.fold_models if given.split == "dev" and (given.fold_models / "folds.json").is_file() else None
    scores, seconds = _run(given.data, given.split, folds)
    tail = "_seen" if given.split == "dev" and folds is None else ""
    both: tuple[Quality, Quality] = ("best", "bulk")
    memory = {quality: _remembering(given.data, given.split, folds, quality) for quality in both}
    if given.json:
        flat = _flat(scores, seconds, tail) | {f"memory_{name}_f1{tail}": value for name, value in memory.items()}
        print(json.dumps({name: round(value, 4) for name, value in flat.items()}))
        return
    _table(scores, seconds)
    print(f"fundus_eval when the host's other pages have been seen: {memory['best']:.4f}, bulk {memory['bulk']:.4f}")
    if tail:
        print(
            "Ours IN SAMPLE: the shipped line model was trained on these pages; --fold-models gives the honest figure."
        )
    elif folds:
        print(f"Ours out of fold: line models of {folds} that have not seen the page's domain.")
    else:
        print("Ours as shipped, on pages that nothing was trained on.")


def _run(data: Path, split: str, folds: Path | None) -> tuple[dict[str, dict[str, list[float]]], dict[str, float]]:
    """Return the scores of every system by set, and its pages a second of CPU time; only those that are installed."""
    readers: dict[str, Read] = {name: reader for name in SYSTEMS if (reader := _reader(name)) is not None}
    dealt = json.loads((folds / "folds.json").read_text(encoding="utf-8")) if folds else {}
    scores: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in SETS} for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    pages = 0
    for kind in SETS:
        for page in board.lines(data / "clean" / kind / "gold.jsonl.gz"):
            if page["split"] != split:
                continue
            raw = gzip.decompress((data / "clean" / kind / page["html"]).read_bytes())
            line_model.use(folds / f"fold-{dealt[page['domain']]}.json" if folds else None)
            markup = decode(raw, declared_charset(raw))
            golds = _golds(page)
            if not pages:
                _warm(readers, markup, raw, page)
            for name in _turned(list(readers), pages):
                for extracted in ("trafilatura", "resiliparse", "whole"):
                    line_model.ready(extracted)  # outside of the time
                began = time.process_time()
                text = readers[name](markup, raw, page)
                seconds[name] += time.process_time() - began
                scores[name][kind].append(max(_word_f1(text, gold) for gold in golds))
            pages += 1
    line_model.use(None)
    return scores, {name: pages / spent for name, spent in seconds.items()}


def _turned(names: list[str], by: int) -> list[str]:
    """The names in another order for each page, so that nobody always runs with a cold cache."""
    at = by % len(names)
    return names[at:] + names[:at]


def _warm(readers: dict[str, Read], markup: str, raw: bytes, page: Page) -> None:
    """Load what is loaded once: the libraries, and the words for dates of htmldate, which ours and trafilatura ask."""
    for read in readers.values():
        read(markup, raw, page)
    if "ours" in readers:
        import htmldate

        htmldate.find_date(
            "<html><body><p>Norddal, 3 maaliskuuta 2024 kello 8</p></body></html>", extensive_search=True
        )


def _reader(name: str) -> Read | None:
    """Return what reads a page in a system's way, None when the system is not installed."""
    try:
        return _MAKERS[name]()
    except ImportError:
        return None


def _ours(quality: Quality) -> Read:
    return lambda _markup, raw, page: _cleaned(page, raw, "text/html", quality)


def _ours_whole() -> Read:
    whole = _keep_all()
    return lambda markup, raw, page: _cleaned(
        {"id": page["id"]}, whole(markup, raw, page).encode(), "text/plain", "best"
    )


def _bulk_text(markup: str, _raw: bytes, _page: Page) -> str:
    try:
        return page_bulk.body(markup)
    except SetAside:
        return ""


def _trafilatura(*, with_metadata: bool = False) -> Read:
    import trafilatura

    if with_metadata:
        return lambda markup, _raw, _page: _text(
            trafilatura.bare_extraction(markup, include_comments=False, with_metadata=True)
        )
    return lambda markup, _raw, _page: trafilatura.extract(markup, include_comments=False) or ""


def _text(document: Any) -> str:
    return str(document.text or "") if document is not None else ""


def _readability() -> Read:
    import html_text
    import readability

    return lambda markup, _raw, _page: _or_nothing(
        lambda: str(html_text.extract_text(readability.Document(markup).summary()))
    )


def _newspaper4k() -> Read:
    import newspaper

    def read(markup: str, _raw: bytes, page: Page) -> str:
        article = newspaper.Article(page.get("url") or "http://page.example/", fetch_images=False)
        article.download(input_html=markup)
        article.parse()
        return str(article.text)

    return lambda markup, raw, page: _or_nothing(lambda: read(markup, raw, page))


def _resiliparse() -> Read:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda markup, _raw, _page: str(
        extract_plain_text(markup, main_content=True, preserve_formatting=True, alt_texts=False)
    )


def _keep_all() -> Read:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda markup, _raw, _page: str(extract_plain_text(markup, preserve_formatting=True, alt_texts=False))


_MAKERS: dict[str, Callable[[], Read]] = {
    "ours": lambda: _ours("best"),
    "ours_bulk": lambda: _ours("bulk"),
    "bulk_text": lambda: _bulk_text,
    "ours_whole": _ours_whole,
    "trafilatura": _trafilatura,
    "trafilatura_facts": lambda: _trafilatura(with_metadata=True),
    "readability": _readability,
    "newspaper4k": _newspaper4k,
    "resiliparse": _resiliparse,
    "keep_all": _keep_all,
}


def _or_nothing(read: Callable[[], str]) -> str:
    """A page on which a peer breaks counts as a page in which it found nothing."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - whatever a peer raises
        return ""


def _cleaned(page: Page, raw: bytes, media_type: str, quality: Quality) -> str:
    """Return the body as we find it, "" for a page that we set aside."""
    report = _report(page, raw, media_type, quality)
    return _body(report) if report else ""


def _report(
    page: Page, raw: bytes, media_type: str, quality: Quality, recall: host_memory.Recall | None = None
) -> Report | None:
    capture = Capture(
        id="page",
        locator=page["id"],
        feed="bench",
        sha256="",
        media_type=media_type,
        collected=COLLECTED,
        data=raw,
        url=page.get("url"),
    )
    try:
        return clean(capture, quality=quality, recall=recall)
    except SetAside:
        return None


def _body(report: Report) -> str:
    return "\n".join(report.text[p.start : p.end] for p in report.parts("body", "subhead"))


def _remembering(data: Path, split: str, folds: Path | None, quality: Quality) -> float:
    """Return the word F1 on fundus_eval (five pages a host) when the other pages of each host have been seen."""
    dealt = json.loads((folds / "folds.json").read_text(encoding="utf-8")) if folds else {}
    printed: dict[str, Counter[bytes]] = {}
    pages: Counter[str] = Counter()

    def recall(host: str, _address: str, keys: Sequence[bytes]) -> host_memory.Memory:
        known = printed.get(host, Counter())
        seen = {line: host_memory.Seen(known[line], "2026-11-22", "2026-11-22") for line in keys if line in known}
        return host_memory.Memory(pages[host], seen, True)

    read = []
    for page in board.lines(data / "clean" / "fundus_eval" / "gold.jsonl.gz"):
        if page["split"] == split:
            raw = gzip.decompress((data / "clean" / "fundus_eval" / page["html"]).read_bytes())
            read.append((page, raw))
            if report := _report(page, raw, "text/html", quality):
                host = addresses.host(report.url) or ""
                pages[host] += 1
                printed.setdefault(host, Counter()).update(set(host_memory.keys(report.text, lines(report.text))))
    scores = []
    for page, raw in read:
        line_model.use(folds / f"fold-{dealt[page['domain']]}.json" if folds else None)
        report = _report(page, raw, "text/html", quality, recall)
        scores.append(max(_word_f1(_body(report) if report else "", gold) for gold in _golds(page)))
    line_model.use(None)
    return statistics.fmean(scores)


def _golds(page: Page) -> list[str]:
    """Return the bodies that are right: paragraphs that may be left out are, or are not."""
    paragraphs, optional = page.get("paragraphs") or [], page.get("optional") or []
    if not paragraphs or not optional:
        return [page["body"]]
    sizes = range(len(optional) + 1) if len(optional) <= _MOST_SUBSETS else (0, len(optional))
    left_out = [set(chosen) for size in sizes for chosen in itertools.combinations(optional, size)]
    return ["\n\n".join(p for at, p in enumerate(paragraphs) if at not in out) for out in left_out]


def _word_f1(text: str, gold: str) -> float:
    """Return F1 over the words as multisets, Chinese and Japanese by character; 1.0 when both are empty.

    The gold data's own scorer file does not compile (a handler is missing), so that its measure is computed here.
    """
    ours, wanted = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(gold.lower()))
    if not ours and not wanted:
        return 1.0
    return 2 * (ours & wanted).total() / (ours.total() + wanted.total())


def _pooled(scores: dict[str, list[float]]) -> list[float]:
    return [score for kind in SETS for score in scores[kind]]


def _difference(ours: list[float], theirs: list[float]) -> tuple[float, float, float]:
    """Return the mean difference page by page, and its 95 % interval by bootstrap."""
    by_page = [our - their for our, their in zip(ours, theirs, strict=True)]
    draw = random.Random(SEED)
    means = sorted(statistics.fmean(draw.choices(by_page, k=len(by_page))) for _ in range(DRAWS))
    return statistics.fmean(by_page), means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)]


def _flat(scores: dict[str, dict[str, list[float]]], seconds: dict[str, float], tail: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind in SETS:
        found[f"{kind}_f1{tail}"] = statistics.fmean(scores["ours"][kind])
        found[f"{kind}_trafilatura_f1"] = statistics.fmean(scores["trafilatura"][kind])
    for name, by_set in scores.items():
        found[f"{name}_f1{'' if name in (*PEERS, 'keep_all') else tail}"] = statistics.fmean(_pooled(by_set))
    mean, low, high = _difference(_pooled(scores["ours"]), _pooled(scores["trafilatura"]))
    found |= {f"over_trafilatura{tail}": mean, f"over_trafilatura_low{tail}": low, f"over_trafilatura_high{tail}": high}
    found |= {f"{name}_pages_per_s": value for name, value in seconds.items()}
    found["speed_of_trafilatura"] = seconds["ours"] / seconds["trafilatura"]
    found["speed_of_trafilatura_facts"] = seconds["ours"] / seconds["trafilatura_facts"]
    found["bulk_text_of_resiliparse"] = seconds["bulk_text"] / seconds["resiliparse"]
    found["bulk_of_resiliparse"] = seconds["ours_bulk"] / seconds["resiliparse"]
    return found


def _table(scores: dict[str, dict[str, list[float]]], seconds: dict[str, float]) -> None:
    print(
        f"{'word F1':<18}"
        + "".join(f"{kind:>14}" for kind in SETS)
        + f"{'pooled':>10}{'pages/CPU-s':>13}   over trafilatura"
    )
    for name in SYSTEMS:
        if name not in scores:
            print(f"{name:<18}not installed")
            continue
        means = "".join(f"{statistics.fmean(scores[name][kind]):>14.4f}" for kind in SETS)
        mean, low, high = _difference(_pooled(scores[name]), _pooled(scores["trafilatura"]))
        over = f"{mean:+.4f} [{low:+.4f}, {high:+.4f}]" if name != "trafilatura" else ""
        print(f"{name:<18}{means}{statistics.fmean(_pooled(scores[name])):>10.4f}{seconds[name]:>13.1f}   {over}")


if __name__ == "__main__":
    main()
