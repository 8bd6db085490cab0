"""What the network decides about a paragraph, as numbers of its labels: small, and without a word of the text."""

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from watchfloor.annotate import chains, trees
from watchfloor.annotate.engine import Engine, Labels, Scores
from watchfloor.annotate.windows import Window, windows
from watchfloor.annotate.words import Word

Scheme = Literal["news", "uner", "re3d", "unified", "attribution"]

_LEVEL = 9  # zlib's best: a paragraph is short, so it costs nothing beside reading it


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """What was decided of a paragraph of W words; labels are numbers of the engine's label sets.

    sizes: words of each sentence. upos, xpos, lemmas, relations: one label a word. heads: how many words ahead the head
    of each word stands, 0 for a root. spans: for each scheme asked for three numbers a span: words between it and the
    span before, its words, its label.
    """

    sizes: tuple[int, ...]
    upos: tuple[int, ...]
    xpos: tuple[int, ...]
    lemmas: tuple[int, ...]
    heads: tuple[int, ...]
    relations: tuple[int, ...]
    spans: tuple[tuple[int, ...], ...]

    def fits(self, words: int, schemes: Sequence[Scheme], labels: Labels) -> bool:
        """Tell whether this can be about a paragraph of so many words, read for these schemes with these label sets."""
        tags = (
            (self.upos, labels.upos),
            (self.xpos, labels.xpos),
            (self.lemmas, labels.lemma),
            (self.relations, labels.relation),
        )
        return (
            all(len(numbers) == words and _within(numbers, len(names)) for numbers, names in tags)
            and len(self.heads) == words
            and all(size > 0 for size in self.sizes)
            and sum(self.sizes) == words
            and self._heads_stay()
            and len(self.spans) == len(schemes)
            and all(
                _spans_fit(numbers, words, len(getattr(labels, scheme).labels))
                for numbers, scheme in zip(self.spans, schemes, strict=True)
            )
        )

    def _heads_stay(self) -> bool:
        """Tell whether every head stands in the sentence of its word."""
        first = 0
        for size in self.sizes:
            if not all(0 <= at + self.heads[first + at] < size for at in range(size)):
                return False
            first += size
        return True


def _within(numbers: Sequence[int], count: int) -> bool:
    return all(0 <= number < count for number in numbers)


def _spans_fit(numbers: Sequence[int], words: int, labels: int) -> bool:
    """Tell whether threes of a gap, a size and a label lie within the words, and their labels begin something."""
    gaps, sizes, kinds = numbers[::3], numbers[1::3], numbers[2::3]
    return (
        len(numbers) % 3 == 0
        and all(gap >= 0 for gap in gaps)
        and all(size > 0 for size in sizes)
        and sum(gaps) + sum(sizes) <= words
        and all(0 < kind < labels for kind in kinds)
    )


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Verdict).decode


def packed(verdict: Verdict) -> bytes:
    """Return the verdict as bytes to keep."""
    return zlib.compress(_encode(verdict), _LEVEL)


def unpacked(body: bytes) -> Verdict | None:
    """Return the verdict that `packed` packed; None when the bytes are none."""
    try:
        return _decode(zlib.decompress(body))
    except (zlib.error, msgspec.MsgspecError):
        return None


def decide(line: str, words: Sequence[Word], schemes: Sequence[Scheme], by: Engine) -> Verdict:
    """Return what the engine decides about a paragraph and its words, of which there is at least one."""
    forms = [line[word.start : word.end] for word in words]
    parts = [
        (window, by.run(forms[window.low : window.high]))
        for window in windows(line, words, [len(by.pieces(form)) for form in forms])
    ]
    sentences = [one for window, scores in parts for one in _sentences(window, scores, by)]
    return Verdict(
        sizes=tuple(len(heads) for heads, _ in sentences),
        upos=_numbers(parts, "upos"),
        xpos=_numbers(parts, "xpos"),
        lemmas=_numbers(parts, "lemma"),
        heads=tuple(head for heads, _ in sentences for head in heads),
        relations=tuple(relation for _, relations in sentences for relation in relations),
        spans=tuple(_spans(scheme, parts, by) for scheme in schemes),
    )


def _numbers(parts: Sequence[tuple[Window, Scores]], field: str) -> tuple[int, ...]:
    """Return a label number for each word, from the window that decides it."""
    return tuple(
        number
        for window, scores in parts
        for number in getattr(scores, field)[window.begin - window.low : window.end - window.low].tolist()
    )


def _spans(scheme: Scheme, parts: Sequence[tuple[Window, Scores]], by: Engine) -> tuple[int, ...]:
    """Decode a scheme over the whole paragraph, each word's scores from the window that decides it."""
    import numpy as np

    chain = getattr(by.labels, scheme)
    scores = np.concatenate(
        [getattr(scores, scheme)[window.begin - window.low : window.end - window.low] for window, scores in parts]
    )
    found: list[int] = []
    reached = 0
    for span in chains.spans(chains.best(scores, *by.transitions[scheme]), chain.labels):
        found += (span.start - reached, span.end - span.start, chain.labels.index(f"B-{span.label}"))
        reached = span.end
    return tuple(found)


def _sentences(window: Window, scores: Scores, by: Engine) -> Iterator[tuple[list[int], list[int]]]:
    """Yield heads and relations of the sentences of a window's core; a core always begins one."""
    begin, end = window.begin - window.low, window.end - window.low
    starts = [begin, *(at for at in range(begin + 1, end) if scores.begins[at] > 0), end]
    for first, last in pairwise(starts):
        yield _tree(first, last, scores, by)


def _tree(first: int, last: int, scores: Scores, by: Engine) -> tuple[list[int], list[int]]:
    import numpy as np

    rows = scores.arcs[first:last]
    heads = trees.heads(np.concatenate((rows[:, :1], rows[:, first + 1 : last + 1]), axis=1))
    above = scores.heads[[head + first if head else 0 for head in heads]]
    relations = (scores.relations[first:last] @ above[:, :, None])[:, :, 0]
    root = by.labels.relation.index("root")
    relations[:, root] = -np.inf
    labels = [root if head == 0 else label for head, label in zip(heads, relations.argmax(1).tolist(), strict=True)]
    return [head - at if head else 0 for at, head in enumerate(heads, 1)], labels
