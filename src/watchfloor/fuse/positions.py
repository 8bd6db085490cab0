"""From what was said to where a party stands."""

import re
from collections.abc import Sequence

from watchfloor.core.annotation import Act, Annotation, Attribution, Mention
from watchfloor.core.claim import Position, Stance
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.parties import Parties

_STANCES: dict[Act, Stance] = {
    "confirm": "confirms",
    "justify": "justifies",
    "decline-to-comment": "declines to comment",
    "silent": "silent",
}
_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|reject|dismiss|refut|rebut|repudiat|contradict|disput|disown|ridicul)\w*",
    re.IGNORECASE,
)
_WORDS_OF: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    (
        "withdraws",
        re.compile(
            r"\b(?:retract\w*|recant\w*|(?:withdr(?:ew|aw|aws|awn|awing)|t(?:ook|ake|akes|aken|aking)\sback|walk(?:ed|s|ing)?\sback)"
            r"\s(?:his|her|its|their|the|an?|that|earlier)\s(?:[\w-]+\s){0,2}?(?:statement|claim|remark|comment|allegation|accusation"
            r"|figure|count|estimate|assertion|charge|warning|report|announcement)s?)",
            re.IGNORECASE,
        ),
    ),
    (
        "doubts",
        re.compile(
            r"\b(?:doubt(?:s|ed|ing|ful)?|(?:cast|casts|casting|voic\w+|express\w*|rais\w+)\s(?:\w+\s){0,2}?doubts?|question(?:s|ed|ing)"
            r"|s[ck]eptic\w*|unconvinced|(?:not|n['’]t)\sconvinced|(?:saw|sees|see|found|finds|has|have|had|is|was)\sno\sevidence"
            r"|call(?:s|ed|ing)?\sinto\squestion)\b",
            re.IGNORECASE,
        ),
    ),
)
HEAD = 24  # characters of the content that may end a phrase of doubt begun in the cue
_STATEMENT = re.compile(
    r"(?:an?\s|the\s)?(?:joint\s|written\s|press\s)*(?:statement|communiqu[ée]|declaration|readout|post)\s(?:of|by|from|issued\sby)\s(?P<whose>.+)$",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:memo(?:randum)?|documents?|dossier|file|letter|e-?mails?|transcript|papers|cable)\b", re.IGNORECASE
)
_CAME_BY = re.compile(
    r"\s(?:that\s(?:was|were)\s)?(?:seen|obtained|reviewed|viewed|leaked|read|acquired|verified|published|shared)\s?(?:by|to|with)?\b.*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|the)\s", re.IGNORECASE)
_SPEAKING = re.compile(r"spokes|representative", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:(?:an?|one|two|three|four|five|several|some|many|other|people|persons?|sources?|officials?|diplomats)\s)(?:[\w-]+\s){0,4}?"
    r"(?:officials?|sources?|persons?|people|diplomats?|lawmakers?|advis[eo]rs?|aides?|executives?|employees?|insiders?|officers?"
    r"|reporters?|correspondents?|journalists?|photographers?|witness(?:es)?|residents?"
    r"|familiar|knowledge|briefed|close)\b",
    re.IGNORECASE,
)
_POSTED = re.compile(r"(?:an?\s|two\s|some\s|several\s)?(?:[\w-]+\s)?diplomats?\sin\s", re.IGNORECASE)
_TAKING_BACK_GOODS = re.compile(r"\brecall(?:s|ed|ing)?\b", re.IGNORECASE)
_DECIDING = re.compile(r"\b(?:decid|intend|plan|prepar|determin|resolv)\w*", re.IGNORECASE)


def is_statement(report: Report, said: Attribution) -> bool:
    """Return whether somebody speaks: "it has decided to send troops" tells of a decision, not of words."""
    cue = wording(report, said.cue)
    content = wording(report, said.content).casefold()
    if _TAKING_BACK_GOODS.search(cue) and not content.startswith(("that ", "how ", "“", '"')):
        return False  # a maker recalls its cheese; a witness recalls that it rained
    return not (_DECIDING.search(cue) and content.startswith("to "))


