"""Who held which office on a day: heads of state and government, ministers, commanders, leaders of oppositions."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from anyascii import anyascii
from msgspec import Struct

PAST = "ELI"  # PLOVER: the elites, those who once held office among them
_ORDER = ("GOV", "SPY", "MIL", "COP", "JUD", "LEG", "REL", "OPP", "PTY", "PRM", "REB", "CRM")
_LONGEST = 6  # words in the longest name of the table
_LEAST = 5  # letters from which a surname alone can be somebody's (assumed)
_FOREVER = "9999"


class Term(Struct, frozen=True):
    """Somebody's time in an office: months "YYYY-MM", `until` without its last one."""

    country: str
    sector: str
    office: str
    name: str
    since: str
    until: str


class Holder(Struct, frozen=True):
    """Somebody of the table, where the words name one: token range, and every term, the weightiest office first."""

    start: int
    end: int
    terms: tuple[Term, ...]


@lru_cache(maxsize=65_536)  # the words of a day's reporting come again and again (as in store/terms)
def fold(word: str) -> str:
    """Return the form under which words of names are compared.

    >>> fold("Erdoğan's"), fold("El-Sisi")
    ('erdogan', 'elsisi')
    """
    plain = word if word.isascii() else anyascii(word)
    return re.sub(r"['’]s$|[^a-z0-9]", "", plain.casefold())


def holder_in(words: list[str]) -> Holder | None:
    """Return the holder of an office that the words name in full, else by a surname that one holder alone has."""
    folded = [fold(word) for word in words]
    known = _by_name()
    for start in range(len(folded)):
        for end in range(min(len(folded), start + _LONGEST), start, -1):
            if not words[start][:1].isupper():
                break
            terms = known.get(tuple(folded[start:end]))
            if terms:
                return Holder(start, end, terms)
    for at, word in enumerate(folded):
        terms = _by_surname().get(word)
        if terms and words[at][:1].isupper() and at == len(folded) - 1 and not _is_given(words, at):
            return Holder(at, at + 1, terms)
    return None


def term_on(terms: tuple[Term, ...], month: str | None) -> Term | None:
    """Return the term that a month ("YYYY-MM") falls in, without a month the last one; None where none does.

    In the month of a change both the old and the new holder have the office.
    """
    if month is None:
        return max(terms, key=lambda one: (one.until, one.since))
    return next((one for one in terms if one.since <= month <= one.until), None)


def last_before(terms: tuple[Term, ...], month: str) -> Term | None:
    """Return the last term that had ended by the month, None when there was none."""
    return max((one for one in terms if one.until < month), key=lambda one: one.until, default=None)


def _is_given(words: list[str], at: int) -> bool:
    """Return whether another name stands before the word, so that it is somebody else's surname."""
    before = words[at - 1] if at else ""
    return before[:1].isupper() and fold(before) not in _TITLES


_TITLES = frozenset(
    "mr mrs ms president minister chancellor premier king queen emperor emir sheikh general gen marshal secretary "
    "senator sen governor mayor dr ayatollah pope leader us russian".split()
)


@cache
def _by_name() -> dict[tuple[str, ...], tuple[Term, ...]]:
    found: dict[tuple[str, ...], list[Term]] = {}
    for names, term in _terms():
        for name in names:
            words = [word for word in re.split(r"[\s\-]+", name) if word]
            forms = {tuple(map(fold, name.split())), tuple(map(fold, words))}
            if len(words) > 2 and not words[-1].startswith("Jr") and words[-2][0].isupper():
                forms.add((fold(words[0]), fold(words[-1])))
            for form in forms:
                if (len(form) > 1 or "-" in name or name.isalpha()) and term not in found.get(form, []):
                    found.setdefault(form, []).append(term)
    return {form: tuple(sorted(terms, key=_weight)) for form, terms in found.items() if _one_person(terms)}


def _one_person(terms: list[Term]) -> bool:
    return len({fold(one.name.split()[0][:3]) for one in terms}) == 1


def _weight(term: Term) -> int:
    return _ORDER.index(term.sector) if term.sector in _ORDER else len(_ORDER)


@cache
def _by_surname() -> dict[str, tuple[Term, ...]]:
    """Return the terms by surname, where heads of state or government and no two people have it."""
    lines = _data("shared_surnames.txt")
    shared = {word for line in lines for word in line.split()}
    people: dict[str, dict[str, list[Term]]] = {}
    for names, term in _terms():
        for surname in {fold(name.split()[-1]) for name in names}:
            people.setdefault(surname, {}).setdefault(fold(term.name), []).append(term)
    return {
        surname: tuple(sorted(terms, key=_weight))
        for surname, names in people.items()
        for terms in names.values()
        if len(names) == 1 and len(surname) >= _LEAST and surname not in shared and any(map(_leads, terms))
    }


def _leads(term: Term) -> bool:
    return term.office in {"president", "prime minister", "chancellor", "premier", "leader", "supreme leader"}


@cache
def _terms() -> tuple[tuple[tuple[str, ...], Term], ...]:
    return tuple(_read())


def _read() -> Iterator[tuple[tuple[str, ...], Term]]:
    for line in _data("office_holders.tsv"):
        country, sector, office, chain = line.split("\t")
        links = [link.split(" ", 1) for link in chain.split("|")]
        ends = [since for since, _ in links[1:]] + [_FOREVER]
        for (since, who), until in zip(links, ends, strict=True):
            if who != "-":
                names = tuple(who.split("="))
                yield names, Term(country, sector, office, names[0], since, until)


def _data(name: str) -> list[str]:
    text = resources.files("watchfloor.annotate").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
