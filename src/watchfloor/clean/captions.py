"""Judges of captions: by their credit, by their opening, and by being printed twice."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit

_MIN_TWICE = 30  # letters of a line that is not printed twice by chance
_MAX_CAPTION = 110  # weight; captions of wire photos reach 90 words
_MAX_CREDIT = 12  # words of a credit

_AGENCY = (
    r"(?:AFP|AP|EPA|EFE|ANP|ANSA|APA|ATTA KENARE|Belga|BELGA|CNA|CTK|ČTK|dapd|DPA|dpa|EPA-EFE|Getty(?: Images)?|"
    r"GETTY(?: IMAGES)?|IANS|IMAGO|imago|Interfax"
    r"|Jiji|JIJI|KCNA|Keystone|KEYSTONE|Kyodo|KYODO|Lusa|MAXPPP|Newsis|News1|NTB|NurPhoto|PA|PTI|RIA Novosti|Reuters|"
    r"REUTERS|SIPA|Shutterstock|Sputnik|SPUTNIK"
    r"|TASS|TT|UPI|Ukrinform|VCG|WENN|Xinhua|XINHUA|Yonhap|YONHAP|ZUMA|Alamy|Anadolu(?: Agency)?|AA|Bloomberg|Pool|"
    r"POOL|Handout|HANDOUT|iStock|Unsplash|Wikimedia Commons)"
)
_CREDIT_TAIL = re.compile(
    rf"(?:[.!?…\"”'’)\]]\s?|\s[-–—/|]\s?|^)"
    rf"(?:(?i:(?:(?:AP |File )?photos?|images?|pictures?|credit|foto|photographs?|사진|фото|写真)\s?(?:by|"
    rf"[:/=©])\s?.{{2,60}}|courtesy of .{{2,80}}|courtesy .{{2,40}})"
    rf"|[^\s./][^./]{{0,50}}/\s?{_AGENCY}(?:\s?(?:/|via)\s?[\w .-]{{2,40}})?|"
    rf"{_AGENCY}(?:[-/ ]{{1,3}}(?:via )?(?:{_AGENCY}|[A-Z][\w]+))?(?:\s(?:file )?photo(?: by .{{2,40}})?|\sfile)?"
    rf"|{_AGENCY}\s?/\s?[^./]{{2,50}})\s?\.?[)\]]?$"
)
# "... 있다. 대통령실 제공", "... a bridge. Norddal Courier file": who gave the picture, after the sentence about it.
_GIVEN_TAIL = re.compile(
    r"[.!?…\"”'’)\]]\s[\w·/=&. -]{2,40}\s?(?:제공|촬영|캡처|자료\s?사진)\W{0,2}$"
    r"|[.!?…\"”'’)\]]\s(?:[A-Z][\w'’&-]{0,20}\s){1,5}(?:file )?(?:photo|file|handout|illustration)s?\W{0,2}$"
    r"|[.!?…\"”'’)\]]\s(?:Provided|Supplied|Released|Handout) by .{2,60}$"
)
_CREDIT_PAREN = re.compile(
    rf"[(\[](?:(?:photos?|image|picture|credit|foto)\s?(?:by|[:/©]).{{2,80}}|{_AGENCY}(?: (?:file )?photo)?(?:\s?[/|"
    rf",]\s?[^()\[\]]{{2,60}})?|[^()\[\]]{{2,60}}/\s?{_AGENCY}[^()\[\]]{{0,30}}|courtesy of [^()]{{2,60}}|"
    rf"file(?: photo)?)[)\]]\W*$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:(?:file )?(?:photo|image|picture|pictured|caption|photograph|bild|foto|légende|사진|写真|фото|"
    r"图)\s?[:：|]|"
    r"file(?: photo)?\s?[:：–—-]\s|file photo\b"
    r"|in this (?:file |undated |handout |recent |combination )*(?:photo|image|picture|frame|screengrab|grab|handout|"
    r"still)\b|this (?:file |undated |handout |combination )+(?:photo|image|picture)\b"
    r"|(?:this|a) (?:photo|image|picture|screengrab|screenshot|satellite image) (?:taken|released|provided|shows|"
    r"from|posted|distributed|captured)\b|!\[)",
    re.IGNORECASE,
)
_LEFT_TO_RIGHT = re.compile(
    r"[,(]\s?(?:(?:front|second|third|top|bottom|far)(?: from)?(?: the)? )?(?:left|right|center|centre|pictured|"
    r"seen here|back to camera)[,)]|\bfrom left\b|\(L\)|\(R\)|\(C\)|\bpictured\b",
    re.IGNORECASE,
)
_LOOSE_CREDIT = re.compile(r"[.!?][\"”]?\s(?:[A-Z][\w'’-]*[ /-]?){1,5}$")
_SAID = re.compile(r"[\"”’]\s?(?:(?:he|she|they|\w+)\s)?(?:said|told|added|says|wrote)\b", re.IGNORECASE)
_MARKS, _BRACKETS = '"”’', "(["  # without one of which there is nothing to look for


def captions(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge captions; what is printed twice in a row is one too, credit or not."""
    copies = repeated(units)
    for index, unit in enumerate(units):
        why = credit(unit) if unit.weight <= _MAX_CAPTION else None
        if index in copies and (why or copies[index] + 1 == index):
            yield index, Label("caption", REPEATS)
        elif why or (index + 1 in copies and copies[index + 1] == index):
            yield index, Label("caption", why or TWICE)


REPEATS = "repeats the caption before it"
TWICE = "printed twice in a row"


def repeated(units: Sequence[Unit]) -> dict[int, int]:
    """Return the index of each long unit that stood before, and of its first printing."""
    first: dict[tuple[str, str, int], int] = {}
    copies: dict[int, int] = {}
    for index, unit in enumerate(units):
        length = unit.end - unit.start
        if length >= _MIN_TWICE:
            before = first.setdefault((unit.head, unit.tail, length), index)
            if before != index:
                copies[index] = before
    return copies


def credit(unit: Unit) -> str | None:
    """Return why a unit is a caption by its own words, None when nothing says so."""
    if _OPENING.match(unit.head):
        return "opens as a caption"
    tail = unit.tail[-160:]
    if unit.weight < 3 or (any(mark in tail for mark in _MARKS) and _SAID.search(tail)):
        return None
    in_brackets = any(mark in tail for mark in _BRACKETS) and _CREDIT_PAREN.search(tail)
    if in_brackets or _CREDIT_TAIL.search(tail) or _GIVEN_TAIL.search(tail):
        return "ends with a photo credit"
    if _LEFT_TO_RIGHT.search(unit.head) and not unit.closed and _LOOSE_CREDIT.search(tail):
        return "says who stands where, and ends with a credit"
    return None
