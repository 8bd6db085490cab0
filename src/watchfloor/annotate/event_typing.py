"""What an event is in PLOVER terms: type, mode, status, what a promise is about, and the CAMEO code."""

from watchfloor.annotate.event_status import Standing
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.triggers import Trigger
from watchfloor.core.annotation import Status

_PROMISED = frozenset({"AID", "COOPERATE", "CONSULT", "SUPPORT"})  # ahead of time these are AGREE (PLOVER 0.8, AGREE)
_YIELDING = frozenset({"RETREAT", "CONCEDE"})
HARMING = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "PROTEST"})
_ASSISTING = frozenset({"AID", "COOPERATE", "SUPPORT"})
_GOOD = _PROMISED | _YIELDING | {"AGREE"}
_CAMEO_AHEAD = {"AID": "033", "COOPERATE": "031", "CONSULT": "036", "SUPPORT": "032"}
_AHEAD = frozenset({"planned", "hypothetical"})
_BARELY = frozenset("will shall would schedule expect due set slate prepare plan".split())
"""Words that put an event ahead without being a promise: CAMEO codes what is ahead then, PLOVER an AGREE."""
WISHING = frozenset("want hope wish seek aim".split())
_INTENDING = frozenset("plan intend decide prepare want hope wish seek aim".split())


def typed(
    one: Predicate, row: Trigger, how: Standing, below: Trigger | None
) -> tuple[str | None, str | None, Status, str | None, str]:
    """Return type, mode, status, underlying type and CAMEO code; no type where it is no event after all."""
    kind, mode, status, cameo = row.event_type, row.mode, how.status, row.cameo
    if "ahead" in row.flags:
        return kind, mode, "actual", None, cameo
    under = below.event_type if below is not None and "verbal" in row.flags else None
    if kind == "AGREE" and "verbal" in row.flags:
        return _promised(one, row, how, under, below)
    if kind in {"REQUEST", "REJECT"} and under is not None:
        mode = (
            "assist"
            if under in _ASSISTING
            else "yield"
            if under in _YIELDING
            else "meet"
            if under == "CONSULT"
            else "change"
        )
        return kind, mode, status, under, cameo
    if status == "denied" and how.word in {"will", "would"} and kind in _GOOD:
        return "REJECT", "yield" if kind in _YIELDING else "assist", "actual", kind, "120"
    if kind == "SUPPORT" and status == "hypothetical":
        return None, None, status, None, cameo
    if status in _AHEAD and kind in _PROMISED:
        meant = how.word in _BARELY or status == "hypothetical"
        return "AGREE", None, status, kind, cameo if meant else _CAMEO_AHEAD[kind]
    if status == "planned" and kind == "RETREAT":
        return "CONCEDE", None, status, kind, cameo
    if status == "denied" and how.word == "not" and not (kind in HARMING and one.governors):
        return None, None, status, None, cameo  # that it did not happen is no event, unless somebody says so
    if kind in {"ACCUSE", "REJECT", "THREATEN", "SUPPORT", "REQUEST"} and status in {*_AHEAD, "denied"}:
        return None, None, status, None, cameo
    return kind, mode, status, under, cameo


def _promised(
    one: Predicate, row: Trigger, how: Standing, under: str | None, below: Trigger | None
) -> tuple[str | None, str | None, Status, str | None, str]:
    """Return what a promise, an offer, a decision is: CONCEDE for a withdrawal, THREATEN for an attack, else AGREE."""
    if how.status == "denied":
        return (
            ("REJECT", None, "actual", under, "120")
            if one.modal in {"will", "wo", "would"}
            else (None, None, "denied", None, "")
        )
    status: Status = how.status if how.status in {"hypothetical", "alleged"} else "planned"
    if row.word in WISHING and under not in _PROMISED:
        return None, None, status, None, ""
    if under in {"REQUEST", "ACCUSE", "REJECT"} and row.word in _INTENDING:
        return None, None, status, None, ""  # "plans to ask": words that are not yet said
    if under == "THREATEN":
        return "THREATEN", None, "actual", None, "138"
    if under in _YIELDING:
        return "CONCEDE", None, status, under, "080"
    if under in HARMING:
        return (
            ("THREATEN", None, "actual", under, "138")
            if row.word in {"vow", "pledge", "promise"}
            else (None, None, status, None, "")
        )
    if row.word in _BARELY and below is not None and under == "CONSULT":
        return "AGREE", None, status, under, below.cameo  # "prepares to attend": ahead, but nothing promised
    return "AGREE", None, status, under, _CAMEO_AHEAD.get(under or "", row.cameo)
