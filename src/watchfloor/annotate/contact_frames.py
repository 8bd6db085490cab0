"""Which words of a sentence tell a contact: from predicates to tellings."""

import re
from collections.abc import Iterator

from watchfloor.annotate.contact_nouns import NOUNS, kind_of
from watchfloor.annotate.contact_verbs import FORMS, VERBS, by_phone
from watchfloor.annotate.contact_view import Telling, View

_SPORT = re.compile(
    r"\b(?:semi-?finals?|quarter-?finals?|match|tournament|championship|cup|league|qualifiers?|play-?offs?|fixture|kick-?off)\b"
)


_ASKING = re.compile(r"(?:ask|wonder|question)", re.I)


def tellings(view: View) -> Iterator[Telling]:
    """Yield the contacts of one sentence, in text order; parties may still be too few."""
    if _SPORT.search(view.words().lower()):
        return
    for predicate in view.told.predicates:
        if predicate.kind == "noun":
            reader = NOUNS.get(kind_of(predicate))
        else:
            low = view.cast.text[predicate.start : predicate.end].lower()
            reader = VERBS.get(FORMS.get(low, ""), by_phone)
        if any(
            one.mark in {"whether", "if"} and _ASKING.match(view.cast.text, one.start) for one in predicate.governors
        ):
            continue
        if reader is not None:
            yield from reader(view, predicate)
