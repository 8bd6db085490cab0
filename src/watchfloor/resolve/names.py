"""How alike two names are, and why: persons and organisations over spellings, orders, scripts and legal forms."""

import re
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import OSA

from watchfloor.resolve import arabic, chinese, legal_forms, numerals, states, vietnamese
from watchfloor.resolve.romanisation import korean_given, korean_surname, skeleton
from watchfloor.resolve.scripts import abjad, latin
from watchfloor.resolve.words import PARTICLES, alike

# Scores are 0 to 1. The constants were set by reasoning about kinds of pairs; docs/resolve.md says how it was measured.
SAME = 0.75  # from here on two names are more likely than not one name
SURE = 0.92  # from here on they differ in spelling only, not by a slip that may as well be another name

_ROMANISED = 0.96  # one name, two romanisations
_JOINED = 0.97  # the same letters, other spaces
_UNVOICED = 0.85  # the same consonants, where one is written without vowels
_CONFLICT = 2.0  # weight of words that stand against each other, beside 1 for words that agree
_SURPLUS = {"person": 0.33, "organisation": 0.6}
"""Weight of words that only one side has. A person's first and last name with two words left out still lead to the one
person in 89 % of the 121 such names of the UN's list (measured beside its other names), so two words are let pass."""
_FORM_CLASH = 0.9  # factor for two different legal forms
_PURPOSE_CLASH = 0.7  # factor for a company against a body that seeks no profit
_PART = 0.7  # factor for a company against one with a number or a state more in its name: its subsidiary
_OTHER_GIVEN = 0.4  # Korean or Chinese names with one surname and two given names

_KEPT = 65_536  # comparisons remembered: names repeat within a batch

