"""Runs of capitalised words, with the small words and marks that hold a name together."""

from collections.abc import Iterator, Sequence

from watchfloor.annotate import titles
from watchfloor.annotate.lexicon import listed, table
from watchfloor.annotate.tokens import Token

_PARTICLES = frozenset("de der den von van al el bin ibn ben da di do du dos das la le del della ter ten zu y".split())
_LEADING = frozenset("von van der den bin ibn".split())
"""Particles that may begin a name; the others are words of their own in English texts more often."""
_ARTICLES = frozenset("al el ul ad an ar as ash at az".split())
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december tue wed thu fri feb apr jun jul aug sept oct nov dec"
    " christmas easter internet covid covid-19 god english".split()
)
_OWNED = frozenset("people workers women children veterans farmers".split())
_LONGEST_RUN = 14  # words of any name with its title
_MOST_PARTICLES = 3


def is_name_like(token: Token) -> bool:
    """Tell whether the token could be a word of a name."""
    if not (token.capital and token.word):
        return False
    low = token.low
    return low not in CALENDAR and low not in titles.function_words()


def _binds(run: Sequence[Token], at: int) -> bool:
    """Tell whether "of", "for", "on", "and" at `at` holds a name together: "Ministry of Unification"."""
    word, following = run[at].low, run[at + 1 : at + 3]
    if following and following[0].low == "the":
        following = following[1:]
    if not following or not is_name_like(following[0]):
        return False
    head = run[at - 1].low
    if word == "and":
        return following[0].low in table("roles")["areas"] and run[at - 1].low in table("roles")["areas"]
    body = head in table("organisations")["heads"] and head != "army"
    if word == "of":
        role = titles.is_head(head) or head in ("chiefs", "joint", "general")
        return body or (role and following[0].low in table("roles")["areas"])
    return body and word in ("for", "on") and following[0].low not in CALENDAR


def runs(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words, with what holds them together, as token indexes.

    >>> from watchfloor.annotate.tokens import tokens
    >>> list(runs(list(tokens("the talks with Ana von der Berg", 0, 31))))
    [(3, 7)]
    """
    floor = at = 0
    while at < len(words):
        if not (is_name_like(words[at]) or _has_article(words[at])):
            at += 1
            continue
        end = at + 1
        while end < len(words) and end - at < _LONGEST_RUN:
            step = _continues(words, at, end)
            if not step:
                break
            end += step
        yield _with_particles(words, at, floor), end
        floor = at = end


def is_particle(token: Token) -> bool:
    """Tell whether the token is a small word that a surname may begin with: the "von" of "von der Berg"."""
    return token.low in _PARTICLES


def _has_article(token: Token) -> bool:
    """Tell whether the token is a name with an Arabic article: "al-Assad"."""
    if "-" not in token.text:
        return False
    article, _, rest = token.text.partition("-")
    return article in _ARTICLES and rest[:1].isupper()


def _with_particles(words: Sequence[Token], at: int, floor: int) -> int:
    """Return where the particles before a name that begins at `at` begin: "(met) von der Berg"."""
    begin = at
    while begin > floor and words[begin - 1].text in _LEADING and begin - 1 > 0:
        begin -= 1
    return begin


def _continues(words: Sequence[Token], begin: int, end: int) -> int:
    """Return how many tokens from `end` on belong to the run that began at `begin`; 0 when it is over."""
    token, last = words[end], words[end - 1]
    if is_name_like(token) or _has_article(token) or (token.text == "May" and last.text in listed("given_names")):
        return 1
    if token.low in _PARTICLES and last.capital and (name := _behind_particles(words, end)) is not None:
        return name + 1 - end
    follows = end + 1 < len(words) and is_name_like(words[end + 1])
    if not follows and token.low not in ("of", "for", "on"):
        return 1 if token.text == "." and last.low in ("jr", "sr") else 0
    if token.text == ".":
        return 2 if titles.is_honorific(last.text) or (len(last.text) == 1 and last.text.isupper()) else 0
    if token.text in ("'s", "’s"):
        return 2 if last.low in _OWNED else 0
    if token.text in ("'", "’"):
        return 2 if last.low in _OWNED and token.start == last.end else 0
    if token.low in ("of", "for", "on", "and") and _binds(words, end):
        return 3 if words[end + 1].low == "the" else 2
    return 0


def _behind_particles(words: Sequence[Token], at: int) -> int | None:
    """Return the index of the name that follows up to three particles at `at`, None when none does."""
    end = at
    while end < len(words) and end - at < _MOST_PARTICLES and words[end].low in _PARTICLES:
        end += 1
    return end if end < len(words) and is_name_like(words[end]) else None
