"""What the name or description of a body says: what kind of body it is, for what, of which state, seated where."""

import re
from functools import lru_cache

from msgspec import Struct

from watchfloor.resolve import states
from watchfloor.resolve.names import fold

# Head nouns by the kind of body they name. One kind answers to another of its words ("the agency" for a service).
_KINDS = {
    word: kind
    for kind, words in {
        "ministry": "ministry ministries department office-of-foreign",
        "agency": "agency service bureau",
        "office": "office palace presidency",
        "embassy": "embassy mission consulate",
        "parliament": "parliament assembly congress duma senate rada knesset bundestag legislature",
        "party": "party",
        "media": "outlet newspaper daily broadcaster media press network magazine",
        "military": "military army forces navy staff guard command",
        "government": "government administration authorities cabinet regime junta",
        "court": "court tribunal",
        "council": "council",
        "commission": "commission",
        "committee": "committee",
        "institute": "institute institution centre center think-tank",
        "university": "university college school",
        "police": "police",
        "bank": "bank",
        "company": "company firm corporation group",
        "alliance": "alliance bloc",
        "union": "union",
        "organisation": "organisation organization",
    }.items()
    for word in words.split()
}
_TOPICS = {"defence": "defense", "spy": "intelligence", "president": "presidential", "presidency": "presidential"}
_EMPTY = frozenset(
    "of the and for in on at to a an its national federal general affairs state republic main ruling".split()
)
_EMPTY |= frozenset("opposition top chief largest official state-run state-owned".split())
_ALONE = {"state department": "USA", "department of state": "USA", "pentagon": "USA"}  # bodies of one state only
_UNITED = frozenset("un united nations eu european union nato".split())  # whose, in the name of a body of many states
_QUALIFIERS = frozenset("main ruling opposition top largest biggest official state-run state-owned powerful".split())
_DESCRIBED = re.compile(r"((?:[a-z][a-z-]+ )*[a-z][a-z-]+) ((?:[A-Z][\w&.-]*)(?: [A-Z][\w&.-]*)*)")
_ACRONYM = re.compile(r"\s*\(\s*(?:the\s+)?([A-Z][A-Za-z&-]{1,9})\s*\)")
_SEATED = re.compile(r"^(.+?)\s+(?:in|to)\s+(?:the\s+)?([A-Z][\w.' ]+)$")
_OF = re.compile(r"^(.+?)\s+of\s+(?:the\s+)?([A-Z][\w.' ]+?)(\s+(?:in|to)\s+.+)?$")
_PREFIX = re.compile(r"(?:a[dlnrstz]|ash|el|d|l|o)[-'’](?=[A-Z])")  # "al-Nuri", "d'Estaing"
_NEWS = re.compile(
    r"\bnews (?:agency|service|outlet)\b|\b(?:times|post|herald|tribune|daily|gazette|journal|guardian)$"
)

FIELDS = frozenset(
    "presidential foreign defense intelligence unification interior finance justice health education trade energy "
    "transport security economy economic agriculture labor central ruling cabinet home treasury space nuclear".split()
)
"""Fields of government: with one of them a description tells which body of a state is meant."""

_ARMIES = frozenset("armed people s defense national regular royal military ground land joint self".split())
"""Words in the names of states' armies: "the army" is the People's Army, and not the Rapid Support Forces."""

INTERNATIONAL = {
    "nato": "north atlantic treaty organization",
    "un": "united nations",
    "eu": "european union",
    "iaea": "international atomic energy agency",
    "osce": "organization for security and cooperation in europe",
    "asean": "association of southeast asian nations",
    "imf": "international monetary fund",
    "who": "world health organization",
    "icc": "international criminal court",
    "opcw": "organisation for the prohibition of chemical weapons",
    "g7": "group of seven",
    "g20": "group of twenty",
    "brics": "brics",
    "unsc": "united nations security council",
}
"""Acronym to name, folded, of bodies of many states."""
_AS_A_WORD = {
    "north atlantic treaty organization": "NATO",
    "north atlantic treaty organisation": "NATO",
    "association of southeast asian nations": "ASEAN",
    "organization of the petroleum exporting countries": "OPEC",
    "group of seven": "G7",
    "group of twenty": "G20",
}
"""Written out and folded, bodies that are usually called by their acronym."""
_WRITTEN_OUT = {"UN": "United Nations", "EU": "European Union"}
_INTERNATIONAL_START = ("un ", "united nations ", "european ", "eu ", "nato ")


def usual(name: str) -> str:
    """Return the usual name of a body of many states, another name as it is.

    >>> usual("North Atlantic Treaty Organization"), usual("U.N. Security Council"), usual("Oslo Council")
    ('NATO', 'United Nations Security Council', 'Oslo Council')
    """
    first, space, rest = name.partition(" ")
    long = _WRITTEN_OUT.get(first.replace(".", ""))
    if long is not None and not rest[:1].islower():
        return f"{long}{space}{rest}"
    return _AS_A_WORD.get(fold(name), name)


class Body(Struct, frozen=True):
    """What the words for a body say.

    plain: folded words without article, acronym in brackets and possessive state. kind: the kind of body, None if
    the words do not say. topics: what it deals with. country, host: ISO 3166-1 alpha-3 of the state it belongs to and
    of the state it is seated in. acronym: as given in brackets. named: the words are a name, not a description.
    """

    plain: str
    kind: str | None
    topics: frozenset[str]
    country: str | None
    host: str | None
    acronym: str | None
    named: bool


