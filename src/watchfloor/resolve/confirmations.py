"""Who "confirms" what he himself claimed asserts it again: nobody else had said it before him."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.core.annotation import Attribution

_ALIKE = 0.5
"""Share of the shorter statement's words from which two statements say one thing (assumed)."""
_LOOKED_AT = 40
"""Statements before one that are looked through."""
_WORD = re.compile(r"[^\W_]{4,}|\d+")


def claims(text: str, statements: Sequence[Attribution]) -> list[Attribution]:
    """Return the statements; a confirmation of the speaker's own claim, made before or around it, is an assertion.

    "The agency said it has confirmed that …" is the agency's claim, told once; what somebody else said before is
    confirmed.
    """
    said = [_words(text, one) for one in statements]
    found = list(statements)
    for number, one in enumerate(statements):
        if one.act != "confirm" or not one.speaker:
            continue
        alike = [
            other
            for other in range(max(0, number - _LOOKED_AT), number)
            if said[number]
            and said[other]
            and len(said[number] & said[other]) >= _ALIKE * min(len(said[number]), len(said[other]))
        ]
        own = [other for other in alike if statements[other].speaker == one.speaker]
        if own and len(own) == len(alike):
            found[number] = replace(one, act="assert")
            for other in own:
                if _holds(statements[other], one) and statements[other].act == "confirm":
                    found[other] = replace(statements[other], act="assert")
    return found


def _words(text: str, one: Attribution) -> frozenset[str]:
    return frozenset(word.casefold() for span in one.content for word in _WORD.findall(text[span.start : span.end]))


def _holds(outer: Attribution, inner: Attribution) -> bool:
    return any(span.start <= inner.span.start and inner.span.end <= span.end for span in outer.content)
