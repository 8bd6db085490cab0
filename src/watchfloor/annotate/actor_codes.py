"""Who an actor is: the country it belongs to and its PLOVER sector, and which words say so."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from watchfloor.annotate import gazetteer
from watchfloor.annotate.agent_words import LONGEST, Told, head_ending, singular, tokens, word_before
from watchfloor.annotate.known_bodies import Body, bodies_in
from watchfloor.annotate.offices import PAST, Holder, holder_in, last_before, term_on

_KEPT = 16_384  # codings kept: the same few thousand phrases come all day
_LONGEST_PLACE = 4  # words in the longest place name looked up
_LONGEST_PHRASE = 400  # code points that are read
_GREAT = 1_000_000  # people of a city that is known by its other names too ("Bombay"); assumed
_MOST = 40  # words of a phrase that are read; a longer one is a clause

_PREPOSITIONS = frozenset(
    "of to for in at from with by on near against who whom whose which that under over inside outside across "
    "around working based accused suspected loyal linked including between among aboard behind".split()
)
_OWNING = frozenset("of for at in from within".split())
_AFTER = frozenset({"to", "against", "with", "accused", "including", "between"})  # what follows is somebody else
_COUNTS = frozenset(
    "team group number dozen score hundred thousand million crowd band column convoy couple pair majority part "
    "lot series handful member element unit bunch wave series percent some many several most all one two "
    "three four five six seven eight nine ten none both each any mob family".split()
)
_RELATIONAL = frozenset(
    "president vice-president secretary general chairman chairwoman chairperson chair head chief director leader "
    "member governor spokesman spokeswoman spokesperson deputy commissioner commander representative official "
    "officer founder manager board staff office headquarters branch wing supporter follower worker employee boss "
    "delegate aide adviser advisor executive co-founder cofounder coordinator fighter patron principal premises "
    "building delegation".split()
)
_HEADS = frozenset({"leader", "leadership", "strongman", "head", "chief"})  # of a country: its government
_PAPERS = frozenset(
    "Post Times Herald Tribune Journal Chronicle Observer Standard Mirror Globe Star Echo Courier Examiner "
    "Gazette Telegraph Mail Today Monitor Daily News Citizen Inquirer Register Dispatch Ledger Bulletin Argus".split()
)  # in capitals at the end of a name: a newspaper
_FORMER = frozenset("former ex onetime ousted deposed erstwhile late disgraced retired toppled".split())
_POSTS = frozenset("or er nt ef ad al an ge ry st el".split())  # how words for posts end: "senator", "chief", "judge"
_ONCE = frozenset({"GOV", "LEG", "MIL", "SPY", "COP", "JUD", "PTY"})  # sectors whose former members are of the elites
_OTHERS = re.compile(
    r"\b(?:[Pp]ro|[Aa]nti|[Ee]x)-(?=[A-Z])[\w.]+"
    r"|\b[\w.]+(?:[‐‑-][\w.]+)?[‐‑-](?:backed|aligned|sponsored|supported|allied|funded|trained|made|supplied|friendly"
    r"|linked|inspired|affiliated|occupied|controlled|held|born|built|brokered|mediated)\b"
)  # "Iran-backed", "pro-Russian": words that name whose friend somebody is, not whose own
_SURNAMES = frozenset(
    "king prince bishop pope abbot dean judge marshal major cook farmer priest cardinal constable knight sergeant "
    "singer hunter shepherd driver painter carpenter monk clerk mujahid imam mullah sultan emir sheikh sheik baker "
    "cleaner page miner builder usher elder friend man child parent savage outlaw".split()
)  # words for people that are surnames too
_YIELDING = frozenset({"UAF", "CVL", "PRM", "BUS", "LAB"})  # a named body says more than a head of these sectors


class Coded(Struct, frozen=True):
    """Who an actor is.

    country: ISO 3166-1 alpha-3, "IGO" for a body of many states, None when the words do not say. sector: PLOVER, None
    when the words do not say (a country as such has none). because: which words decided. body: the full name of the
    body of many states meant, else None.
    """

    country: str | None
    sector: str | None
    because: str
    body: str | None = None


def code_of(phrase: str, context: str = "", day: str | None = None) -> Coded:
    """Return who the phrase means; `day` ("2024-10-21") decides whether an office is still held.

    context: words beside the phrase, read for the country where the phrase names none.

    >>> code_of("Kenyan police spokesman"), code_of("Angela Merkel", day="2023-05-02").sector
    (Coded(country='KEN', sector='COP', because='"police spokesman"; "Kenyan" is of KEN', body=None), 'ELI')
    """
    month = day[:7] if day is not None and re.match(r"\d{4}-\d{2}", day) else None
    return _coded(phrase[:_LONGEST_PHRASE], context[:_LONGEST_PHRASE], month)


@lru_cache(maxsize=_KEPT)
def _coded(phrase: str, context: str, month: str | None) -> Coded:
    phrase = re.sub(r"(?<=\w)[-‐‑]based\b", "", " ".join(phrase.split()))
    words = tokens(phrase)[:_MOST]
    if not words:
        return Coded(None, None, "no words")
    known = bodies_in(words)
    own = _OTHERS.sub("", phrase)
    if own != phrase and (rest := tokens(own)[:_MOST]):
        phrase, words, known = own.strip(), rest, bodies_in(rest)
    country, where, body = _country(phrase, words, known)
    holder = holder_in(words)
    sector, why = None, ""
    if holder is not None and not _contradicts(holder, country, context):
        term = term_on(holder.terms, month) or holder.terms[0]
        own_words = country != gazetteer.MANY_STATES or term.country == gazetteer.MANY_STATES
        if own_words and not _goes_on(words, holder):
            sector, why = _held(words, holder, month)
        country = term.country if term.country == gazetteer.MANY_STATES else country or term.country
        where = where or f'"{term.name}" is known'
    if sector is None and not why:
        sector, why = _sector(phrase, words, known)
    if country is None and context:
        country = gazetteer.country_of(context)
        where = f'"{context}" beside it' if country else where
    because = "; ".join(part for part in (why, where) if part) or "no word of it is known"
    return Coded(country, sector, because, body)


def _goes_on(words: Sequence[str], holder: Holder) -> bool:
    """Return whether the name only says whose it is: "the Trump administration", "Macron's party"."""
    behind = words[holder.end : holder.end + 3]
    forms = [singular(word) for word in behind]
    return (
        any(head_ending(forms, end) is not None for end in range(1, len(forms) + 1))
        and behind[0].casefold() not in _PREPOSITIONS
    )


def _contradicts(holder: Holder, country: str | None, context: str) -> bool:
    """Return whether the words name another country than the holder's, so that a namesake is meant."""
    named = country or gazetteer.country_of(context)
    own = {term.country for term in holder.terms}
    return named is not None and gazetteer.MANY_STATES not in {named, *own} and named not in own


