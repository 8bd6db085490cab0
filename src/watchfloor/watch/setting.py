"""Whether words put something at a place, or only name it: "in Kursk" against "North Korea has sent"."""

import re
from collections.abc import Sequence

from watchfloor.core.annotation import Place

_LOOKED_BACK = 60  # characters before a place's name that are read; assumed
_AT = re.compile(
    r"\b(?:in|at|near|inside|outside|around|across|off|within|throughout|above|over|into|toward|towards|via|through|beyond|"
    r"front in|à|en|au|aux|dans|vers|près de|im|bei|nach|nahe)\s+"
    r"(?:(?:the|both|all|la|le|les|l['’])\s*)?(?P<between>(?:[\w'’-]+\s+){0,3})$",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|for|on|from)\s+(?:(?:the|both)\s+)?(?P<between>(?:[\w'’-]+\s+){0,3})$", re.IGNORECASE)
_MOVING = re.compile(
    r"\b(?:(?:go|goes|going|gone|went|head|heads|headed|heading|bound|flight|flights|fly|flies|flew|flown|flying|left|leave|"
    r"leaves|leaving|train|trains|trip|trips|way|carried|brought|took|taken|route|send|sends|sent|sending)\b|"
    r"(?:deploy|dispatch|travel|mov(?:e|ing)|ship(?:s|ped|ping|ment)|arriv|return|transport|transfer|march(?:e|ing)|cross|"
    r"fle[ed]|evacuat|withdr[ae]w|retreat|advanc|redeploy|escap|escort|relocat|smuggl|rush|depart|visit)\w*)",
    re.IGNORECASE,
)
_NOT_TO = re.compile(
    r"\b(?:according|due|thanks|owing|contrary|close|similar|respect|regard|response|addition|threat|danger|risk|blow|"
    r"challenge|warning|message|appeal|aid|help|support|damage|answer|reply)\s+to\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s*(?:,|;|/|and|or|to|et|ou|und|oder|, and|, or|as well as|&|and the)\s*(?:in\s+|the\s+)?", re.IGNORECASE
)
_OWNING = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}")
_OWNER = re.compile(r"['’]s\b|(?<=s)['’]\s")
_TOWN_OF = re.compile(
    r"\b(?:town|city|village|port|region|province|district|county|state|capital|island|area|oblast|outskirts|suburbs|"
    r"north|south|east|west|northeast|northwest|southeast|southwest|coast|shores?|waters|ville|région|province)s? of\b",
    re.IGNORECASE,
)
_STOP = frozenset("that which who and or but with by of said says to from because".split())


def is_located(text: str, place: Place, others: Sequence[Place] = ()) -> bool:
    """Return whether the words before the place's name put something there.

    others: the places named beside it: in "at Ulan, Barga and Tessin" all three are places of it, and in "in
    Ruritania's south" it is the south; "from Ulan to Barga" is both. An owner ("Ruritania's army") and a side that
    acts is no place of it.
    """
    if _OWNER.match(text, place.span.end):
        return False
    before = text[max(0, place.span.start - _LOOKED_BACK) : place.span.start]
    if _leads_there(before):
        return True
    ahead = [one for one in others if one.span.report == place.span.report and one.span.end <= place.span.start]
    if not ahead:
        return False
    last = max(ahead, key=lambda one: one.span.end)
    gap = text[last.span.end : place.span.start]
    if _OWNING.fullmatch(gap):
        return _leads_there(text[max(0, last.span.start - _LOOKED_BACK) : last.span.start])
    return bool(_LISTED.fullmatch(gap)) and is_located(text, last, [one for one in ahead if one is not last])


def _leads_there(before: str) -> bool:
    found = _AT.search(before)
    if found is None:
        found = _TO.search(before)
        if found is None or _NOT_TO.search(before) or not _MOVING.search(before[: found.start()]):
            return False
    return not _STOP & set(_TOWN_OF.sub("", found["between"]).casefold().split())
