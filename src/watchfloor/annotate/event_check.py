"""A second opinion on what the dictionary coded: the event model takes back what it holds for no event, and overrules.

Cheap first: the model without vectors. Only where that contradicts the dictionary are the vectors asked too, and only
where both agree against the dictionary is the type changed. What a rule made of a verb's own type ("clashed with
rioters" is no battle) stays: the rule saw who the sides are, the model only that they are two.
"""

from msgspec import structs

from watchfloor.annotate import event_model
from watchfloor.annotate.event_features import Extent
from watchfloor.annotate.event_ground import Coded
from watchfloor.annotate.event_model import NOTHING
from watchfloor.annotate.predicates import Told
from watchfloor.core.annotation import Party

_NOTHING = 0.8  # share of "nothing" from which an event is taken back (looked at on news of our own)
_UNLIKELY = 0.03  # share of the dictionary's type below which it is doubted
_SURE = 0.75  # share of another type from which it overrules, without and with vectors
_CODES = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "COOPERATE": "060", "AID": "070", "YIELD": "080",
    "REQUEST": "100",
    "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140", "MOBILIZE": "150", "SANCTION": "160",
    "COERCE": "170", "ASSAULT": "190",
}  # fmt: skip
_OWNED = "015"  # what somebody says that he did himself: the model knows only what is done to a recipient
_OVERRULED = frozenset(
    {"ACCUSE", "SUPPORT", "COERCE", "SANCTION", "MOBILIZE", "COOPERATE", "ASSAULT", "AID", "PROTEST"}
)
"""Types that may replace another: those that do not depend on status."""


def checked(text: str, coded: Coded, told: Told) -> Coded | None:
    """Return the event with what the model says of its type, None where the model holds it for none."""
    sides = (_extent(coded.actor, told), _extent(coded.recipient, told))
    with_words = coded.event_type == "ACCUSE" and coded.trigger.event_type == "ASSAULT"
    if sides[0] is None or coded.cameo == _OWNED or with_words:
        return coded
    span = (told.start, told.end)
    first = event_model.judged(text, span, [told], sides, close=False)
    share = first.share(coded.event_type)
    if first.share(NOTHING) >= _NOTHING and share < _UNLIKELY:
        return None
    best = first.best
    held = best not in _OVERRULED or best == coded.trigger.event_type or coded.underlying is not None
    if share >= _UNLIKELY or first.share(best) < _SURE or held:
        return structs.replace(coded, because=f"{coded.because}; model {share:.2f}")
    close = event_model.judged(text, span, [told], sides, close=True)
    if close.best != best or close.share(best) < _SURE:
        return structs.replace(coded, because=f"{coded.because}; model {share:.2f}")
    because = f"{coded.because}; the model says {best} ({first.share(best):.2f}, with vectors {close.share(best):.2f})"
    return structs.replace(coded, event_type=best, mode=None, cameo=_CODES[best], because=because)


def _extent(parties: list[Party], told: Told) -> Extent | None:
    """Return where the first party of the sentence stands."""
    spans = [one.span for one in parties if one.span is not None]
    return next(((one.start, one.end) for one in spans if told.start <= one.start and one.end <= told.end), None)