_FILIATION = frozenset(("bin", "ibn", "ben"))
_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady madam president prasident rep sen gen col maj lt capt adm
    sheikh shaikh sheik sheykh shaykh cheikh hajj haji hajji hadji alhaj alhaji mullah mulla mola maulvi maulavi mawlawi
    molvi mawlana maulana ayatollah hojjatoleslam hojatoleslam seyyed sayyed sayyid seyed syed qari qazi
    ustad ustadz kyai datuk dato  tengku thakin shri smt pandit imam patriarch metropolitan bishop
    archbishop cardinal rabbi pastor reverend rev hon hrh hm eng ing dipl mag""".split()
)
_ALIKE = {
    "labour": "labor",
    "defence": "defense",
    "centre": "center",
    "intl": "international",
    "ibn": "bin",
    "bn": "bin",
}
_ALIKE |= {"&": "and", "corporation": "corp", "incorporated": "inc", "company": "co", "us": "united states"}
_ALIKE |= {
    "ould": "bin",
    "organisation": "organization",
    "programme": "program",
    "harbour": "harbor",
    "bros": "brothers",
}
_ALIKE |= {
    "mfg": "manufacturing",
    "natl": "national",
    "assn": "association",
    "govt": "government",
    "dept": "department",
}
_ALIKE |= {"univ": "university", "inst": "institute", "ministries": "ministry"}
_PATRONYMIC = re.compile(r"\w{3,}(?:ich|ych|vna|evna|oglu|oghlu|qizi|kyzy|uly|ovych|ivna)$")
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
    return (
        _acronym(left, right)
        or _korean(left, right)
        or _chinese(left, right)
        or _vietnamese(left, right)
        or _words(first, second, unvoiced=abjad(left) != abjad(right))
    )


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
    plain = re.sub(r"[’'ʼ`]s\b", "", latin(name)).casefold()
    plain = re.sub(r"['`’.]", "", re.sub(r"(?<=\b\w)\.(?=\w)", "", plain))
    words = " ".join(re.findall(r"[a-z0-9]+|&", plain))
    return _SPACED_INITIALS.sub(lambda run: run[0].replace(" ", ""), words) if len(words) > 5 else words


@lru_cache(maxsize=8192)
def korean(name: str) -> tuple[str, str] | None:
    """Return the keys of surname and given name of a Korean name in either order, None for any other name.

    >>> korean("Ban Ki-moon") == korean("Ki-moon Ban") == korean("BAN Kimun")
    True
    """
    plain = re.sub(r"['’`]", "", latin(name)).casefold()
    tokens = re.findall(r"[a-z]+(?:-[a-z]+)?", plain)
    if not 2 <= len(tokens) <= 3 or re.search(r"[\d.,]", plain):
        return None
    for family, given in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        surname, rest = korean_surname(family), korean_given(" ".join(given))
        if surname and rest:
            return surname, rest
    return None


@lru_cache(_KEPT)
def chinese_order(name: str) -> bool:
    """Return whether a name is Chinese, its surname first.

    >>> chinese_order("Zhou Enlai"), chinese_order("Tsai Ing-wen"), chinese_order("Ann Li")
    (True, True, False)
    """
    read = chinese.readings(name)
    return read is not None and korean(name) is None and (read.exact or "-" in name.split()[-1])


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


def _chinese(left: str, right: str) -> Comparison | None:
    """Return the comparison of two Chinese names: strict between two in pinyin, None where a spelling is not known."""
    found = chinese.same(latin(left), latin(right))
    one, other = fold(left), fold(right)
    if found is None or one.replace(" ", "") == other.replace(" ", "") or sorted(one.split()) == sorted(other.split()):
        return None
    if found:
        return Comparison(_ROMANISED, "spellings of the same Chinese name")
    return Comparison(_OTHER_GIVEN, "two Chinese names in pinyin that differ")


def _vietnamese(left: str, right: str) -> Comparison | None:
    """Return the strict comparison of two Vietnamese names: a middle name may be missing, no syllable may differ."""
    one, other = vietnamese.parts(fold(left)), vietnamese.parts(fold(right))
    if one is None or other is None or one == other or one <= other or other <= one:
        return None
    return Comparison(_OTHER_GIVEN, "two Vietnamese names that differ by a syllable")


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


def _words(left: str, right: str, *, unvoiced: bool) -> Comparison:
    """Return the comparison of two folded names word by word, whatever their order.

    unvoiced: one of them comes from a script that leaves vowels out.
    """
    (one, form), (other, other_form) = legal_forms.split(left), legal_forms.split(right)
    clash = _clash(form, other_form)
    kind = "organisation" if form or other_form else "person"
    if one.replace(" ", "") == other.replace(" ", "") or left.replace(" ", "") == right.replace(" ", ""):
        return Comparison(round(_JOINED * clash, 4), "the same but for spaces and legal form")
    lefts, rights = _tokens(one), _tokens(other)
    if _reversed_filiation(lefts, rights):
        return Comparison(0.5, "father and son change places")
    if unvoiced and (found := _unvoiced(lefts, rights)):
        return found
    lefts, rights = _rejoined(lefts, rights)
    pairs, alone_left, alone_right = _align(lefts, rights)
    agreed = sum(weight * score for weight, score, _ in pairs)
    total = sum(weight for weight, _, _ in pairs)
    weights = [sum(_weight(word, alone=True) for word in words) for words in (alone_left, alone_right)]
    conflict, surplus = min(weights), abs(weights[0] - weights[1])
    score = agreed / (total + _CONFLICT * conflict + _SURPLUS[kind] * surplus) if total else 0.0
    part = kind == "organisation" and _part(alone_left, alone_right)
    score *= _PART if part else 1.0
    joined = OSA.normalized_similarity(one.replace(" ", ""), other.replace(" ", ""))
    if score < SAME and not part and joined > 0.9 and not _digits_differ(lefts, rights) and len(lefts) != len(rights):
        return Comparison(round(joined * clash, 4), "almost the same letters, other spaces")
    reasons = [why for _, _, why in sorted(pairs, key=lambda pair: pair[1]) if why]
    reason = reasons[0] if reasons else "the same words" if not surplus else "one has more words"
    if part:
        reason = "one has a number or a state more, as a part of a company has"
    return Comparison(round(score * clash, 4), reason if not conflict else f"words differ; {reason}")


def _clash(form: frozenset[str], other: frozenset[str]) -> float:
    """Return the factor for the legal forms of two names."""
    if not form or not other or form == other:
        return 1.0
    return _PURPOSE_CLASH if ("npo" in form) != ("npo" in other) else _FORM_CLASH


def _part(left: list[str], right: list[str]) -> bool:
    """Return whether what one side has more is a number or a state."""
    more = left or right
    return bool(more) and not (left and right) and any(word.isdigit() or states.state(word) for word in more)


def _tokens(name: str) -> list[str]:
    """Return the words of a folded name, titles taken off, equivalents and numbers replaced."""
    words = [_ALIKE.get(word, word) for word in name.split()]
    words = [words[0], *("bin" if word == "ben" else word for word in words[1:])] if words else words
    bare = [word for word in words if word not in _TITLES]
    words = " ".join(bare if len(bare) > 1 else words).split()
    return numerals.plain(arabic.plain(words))


def _unvoiced(left: list[str], right: list[str]) -> Comparison | None:
    """Return the comparison by consonants of a name from a script without vowels with another."""
    one, other = (
        [key for word in words if word not in PARTICLES and (key := arabic.consonants(word.removeprefix("l")))]
        for words in (left, right)
    )
    if len(one) > 1 and sorted(one) == sorted(other):
        return Comparison(_UNVOICED, "the same consonants, one is written without vowels")
    if len("".join(one)) > 5 and "".join(one) == "".join(other):
        return Comparison(_UNVOICED, "the same consonants, one is written without vowels")
    return None


def _rejoined(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Return the words with two that the other side writes as one put together, and its initials taken apart."""
    return _like(left, right), _like(right, left)


