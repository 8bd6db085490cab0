"""Readings as CoNLL-U (https://universaldependencies.org/format.html), the form that parsers are compared in."""

from collections.abc import Iterator

from watchfloor.annotate.reading import Reading, Sentence, read

_CLITICS = frozenset("n't n’t 's ’s 're ’re 've ’ve 'll ’ll 'd ’d 'm ’m not na ta".split())
"""Words that stand joined to the one before them: the two are one token of two words (a multiword token)."""


def document(name: str, text: str) -> Iterator[str]:
    """Yield the lines of one document: every paragraph, every sentence, its words with tags, lemmas and heads.

    A text without a word has no lines: in CoNLL-U there is no document without a sentence.
    """
    number = 0
    for offset, reading in read(text, 0, len(text)):
        for place, sentence in enumerate(reading.sentences):
            number += 1
            if number == 1:
                yield f"# newdoc id = {_one_line(name)}"
            if place == 0:
                yield f"# newpar id = {_one_line(name)}-p{offset}"
            yield f"# sent_id = {_one_line(name)}-{number}"
            yield from _sentence(text, offset, reading, sentence)
            yield ""


def _sentence(text: str, offset: int, reading: Reading, sentence: Sentence) -> Iterator[str]:
    words = [(word.start + offset, word.end + offset) for word in reading.words[sentence.first : sentence.last]]
    yield f"# text = {_one_line(text[words[0][0] : words[-1][1]])}"
    joined_until = 0
    for at, (start, end) in enumerate(words):
        number = at + 1
        form = text[start:end]
        following = words[at + 1] if at + 1 < len(words) else None
        if number > joined_until and following is not None and _joined(text, end, following) and form[0].isalnum():
            joined_until = number + 1
            spaced = _space(text, following[1])
            yield "\t".join((f"{number}-{number + 1}", text[start : following[1]], *"______", "_", spaced))
        row = (
            str(number),
            form,
            sentence.lemmas[at],
            sentence.upos[at],
            sentence.xpos[at],
            "_",
            str(sentence.heads[at]),
            sentence.relations[at],
            "_",
            "_" if number <= joined_until else _space(text, end),
        )
        yield "\t".join(row)


def _joined(text: str, end: int, following: tuple[int, int]) -> bool:
    return following[0] == end and text[following[0] : following[1]].lower() in _CLITICS


def _space(text: str, end: int) -> str:
    return "_" if end >= len(text) or text[end].isspace() else "SpaceAfter=No"


def _one_line(words: str) -> str:
    return " ".join(words.split())
