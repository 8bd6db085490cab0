"""How alike two names are, and why: persons and organisations over spellings, orders, scripts and legal forms."""

import re
from functools import lru_cache

from anyascii import anyascii
from msgspec import Struct
from rapidfuzz.distance import OSA

from watchfloor.resolve import legal_forms
from watchfloor.resolve.romanisation import korean_given, korean_surname, skeleton, sound

# Scores are 0 to 1. The constants were set by reasoning about kinds of pairs and checked once on the development half
# of a public name-matching benchmark (nomenklatura name_bench, 421 pairs); no single pair was tuned for.
SAME = 0.75  # from here on two names are more likely than not one name
SURE = 0.92  # from here on they differ in spelling only, not by a slip that may as well be another name

_ROMANISED = 0.96  # one word, two romanisations
_JOINED = 0.97  # the same letters, other spaces
_NICKNAME = 0.9
_VOWELS = 0.88  # the same consonants in a long word
_INITIAL = 0.8  # "J." for "Jean"
_EDIT = 1.5  # what one wrong letter costs, as a share of the letters of the word
_SHORTEST_FUZZY = 4  # letters: in shorter words one letter makes another word
_TWO_EDITS = 9  # letters from which two wrong letters are still a slip
_CONFLICT = 2.0  # weight of words that stand against each other, beside 1 for words that agree
_SURPLUS = {"person": 0.35, "organisation": 0.6}  # weight of words that only one side has
_FORM_CLASH = 0.9  # factor for two different legal forms
_OTHER_GIVEN = 0.4  # Korean names with one surname and two given names

_KEPT = 65_536  # comparisons remembered: names repeat within a batch

_PARTICLES = frozenset("al el bin ibn ben ould von van der den de da di du la le of the and for und y".split())
_FILIATION = frozenset(("bin", "ibn", "ben"))
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord president prasident sheikh shaikh sheik rep sen gen col maj".split()
)
_NICKNAMES = {
    nick: full
    for full, nicks in {
        "alexander": "alex sasha oleksandr",
        "anthony": "tony",
        "benjamin": "ben bibi",
        "daniel": "dan danny",
        "edward": "ed eddie ted",
        "james": "jim jimmy",
        "joseph": "joe",
        "michael": "mike",
        "richard": "dick rick",
        "robert": "bob bobby rob",
        "thomas": "tom",
        "vladimir": "volodya vova",
        "william": "bill will",
    }.items()
    for nick in nicks.split()
}
_ALIKE = {"labour": "labor", "defence": "defense", "centre": "center", "intl": "international", "ibn": "bin"}
_ALIKE |= {"&": "and", "corporation": "corp", "incorporated": "inc", "company": "co", "el": "al", "us": "united states"}
_PATRONYMIC = re.compile(r"\w{3,}(?:ich|ych|vna|evna)$")
_SPACED_INITIALS = re.compile(r"\b(?:[a-z] )+[a-z]\b")


class Comparison(Struct, frozen=True):
    """How alike two names are.

    score: 0 to 1; from SAME on they are held to be one name. reason: the rule that decided, in words.
    """

    score: float
    reason: str


@lru_cache(_KEPT)
def compare(left: str, right: str) -> Comparison:
    """Return how alike two names of persons or organisations are, with the rule that decided.

    >>> compare("Dmitriy Medvedev", "Dmitri Medvedev").reason
    'romanisations of the same name'
    >>> compare("Kim Yong-nam", "Kim Jong-nam").score < SAME
    True
    """
    first, second = sorted((fold(left), fold(right)))
    if not first or not second:
        return Comparison(0.0, "nothing to compare")
    if first == second:
        return Comparison(1.0, "the same name" if left == right else "the same but for case, marks and hyphens")
    return _acronym(left, right) or _korean(left, right) or _words(first, second)


