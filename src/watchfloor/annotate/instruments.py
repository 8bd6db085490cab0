"""Treaties, resolutions, laws and their articles: what the words name, and which words."""

import re
from collections.abc import Iterator

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer

_KIND = (
    r"(?:treat(?:y|ies)|agreements?|accords?|pacts?|conventions?|protocols?|charter|resolutions?|memorand(?:um|a)(?:\sof\s"
    r"(?:understanding|cooperation))?|ceasefires?|cease-fires?|truces?|armistice|declaration|communiqu[eé]|statute|covenant|contract"
    r"|deals?|moratorium|embargo(?:es)?|sanctions|constitution|law|laws|rules)"
)
_NO_DAY = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!\s[A-Z]))"  # "ratified the treaty on Thursday"
_LEGAL = re.compile(
    r"(?P<name>"
    r"(?:(?:the|a|an|its|their|this|that|these|multiple|numerous|several|various)\s)?"
    r"(?:(?:[A-Z][\w.’'-]*|of|on|the|for|and|&|\d{4}|[a-z]+-(?:[a-z]+-)?[A-Za-z]+|mutual|bilateral|trilateral|multilateral|comprehensive|strategic"
    r"|partnership|defen[cs]e|peace|trade|free|nuclear|security|arms|test|ban|border|maritime|military|cooperation"
    r"|international|humanitarian|interim|draft|existing|relevant|past|new|parliamentary|armistice|ceasefire|extradition"
    r"|climate|investment|gas|grain|fishing|water|transit|friendship|basic|secret|landmark|historic|final|legal|export)\s)"
    rf"{{0,9}}{_KIND}(?:(?:(?<=resolution)|(?<=resolutions)|(?<=[Pp]rotocol)|(?<=[Cc]onvention))\s(?:No\.?\s)?\d{{1,5}}(?:\s\(\d{{4}}\))?)?"
    rf"(?:\s(?:on|of|for)\s(?:the\s)?{_NO_DAY}(?:[A-Z][\w-]*)(?:\s(?:(?:of|on|the|and|for|to|against)\s){{0,2}}[A-Z][\w-]*){{0,7}})?"
    r")\b(?!\s(?:Organi[sz]ation|Office|Secretariat|Union|Association))"
)
_NAMED = re.compile(
    r"(?P<name>(?:the\s)?(?:(?:[A-Z][\w.’'-]*|of|on|the|for|and|\d{4})\s){0,8}"
    r"(?:Treaty|Agreement|Accords?|Pact|Convention|Protocol|Charter|Resolution|Memorandum|Declaration|Statute|Covenant|Act)"
    rf"(?:\s(?:on|of|for)\s(?:the\s)?{_NO_DAY}[A-Z][\w-]*(?:\s(?:(?:of|on|the|and|for|to|against)\s){{0,2}}[A-Z][\w-]*){{0,7}})?(?:\s\d{{1,5}})?)\b(?!\s[A-Z])"
)
_ARTICLE = re.compile(
    r"\b(?:[Aa]rticles?|[Pp]aragraphs?|[Cc]hapters?|[Cc]lauses?|[Ss]ections?)\s(?:\d{1,3}|[IVX]{1,5})\b"
)
_AIR = re.compile(
    r"\b(?P<name>(?:(?:the|its|their|our)\s)?(?:[A-Z][\w-]*(?:['’]s)?\s){0,3}(?:airspace|territorial\swaters|sovereignty|territorial"
    r"\sintegrity|borders?|human\srights|ceasefire\sline))\b"
)
_WIDEST = 60  # characters before an instrument's own words that are still of its name (assumed)
_LEADING = re.compile(r"^(?:(?:of|on|for|and|the|a|an|its|their|this|that|these)\s)+", re.I)
_HAS = re.compile(rf"\b{_KIND}\b|\b(?:act|airspace|waters|sovereignty|integrity|borders?|rights)\b")


class Instrument(Struct, frozen=True):
    """What binds states: its words, and the article of it that is meant.

    name: without article ("UN Security Council resolution 1718"). part: "Article 2", None without one. binding: a text
    that is signed or adopted, not "sovereignty" or "airspace", which can only be violated.
    """

    start: int
    end: int
    name: str
    part: str | None
    binding: bool


def instruments(text: str, start: int, end: int) -> list[Instrument]:
    """Return the instruments named between two offsets, in text order; nothing inside another's words."""
    found: list[Instrument] = []
    for one in sorted(_all(text, start, end), key=lambda one: (one.start, -one.end)):
        if found and one.start < found[-1].end:
            if one.end > found[-1].end and one.name.endswith(found[-1].name):
                found[-1] = one
            continue
        found.append(one)
    return found


def widened(one: Instrument, text: str, start: int) -> Instrument:
    """Return the instrument with the words of its phrase before it: "gentlemen's" of "a gentlemen's agreement"."""
    if one.part is not None or not 0 < one.start - start < _WIDEST:
        return one
    return structs.replace(one, start=start, name=_bare(text[start : one.end]))


def _bare(words: str) -> str:
    """Return a name on one line without article and marks before it."""
    bare = _LEADING.sub("", " ".join(words.split()).lstrip("“”\"'‘(")).lstrip("“”\"'‘(")
    who, of, what = bare.partition(" of the ")  # "violations by Chad of the peace accords"
    return what if of and gazetteer.is_country(who) else bare


def may_name(words: str) -> bool:
    """Return whether words can name an instrument at all."""
    return _HAS.search(words.lower()) is not None


def _all(text: str, start: int, end: int) -> Iterator[Instrument]:
    for pattern, binding in ((_LEGAL, True), (_NAMED, True), (_AIR, False)):
        for match in pattern.finditer(text, start, end):
            bare = _bare(match["name"])
            if not bare or bare.casefold() in {"law", "laws", "rules", "deal", "deals", "act", "border", "borders"}:
                continue
            lead = _LEADING.match(match["name"])
            part, low = _part(text, start, match.start("name") + (lead.end() if lead else 0))
            yield Instrument(low, match.end("name"), bare, part, binding)


def _part(text: str, start: int, at: int) -> tuple[str | None, int]:
    """Return the article that stands before the words, and where they begin with it."""
    for match in _ARTICLE.finditer(text, max(start, at - 40), at):
        if not re.sub(r"^\s?(?:of\s|in\s|under\s)?(?:the\s|this\s|that\s)?", "", text[match.end() : at]):
            return match[0], match.start()
    return None, at
