"""From what was said to where a party stands."""

import re
from collections.abc import Sequence

from watchfloor.core.annotation import Act, Attribution
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
_DECIDING = re.compile(r"\b(?:decid|intend|plan|prepar|determin|resolv)\w*", re.IGNORECASE)


def is_statement(report: Report, said: Attribution) -> bool:
    """Return whether somebody speaks: "it has decided to send troops" tells of a decision, not of words."""
    cue = wording(report, said.cue)
    return not (_DECIDING.search(cue) and wording(report, said.content).casefold().startswith("to "))


def position(report: Report, said: Attribution, parties: Parties, span: Span | None = None) -> Position:
    """Return the stance that an attribution takes towards its own content.

    "He denied that troops were sent" denies the content; "he said it is not directed at anyone" asserts it, though the
    act is a denial: what is denied there is another claim.
    """
    party = parties.name(report.id, said.speaker) if said.speaker else None
    known = said.introduced or party != said.speaker  # another report may have introduced whom this one does not
    return Position(
        party=party,
        speaks_for=parties.name(report.id, said.speaks_for) if said.speaks_for else None,
        via=said.reported_via,
        resolved=party is not None and (known or said.speaker_type == "anonymous"),
        stance=stance(report, said),
        act=said.act,
        span=span or said.span,
        quote=wording(report, said.content) if span is None else report.text[span.start : span.end],
        outlet=report.outlet,
        date=said.date,
    )


def stance(report: Report, said: Attribution) -> Stance:
    """Return the stance of an attribution: from its act, and for a denial from whether its cue is a word of denying."""
    if said.act == "deny":
        return "denies" if _DENYING.search(wording(report, said.cue)) else "asserts"
    return _STANCES.get(said.act, "asserts")


def narrated(report: Report, span: Span) -> Position:
    """Return the position of a report that states something in its own voice."""
    return Position(
        party=None,
        stance="asserts",
        act=None,
        span=span,
        quote=report.text[span.start : span.end],
        outlet=report.outlet,
        date=report.published,
    )


def wording(report: Report, content: Sequence[Span]) -> str:
    """Return the words of the spans, put together in text order."""
    return " ".join(" ".join(report.text[span.start : span.end].split()) for span in content)