def _held(words: Sequence[str], holder: Holder, month: str | None) -> tuple[str | None, str]:
    """Return the sector of an office holder in a month, and why."""
    title = _sector_of_words(words[: holder.start], [])
    former = any(singular(word) in _FORMER for word in words[: holder.start])
    then = any(word.casefold() == "then" for word in words[: holder.start])
    name = holder.terms[0].name
    if former and not then and (title is None or title.sector in _ONCE):
        return PAST, f'"{" ".join(words[: holder.start])}" says that {name} holds it no more'
    if then and title is not None:
        return title.sector, f'"then {_said(words, title)}"'
    term = term_on(holder.terms, month)
    if term is not None:
        return term.sector, f"{name} was {term.office} of {term.country} from {term.since}" + (
            "" if term.until.startswith("9") else f" until {term.until}"
        )
    if title is not None and title.how == "head":
        return title.sector, f'"{_said(words, title)}"'
    past = last_before(holder.terms, month) if month else None
    if past is not None and past.sector not in _ONCE:
        return past.sector, f"{name} was {past.office} of {past.country} until {past.until}"
    if past is not None:
        return PAST, f"{name} was {past.office} of {past.country} until {past.until}"
    return None, f"{name} held no known office yet"


def _said(words: Sequence[str], told: Told) -> str:
    return " ".join(words[told.start : told.end])


