"""Statements: who said what. Founding reports (acceptance) and PolNeAR."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import board
import founding
from watchfloor.annotate.factuality import Clauses, Factuality
from watchfloor.core.annotation import Annotation, Attribution, Mention
from watchfloor.flow.parts import Part, parts
from watchfloor.flow.records import annotated_record

ANCHORS = {
    "seeds_f1": "15-line regular expression .691",
    "seeds_speaker": "15-line regular expression .32",
    "source_exact": "BERT+Cofe .832, human .777, BiLSTM+Cofe .733 (CofeNet protocol, heldout), floor .76",
    "cue_exact": "BERT+Cofe .753, human .705, BiLSTM+Cofe .662, floor .69",
    "content_exact": "BERT+Cofe .729, human .684, BiLSTM+Cofe .636, floor .64",
    "content_at_half": "human .794, Gender Gap Tracker .489, textacy .232",
    "direct_recall": "human .986, Gender Gap Tracker .829; wanted .98",
    "mixed_recall": "human .937, Gender Gap Tracker .520; wanted .92",
    "indirect_recall": "human .720, Gender Gap Tracker .213; wanted .70",
    "factuality_all": "the most frequent values .70; wanted .80",
    "negative_recall": "wanted .60",
    "triple_at_half": "human .684, Gender Gap Tracker .331, textacy .14",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the scores on the founding reports and on PolNeAR."""
    score = board.scorer(data / "statements" / "score.py")
    predicted = [
        {
            "doc": name,
            "content_start": a.content[0].start,
            "content_end": a.content[-1].end,
            "content": report.text[a.content[0].start : a.content[-1].end],
            "speaker": _speakers(a.speaker, found),
            "act": {"silent": "other"}.get(a.act, a.act),
            "kind": a.kind,
            "reported_via": a.reported_via,
            "date": a.date.value if a.date else None,
            "machine_generated": a.machine_generated,
        }
        for name, report, found in founding.read(board.seeds(data))
        for a in found
        if isinstance(a, Attribution) and a.content and a.act not in ("silent", "decline-to-comment")
    ]
    seeds = score.seeds(predicted, str(data / "statements" / "seeds"))
    gold = list(board.lines(_polnear(data, split)))
    chosen = parts()
    ours = [annotated_record({"id": one["id"], "text": one["text"]}, chosen) for one in gold]
    polnear = score.attr(gold, ours)
    tokens = list(board.lines(data / "statements" / "polnear" / f"cofenet_{split}.jsonl"))
    tags = score.tags(tokens, [{"labels": labels(one["tokens"], chosen)} for one in tokens])
    return {
        "source_exact": tags["source"]["exact"][2],
        "cue_exact": tags["cue"]["exact"][2],
        "content_exact": tags["content"]["exact"][2],
        "seeds_f1": seeds["f1"],
        "seeds_speaker": seeds["speaker accuracy"],
        "seeds_act": seeds["act accuracy"],
        "content_at_half": polnear["content@0.5"][2],
        "triple_at_half": polnear["triple@0.5"][2],
        **{f"{kind}_recall": polnear[f"recall@0.5 {kind}"][0] for kind in ("direct", "mixed", "indirect")},
        **_factuality(data, split),
    }


def _speakers(speaker: str | None, found: Sequence[Annotation]) -> str | list[str] | None:
    """Return the speaker, joint ones as the list that the gold has: we join them by "and" in one string."""
    named = {name for a in found if isinstance(a, Mention) for name in (a.name, a.refers_to)}
    parts = (speaker or "").split(" and ")
    return parts if len(parts) > 1 and all(part in named for part in parts) else speaker


def _factuality(data: Path, split: str) -> dict[str, float]:
    """Return how often polarity, modality and tense of MEANTIME's events are right, all three and by attribute."""
    ours = {
        "positive": "POS",
        "negative": "NEG",
        "certain": "CERTAIN",
        "probable": "PROBABLE",
        "possible": "POSSIBLE",
        "past": "NON_FUTURE",
        "present": "NON_FUTURE",
        "future": "FUTURE",
    }
    pairs: list[dict[str, tuple[str, str]]] = []
    for one in board.lines(data / "statements" / "factuality" / "meantime_en" / f"{split}.jsonl"):
        clauses = Clauses(one["text"], [(0, len(one["text"]))])
        for event in one["events"]:
            start, end = event["spans"][0]
            told = clauses.of_event(start, end) or Factuality()
            given = {"polarity": told.polarity, "certainty": told.modality, "tense": told.tense}
            pairs.append({name: (event[name], ours[value]) for name, value in given.items()})
    return {
        "factuality_all": sum(all(a == b for a, b in pair.values()) for pair in pairs) / len(pairs),
        **{f"{name}_macro_f1": _macro([pair[name] for pair in pairs]) for name in ("polarity", "certainty", "tense")},
        "negative_recall": _recall([pair["polarity"] for pair in pairs], "NEG"),
        "possible_recall": _recall([pair["certainty"] for pair in pairs], "POSSIBLE"),
        "future_recall": _recall([pair["tense"] for pair in pairs], "FUTURE"),
    }


def _recall(pairs: Sequence[tuple[str, str]], label: str) -> float:
    gold = [ours for given, ours in pairs if given == label]
    return sum(ours == label for ours in gold) / len(gold) if gold else 0.0


def _macro(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean F1 over the values that we give too; nothing of ours says "underspecified"."""
    scores = []
    for label in sorted({given for given, _ in pairs} - {"UNDERSPECIFIED"}):
        right = sum(given == ours == label for given, ours in pairs)
        named = sum(given == label for given, _ in pairs) + sum(ours == label for _, ours in pairs)
        scores.append(2 * right / named)
    return sum(scores) / len(scores)


def labels(tokens: list[str], chosen: tuple[Part, ...]) -> list[str]:
    """Return the labels that our statements give the tokens of one line (CofeNet protocol: flat, outermost first)."""
    places, at = [], 0
    for token in tokens:
        places.append((at, at + len(token)))
        at += len(token) + 1
    found = annotated_record({"id": "line", "text": " ".join(tokens)}, chosen)["attributions"]
    given = ["O"] * len(tokens)
    for one in sorted(found, key=_reach):
        for role in ("source", "cue", "content"):
            for start, end in one[role]:
                inside = [n for n, (low, high) in enumerate(places) if low < end and start < high]
                if inside and all(given[n] == "O" for n in inside):
                    given[inside[0]] = f"B-{role}"
                    given[inside[0] + 1 : inside[-1] + 1] = [f"I-{role}"] * (len(inside) - 1)
    return given


def _reach(one: dict[str, Any]) -> tuple[int, int]:
    """Sort key: statements that reach farther come first."""
    ends = [place for role in ("source", "cue", "content") for place in one[role]]
    low, high = min(start for start, _ in ends), max(end for _, end in ends)
    return low - high, low


def _polnear(data: Path, split: str) -> Path:
    folder = data / "statements" / "polnear"
    return next(path for path in sorted(folder.glob(f"{split}.jsonl*")))


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
