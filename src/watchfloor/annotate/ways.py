"""The way words came to the outlet, from the sentence of the word of saying: "in a statement", "on X", "told TASS".

Whoever is told is no way; an outlet that is told is one. What is said is left out of view.
"""

import re
from collections.abc import Sequence

from watchfloor.annotate.tagged import Place

_NETWORKS = (
    r"X|Twitter|Telegram|Facebook|Instagram|Truth Social|Weibo|WeChat|VK|VKontakte|TikTok|YouTube|LinkedIn|Threads|"
    r"Bluesky|WhatsApp|Signal|Substack|social media"
)
_FORMS = (
    r"statements?|readout|read-out|posts?|letter|interviews?|speech|address|video|message|tweet|release|communiqu[eé]|"
    r"broadcast|filing|memo|memorandum|email|op-ed|editorial|article|essay|blog|briefing|news conference|"
    r"press conference|conference|podcast|report|bulletin|note|remarks|declaration|testimony|account|documentary|"
    r"livestream|commentary"
)
_ON = re.compile(rf"\b(?:on|via|through|to)\s+(?:(?:his|her|its|their|the)\s+(?:official\s+)?)?(?P<net>{_NETWORKS})\b")
_IN = re.compile(
    rf"\b(?:[Ii]n|[Vv]ia|[Tt]hrough|[Dd]uring|[Aa]t)\s+(?P<way>(?:an?|the|its|his|her|their|this|that|separate|two)\s+"
    rf"(?:[\w’'-]+\s+){{0,4}}?(?P<form>{_FORMS}))\b(?P<rest>(?:\s+(?:issued|released|published|posted|carried|aired))?"
    rf"(?:\s+(?P<link>on|with|to|by|from|for|of)\s+(?:the\s+)?(?P<who>[A-Z][\w&.’'-]*(?:\s+(?:[A-Z][\w&.’'-]*|of|the|and))*))?)"
)
_OUTLET = (
    r"(?:[A-Z][\w.’'-]*\s+){0,4}?(?:News|TV|Television|Radio|Times|Post|Herald|Tribune|Guardian|Journal|Gazette|Today|"
    r"Daily|Mail|Telegraph|Mirror|Newspaper|Agency|Press|Channel|Broadcasting|Magazine|Weekly|Chronicle|Observer)"
    r"(?:\s+(?:News|Agency|Radio|TV|Channel|Today|Sunday))*\b"
    r"|(?:AFP|AP|CNN|BBC|NBC|ABC|CBS|MSNBC|NHK|DPA|dpa|ANSA|EFE|TASS|RIA(?: Novosti)?|Interfax|Reuters|Bloomberg|"
    r"Xinhua|CCTV|CGTN|Yonhap|KCNA|Kyodo|IRNA|ISNA|Anadolu|Al Jazeera|Al Arabiya|Ukrinform|Suspilne|Sky News|Fox News|"
    r"Axios|Politico|NPR|PBS|ZDF|ARD|RAI|TVP|PAP|MTI|Le Monde|Der Spiegel|Bild|El País|RIA)\b"
    r"|(?:state|national|public|local|Russian|Chinese|Iranian|Turkish|Israeli|German|French|British|Ukrainian|Polish)"
    r"(?:\s+state)?(?:-run)?\s+(?:television|TV|radio|media|broadcaster|news agency)\b"
)
_TOLD = re.compile(
    rf"\b(?:told|tells|telling|informed)\s+(?:the\s+)?(?:broadcaster\s+|newspaper\s+|news agency\s+)?(?P<who>{_OUTLET})"
)
_QUOTED_BY = re.compile(
    r"\b(?:quoted|cited)\b[^.;]{0,30}?\bby\s+(?:the\s+)?(?P<who>[A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*)*)"
)
_TIMES = re.compile(
    r"\s+(?:(?:on|late|early|last|this)\s+)*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*$|\s+(?:on|in)\s+(?:Jan|Feb|"
    r"Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\b.*$"
)
_PRESS = re.compile(
    r"(?:the\s+)?(?:\w+\s+)?(?:reporters|journalists|media|press)\b(?!\s+(?:release|conference|statement))", re.I
)


def way(text: str, sentence: Place, contents: Sequence[Place]) -> str | None:
    """Return the channel that a sentence names outside what is said in it, None without one.

    >>> way("The minister said in an interview with the Oslo Herald that it rains.", (0, 69), [(56, 68)])
    'Oslo Herald'
    """
    start, end = sentence
    told = _without(text, start, end, contents)
    if (found := _QUOTED_BY.search(told) or _TOLD.search(told)) is not None:
        return _name(found["who"])
    if (inside := _IN.search(told)) is not None:
        return _of_form(inside)
    return _name(found["net"]) if (found := _ON.search(told)) is not None else None


def plain(words: str | None) -> str | None:
    """Return a channel without the day behind it; whoever is told is none."""
    if words is None or _PRESS.fullmatch(words):
        return None
    return _TIMES.sub("", words) or None


def _of_form(found: re.Match[str]) -> str:
    """Return the network or the outlet behind a form where one is named, else the words for the form."""
    network = re.search(rf"\b(?:{_NETWORKS})\b", found["way"])
    if network is not None:
        return network[0]
    if found["link"] in ("on", "with", "to", "by") and found["who"]:
        name = _name(found["who"])
        if found["form"].startswith("interview") and found["link"] in ("with", "to"):
            return name
        if found["link"] == "on" and re.fullmatch(_NETWORKS, name):
            return name
    return found["way"]


def _name(words: str) -> str:
    return _TIMES.sub("", words).strip(" .,")


def _without(text: str, start: int, end: int, contents: Sequence[Place]) -> str:
    """Return the sentence with what is said in it blanked out."""
    told = text[start:end]
    for low, high in contents:
        low, high = max(low, start) - start, min(high, end) - start
        if low < high:
            told = told[:low] + " ~ " + " " * max(0, high - low - 3) + told[high:]
    return told