def _sector(phrase: str, words: Sequence[str], known: Sequence[Body]) -> tuple[str | None, str]:
    """Return the sector that the words tell, and why."""
    whole = gazetteer.country_of(phrase) if _is_country(phrase) else None
    if whole is not None and not any(one.sector == "PRE" for one in known):
        if known and known[0].end - known[0].start == len(words) and known[0].sector != "GOV":
            return known[0].sector, f'"{known[0].name}" is known'
        named = gazetteer.is_country(phrase) or gazetteer.is_demonym(phrase) or whole == gazetteer.MANY_STATES
        return (None, "") if named else ("GOV", f'"{phrase}" is a seat of government')
    told = _sector_of_words(words, known)
    if told is None:
        return _of_a_state(words)
    former = next((word for word in words[: told.end] if singular(word) in _FORMER), None)
    if former is not None and told.sector in _ONCE and _is_person(words, told):
        return PAST, f'"{former}" before "{_said(words, told)}"'
    if told.how == "word" and told.end < len(words):
        return told.sector, f'"{_said(words, told)}" before "{words[told.end]}"'
    return told.sector, f'"{_said(words, told)}"' + (" is known" if told.how == "known" else "")


def _of_a_state(words: Sequence[str]) -> tuple[str | None, str]:
    """Return the government for whoever leads a country: "the North Korean leader", "leaders of Mali"."""
    at = next((at for at, word in enumerate(words) if singular(word) in _HEADS), None)
    if at is None:
        return None, ""
    before, behind = " ".join(words[:at]), words[at + 1 :]
    of = len(behind) > 1 and behind[0].casefold() == "of" and _is_country(" ".join(behind[1:]))
    if (before and _is_country(before)) or (not before and of):
        return "GOV", f'"{words[at]}" of a country'
    return None, ""


def _is_country(phrase: str) -> bool:
    """Return whether the phrase is a country, a people, a body of many states or a seat of government, nothing else."""
    found = gazetteer.countries_in(phrase)
    return len(found) == 1 and not re.sub(
        r"^(?:the|an?)\s", "", (phrase[: found[0][0]] + phrase[found[0][1] :]).strip(" .,'’s"), flags=re.I
    ).strip(" .'’stheTHE")


def _is_person(words: Sequence[str], told: Told) -> bool:
    """Return whether the words that told are somebody's post: "former police chief", never "former ministry"."""
    return singular(words[told.end - 1])[-2:] in _POSTS


def _sector_of_words(words: Sequence[str], known: Sequence[Body], depth: int = 0) -> Told | None:
    """Return what the words before the first preposition tell, else what the words behind it do."""
    forms = [singular(word) for word in words]
    end = _core_end(words, forms, known)
    core = _sector_of_core(words, forms, [one for one in known if one.start < end], end)
    inside = end + 1 < len(words) and words[end].casefold() in _OWNING and depth < 3
    if not inside or (core is not None and core.how == "known"):
        return core
    head = forms[end - 1] if end else ""
    single = core is not None and core.end - core.start == 1
    leans = core is None or core.how in {"weak", "none"} or (head in _RELATIONAL and single) or head in _COUNTS
    if not leans:
        return core
    moved = [Body(one.name, one.sector, one.country, one.start - end - 1, one.end - end - 1) for one in known]
    behind = _sector_of_words(words[end + 1 :], [one for one in moved if one.start >= 0], depth + 1)
    if behind is None or (behind.how == "weak" and core is not None and head not in _COUNTS):
        return core
    if core is not None and core.sector == "GOV" and behind.sector == "GOV":
        return core
    if behind.sector == "CVL" and core is not None and head not in _COUNTS:
        return core
    return Told(behind.how, behind.sector, behind.start + end + 1, behind.end + end + 1)


def _core_end(words: Sequence[str], forms: Sequence[str], known: Sequence[Body]) -> int:
    """Return the index of the first preposition that is no part of a name or of an entry ("member of parliament")."""
    for at, word in enumerate(words):
        if word.casefold() not in _PREPOSITIONS or at == 0:
            continue
        if any(one.start <= at < one.end for one in known):
            continue
        if not any(
            (told := head_ending(forms, end)) is not None and told.start < at < told.end
            for end in range(at + 2, min(len(words), at + LONGEST) + 1)
        ):
            return at
    return len(words)


