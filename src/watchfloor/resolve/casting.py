"""Who is who in one report: the names that are one, put together into its cast."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct, field

from watchfloor.core.annotation import Annotation, Attribution, Mention
from watchfloor.core.report import Report
from watchfloor.resolve import bodies, names, roles, states
from watchfloor.resolve.cast import Cast, Known, same_bodies, surname, surname_keys
from watchfloor.resolve.roles import is_description
from watchfloor.resolve.romanisation import sound

_CAPITALISED = re.compile(
    r"[A-Z][\w’'-]*(?: (?:(?:von|van|der|den|de|da|di|du|la|le|bin|ibn|al|el|dos|del) )*[A-Z][\w’'-]*)*"
)
_BEFORE = re.compile(r"(?:^|[.!?”\"]\s|,\s)((?:The|A|An|the|a|an)\s[^,.;]{3,90}),\s$")
_AFTER = re.compile(
    r"\s?,\s((?:(?:a|an|the|its)\s)?[a-zA-Z][^,.;:\"“”]{3,110}?)(?=,|[.;:]|\s(?:said|told|says|and|who)\b|$)"
)
_PAST = ("then", "former", "who")
_PRONOUNS = frozenset("he she it they i we you his her its their this that these those some many others".split())


def gather(report: Report, annotations: Sequence[Annotation]) -> Cast:
    """Return the cast of a report: full names first, then bodies, then names that stay bare."""
    cast = Cast()
    namings = _namings(report, annotations)
    for words, titles, country in namings.full:
        _add_person(cast, words, titles, country)
    for words, country in sorted(namings.bodies, key=lambda one: _vagueness(one[0])):
        _add_body(cast, words, country)
    for words, titles, country in sorted(namings.bare, key=lambda one: not cast.exactly(one[0])):
        _add_bare(cast, words, titles, country)
    return cast


class _Namings(Struct):
    """What is named: people in full, bodies, people by one word; each in text order with titles and state."""

    full: list[tuple[str, list[str], str | None]] = field(default_factory=list)
    bodies: list[tuple[str, str | None]] = field(default_factory=list)
    bare: list[tuple[str, list[str], str | None]] = field(default_factory=list)

    def person(self, name: str, titles: list[str], country: str | None) -> None:
        """Note a person under a full or bare name."""
        (self.full if " " in name else self.bare).append((name, titles, country))


def _namings(report: Report, annotations: Sequence[Annotation]) -> _Namings:
    """Return what the report names, generated and foreign parts left aside."""
    found = _Namings()
    aside = [(passage.start, passage.end) for passage in report.parts("embedded", "boilerplate", "credit")]
    mentions = sorted((a for a in annotations if isinstance(a, Mention)), key=lambda a: (a.span.start, -a.span.end))
    for one in mentions:
        if any(start <= one.span.start < end for start, end in aside) or not one.name.strip():
            continue
        if one.type == "organisation":
            found.bodies.append((one.name, one.country))
        elif one.type == "person" and not is_description(one.name):
            found.person(one.name, titles_of(report.text, one), one.country)
    for words, kind in _spoken(annotations, sorted((one.span.start, one.span.end) for one in mentions)):
        if kind == "organisation":
            found.bodies.append((words, None))
        elif capitals := _CAPITALISED.findall(words.split(",")[0]):
            found.person(_untitled(capitals[-1]), [words] if roles.is_role(words) else [], None)
    return found


def _spoken(annotations: Sequence[Annotation], mentioned: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Return the names of speakers that no mention stands in, with their kind."""
    found: list[tuple[str, str]] = []
    for one in annotations:
        if not (isinstance(one, Attribution) and one.speaker and one.source) or one.machine_generated:
            continue
        start, end = one.source[0].start, one.source[-1].end
        place = bisect_left(mentioned, (start, start))
        if place < len(mentioned) and mentioned[place][0] < end:
            continue
        named = (
            names.fold(one.speaker) not in _PRONOUNS and not is_description(one.speaker) and " and " not in one.speaker
        )
        if named and one.speaker_type in ("person", "organisation"):
            found.append((one.speaker, one.speaker_type))
    return found


