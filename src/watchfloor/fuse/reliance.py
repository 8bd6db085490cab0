"""What an account says that it rests on: a body it cites, pictures or figures it was given, a briefing before it."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from watchfloor.core.annotation import Annotation, Attribution, Mention
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.origins import Rest
from watchfloor.fuse.parties import Parties

How = Literal["cites", "material", "briefed"]

_FAR = 400  # characters that a sentence may go on after the statement in it (assumed)
_END = re.compile(r"[.!?…][”\"’')\]]*(?=\s|$)|\n")
_NP = r"(?P<on>(?:[^\s,.;:()“”\"]+\s?){1,9})"
_STUFF = (
    r"(?:images?|imagery|pictures?|photos?|photographs?|footage|videos?|recordings?|intercepts?|data|figures|numbers"
    r"|documents?|intelligence|information|estimates?|findings|research|evidence)"
)
_PATTERNS: tuple[tuple[How, re.Pattern[str]], ...] = (
    ("briefed", re.compile(rf"\bbrief(?:ing|ings|ed)\s(?:given\s|held\s)?(?:by|from)\s{_NP}", re.I)),
    ("briefed", re.compile(rf"\b(?:intelligence|information)\s(?:that\swas\s)?shared\sby\s{_NP}", re.I)),
    (
        "material",
        re.compile(
            rf"\b{_STUFF}\b(?:\s(?!by\b|from\b)\w+ed|\s(?:taken|made|shot|seen|given|got))?\s(?:by|from)\s{_NP}", re.I
        ),
    ),
    (
        "cites",
        re.compile(rf"\b(?:citing|quoting|relying\son|basing\s(?:it|this|that|himself|herself)\son)\s{_NP}", re.I),
    ),
    ("cites", re.compile(rf"\b(?:is|are|was|were)\sbased\son\s(?:[\w-]+\s){{0,3}}?(?:by|from|of)\s{_NP}", re.I)),
)
_CUT = re.compile(
    r"\s(?:said|says|that|which|who|whom|whose|and\sthat|on|in|at|after|before|as|to|for|taken|released|published|when|while|last|this)\b.*$"
    r"|['’]s?\b.*$",
    re.I | re.S,
)
_ARTICLE = re.compile(r"^(?:an?|the|its|their|his|her)\s", re.I)
_ACCOUNT = re.compile(
    r"\b(?:his|her|its|their|the|[A-Z]\w*['’]s)\s(?:[\w-]+\s){0,2}?(?:remarks?|comments?|statements?|account|claims?|report|figures?|estimates?"
    r"|numbers?|assessment|warning)\b"
    rf"[^.;\n]{{0,80}}?\b(?:(?:was|were|is|are)\sbased\son|rest(?:s|ed)?\son|came\sfrom|comes?\sfrom|go(?:es)?\sback\sto|relied\son|w(?:as|ere)\sdrawn\sfrom)"
    rf"\s(?:(?:[\w-]+\s){{0,4}}?(?:by|from|of)\s)?{_NP}"
)


class Reliance(Struct, frozen=True, kw_only=True):
    """Words by which an account says what it rests on.

    how: "cites" a body for it; "material" was given by somebody; "briefed" by somebody before.
    on: the words that name whom. names: the parties named in them, by the name they go by over all reports, folded.
    countries: ISO codes of the states that they name.
    """

    how: How
    on: str
    names: frozenset[str]
    countries: frozenset[str]
    span: Span


def reliances(report: Report, span: Span, annotations: Sequence[Annotation], parties: Parties) -> tuple[Reliance, ...]:
    """Return what the sentences of a statement say that it rests on, in text order; linear in their length."""
    start, end = _sentence(report.text, span)
    found = [
        _reliance(report, how, match, annotations, parties)
        for how, pattern in _PATTERNS
        for match in pattern.finditer(report.text, start, end)
    ]
    return tuple(sorted((one for one in found if one.on), key=lambda one: one.span.start))


def rests(
    reports: Sequence[Report], annotations: Mapping[str, Sequence[Annotation]], parties: Parties
) -> tuple[Rest, ...]:
    """Return what the reports say of other people's accounts: "his remarks were based on figures from ...".

    Whose account is meant is whoever speaks in that sentence, or spoke last before it.
    """
    found: dict[tuple[str, str], Rest] = {}
    for report in reports:
        known = annotations.get(report.id, ())
        said = [one for one in known if isinstance(one, Attribution) and one.speaker]
        for passage in report.parts("body"):
            for match in _ACCOUNT.finditer(report.text, passage.start, passage.end):
                before = [one for one in said if one.span.start < match.start()]
                if not before or not (speaker := max(before, key=lambda one: one.span.start).speaker):
                    continue
                party = parties.name(report.id, speaker)
                one = _reliance(report, "cites", match, known, parties)
                for name in sorted(one.names - {folded(party)}):
                    how = f"{report.outlet or 'a report'} says that the account of {party} rests on {one.on}"
                    found.setdefault((folded(party), name), Rest(party=folded(party), on=name, how=how))
    return tuple(found[key] for key in sorted(found))


def folded(name: str) -> str:
    """Return a name as names are compared here: small letters, no article.

    >>> folded("The Arms Observatory")
    'arms observatory'
    """
    return _ARTICLE.sub("", " ".join(name.split())).casefold()


def _sentence(text: str, span: Span) -> tuple[int, int]:
    """Return the bounds of the sentences that the span lies in."""
    low = max(0, span.start - _FAR)
    start = max((match.end() for match in _END.finditer(text, low, span.start)), default=low)
    match = _END.search(text, max(span.end - 1, span.start), min(len(text), span.end + _FAR))
    return start, match.end() if match else min(len(text), span.end + _FAR)


def _reliance(
    report: Report, how: How, match: re.Match[str], annotations: Sequence[Annotation], parties: Parties
) -> Reliance:
    words = _CUT.sub("", match["on"].strip())
    start = match.start("on")
    end = start + len(words)
    named = [one for one in annotations if isinstance(one, Mention) and one.span.start < end and start < one.span.end]
    names = {folded(parties.name(report.id, one.refers_to or one.name)) for one in named}
    return Reliance(
        how=how,
        on=words,
        names=frozenset({folded(words), *names} - {""}),
        countries=frozenset(one.country for one in named if one.country),
        span=Span(report=report.id, start=match.start(), end=end),
    )
