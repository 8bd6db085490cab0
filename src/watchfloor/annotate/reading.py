"""What the network reads in a paragraph: sentences, tags, trees, names, statements.

A paragraph is read once however often it is printed (syndicated text): readings are kept by the paragraph's words, in
memory, and by whoever calls `keys`, `put` and `fresh` for longer than that.
"""

from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from watchfloor.annotate import engine as engines
from watchfloor.annotate.chains import Labelled
from watchfloor.annotate.engine import Engine, Labels, engine, labels
from watchfloor.annotate.lemmas import lemma
from watchfloor.annotate.verdict import Scheme, Verdict, decide, packed, unpacked
from watchfloor.annotate.windows import paragraphs
from watchfloor.annotate.words import Word, words
from watchfloor.core.report import PassageKind, Report

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMES: tuple[Scheme, ...] = ("news", "uner", "re3d", "unified", "attribution")
USED: tuple[Scheme, ...] = ("news", "unified", "attribution")
"""The schemes that the product's parts use; the others are the benches'."""
FORM = 1
"""Raised whenever words are cut, decided or kept otherwise with the same model: readings kept before hold no more."""
KEPT = 4096
"""Readings kept in memory by a process: about 40 MB (measured)."""
_PARTS: tuple[PassageKind, ...] = ("headline", "dek", "dateline", "body", "subhead", "caption")
_BYTES = 18  # of the digest in a key: so many that nobody can make two paragraphs with one key


class Sentence(msgspec.Struct, frozen=True):
    """A sentence and its tree (Universal Dependencies).

    first, last: word numbers of the paragraph, half-open. heads count from 1 within the sentence, 0 is the root.
    """

    first: int
    last: int
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True):
    """A paragraph as read; offsets are code points of the paragraph, spans are word numbers.

    spans: by scheme; "attribution" has the labels source, cue, content, flat and without overlap.
    """

    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    spans: dict[str, tuple[Labelled, ...]]


class _Kept(NamedTuple):
    reading: Reading
    body: bytes


_kept: "OrderedDict[str, _Kept]" = OrderedDict()


def read(
    text: str, start: int, end: int, schemes: tuple[Scheme, ...] = USED, by: Engine | None = None
) -> Iterator[tuple[int, Reading]]:
    """Yield each paragraph of text[start:end]: its offset in the text, and its reading."""
    for begin, stop in paragraphs(text, start, end):
        yield begin, paragraph(text[begin:stop], schemes, by)


def paragraph(line: str, schemes: tuple[Scheme, ...] = USED, by: Engine | None = None) -> Reading:
    """Return the reading of one paragraph, new or kept; the engine is loaded when it is needed and not before."""
    name = _key(line, schemes, version(by))
    found = _kept.get(name)
    if found is not None:
        _kept.move_to_end(name)
        return found.reading
    chosen = by or engine()
    cut = words(line)
    verdict = decide(line, cut, schemes, chosen)
    made = _reading(line, cut, verdict, schemes, chosen.labels)
    _keep(name, _Kept(made, packed(verdict)))
    return made


def sentences(report: Report) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the body as (start, end), in text order."""
    for passage in report.parts("body"):
        for offset, found in read(report.text, passage.start, passage.end):
            for one in found.sentences:
                yield offset + found.words[one.first].start, offset + found.words[one.last - 1].end


def version(by: Engine | None = None) -> str:
    """Return what tells one way of reading from another: the model and the form of what is kept."""
    return f"{engines.version() if by is None else by.version}-{FORM}"


def keys(report: Report) -> dict[str, str]:
    """Return the paragraphs of a report that its parts may read, by the keys of their readings."""
    now = version()
    lines = (
        report.text[begin:stop]
        for passage in report.parts(*_PARTS)
        for begin, stop in paragraphs(report.text, passage.start, passage.end)
    )
    return {_key(line, USED, now): line for line in lines}


def put(lines: Mapping[str, str], bodies: Mapping[str, bytes]) -> frozenset[str]:
    """Take readings that `fresh` gave; return the keys of those that are good.

    lines: paragraphs by key, as `keys` gives them. A body that is none is left out: its paragraph will be read anew.
    """
    names = labels()
    good = set()
    for name, body in bodies.items():
        if name not in _kept:
            verdict, cut = unpacked(body), words(lines[name])
            if verdict is None or not verdict.fits(len(cut), USED, names):
                continue
            _keep(name, _Kept(_reading(lines[name], cut, verdict, USED, names), body))
        good.add(name)
    return frozenset(good)


def fresh(wanted: Iterable[str]) -> dict[str, bytes]:
    """Return the readings with these keys that this process holds, as bytes to keep; they hold no text."""
    return {name: _kept[name].body for name in wanted if name in _kept}


def forget() -> None:
    """Forget all readings, as a new process has none."""
    _kept.clear()


def vectors(texts: Sequence[str], by: Engine | None = None) -> "NDArray[np.float32]":
    """Return a vector of length 1 for each text, [texts, 384]; what two texts mean is as close as their dot product."""
    import numpy as np

    chosen = by or engine()
    found = [chosen.meaning(text) for text in texts]
    return np.stack(found) if found else np.zeros((0, 384), dtype=np.float32)


@lru_cache(maxsize=1024)  # the parts ask for the paragraphs of one report ten times over
def _key(line: str, schemes: tuple[Scheme, ...], of: str) -> str:
    said = "\n".join((of, " ".join(schemes), line))  # a paragraph holds no line end
    return urlsafe_b64encode(sha256(said.encode("utf-8", "surrogatepass")).digest()[:_BYTES]).decode()


def _keep(name: str, one: _Kept) -> None:
    _kept[name] = one
    if len(_kept) > KEPT:
        _kept.popitem(last=False)


def _reading(line: str, cut: Sequence[Word], verdict: Verdict, schemes: Sequence[Scheme], names: Labels) -> Reading:
    """Return in words what was decided in numbers."""
    spans: dict[str, tuple[Labelled, ...]] = {
        scheme: tuple(_labelled(numbers, getattr(names, scheme).labels))
        for scheme, numbers in zip(schemes, verdict.spans, strict=True)
    }
    return Reading(tuple(cut), tuple(_sentences(line, cut, verdict, names)), spans)


def _labelled(numbers: Sequence[int], of: Sequence[str]) -> Iterator[Labelled]:
    reached = 0
    for gap, size, label in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        start = reached + gap
        reached = start + size
        yield Labelled(start, reached, of[label][2:])


def _sentences(line: str, cut: Sequence[Word], verdict: Verdict, names: Labels) -> Iterator[Sentence]:
    first = 0
    for size in verdict.sizes:
        last = first + size
        scripts = [names.lemma[number] for number in verdict.lemmas[first:last]]
        yield Sentence(
            first,
            last,
            tuple(names.upos[number] for number in verdict.upos[first:last]),
            tuple(names.xpos[number] for number in verdict.xpos[first:last]),
            tuple(lemma(line[word.start : word.end], s) for word, s in zip(cut[first:last], scripts, strict=True)),
            tuple(at + ahead if ahead else 0 for at, ahead in enumerate(verdict.heads[first:last], 1)),
            tuple(names.relation[number] for number in verdict.relations[first:last]),
        )
        first = last
