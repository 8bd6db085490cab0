"""What somebody typed into the search field, understood.

    north korea        both words          "north korea"   the phrase
    -drill             without the word    deploy*         words that begin so
Everything else is plain words: no input is an error. What was not understood as it was typed is said in `note`.
"""

import re

from msgspec import Struct

from watchfloor.store.terms import cut, pieces

LONGEST = 2_000  # characters of a query that are read (assumed: nobody types more)
MOST = 64  # words and phrases of a query that are used (assumed; FTS5 nests at most 256)

_QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))
_PART = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<word>[^\s"]+)')


class Phrase(Struct, frozen=True):
    """Terms that must follow each other; with `prefix` the last one need only begin so."""

    terms: tuple[str, ...]
    prefix: bool = False


class Query(Struct, frozen=True, kw_only=True):
    """A query as it was understood; without `wanted` there is nothing to look for.

    note: what was read otherwise than typed, in words; None when nothing was.
    """

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...] = ()
    note: str | None = None


def understand(typed: str) -> Query:
    """Return the query that somebody typed; every string is one.

    >>> understand('"choe son hui" -drill').wanted
    (Phrase(terms=('choe', 'son', 'hui'), prefix=False),)
    """
    notes = []
    if len(typed) > LONGEST:
        notes.append(f"only the first {LONGEST:,} characters were read")
    read = typed[:LONGEST].translate(_QUOTES)
    if read.count('"') % 2:
        notes.append("a quotation mark without its partner was read as a space")
        before, _, after = read.rpartition('"')
        read = f"{before} {after}"
    wanted, unwanted = _parts(read)
    if unwanted and not wanted:
        notes.append("with nothing but exclusions there is nothing to look for: they were read as plain words")
        wanted, unwanted = unwanted, []
    if len(wanted) + len(unwanted) > MOST:
        notes.append(f"only the first {MOST} words were used")
    if not wanted:
        notes.append("there is no word to look for")
    kept = tuple(wanted[:MOST])
    return Query(wanted=kept, unwanted=tuple(unwanted[: MOST - len(kept)]), note="; ".join(notes) or None)


def _parts(read: str) -> tuple[list[Phrase], list[Phrase]]:
    wanted: list[Phrase] = []
    unwanted: list[Phrase] = []
    for match in _PART.finditer(read):
        words = match["phrase"] if match["phrase"] is not None else match["word"]
        minus = bool(match["minus"]) or (match["word"] is not None and words.startswith("-"))
        star = bool(match["star"]) or (match["word"] is not None and words.endswith("*"))
        phrase = _phrase(words, star)
        if phrase is not None:
            (unwanted if minus else wanted).append(phrase)
    return list(dict.fromkeys(wanted)), list(dict.fromkeys(unwanted))


def _phrase(words: str, star: bool) -> Phrase | None:
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
