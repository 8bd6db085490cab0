"""Trees of the gold data and of ours, scored as in the CoNLL 2018 shared task (Zeman et al. 2018).

Words are compared by the characters they cover, white space aside; a word counts when its characters, its head and its
relation (subtypes aside) are right. F1 of the words of both sides.
"""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class Node(NamedTuple):
    """A word: characters covered (white space not counted), number of its head in the document (-1: root), labels."""

    start: int
    end: int
    head: int
    relation: str
    upos: str
    lemma: str


class Document(NamedTuple):
    """A document: raw text, words, where sentences cover characters (white space not counted)."""

    text: str
    nodes: list[Node]
    sentences: set[tuple[int, int]]


class Count(NamedTuple):
    """How many are right, in the gold data, and ours."""

    right: int
    gold: int
    ours: int

    def f1(self) -> float:
        """Return the F1 score."""
        return 2 * self.right / (self.gold + self.ours) if self.gold + self.ours else 0.0


def documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file, texts rebuilt with their spaces and an empty line between paragraphs."""
    held: list[list[str]] = []
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        if line.startswith("# newdoc") and held:
            yield document(held)
            held = []
        held.append(line.rstrip("\n").split("\t"))
    if held:
        yield document(held)


def document(rows: Iterable[list[str]]) -> Document:
    """Return one document from its lines, split at tabs."""
    text: list[str] = []
    nodes: list[Node] = []
    sentences: set[tuple[int, int]] = set()
    covered = first = 0
    begun = covered
    new_paragraph = False
    inside: list[int] = []
    for row in rows:
        if len(row) < 10:
            line = row[0]
            if line.startswith("# newpar") and not line.startswith("# newpar_"):
                new_paragraph = True
            if not line and len(nodes) > first:
                sentences.add((begun, covered))
                first, begun = len(nodes), covered
            continue
        if new_paragraph and text:
            text.append("\n\n")
        new_paragraph = False
        if "." in row[0]:
            continue
        if "-" in row[0]:
            low, high = map(int, row[0].split("-"))
            inside = list(range(low, high + 1))
            text.append(row[1] + ("" if "SpaceAfter=No" in row[9] else " "))
            continue
        number = int(row[0])
        size = len("".join(row[1].split()))
        head = int(row[6])
        nodes.append(
            Node(covered, covered + size, first + head - 1 if head else -1, row[7].split(":")[0], row[3], row[2])
        )
        covered += size
        if number not in inside:
            text.append(row[1] + ("" if "SpaceAfter=No" in row[9] else " "))
        else:
            inside.remove(number)
    if len(nodes) > first:
        sentences.add((begun, covered))
    return Document("".join(text), nodes, sentences)


def compare(gold: Document, ours: Document) -> dict[str, Count]:
    """Return the counts of words, tags, lemmas, heads (UAS), heads with relations (LAS) and sentences."""
    mine = {(node.start, node.end): node for node in ours.nodes}
    places = [(node.start, node.end) for node in gold.nodes]
    sizes = (len(gold.nodes), len(ours.nodes))
    right = dict.fromkeys(("words", "upos", "lemma", "uas", "las"), 0)
    for node in gold.nodes:
        other = mine.get((node.start, node.end))
        if other is None:
            continue
        right["words"] += 1
        right["upos"] += node.upos == other.upos
        right["lemma"] += node.lemma == other.lemma
        head = None if node.head < 0 else places[node.head]
        theirs = None if other.head < 0 else (ours.nodes[other.head].start, ours.nodes[other.head].end)
        right["uas"] += head == theirs
        right["las"] += head == theirs and node.relation == other.relation
    found = {name: Count(value, *sizes) for name, value in right.items()}
    found["sentences"] = Count(len(gold.sentences & ours.sentences), len(gold.sentences), len(ours.sentences))
    return found
