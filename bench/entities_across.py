"""Entities over reports: are the surfaces of the founding reports and of the sample situation put together rightly?"""

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path

import board
import founding
from watchfloor.core.annotation import Annotation
from watchfloor.core.entity import Entity
from watchfloor.core.report import Report
from watchfloor.resolve import across

ANCHORS = {
    "seeds_b3_f1": "floor .93, target .98: B-cubed over the surfaces of speakers.json and the sources of statements",
    "sample_b3_f1": "the same over the people of examples/situation",
}
SAMPLE = board.ROOT / "examples" / "situation"

Read = Sequence[tuple[str, Report, tuple[Annotation, ...]]]
Item = tuple[str, int, int]
"""Name of the file, start and end of a surface."""


def measure(data: Path, split: str) -> dict[str, float]:
    """Return B-cubed over the surfaces of both sets of reports; the split makes no difference."""
    del split
    gold = data / "statements" / "seeds"
    read = founding.read(board.seeds(data))
    seeds = b_cubed(surfaces(read, gold), _entities(read))
    sample = founding.read(sorted(_english(SAMPLE / "reports")))
    people = b_cubed(
        _people(sample, json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))), _entities(sample)
    )
    return {
        "seeds_b3_precision": seeds[0],
        "seeds_b3_recall": seeds[1],
        "seeds_b3_f1": seeds[2],
        "sample_b3_f1": people[2],
    }


def surfaces(read: Read, gold: Path) -> dict[Item, str]:
    """Return who each surface is: every place of a form that is one speaker's only, and the sources of the statements.

    Names of states count as sources only: elsewhere they are places.
    """
    found: dict[Item, str] = {}
    speakers = json.loads((gold / "speakers.json").read_text(encoding="utf-8"))
    owners: dict[str, set[str]] = defaultdict(set)
    for one in speakers:
        for variant in {one["name"], *one["variants"]}:
            owners[variant].add(one["name"])
    clear = {form: next(iter(names)) for form, names in owners.items() if len(names) == 1 and form not in _OPEN}
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in sorted(clear, key=_longest_first)))
    for file, report, _ in read:
        body = [(passage.start, passage.end) for passage in report.parts("body", "headline", "subhead")]
        for match in pattern.finditer(report.text):
            if any(start <= match.start() < end for start, end in body):
                found[file, match.start(), match.end()] = clear[match[0]]
    files = {file for file, _, _ in read}
    for one in board.lines(gold / "gold.jsonl"):
        if one["doc"] in files and isinstance(one["speaker"], str) and one.get("source_start") is not None:
            span = (one["doc"], one["source_start"], one["source_end"])
            inside = [item for item in found if item[0] == span[0] and item[1] < span[2] and span[1] < item[2]]
            if not inside and one["speaker"] in {speaker["name"] for speaker in speakers}:
                found[span] = one["speaker"]
    return found


_OPEN = frozenset(
    ["Seoul", "South Korea", "the government", "the ministry", "The ambassador", "the news outlet", "Kim"]
)
"""Forms that stand for several parties, depending on the sentence; they count where the gold data places them."""


def _longest_first(form: str) -> tuple[int, str]:
    return -len(form), form


def _entities(read: Read) -> dict[Item, Entity]:
    """Return the entity of every mention, by place."""
    entities, _ = across.resolve([report for _, report, _ in read], {report.id: found for _, report, found in read})
    files = {report.id: file for file, report, _ in read}
    return {(files[span.report], span.start, span.end): one for one in entities for span in one.mentions}


def b_cubed(gold: Mapping[Item, Hashable], ours: Mapping[Item, Entity]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1; a surface that we have not is a cluster of its own."""
    placed = {item: _nearest(item, ours) for item in gold}
    said: dict[Hashable, set[Item]] = defaultdict(set)
    meant: dict[Hashable, set[Item]] = defaultdict(set)
    for item, name in gold.items():
        meant[name].add(item)
        said[placed[item] or item].add(item)
    precision = sum(len(said[placed[i] or i] & meant[gold[i]]) / len(said[placed[i] or i]) for i in gold) / len(gold)
    recall = sum(len(said[placed[i] or i] & meant[gold[i]]) / len(meant[gold[i]]) for i in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _nearest(item: Item, ours: Mapping[Item, Entity]) -> str | None:
    """Return the id of the entity whose mention fits a surface best (Jaccard of letters), the last of equals."""
    shared = [
        ((min(end, item[2]) - max(start, item[1])) / (max(end, item[2]) - min(start, item[1])), start, one.id)
        for (file, start, end), one in ours.items()
        if file == item[0] and start < item[2] and item[1] < end
    ]
    return max(shared)[2] if shared else None


def _english(folder: Path) -> Iterator[Path]:
    """Yield the reports of the sample that hold English."""
    for path in folder.iterdir():
        if not re.search(r"-ko\.|convocation|paywall|listing", path.name):
            yield path


def _people(read: Read, expected: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[Item, str]:
    """Return who each form of the sample's people is, at every place in the files it is given for."""
    found: dict[Item, str] = {}
    texts = {file: report.text for file, report, _ in read}
    for person in expected["persons"]:
        for form in person["forms"]:  # type: ignore[attr-defined]
            for file in form["files"]:
                for match in re.finditer(rf"(?<!\w){re.escape(form['form'])}(?!\w)", texts.get(file, "")):
                    found[file, match.start(), match.end()] = str(person["name"])
    return found


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
