"""People whom a report never introduces: the trace of a text whose beginning or middle was cut."""

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

_SPEECH = r"(?:said|says|told|added|stressed|noted|explained|argued|insisted|emphasi[sz]ed|stated|claimed|replied)"
_NAME = r"[A-Z][a-zà-öø-ÿ'’-]{1,20}"
_SPEAKS = re.compile(
    rf"(?<![\w.’'-] )(?<![\w-])(?P<name>{_NAME})(?: (?:also|likewise|then|later|further|earlier|"
    rf"once))?(?: again)? {_SPEECH}\b"
)
_JOINED = re.compile(rf"(?<![\w.’'-])(?:but|and|while|that|as|[\"”],?) (?P<name>{_NAME}) {_SPEECH}\b")
_SPOKEN = re.compile(rf"\b{_SPEECH}\b")  # looked for first: names are many, such words few
_BEFORE = 60  # letters before such a word in which all of a match stands
_PRECEDED = re.compile(r"[\w.’'-]+ $")
_MIN_USES = 2  # times it speaks; one slip of the pen is no person
_PLACE_BEFORE = re.compile(r"\b(?:in|at|to|from|near|across|outside|toward|towards|into|around) $")

# Capitals and seats that stand for their governments when they "say" something.
_SEATS = frozenset(
    """
    Ankara Athens Baghdad Baku Beijing Belgrade Berlin Bern Brasilia Bratislava Brussels Bucharest Budapest Cairo
    Canberra Chisinau Copenhagen Damascus Delhi Doha Downing Dublin Geneva Hanoi Havana Helsinki Islamabad Jakarta
    Jerusalem Kabul Kiev Kremlin Kyiv Lisbon Ljubljana London Madrid Manila Minsk Moscow Oslo Ottawa Paris
    Pentagon Prague Pretoria Pyongyang Reykjavik Riga Riyadh Rome Seoul Singapore Sofia Stockholm Strasbourg
    Taipei Tallinn Tbilisi Tehran Tokyo Tripoli Ulaanbaatar Vatican Vienna Vilnius Warsaw Washington Yerevan
    Zagreb
    """.split()
)
_NO_NAMES = frozenset(
    """
    A All An And Another Authorities Both But Critics Each Everyone Experts Few He However I If It Many Most
    Nobody None Observers Officials One Others Parliament People Police Prosecutors Residents Several She So Some
    Someone Sources That The Then There These They This Those Two Three Four We What When Which While Who
    Witnesses You Analysts Reporters Soldiers Rescuers Lawmakers Reuters Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday January February March April May June July August September October November December
    President Minister Ministry Government Army Council Commission Bloomberg Yonhap Interfax Sputnik Xinhua Kyodo
    Congress Senate Ambassador Professor General Chancellor Pope King Queen Prince Princess Secretary Spokesman
    Spokeswoman Spokesperson Chairman Governor Mayor Judge Captain Colonel Commander Director Doctor Sergeant
    Lieutenant Major Admiral Prosecutor
    """.split()
)


class Stranger(Struct, frozen=True):
    """A surname that speaks without having been introduced, and where it first does."""

    name: str
    start: int
    end: int


def strangers(text: str, body: str) -> Iterator[Stranger]:
    """Yield each bare surname that speaks at least twice in the body and stands beside no first name in the text.

    body: the text with all that is not body blanked out, so that offsets stay the same.
    """
    speaks = list(_speaking(body))
    counts = Counter(name for name, _, _ in speaks)
    done: set[str] = set()
    for name, start, end in speaks:
        if name in done or counts[name] < _MIN_USES:
            continue
        done.add(name)
        if _never_introduced(name, text) and _stands_inside_a_sentence(name, body):
            yield Stranger(name, start, end)


def _speaking(body: str) -> Iterator[tuple[str, int, int]]:
    spoken = [(max(0, said.start() - _BEFORE), said.end()) for said in _SPOKEN.finditer(body)]
    for pattern in (_SPEAKS, _JOINED):
        for start, end in spoken:
            match = next((match for match in pattern.finditer(body, start, end) if match.end() == end), None)
            if match and match["name"] not in _SEATS and match["name"] not in _NO_NAMES:
                yield match["name"], match.start("name"), end


def _never_introduced(name: str, text: str) -> bool:
    """No other capitalised word stands right before or after it, and it is never used as a place."""
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w])", text):
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
        if _PLACE_BEFORE.search(before) or re.match(r"-\w", after):
            return False
        previous = re.search(r"([\w.’'-]+) $", before)
        if previous and previous[1][:1].isupper() and previous[1].strip(".") not in _NO_NAMES:
            return False
        following = re.match(r" ([A-Z][\w’'-]+)", after)
        if following and following[1] not in _NO_NAMES:
            return False
    return True


def _stands_inside_a_sentence(name: str, body: str) -> bool:
    """A word that is capitalised only because a sentence begins with it is no name."""
    inside = re.search(rf"[a-z,] {re.escape(name)}\b", body)
    lower = re.search(rf"\b{re.escape(name.lower())}\b", body)
    return bool(inside) and not lower