def _sector_of_core(words: Sequence[str], forms: Sequence[str], known: Sequence[Body], end: int) -> Told | None:
    """Return what the rightmost telling words tell; a known body tells more than a head that says little."""
    head: Told | None = None
    if end > 1 and words[end - 1] in _PAPERS and words[end - 2][:1].isupper():
        return Told("head", "JRN", 0, end)
    for stop in range(end, 0, -1):
        body = next((one for one in reversed(known) if one.start < stop <= one.end), None)
        if body is not None and not _covers(head_ending(forms, stop), body):
            return Told("known", body.sector, body.start, body.end)
        head = head_ending(forms, stop)
        if head is not None and not _is_surname(words, forms, stop):
            break
        head = None
    if head is None:
        return word_before(forms, end)
    body = next((one for one in reversed(known) if one.end <= head.start), None)
    single = head.end - head.start == 1
    if head.how == "head" and not (body is not None and single and head.sector in _YIELDING):
        return head
    if body is not None:
        return Told("known", body.sector, body.start, body.end)
    before = word_before(forms, head.start)
    if before is not None:
        return before
    return head if head.sector is not None else None


def _is_surname(words: Sequence[str], forms: Sequence[str], stop: int) -> bool:
    """Return whether a word for somebody is a surname here: "Julie Bishop", "spokesman Zabihullah Mujahid"."""
    if stop < 2 or forms[stop - 1] not in _SURNAMES or not words[stop - 1][:1].isupper():
        return False
    before = words[stop - 2]
    told = head_ending(forms, stop - 1) or word_before(forms, stop - 1)
    said = told is not None and told.end == stop - 1
    return before[:1].isupper() and not said and gazetteer.country_of(before) is None


def _covers(head: Told | None, body: Body) -> bool:
    """Return whether an entry holds the body's words and more ("Congress" in a longer title)."""
    return head is not None and head.how == "head" and head.start < body.start


def _country(phrase: str, words: Sequence[str], known: Sequence[Body]) -> tuple[str | None, str, str | None]:
    """Return the country that the words name, why, and the body of many states if it is one."""
    low = _foreign(phrase)
    found = [one for one in gazetteer.countries_in(phrase) if one[0] < low]
    body = next((one for one in known if one.country is not None), None)
    if body is not None and not any(one[2] not in {body.country, gazetteer.MANY_STATES} for one in found[:1]):
        name = body.name if body.country == gazetteer.MANY_STATES else None
        return body.country, f'"{" ".join(words[body.start : body.end])}" is of {body.country}', name
    if found:
        start, end, code = found[0]
        many = gazetteer.body_name(phrase[start:end]) if code == gazetteer.MANY_STATES else None
        return code, f'"{phrase[start:end]}" is of {code}', many
    place = _place(words)
    return (*place, None) if place is not None else (None, "", None)


def _foreign(phrase: str) -> int:
    """Return where words begin that name somebody else: "the ambassador to Poland"."""
    match = re.search(rf"\s(?:{'|'.join(sorted(_AFTER))})\s", phrase)
    return match.start() if match else len(phrase)


def _place(words: Sequence[str]) -> tuple[str, str] | None:
    """Return the country of a place named before a word for those who act, or behind a preposition, and why."""
    forms = [singular(word) for word in words]
    heads = [at for at in range(1, len(words) + 1) if head_ending(forms, at) is not None]
    for start in range(len(words)):
        if not words[start][:1].isupper():
            continue
        behind = start > 0 and words[start - 1].casefold() in _OWNING | {"near", "based"}
        for end in range(min(len(words), start + _LONGEST_PLACE), start, -1):
            whole = start == 0 and end == len(words)
            before_head = any(at > end for at in heads) and not any(at <= start for at in heads)
            if not (whole or behind or before_head):
                continue
            name = re.sub(r"['’]s$", "", " ".join(words[start:end]))
            entry = next((one for one in gazetteer.candidates(name) if one.country is not None), None)
            entry = entry or next((one for one in gazetteer.readings(name) if one.people >= _GREAT), None)
            if entry is not None and entry.country is not None:
                return entry.country, f'"{name}" lies in {entry.country}'
    return None
