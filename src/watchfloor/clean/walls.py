"""Pages that are no report: a stub before a wall, a listing of other reports."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Flag

_MAX_WALL = 40  # weight of a line that closes the way; a report about paywalls goes on longer
_MAX_STUB = 400  # lines, furniture and all, of a page that shows no more than a stub; assumed
_MIN_LEAD = 12  # weight of a first paragraph
_OPEN_KINDS = frozenset({"subhead", "dek"})

WALL = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log ?in|register|join)\b.{0,30}"
    r"\bto (?:continue|keep|go on|read (?:on|more|the|this))"
    r"|\bto (?:continue|keep|go on) reading\b|\bto read (?:the (?:full|rest)|this (?:article|story))\b"
    r"|\bthis (?:article|story|content|page) is (?:only |exclusively )?(?:for|available to|reserved for) "
    r"(?:our |paid |premium |registered )*(?:subscribers|members|readers)"
    r"|\b(?:subscribers|members) only\b|\b(?:read|view) (?:the )?full (?:article|story)\b"
    r"|\b(?:must|need to|have to|please) (?:first )?(?:accept|enable|allow) (?:all |our |the )?cookies\b"
    r"|\bcookies (?:must|have to|need to) be (?:accepted|enabled|allowed)\b"
    r"|\bum weiterzulesen\b|\bjetzt weiterlesen\b|\bnur für abonnent|\bfür abonnent(?:en|innen) (?:lesbar|verfügbar)"
    r"|\bréservée?s? (?:à nos |aux )abonnés\b|\bpour lire la suite\b|\bpara (?:seguir|continuar) leyendo\b"
    r"|\b(?:solo|exclusivo) para suscriptores\b|\bтолько для подписчиков\b"
    r"|(?:로그인|구독|회원).{0,20}(?:계속|전체|전문).{0,10}(?:읽|보)",
    re.IGNORECASE,
)
"""What a line says that keeps the rest of a report from those who do not pay, sign in or accept."""
_CONSENT = re.compile(
    r"\b(?:store and/or access information on (?:a|your) device|access information on (?:a|your) device)\b"
    r"|\bwe (?:and our|use|value)\b.{0,80}\b(?:partners|vendors|cookies|your privacy)\b"
    r"|\b(?:your consent|your (?:privacy|cookie) (?:choices|settings|preferences)|legitimate interests?)\b"
    r"|\bwir (?:und unsere|verwenden|nutzen|schätzen)\b.{0,80}\b(?:partner|cookies|privatsphäre)\b"
    r"|\bnous (?:et nos|utilisons|respectons)\b.{0,80}\b(?:partenaires|cookies|vie privée)\b"
    r"|\b(?:nosotros y nuestros|utilizamos|usamos|valoramos)\b.{0,80}\b(?:socios|cookies|privacidad)\b"
    r"|\b(?:noi e i nostri|utilizziamo|usiamo)\b.{0,80}\b(?:partner|fornitori|cookie)\b"
    r"|\b(?:wij en onze|wij gebruiken|we gebruiken)\b.{0,80}\b(?:partners|cookies)\b",
    re.IGNORECASE,
)
"""What a paragraph says in which a site asks its visitors, as "we", to let it follow them."""
_MAX_CONSENT = 6  # paragraphs of a page that does nothing but ask; assumed
_COMMENTS = re.compile(r"\bcomment|\bkommentar|\bcomentario|댓글", re.IGNORECASE)


class NoReport(Struct, frozen=True):
    """Why a text is no report, how sure that is, and the line that shows it (None for an absence)."""

    detail: str
    certain: bool
    reason: str
    unit: Unit | None


def is_wall(unit: Unit) -> bool:
    """Return whether a short line keeps the rest of the report from the reader; one about comments does not."""
    return unit.weight <= _MAX_WALL and bool(WALL.search(unit.head)) and not _COMMENTS.search(unit.head)


def stub(units: Sequence[Unit], labels: Labels) -> NoReport | None:
    """Return why a text is but the stub before a wall: a line says so, and no paragraph stands in it.

    Raises SetAside "not-a-report" when nothing but furniture is left, or nothing but a request to be followed.
    """
    if len(units) > _MAX_STUB:
        return None
    running = [unit for unit, label in zip(units, labels, strict=True) if _is_paragraph(unit) and _open(label)]
    _refuse_consent(running)
    paragraphs = len(running)
    if paragraphs > 1:  # one of them may be the wall itself; and looking for walls takes time
        return None
    wall = next((unit for unit in units if is_wall(unit)), None)
    if wall is None:
        return None
    left = [unit for unit, label in zip(units, labels, strict=True) if _open(label) and unit != wall]
    if any(map(_is_paragraph, left)):
        return None
    if not left:
        raise SetAside("not-a-report", f"found only a wall before the report: {wall.head[:200]!r}")
    return NoReport("a line closes the way and no paragraph stands before it", True, "stub before a wall", wall)


def _refuse_consent(running: Sequence[Unit]) -> None:
    """Raise SetAside "not-a-report" where every paragraph asks for consent: what lies behind was not sent."""
    if 0 < len(running) <= _MAX_CONSENT and all(_CONSENT.search(unit.head) for unit in running):
        raise SetAside("not-a-report", f"found only a request for consent before the report: {running[0].head[:200]!r}")


def close(labels: Labels, why: NoReport) -> None:
    """Label as furniture all that would count as the report; changes the labels in place."""
    for index, label in enumerate(labels):
        if _open(label):
            labels[index] = Label("boilerplate", why.reason)


def flag(why: NoReport) -> Iterator[Flag]:
    """Yield the flag that says so."""
    yield Flag(
        name="not-a-report",
        certainty="certain" if why.certain else "structural",
        detail=why.detail,
        start=why.unit.start if why.unit else None,
        end=why.unit.end if why.unit else None,
    )


def _is_paragraph(unit: Unit) -> bool:
    return unit.prose and unit.closed and unit.weight >= _MIN_LEAD


def _open(label: Label | None) -> bool:
    return label is None or label.prefix is not None or label.kind in _OPEN_KINDS
