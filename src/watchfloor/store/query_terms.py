"""Typed words as terms of the full-text index that must follow each other."""

from msgspec import Struct

from watchfloor.store.terms import cut, pieces


class Phrase(Struct, frozen=True):
    """Terms that must follow each other; with `prefix` the last one need only begin so."""

    terms: tuple[str, ...]
    prefix: bool = False

    @property
    def pattern(self) -> str:
        """The phrase as columns of terms hold it: each term in angle brackets, open at the end if it is a prefix."""
        written = "".join(f"<{term}>" for term in self.terms)
        return written[:-1] if self.prefix else written

    @property
    def said(self) -> str:
        """The phrase for a person: words in quotation marks, pairs of a run put together again."""
        words = [self.terms[0]]
        for before, term in zip(self.terms, self.terms[1:], strict=False):
            if len(before) == 2 and before[1] == term[0] and not term.isascii():
                words[-1] += term[1:]
            else:
                words.append(term)
        return f"“{' '.join(words)}{'…' if self.prefix else ''}”"


def phrase(words: str, star: bool) -> Phrase | None:
    """Return the phrase that typed words are; None when there is no word in them.

    >>> phrase("North-Korea", star=False)
    Phrase(terms=('north', 'korea'), prefix=False)
    """
    found = list(pieces(words))
    if not found:
        return None
    *inner, last = found
    terms = [term for piece in inner for term in (cut(piece.folded) if piece.is_run else [piece.folded])]
    if not last.is_run:
        return Phrase((*terms, last.folded), star)
    if len(last.folded) == 1:
        return Phrase((*terms, last.folded), True)
    return Phrase((*terms, *cut(last.folded)[:-1]))  # whatever is attached to the run may follow