@lru_cache(65_536)
def parse(words: str) -> Body:
    """Return what the name or description of a body says.

    >>> body = parse("the Japanese Embassy in Australia")
    >>> body.kind, body.country, body.host
    ('embassy', 'JPN', 'AUS')
    >>> parse("Ministry of Foreign Affairs").topics == parse("foreign ministry").topics
    True
    """
    given = _ACRONYM.search(words)
    name = bare(words)
    country, rest = states.leading(name)
    country = country or states.leading(words)[0]
    host = None
    if seated := _SEATED.match(rest):
        host = states.state(seated[2])
        rest = seated[1] if host else rest
    if owned := _OF.match(rest):
        owner = states.state(owned[2])
        country, rest = (country or owner, owned[1]) if owner else (country, rest)
    country = country or states.seat(name)
    tokens = fold(rest).split()
    kind = _kind(tokens, [_KINDS[token] for token in tokens if token in _KINDS], fold(rest))
    if kind is None and (described := _described(_without_owner(words))):
        kind = _described_kind(described[0])
    country = country or _ALONE.get(fold(name))
    empty = _EMPTY - {"state"} if "department" in tokens else _EMPTY
    empty = empty | _UNITED if _of_many_states(fold(name)) else empty
    topics = frozenset(_TOPICS.get(token, token) for token in tokens if token not in _KINDS and token not in empty)
    if "presidency" in tokens:
        topics |= {"presidential"}
    return Body(fold(name), kind, topics, country, host, given[1] if given else None, is_name(rest))


def _kind(tokens: list[str], kinds: list[str], plain: str) -> str | None:
    """Return the kind: the first head before "of", else the last."""
    if _NEWS.search(plain):
        return "media"
    if not kinds:
        return None
    return kinds[0] if tokens and tokens[0] in _KINDS else kinds[-1]


def bare(words: str) -> str:
    """Return the words without article, acronym in brackets, possessive state and what only describes the name.

    >>> bare("the main opposition Labour Party (LP)")
    'Labour Party'
    >>> bare("Japan's Ministry of Defense"), bare("the state news agency KCNA")
    ('Ministry of Defense', 'KCNA')
    """
    name = _without_owner(words)
    if described := _described(name):
        return described[1]
    tokens = name.split()
    while len(tokens) > 1 and tokens[0].casefold() in _QUALIFIERS and tokens[0][0].islower():
        tokens = tokens[1:]
    name = " ".join(tokens)
    seated = _SEATED.match(name)
    if seated and "mbassy" not in name and _bare_seat(seated[1], seated[2]):
        return seated[1]
    return name


def _bare_seat(body: str, place: str) -> bool:
    """Return whether a place behind a body only says where it sits."""
    return bool(states.state(place)) or not is_name(body) or _of_many_states(fold(body))


@lru_cache(maxsize=8192)  # the names of a day's reporting come again and again
def _without_owner(words: str) -> str:
    """Return the words without article, acronym in brackets and possessive state."""
    name = " ".join(_ACRONYM.sub(" ", words).replace("’", "'").split()).strip(' ,;:"“”.')
    name = re.sub(r"^(?:the|a|an|its|his|her|their|our)\s+", "", name, flags=re.IGNORECASE)
    if re.match(r"^[\w. ]+?'s?\s", name):
        code, rest = states.leading(name)
        name = rest if code else name
    return name


def _described(name: str) -> tuple[str, str] | None:
    """Return a description and the name behind it: "state news agency", "KCNA"; None when there are not both."""
    found = _DESCRIBED.fullmatch(name)
    return (found[1], found[2]) if found and _described_kind(found[1]) else None


def _described_kind(words: str) -> str | None:
    """Return the kind of body that a description in small letters ends in."""
    return "media" if _NEWS.search(words) else _KINDS.get(words.split()[-1])


def spelled(words: str) -> str:
    """Return how a body is written that is known by these words: a description keeps its article.

    >>> spelled("The Ministry of Health"), spelled("the presidential office")
    ('Ministry of Health', 'the presidential office')
    """
    name = bare(words)
    return f"the {name}" if name and not is_name(name) and words.casefold().startswith("the ") else name


@lru_cache(maxsize=8192)
def is_name(words: str) -> bool:
    """Return whether the words are a name: their last weighty word has a capital, behind an article that is part of it.

    >>> is_name("Ministry of Defense"), is_name("intelligence agency"), is_name("Yahya al-Amri")
    (True, False, True)
    """
    weighty = [token for token in re.findall(r"[\w&.'’-]+", words) if token.casefold() not in _EMPTY]
    return bool(weighty) and weighty[0][0].isupper() and _PREFIX.sub("", weighty[-1])[:1].isupper()


def agree(one: Body, other: Body) -> bool:
    """Return whether two tellings may be of one body: nothing they say contradicts, and they say the same kind."""
    if one.kind is None or one.kind != other.kind:
        return False
    if one.country and other.country and one.country != other.country:
        return False
    return not (one.host and other.host and one.host != other.host)


def fits(description: Body, known: Body) -> bool:
    """Return whether a description may stand for a known body: it says nothing that the known one contradicts.

    >>> fits(parse("the Danish intelligence agency"), parse("Danish Defence Intelligence Service"))
    True
    """
    plainly = description.kind != "military" or description.topics or known.topics <= _ARMIES
    return bool(plainly) and agree(description, known) and description.topics <= known.topics


def international(words: str) -> bool:
    """Return whether the words name a body of many states."""
    return _of_many_states(fold(bare(words)))


def _of_many_states(plain: str) -> bool:
    return plain in INTERNATIONAL or plain in INTERNATIONAL.values() or plain.startswith(_INTERNATIONAL_START)