def _untitled(words: str) -> str:
    """Return a name without the titles before it."""
    tokens = words.split()
    while len(tokens) > 1 and (roles.is_role(tokens[0]) or (roles.is_role(" ".join(tokens[:-1])) and len(tokens) > 2)):
        heads = [i for i, token in enumerate(tokens[:-1]) if roles.is_role(token)]
        if not heads:
            break
        tokens = tokens[heads[-1] + 1 :]
    return " ".join(tokens)


def titles_of(text: str, one: Mention) -> list[str]:
    """Return the titles that stand with a name: as annotated, before it and after it."""
    found = []
    bare = len(one.name.split()) == 1
    if one.title and (not bare or text[: one.span.start].rstrip().endswith(one.title)):
        found.append(one.title)
    if before := _BEFORE.search(text, max(0, one.span.start - 120), one.span.start):
        found.append(before[1])
    if not bare and (after := _AFTER.match(text, one.span.end)):
        found.append(after[1])
    kept = [title for title in found if roles.is_role(title) and not title.casefold().startswith(_PAST)]
    return list(dict.fromkeys(kept))


def _add_person(cast: Cast, words: str, titles: list[str], country: str | None) -> None:
    """Put a full name to the person it belongs to, or make a new one."""
    known = cast.by_name.get(names.fold(words)) or _same_person(cast, words)
    if known is None:
        known = Known(type="person")
        cast.people.append(known)
    _note(cast, known, words, titles, country)
    for key in surname_keys(surname(words)):
        if key.startswith("korean") == bool(names.korean(words)) and known not in cast.by_surname.setdefault(key, []):
            cast.by_surname[key].append(known)
    for part in (*surname(words).split(), *words.split()):
        if part[:1].isupper() and known not in cast.by_part.setdefault(sound(names.fold(part)), []):
            cast.by_part[sound(names.fold(part))].append(known)


def _same_person(cast: Cast, words: str) -> Known | None:
    """Return the person of the cast with a spelling of this name; one candidate or none."""
    keys = surname_keys(surname(words))
    near = {id(k): k for key in keys for k in (*cast.by_surname.get(key, ()), *cast.by_part.get(key, ()))}
    found = [k for k in near.values() if any(names.compare(words, s).score >= names.SURE for s in k.spellings)]
    return found[0] if len(found) == 1 else None


def _note(cast: Cast, known: Known, words: str, titles: list[str], country: str | None) -> None:
    """Write down one naming."""
    known.spellings[words] += 1
    known.titles.extend(title for title in titles if title not in known.titles)
    known.country = known.country or country
    cast.by_name.setdefault(names.fold(words), known)


def _vagueness(words: str) -> tuple[bool, int]:
    """Return the sort key that puts the most telling names of bodies first."""
    body = bodies.parse(words)
    return not body.named, -sum(map(bool, (body.country, body.host, body.acronym, body.topics)))


def _add_body(cast: Cast, words: str, country: str | None) -> None:
    """Put a name of a body to the one that it fits, or make a new one; a description makes none without its state."""
    body = bodies.parse(words)
    name = bodies.bare(words)
    if not name or states.state(name):
        return
    known = cast.by_name.get(body.plain) if not body.host else None
    fitting = [known] if known else same_bodies(cast, body, name)
    telling = body.named or (body.kind and (body.country or body.topics & bodies.FIELDS) and "'s " not in name)
    if len(fitting) > 1 or not (fitting or telling):
        return
    if not fitting:
        fitting = [Known(type="organisation", country=body.country or (country if body.named else None), body=body)]
        cast.bodies.append(fitting[0])
    known = fitting[0]
    _note(cast, known, bodies.spelled(words), [], body.country)
    cast.by_name.setdefault(names.fold(name), known)
    if body.acronym:
        cast.by_name.setdefault(names.fold(body.acronym), known)
    for acronym in names.acronyms(name) if body.named else ():
        cast.by_name.setdefault(names.fold(acronym), known)


def _add_bare(cast: Cast, words: str, titles: list[str], country: str | None) -> None:
    """Put a bare surname to the one person it can be, or make a new one that is not introduced."""
    found = cast.named(words)
    if len(found) == 1:
        _note(cast, found[0], words, titles, country)
        found[0].introduced = found[0].introduced or bool(titles)
    elif not found and not states.state(words):
        known = Known(type="person", introduced=bool(titles), country=country)
        cast.people.append(known)
        _note(cast, known, words, titles, country)
        cast.by_surname.setdefault(surname_keys(words)[0], []).append(known)
