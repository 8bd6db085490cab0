"""Keys under which the romanisations of one name fall together, by rule: Slavic, Arabic, German, Chinese, Korean."""

import re
from functools import lru_cache

# Rewritten in this order; both sides of a pair go through the same rules, so only what falls together matters.
# Slavic after BGN/PCGN, ISO 9 and the passport systems; Arabic after French and English newspaper usage.
_RULES = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"tsch|tch", "ch"),
        (r"sch", "sh"),
        (r"dzh|dj|zh", "j"),
        (r"^hs", "x"),
        (r"ts(?=ikh)|ts(?=ih)", "t"),  # Belarusian
        (r"dz(?=[ei])", "d"),
        (r"ousk|uusk|auski", "ovsk"),
        (r"^tz|^ts", "z"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"ck|q", "k"),
        (r"c(?![eihy])", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"ae", "a"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"(?<=[aeiou])j", "i"),
        (r"^j(?=[aeou])", "y"),
        (r"y", "i"),
        (r"i+e", "e"),
        (r"(?<=[aeiou])h(?=[aeiou])", "g"),  # Cyrillic г: Ukrainian writes it h, Russian g
        (r"(.)\1+", r"\1"),
        (r"(?<=[^aeiou])h$", ""),
    )
)

_KOREAN_SURNAMES = """
kim gim | lee yi rhee ri li rhie ree | park pak bak pahk | choi choe chwe choy | jung jeong chung chong cheong joung
kang gang kahng | cho jo joe | yoon yun youn | jang chang jahng | lim im rim yim leem | han hahn | oh o | seo suh so
shin sin | kwon gwon kwun | hwang whang | ahn an | song | ryu yoo yu ryoo lyu | jeon jun chun cheon chon | hong
ko go koh | moon mun | yang ryang | son sohn | bae pae | baek paek paik baik back | heo hur huh ho | nam nahm | shim sim
noh no roh ro | ha hah | kwak gwak | sung seong | cha | joo ju chu choo | woo u wu | koo gu ku goo | min | na ra rah
ji chi jee jhee | eom um uhm | byun byeon pyon byon | won | bang pang | kong gong | hyun hyeon hyon | ham
yeo yo | do to doh | seok sok suk | seon sun | seol sol sul | ma mah | gil kil | yeon | wi | pyo | myung myong
ki gi kee | ban pan | tae thae | tak | ok ock | mo moh | chae | paeng | kyong kyung | ryom yeom yum
"""

_SURNAMES = {
    spelling: group.split()[0]
    for group in reversed(re.split(r"[|\n]", _KOREAN_SURNAMES.strip()))
    for spelling in group.split()
}

_SYLLABLE = r"(?:kk|tt|pp|ss|jj|ch|sh|th|[bdghjklmnprst])?[aeiouwy]+h?(?:ng|ck|[klmnprtgbd](?![aeiouwy]))?"
_GIVEN = re.compile(rf"{_SYLLABLE}(?:[ -]?{_SYLLABLE})?")
_SOUND = re.compile(r"(kk|tt|pp|ss|jj|ch|sh|th|ng|ck|[bdghjklmnprst])|([aeiouwy]+h?(?![aeiouwy]))")
_CONSONANT = {"g": "k", "kk": "k", "ck": "k", "d": "t", "tt": "t", "th": "t", "b": "p", "pp": "p", "ch": "j", "jj": "j"}
_CONSONANT |= {"l": "r", "sh": "s", "ss": "s"}
_VOWEL = {"a": "a", "ah": "a", "e": "e", "eh": "e", "ae": "e", "ai": "e", "ay": "e", "i": "i", "ee": "i", "ui": "i"}
_VOWEL |= {"eui": "i", "ie": "i", "yi": "i", "oe": "we", "oi": "we", "woo": "o", "wu": "o", "u": "o", "wi": "wi"}


@lru_cache(65_536)
def sound(token: str) -> str:
    """Return the key of one folded word: spellings that differ by romanisation alone share it.

    >>> sound("dmitriy") == sound("dmitry") == sound("dmitri")
    True
    >>> sound("zelenskyy") == sound("zelensky") != sound("zelenko")
    True
    """
    for pattern, into in _RULES:
        token = pattern.sub(into, token)
    return token


@lru_cache(65_536)
def skeleton(token: str) -> str:
    """Return the consonants of a word's key: Arabic vowels are written as each newspaper hears them.

    >>> skeleton("mohammed") == skeleton("muhammad")
    True
    """
    key = sound(token)
    return "".join(letter for letter in key if letter not in "aeiou")


@lru_cache(65_536)
def korean_surname(token: str) -> str | None:
    """Return the key of a Korean surname, None for any other word.

    >>> korean_surname("rhee") == korean_surname("lee"), korean_surname("smith")
    (True, None)
    """
    return _SURNAMES.get(token)


@lru_cache(65_536)
def korean_given(words: str) -> str | None:
    """Return the key of a Korean given name of one or two syllables, None for words that cannot be one.

    The three systems (Revised, McCune-Reischauer without marks, personal taste) write one vowel as o, u or eo,
    so these fall together; that is safe because surnames are compared too.

    >>> korean_given("yong-ho") == korean_given("young ho") == korean_given("yeongho")
    True
    """
    if not _GIVEN.fullmatch(words):
        return None
    return "".join(_syllable(part) for part in re.split(r"[ -]", words))


def _syllable(letters: str) -> str:
    """Return the key of a run of Korean sounds."""
    key = []
    for consonant, vowel in _SOUND.findall(letters):
        key.append(_CONSONANT.get(consonant, consonant) if consonant else _vowel(vowel))
    return "".join(key)


def _vowel(letters: str) -> str:
    """Return the class of a vowel: its glide and its colour."""
    if letters in _VOWEL:
        return _VOWEL[letters]
    if letters[0] in "yw" and len(letters) > 1:
        return letters[0] + _vowel(letters[1:])
    return "o"