@lru_cache(maxsize=65_536)  # names come again and again (as in store/terms)
def fold(name: str) -> str:
    """Return a name in lower-case ASCII words, without dots, possessives and marks; "Last, First" is turned round.

    >>> fold("ZELENSKYY, Volodymyr"), fold("U.S.A.")
    ('volodymyr zelenskyy', 'usa')
    """
    if name.count(",") == 1 and not legal_forms.split(fold(name.split(",")[1]) + " x")[1]:
        last, given = name.split(",")
        if len(last.split()) == 1 and given.strip() and fold(given) not in legal_forms.FORMS:
            name = f"{given} {last}"
    plain = re.sub(r"[’'ʼ`]s\b", "", anyascii(name)).casefold()
    plain = re.sub(r"['`’.]", "", re.sub(r"(?<=\b\w)\.(?=\w)", "", plain))
    words = " ".join(re.findall(r"[a-z0-9]+|&", plain))
    return _SPACED_INITIALS.sub(lambda run: run[0].replace(" ", ""), words) if len(words) > 5 else words


def korean(name: str) -> tuple[str, str] | None:
    """Return the keys of surname and given name of a Korean name in either order, None for any other name.

    >>> korean("Ban Ki-moon") == korean("Ki-moon Ban") == korean("BAN Kimun")
    True
    """
    plain = re.sub(r"['’`]", "", anyascii(name)).casefold()
    tokens = re.findall(r"[a-z]+(?:-[a-z]+)?", plain)
    if not 2 <= len(tokens) <= 3 or re.search(r"[\d.,]", plain):
        return None
    for family, given in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        surname, rest = korean_surname(family), korean_given(" ".join(given))
        if surname and rest:
            return surname, rest
    return None


def _korean(left: str, right: str) -> Comparison | None:
    """Return the strict comparison of two Korean names: one given name or none."""
    one, other = korean(left), korean(right)
    if one is None or other is None:
        return None
    if one == other:
        return Comparison(_ROMANISED, "romanisations of the same Korean name")
    if one[0] == other[0]:
        return Comparison(_OTHER_GIVEN, "the same Korean surname, another given name")
    return None


def _acronym(left: str, right: str) -> Comparison | None:
    """Return the comparison of an acronym with the words it is made of."""
    short, long = sorted((left.strip(), right.strip()), key=lambda name: (len(name), name))
    if short.replace(".", "") in acronyms(long):
        return Comparison(0.95, "acronym of the name")
    return None


@lru_cache(_KEPT)
def acronyms(name: str) -> frozenset[str]:
    """Return the acronyms that the capitals of a name make, with and without its small words.

    >>> sorted(acronyms("Democratic Party of Korea"))
    ['DPK', 'DPOK']
    """
    tokens = re.findall(r"[A-Za-z][\w'’]*", name.removeprefix("The ").removeprefix("the "))
    every = "".join(token[0] for token in tokens).upper()
    large = "".join(token[0] for token in tokens if token[0].isupper())
    return frozenset(made for made in (every, large) if 2 <= len(made) <= 8 and len(tokens) > 1)


def _words(left: str, right: str) -> Comparison:
    """Return the comparison of two folded names word by word, whatever their order."""
    (one, form), (other, other_form) = legal_forms.split(left), legal_forms.split(right)
    clash = _FORM_CLASH if form and other_form and form != other_form else 1.0
    kind = "organisation" if form or other_form else "person"
    if one.replace(" ", "") == other.replace(" ", ""):
        return Comparison(_JOINED * clash, "the same but for spaces and legal form")
    lefts, rights = _tokens(one), _tokens(other)
    if _reversed_filiation(lefts, rights):
        return Comparison(0.5, "father and son change places")
    pairs, alone_left, alone_right = _align(lefts, rights)
    agreed = sum(weight * score for weight, score, _ in pairs)
    total = sum(weight for weight, _, _ in pairs)
    conflict, surplus = min(alone_left, alone_right), abs(alone_left - alone_right)
    score = agreed / (total + _CONFLICT * conflict + _SURPLUS[kind] * surplus) if total else 0.0
    joined = OSA.normalized_similarity(one.replace(" ", ""), other.replace(" ", ""))
    if score < SAME and joined > 0.9 and not _digits_differ(one, other) and len(lefts) != len(rights):
        return Comparison(round(joined * clash, 4), "almost the same letters, other spaces")
    reasons = [why for _, _, why in sorted(pairs, key=lambda pair: pair[1]) if why]
    reason = reasons[0] if reasons else "the same words" if not surplus else "one has more words"
    return Comparison(round(score * clash, 4), reason if not conflict else f"words differ; {reason}")