def _like(words: list[str], others: list[str]) -> list[str]:
    """Return the words put together or taken apart as the other side has them."""
    known = set(others)
    found: list[str] = []
    for word in words:
        if found and found[-1] + word in known and not {found[-1], word} <= known:
            found[-1] += word
        elif 1 < len(word) < 4 and word not in known and _initials_of(word, others):
            found.extend(word)
        else:
            found.append(word)
    return found


def _initials_of(word: str, others: list[str]) -> bool:
    """Return whether the letters of a word are the initials of words of the other side that stand together."""
    firsts = "".join(other[0] for other in others)
    place = firsts.find(word)
    return place >= 0 and len(others) > len(word) and all(len(other) > 2 for other in others[place : place + len(word)])


def _reversed_filiation(left: list[str], right: list[str]) -> bool:
    """Return whether "X bin Y" stands against "Y bin X"."""
    found = []
    for words in (left, right):
        place = next((i for i, word in enumerate(words) if word in _FILIATION and 0 < i < len(words) - 1), None)
        if place is None:
            return False
        found.append((skeleton(words[place - 1]), skeleton(words[place + 1])))
    return found[0] == found[1][::-1] and found[0][0] != found[0][1]


def _align(left: list[str], right: list[str]) -> tuple[list[tuple[float, float, str | None]], list[str], list[str]]:
    """Return the matched words as (weight, score, why), then the words left alone on either side; best pairs first."""
    scored = sorted(
        ((*alike(a, b), abs(i - j), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda pair: (-pair[0], pair[2], pair[3], pair[4]),
    )
    free_left, free_right = set(range(len(left))), set(range(len(right)))
    pairs: list[tuple[float, float, str | None]] = []
    for score, why, _, i, j in scored:
        if score > 0 and i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            pairs.append(((_weight(left[i]) + _weight(right[j])) / 2, score, why))
    return pairs, [left[i] for i in sorted(free_left)], [right[j] for j in sorted(free_right)]


def _weight(word: str, *, alone: bool = False) -> float:
    """Return what a word counts: particles little; a patronymic or an initial without partner little too."""
    if word in PARTICLES:
        return 0.1 if alone else 0.3
    if alone and (len(word) == 1 or _PATRONYMIC.match(word)) and not word.isdigit():
        return 0.5
    return 1.0


def _digits_differ(left: list[str], right: list[str]) -> bool:
    """Return whether two names carry different numbers."""
    return sorted(filter(str.isdigit, left)) != sorted(filter(str.isdigit, right))
