"""What an answer comes to, in one word and for a person."""

from collections.abc import Sequence

from watchfloor.collect.asking import Answer
from watchfloor.collect.challenges import challenger
from watchfloor.collect.wanted_types import why_unwanted
from watchfloor.core.exchange import Outcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524})  # another try may help

_OUTCOMES: dict[int, Outcome] = {
    401: "blocked",
    402: "blocked",
    403: "blocked",
    404: "gone",
    410: "gone",
    429: "busy",
    451: "blocked",
    503: "busy",
    999: "blocked",  # not in any standard; what one large site says to robots
}
_WITH_CONTENT = frozenset({200, 202, 203})


def verdict(answer: Answer, wanted: Sequence[str] | None, conditional: bool) -> tuple[Outcome, str]:
    """Return the outcome of the last answer of a fetch, and its detail.

    wanted: media types that were asked for, None for any. conditional: whether we said what we have.
    """
    said = f"{answer.status} {answer.exchange.reason}".strip()
    who = challenger(answer.status, answer.header, answer.content)
    if who:
        return "blocked", f"{said}: {who} asks for a person"
    if answer.status == 304:
        return ("not-modified", said) if conditional else ("broken", f"{said}, though nothing was said to be here")
    if answer.status in _WITH_CONTENT:
        return _content(answer, wanted, said)
    if 200 <= answer.status < 400:
        return "broken", f"{said}: no content that can be used"
    return _OUTCOMES.get(answer.status, "failed"), said


def _content(answer: Answer, wanted: Sequence[str] | None, said: str) -> tuple[Outcome, str]:
    if answer.fault:
        return "failed" if answer.cut else "broken", answer.fault
    if wanted is None:
        return "got", said
    if not answer.content.strip():
        return "broken", f"{said}: an empty answer"
    why = why_unwanted(answer.header("content-type"), answer.content, wanted)
    return ("broken", why) if why else ("got", said)