def position(
    report: Report,
    said: Attribution,
    parties: Parties,
    span: Span | None = None,
    found: Sequence[Annotation] = (),
) -> Position:
    """Return the stance that an attribution takes towards its own content; found: the report's annotations.

    "He denied that troops were sent" denies the content; "he said it is not directed at anyone" asserts it, though the
    act is a denial: what is denied there is another claim.
    """
    party = party_name(report, said, parties, found) if said.speaker else None
    taken, because = stance(report, said)
    known = said.introduced or party != said.speaker  # another report may have introduced whom this one does not
    return Position(
        party=party,
        speaks_for=parties.name(report.id, said.speaks_for) if said.speaks_for else None,
        via=said.reported_via,
        resolved=party is not None and (known or said.speaker_type == "anonymous"),
        anonymous=_is_unnamed(said),
        country=_country(said, found),
        stance=taken,
        because=because,
        act=said.act,
        span=span or said.span,
        quote=wording(report, said.content) if span is None else report.text[span.start : span.end],
        outlet=report.outlet,
        date=said.date,
    )


def party_name(report: Report, said: Attribution, parties: Parties, found: Sequence[Annotation] = ()) -> str:
    """Return the name of the speaker over all reports; a body that every state has, with its state: "Chad's army"."""
    name = named(said)
    if (
        parties.entity(report.id, name) is None
        and name
        and not any(c.isupper() for c in name)
        and _country(said, found)
    ):
        return _ARTICLE.sub("", wording(report, said.source))
    return parties.name(report.id, name)


def speaker_key(report: Report, said: Attribution, parties: Parties, found: Sequence[Annotation]) -> str | None:
    """Return what is the same for two names of one speaker: two states' armies are two."""
    if not said.speaker:
        return None
    if parties.entity(report.id, said.speaker) is not None:
        return parties.key(report.id, said.speaker)
    return party_name(report, said, parties, found).casefold()


def named(said: Attribution) -> str:
    """Return the speaker as a party: of a document what it is or whose it is, not how the reporter came by it.

    "an internal memo seen by this paper" is an internal memo; "a joint statement of X and Y" is X and Y.
    """
    name = said.speaker or ""
    if match := _STATEMENT.match(name):
        return match["whose"]
    if said.speaker_type == "document" or _PAPER.search(name):
        return _ARTICLE.sub("", _CAME_BY.sub("", name))
    return name


def _is_unnamed(said: Attribution) -> bool:
    """Return whether the source is somebody whom nobody names; an unnamed spokesperson is the body itself."""
    if said.speaker and _SPEAKING.search(said.speaker):
        return False
    return said.speaker_type == "anonymous" or bool(said.speaker and _UNNAMED.match(said.speaker))


def _country(said: Attribution, found: Sequence[Annotation]) -> str | None:
    """Return the one state that the words of the source name, None when they name none or two.

    Where a diplomat is posted is not the state that he serves.
    """
    if _POSTED.match(said.speaker or ""):
        return None
    codes = {
        one.country
        for one in found
        if isinstance(one, Mention)
        and one.country
        and any(one.span.start < source.end and source.start < one.span.end for source in said.source)
    }
    return codes.pop() if len(codes) == 1 else None


def stance(report: Report, said: Attribution) -> tuple[Stance, str]:
    """Return the stance of an attribution towards its own content, and the words that decided.

    Words of doubt, of taking back and of denying stand in the cue, or begin the content ("voiced doubt that ...").
    """
    cue = wording(report, said.cue)
    head = f"{cue} {wording(report, said.content)[:HEAD]}" if cue else ""
    for taken, pattern in _WORDS_OF:
        if match := pattern.search(cue) or pattern.match(head):
            return taken, f"the words “{match[0]}”"
    if said.act == "deny":
        if match := _DENYING.search(cue):
            return "denies", f"the word “{match[0]}”"
        return (
            "asserts",
            f"“{cue}” asserts; what it denies is another claim" if cue else "what it denies is another claim",
        )
    taken = _STANCES.get(said.act, "asserts")
    how = f"the words “{cue}”" if cue else "a quotation that goes on"
    return taken, how if taken == "asserts" else f"{said.act}, by {how}"


def narrated(report: Report, span: Span) -> Position:
    """Return the position of a report that states something in its own voice."""
    return Position(
        party=None,
        stance="asserts",
        because="the report says it in its own voice",
        act=None,
        span=span,
        quote=report.text[span.start : span.end],
        outlet=report.outlet,
        date=report.published,
    )


def wording(report: Report, content: Sequence[Span]) -> str:
    """Return the words of the spans, put together in text order."""
    return " ".join(" ".join(report.text[span.start : span.end].split()) for span in content)
