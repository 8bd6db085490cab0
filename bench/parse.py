"""Trees: tags, lemmas, heads and relations from raw text, and where sentences end."""

from pathlib import Path

import board
import treebank
from watchfloor.annotate import conllu

ANCHORS = {
    "ewt_las": "Stanza 1.5.1 .868 (published, heldout), floor .83",
    "gum_las": "Stanza 1.5.1 .882 (published, all of GUM), floor .83",
    "ewt_uas": "Stanza 1.5.1 .889",
    "gum_uas": "Stanza 1.5.1 .905",
    "sentences_f1": "syntok .950, spaCy sentencizer .944, pysbd .943 (four genres)",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the scores of the two treebanks, each over all of its words."""
    found: dict[str, float] = {}
    for name in ("ewt", "gum"):
        totals: dict[str, treebank.Count] = {}
        for number, gold in enumerate(treebank.documents(data / "base" / name / f"{split}.conllu.gz")):
            rows = [line.split("\t") for line in conllu.document(str(number), gold.text)]
            for key, count in treebank.compare(gold, treebank.document(rows)).items():
                before = totals.get(key, treebank.Count(0, 0, 0))
                totals[key] = treebank.Count(*(a + b for a, b in zip(before, count, strict=True)))
        found |= {f"{name}_{key}": count.f1() for key, count in totals.items()}
    found["sentences_f1"] = found["gum_sentences"]
    order = ("ewt_las", "gum_las", "ewt_uas", "gum_uas", "sentences_f1")
    return {key: found[key] for key in (*order, *(key for key in sorted(found) if key not in order))}


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