def _tokens(name: str) -> list[str]:
    """Return the words of a folded name, titles taken off, equivalents replaced."""
    words = [_ALIKE.get(word, word) for word in name.split()]
    words = [words[0], *("bin" if word == "ben" else word for word in words[1:])] if words else words
    bare = [word for word in words if word not in _TITLES]
    return " ".join(bare or words).split()


def _reversed_filiation(left: list[str], right: list[str]) -> bool:
    """Return whether "X bin Y" stands against "Y bin X"."""
    found = []
    for words in (left, right):
        place = next((i for i, word in enumerate(words) if word in _FILIATION and 0 < i < len(words) - 1), None)
        if place is None:
            return False
        found.append((skeleton(words[place - 1]), skeleton(words[place + 1])))
    return found[0] == found[1][::-1] and found[0][0] != found[0][1]


def _align(left: list[str], right: list[str]) -> tuple[list[tuple[float, float, str | None]], float, float]:
    """Return the matched words as (weight, score, why), then the weight left alone on either side; best pairs first."""
    scored = sorted(
        ((*_word(a, b), abs(i - j), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda pair: (-pair[0], pair[2], pair[3], pair[4]),
    )
    free_left, free_right = set(range(len(left))), set(range(len(right)))
    pairs: list[tuple[float, float, str | None]] = []
    for score, why, _, i, j in scored:
        if score > 0 and i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            pairs.append(((_weight(left[i]) + _weight(right[j])) / 2, score, why))
    return (
        pairs,
        sum(_weight(left[i], alone=True) for i in free_left),
        sum(_weight(right[j], alone=True) for j in free_right),
    )


def _weight(word: str, *, alone: bool = False) -> float:
    """Return what a word counts: particles little; a patronymic or an initial without partner little too."""
    if word in _PARTICLES:
        return 0.1 if alone else 0.3
    if alone and (len(word) == 1 or _PATRONYMIC.match(word)) and not word.isdigit():
        return 0.5
    return 1.0


@lru_cache(_KEPT)
def _word(left: str, right: str) -> tuple[float, str | None]:
    """Return how alike two folded words are and by which rule; 0 when they are two words."""
    if left == right:
        return 1.0, None
    if left.isdigit() or right.isdigit() or left in _PARTICLES or right in _PARTICLES:
        return 0.0, None
    if sound(left) == sound(right):
        return _ROMANISED, "romanisations of the same name"
    if min(len(left), len(right)) == 1:
        return (_INITIAL, "an initial") if left[0] == right[0] else (0.0, None)
    if _NICKNAMES.get(left, left) == _NICKNAMES.get(right, right):
        return _NICKNAME, "a short form of the given name"
    length, edits = max(len(left), len(right)), OSA.distance(left, right)
    if edits <= (2 if length >= _TWO_EDITS else 1 if length >= _SHORTEST_FUZZY else 0):
        return 1 - _EDIT * edits / length, "a slip of a letter or two"
    if len(skeleton(left)) > 2 and skeleton(left) == skeleton(right) and edits <= length // 2:
        return _VOWELS, "the same consonants, other vowels"
    return 0.0, None


def _digits_differ(left: str, right: str) -> bool:
    """Return whether two names carry different numbers."""
    return re.findall(r"\d+", left) != re.findall(r"\d+", right)
