"""Paragraphs in another language than their report, told and flagged."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from watchfloor.clean import language
from watchfloor.core.report import Flag, Passage

_KINDS = frozenset({"body", "dek", "embedded"})
"""Kinds of passages that run in sentences; furniture says nothing about a language."""


def told(text: str, passages: Sequence[Passage], main: str | None, *, quick: bool = False) -> tuple[Passage, ...]:
    """Return the passages, those in another language than the main one with that language; quick as in `foreign`."""
    asked = [passage for passage in passages if passage.kind in _KINDS]
    found = language.foreign((text[passage.start : passage.end] for passage in asked), main, quick=quick)
    other = {passage.start: code for passage, code in zip(asked, found, strict=True) if code}
    return tuple(
        structs.replace(passage, language=other[passage.start])
        if passage.start in other and passage.kind in _KINDS
        else passage
        for passage in passages
    )


def flags(passages: Sequence[Passage], main: str | None) -> Iterator[Flag]:
    """Yield one flag for each other language of the body, with the first paragraph in it."""
    body = [passage for passage in passages if passage.kind == "body"]
    for code in dict.fromkeys(passage.language for passage in body if passage.language):
        of_it = [passage for passage in body if passage.language == code]
        yield Flag(
            name="mixed-language",
            certainty="certain",
            detail=f"{len(of_it)} of {len(body)} paragraphs are in {code!r}, the report is in {main!r}",
            start=of_it[0].start,
            end=of_it[0].end,
        )
