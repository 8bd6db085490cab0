"""Claims that something took place: the tellings of one contact, or of one treaty, with who vouches for it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from watchfloor.core.annotation import Annotation, Attribution, Commitment, Contact, ContactType, Mention, Party
from watchfloor.core.claim import Position, Stance
from watchfloor.core.encounter import Encounter
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.dates import compatible
from watchfloor.fuse.frames import frames
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.positions import is_statement, narrated, position, wording

LONGEST = 240  # characters of a statement that tells of a contact and of nothing else (assumed)
SHORTEST_NAME = 60  # characters of a statement that only names a contact: "her visit to Russia" (assumed)
_WORDS: Mapping[ContactType, re.Pattern[str]] = {
    "visit": re.compile(r"\b(?:visit|travel|trip|arriv|left\b|leav|depart|journey|fly|flew)", re.I),
    "call": re.compile(r"\b(?:call|phone|spoke|speak|talk)", re.I),
    "meeting": re.compile(r"\b(?:meet|met\b|talks|summit)", re.I),
    "summons": re.compile(r"\b(?:summon|call(?:ed)? in\b)", re.I),
    "briefing": re.compile(r"\bbrief", re.I),
    "press_briefing": re.compile(r"\bbrief", re.I),
    "delegation": re.compile(r"\b(?:delegation|send|sent\b|dispatch)", re.I),
    "envoy": re.compile(r"\b(?:envoy|send|sent\b|dispatch)", re.I),
    "invitation": re.compile(r"\binvit", re.I),
    "letter": re.compile(r"\b(?:letter|wrote|write)", re.I),
}
_COMMENT = re.compile(
    r"\b(?:is|was|are|were|has\sbeen|had\sbeen|would|could|seems?|appears?)\s(?:\w+ly\s)?[“\"]?"
    r"(?!taking\splace|took|held|to\b|be\s|on\b|in\b|scheduled|planned|expected|due\b|set\b|under\sway|going|travel|visit|arriv|meet)\w+",
    re.I,
)
"""What is said of a contact, rather than that it takes place: "the visit was suddenly decided"."""
_REFERRING = re.compile(
    r"(?:Referring|Pointing|Alluding)\sto\b|(?:Recalling|Noting|Hailing|Welcoming|Praising|Citing)\b"
)
_COURTESY = re.compile(
    r"\b(?:courtesy\sof|handout\s(?:by|from)|provided\sby)\s(?:the\s)?(?P<whose>[^.\n()]{3,80})", re.I
)


class Happening(Struct, frozen=True, kw_only=True):
    """Something that took place or is to. name: in our words. used: the statements that say this and no more.

    words: what else it is found by. parties: keys and states of its sides.
    """

    name: str
    positions: tuple[Position, ...]
    used: frozenset[Span]
    parties: frozenset[str]


def happenings(
    reports: Mapping[str, Report],
    annotations: Mapping[str, Sequence[Annotation]],
    parties: Parties,
    met: Sequence[Encounter],
) -> list[Happening]:
    """Return what takes place by more than one voice: contacts first, then treaties, each in the order of telling."""
    named = _named_alone(reports, annotations, met)
    put_off = _put_off(reports, annotations, met)
    rows = [_of_contact(row, reports, annotations, parties, named, put_off) for row in met if row.status != "denied"]
    made = [*rows, *_treaties(reports, annotations, parties)]
    return [one for one in made if len({(p.span.report, p.party) for p in one.positions}) > 1]


def _named_alone(
    reports: Mapping[str, Report], annotations: Mapping[str, Sequence[Annotation]], met: Sequence[Encounter]
) -> Mapping[str, Sequence[tuple[Report, Attribution]]]:
    """Return by contact the statements that only name it after it was told ("when it announced her visit")."""
    told: defaultdict[str, list[tuple[int, Encounter, Contact]]] = defaultdict(list)
    for row in met:
        for span in row.tellings if row.status == "actual" else ():
            known = (c for c in annotations[span.report] if isinstance(c, Contact) and c.span == span)
            told[span.report] += [(span.end, row, c) for c in known if _is_of(c, row)]
    found: defaultdict[str, list[tuple[Report, Attribution]]] = defaultdict(list)
    for report_id, rows in told.items():
        report, inside = reports[report_id], annotations[report_id]
        for said in inside:
            if not isinstance(said, Attribution) or said.machine_generated or not said.speaker or not said.content:
                continue
            text = wording(report, said.content)
            if len(text) > SHORTEST_NAME or any(_touches(said, span) for _, row, _ in rows for span in row.tellings):
                continue
            before = [
                (end, row.id, row, c)
                for end, row, c in rows
                if end <= said.content[0].start and _tells(said, c, report, inside)
            ]
            if before:
                found[max(before, key=lambda one: one[:2])[2].id].append((report, said))
    return found


def _put_off(
    reports: Mapping[str, Report], annotations: Mapping[str, Sequence[Annotation]], met: Sequence[Encounter]
) -> Mapping[str, Sequence[tuple[Report, Attribution, str]]]:
    """Return by planned contact the later statements that it is postponed or called off."""
    found: defaultdict[str, list[tuple[Report, Attribution, str]]] = defaultdict(list)
    planned = [row for row in met if row.status == "planned"]
    order = {report: at for at, report in enumerate(reports)}
    for report in reports.values() if planned else ():
        for said in annotations.get(report.id, ()):
            if not isinstance(said, Attribution) or said.machine_generated or not said.speaker or not said.content:
                continue
            text = wording(report, said.content)
            frame = next((f for f in ("postponement", "cancellation") if f in frames(text)), None)
            if frame is None or len(text) > LONGEST:
                continue
            names = {
                one.name.casefold()
                for one in annotations[report.id]
                if isinstance(one, Mention)
                and any(c.start <= one.span.start and one.span.end <= c.end for c in said.content)
            }
            for row in planned:
                told = {span.report for span in row.tellings}
                sides = [p for p in row.parties if p.name.casefold() in names]
                if (
                    _WORDS[row.contact_type].search(text)
                    and len(sides) == len(row.parties) > 1
                    and min(order[one] for one in told) < order[report.id]
                    and not any(_touches(said, span) for span in row.tellings)
                ):
                    found[row.id].append((report, said, frame))
    return found


def _of_contact(
    row: Encounter,
    reports: Mapping[str, Report],
    annotations: Mapping[str, Sequence[Annotation]],
    parties: Parties,
    named_alone: Mapping[str, Sequence[tuple[Report, Attribution]]],
    put_off: Mapping[str, Sequence[tuple[Report, Attribution, str]]],
) -> Happening:
    said: list[Position] = []
    plain: list[Position] = []
    used: set[Span] = set()
    for span in row.tellings:
        report, found = reports[span.report], annotations[span.report]
        contact = next((c for c in found if isinstance(c, Contact) and c.span == span and _is_of(c, row)), None)
        if contact is None:
            continue
        over = [a for a in found if isinstance(a, Attribution) and not a.machine_generated and _touches(a, span)]
        telling = [a for a in over if is_statement(report, a) and _tells(a, contact, report, found)]
        for one in telling:
            said.append(position(report, one, parties, found=found))
            used.update(one.content)
        if not telling and not any(_words_in(a.content, row.contact_type, report) for a in over):
            plain.append(_handout(report, span) or narrated(report, span))
    for report, one in named_alone.get(row.id, ()):
        said.append(position(report, one, parties, found=annotations[report.id]))
        used.update(one.content)
    named = {p.span.report for p in said}
    for report, one, frame in put_off.get(row.id, ()):
        made = position(report, one, parties, found=annotations[report.id])
        own = any(p.party == made.party for p in said)
        taken: Stance = ("withdraws" if frame == "cancellation" else "revises") if own else "denies"
        said.append(structs.replace(made, stance=taken, because=f"it says that there is a {frame}"))
        used.update(one.content)
    kept = [p for p in plain if p.party is not None or p.span.report not in named]
    return Happening(
        name=_name(row),
        positions=tuple({(p.span, p.party): p for p in [*said, *kept]}.values()),
        used=frozenset(used),
        parties=frozenset(one.country or one.name.casefold() for one in row.parties),
    )


def _is_of(contact: Contact, row: Encounter) -> bool:
    return contact.contact_type == row.contact_type and len(contact.parties) > 0


def _touches(said: Attribution, span: Span) -> bool:
    return any(c.report == span.report and c.start < span.end and span.start < c.end for c in said.content)


def _words_in(content: Sequence[Span], kind: ContactType, report: Report) -> bool:
    return bool(_WORDS[kind].search(wording(report, content)))


def _tells(said: Attribution, contact: Contact, report: Report, found: Sequence[Annotation]) -> bool:
    """Return whether a statement says that the contact takes place and nothing else: it has its word and a party."""
    text = wording(report, said.content)
    if len(text) > LONGEST or said.act in ("silent", "demand", "wish", "thank", "condemn") or _COMMENT.search(text):
        return False
    if not _WORDS[contact.contact_type].search(text):
        return False
    named = [
        m
        for m in found
        if isinstance(m, Mention) and any(c.start <= m.span.start and m.span.end <= c.end for c in said.content)
    ]
    sides = [p for p in contact.parties if p.role in (None, "visitor", "sender", "summoner", "inviter", "briefer")]
    return any(_is_party(m, p) for m in named for p in sides)


def _is_party(mention: Mention, party: Party) -> bool:
    names = {mention.name.casefold(), (mention.refers_to or mention.name).casefold()}
    return party.name.casefold() in names or any(party.name.casefold().endswith(f" {name}") for name in names)


def _handout(report: Report, span: Span) -> Position | None:
    """Return the position of the body that handed out a picture of it, None where the words are no such caption."""
    for passage in report.parts("caption"):
        if passage.start <= span.start < passage.end:
            match = _COURTESY.search(report.text, span.start, min(len(report.text), span.end + 120))
            if match:
                return Position(
                    party=match["whose"].strip(),
                    stance="asserts",
                    because=f"its picture, handed out: “{match[0].strip()}”",
                    act=None,
                    span=span,
                    quote=report.text[span.start : span.end],
                    outlet=report.outlet,
                    date=report.published,
                )
    return None


def _name(row: Encounter) -> str:
    """Return the contact in words: "visit of Choe Son-hui to Russia, 2024-10-28"."""
    first = [p.name for p in row.parties if p.role in ("visitor", "sender", "summoner", "inviter", "briefer")]
    others = [p.name for p in row.parties if p.name not in first]
    kind = row.contact_type.replace("_", " ")
    link = {"summons": ("by", "of"), "invitation": ("by", "to"), "briefing": ("by", "for")}.get(kind, ("of", "to"))
    if first and others:
        words = f"{kind} {link[0]} {' and '.join(first)} {link[1]} {' and '.join(others)}"
    else:
        words = f"{kind} {'between' if len(row.parties) > 1 else 'of'} {' and '.join(p.name for p in row.parties)}"
    ahead = {"planned": "planned ", "hypothetical": "possible "}.get(row.status, "")
    day = f", {row.date.value}" if row.date and row.date.value and "X" not in row.date.value else ""
    words = f"{ahead}{words}{day}"
    return words[:1].upper() + words[1:]


def _treaties(
    reports: Mapping[str, Report], annotations: Mapping[str, Sequence[Annotation]], parties: Parties
) -> list[Happening]:
    """Return the treaties that two reports tell of: the same states, and days that do not rule it out."""
    by: defaultdict[frozenset[str], list[list[tuple[Report, Commitment]]]] = defaultdict(list)
    for report in reports.values():
        for one in annotations.get(report.id, ()):
            if not isinstance(one, Commitment) or one.kind != "signs" or one.status != "actual":
                continue
            sides = frozenset(p.country or parties.key(report.id, p.name) for p in one.parties) or _states(
                one, annotations[report.id]
            )
            if len(sides) < 2:
                continue
            home = next(
                (g for g in by[sides] if all(_one_day(one.date, c.date) for _, c in g)),
                None,
            )
            if home is None:
                by[sides].append([(report, one)])
            else:
                home.append((report, one))
    return [
        Happening(
            name=_treaty(max((one for _, one in group), key=lambda one: len(one.parties))),
            positions=tuple(_told(report, one, annotations, parties) for report, one in group),
            used=frozenset(),
            parties=sides,
        )
        for sides, groups in by.items()
        for group in groups
    ]


def _states(one: Commitment, found: Sequence[Annotation]) -> frozenset[str]:
    """Return the two states that the sentence of a treaty names, where it says of nobody that they signed it."""
    inside = [
        m for m in found if isinstance(m, Mention) and one.span.start <= m.span.start and m.span.end <= one.span.end
    ]
    codes = frozenset(m.country for m in inside if m.country)
    return codes if len(codes) == 2 else frozenset()


def _one_day(left: PartialDate | None, right: PartialDate | None) -> bool:
    return left is not None and right is not None and compatible(left, right)


def _told(
    report: Report, one: Commitment, annotations: Mapping[str, Sequence[Annotation]], parties: Parties
) -> Position:
    for said in annotations[report.id]:
        if isinstance(said, Attribution) and any(
            c.start <= one.span.start and one.span.end <= c.end for c in said.content
        ):
            return position(report, said, parties, one.span, annotations[report.id])
    return _spoken_of(report, one.span, annotations[report.id], parties) or narrated(report, one.span)


def _spoken_of(report: Report, span: Span, found: Sequence[Annotation], parties: Parties) -> Position | None:
    """Return the position of a speaker who takes it as known: "Referring to the treaty, the embassy said"."""
    match = _REFERRING.match(report.text, span.start, span.end)
    if match is None:
        return None
    for said in found:
        if isinstance(said, Attribution) and said.source and match.end() < said.source[0].start < span.end:
            made = position(report, said, parties, span, found)
            return structs.replace(made, stance="asserts", because=f"it takes it as known: “{match[0]}”")
    return None


def _treaty(one: Commitment) -> str:
    thing = (one.instrument or "treaty").strip("“”\"‘’' ")
    thing = f"a {thing}" if thing[:1].islower() and not thing.startswith(("a ", "an ", "the ")) else thing
    day = f", {one.date.value}" if one.date and one.date.value and "X" not in one.date.value else ""
    return f"{' and '.join(p.name for p in one.parties)} signed {thing}{day}"
