"""A file of indicators to begin with, taken from what a picture holds: plain, few, each says where it is from."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from msgspec import Struct

from watchfloor.core.annotation import Attribution, ContactType, Mention, MentionType, Place
from watchfloor.core.claim import Claim, Position
from watchfloor.core.marking import LEVELS
from watchfloor.core.picture import Picture
from watchfloor.watch.contact_log import described
from watchfloor.watch.days import period, said
from watchfloor.watch.naming import called, fullest
from watchfloor.watch.reading import overlap
from watchfloor.watch.series import Series, series
from watchfloor.watch.wording import count, listed, plural, shorten

MOST_COUNTED = 2  # things counted that get an indicator (assumed: a file to begin with is read in a minute)
MOST_SPEAKERS = 4  # who are listened for (assumed, as above)
LEAST_CLAIMS = 2  # in which a name or place stands, so that it is watched for (assumed: one is an accident)
LONGEST_WORDS = 90  # characters of what is quoted from the picture in one comment

_CHANGED = ("denies", "doubts", "revises", "withdraws")
_SAYS_NOTHING = ("silent", "declines to comment")
_EVERY_CLAIM = ("figure", "statement", "event")
_EVERY_CONTACT: tuple[ContactType, ...] = get_args(ContactType)
_THINGS: tuple[MentionType, ...] = ("organisation", "facility", "weapon", "law", "product", "other")
_FIELDS = "Every field is explained in docs/watch.md."


class _Made(Struct, frozen=True, kw_only=True):
    """One indicator to be written: its keys in order, and what it was taken from."""

    because: str
    keys: Mapping[str, object]


def first_indicators(picture: Picture) -> str:
    """Return the text of a file of indicators and one measure that fit the picture; of an empty one the general ones.

    What is taken from the picture are names, places, units and numbers; the comments say where each comes from. The
    text is right for `watch_file.read`, whatever the picture holds.
    """
    names = fullest(picture.entities)
    made = [
        *_figures(picture),
        _second_origin(picture, names),
        _another_story(picture, names),
        *_place(picture),
        *_silence(picture, names),
        _plans(picture, names),
        _contacts(picture, names),
    ]
    blocks = [_head(picture), *(_block("indicator", one) for one in made), _measure([one.keys["id"] for one in made])]
    return "\n\n".join(blocks) + "\n"


def _head(picture: Picture) -> str:
    days = [one.published.low for one in picture.reports if one.published and one.published.low]
    if not picture.reports:
        return _comment(
            "What this node watches for. There were no reports yet when this was written, so these are general.",
            "Change them, and add what you wait for. Once there are reports, a new one is written from what they hold",
            "after you have moved this file away:  watchfloor watch init",
            _FIELDS,
        )
    span = f" of {period(min(days), max(days))}" if days else ""
    since = f" --since {min(days)}" if days else " --since DAY"
    until = f" --until {max(days)}" if days else ""
    markings = [*(one.marking for one in picture.claims), *(one.marking for one in picture.encounters)]
    levels = [one.level for one in markings if one is not None]
    marked = [f"It names what is marked up to TLP:{max(levels, key=LEVELS.index)}: keep it so."] if levels else []
    return _comment(
        f"What this node watches for, to begin with: taken from the {count(len(picture.reports), 'report')}{span}.",
        "Above each indicator stands what it was taken from. Change it, throw it out, add what you wait for.",
        f"Try it on past reports before you use it:  watchfloor watch test{since}{until}",
        *marked,
        _FIELDS,
    )


def _figures(picture: Picture) -> Iterator[_Made]:
    """Yield for what is counted most a figure above the highest one so far."""
    found: dict[str, list[Series]] = {}
    for one in series(picture):
        found.setdefault(one.unit, []).append(one)
    for number, (unit, those) in enumerate(list(found.items())[:MOST_COUNTED], 1):
        highest, party = max(
            ((point, one.party) for one in those for point in one.points),
            key=lambda both: both[0].figure or both[0].low,
        )
        value = highest.figure or highest.low
        things = _plain(plural(unit))
        spans = {point.span for one in those for point in one.points}
        units = {figure.unit for claim in picture.claims for figure in claim.figures if figure.span in spans}
        yield _Made(
            because=f"Taken from the figures: the most {things} so far are {_words(highest.verbatim)}"
            f" ({_plain(party or 'the report itself')}{_in(highest.outlet)}).",
            keys={
                "id": "higher-figure" if number == 1 else f"higher-figure-{number}",
                "title": f"Somebody counts more than {value:,} {things}",
                "over": "figures",
                "when": "figure above",
                "above": value,
                "units": sorted(_plain(one) for one in units),
            },
        )


def _second_origin(picture: Picture, names: Mapping[str, str]) -> _Made:
    subject = _most(_subjects(picture, names))
    asked: dict[str, object] = {"kinds": _EVERY_CLAIM}
    title, because = "A claim has a second independent origin", "General: any claim that has only one origin so far."
    if subject is not None:
        name, claims = subject
        asked = {"words": [name]}
        title = f"A claim that names {name} has a second independent origin"
        because = f"Taken from the claims: {name} is named in {count(claims, 'claim')}, more than any other name."
    keys = {"id": "second-origin", "title": title, "over": "claims", "when": "independent origins", "at_least": 2}
    return _Made(because=because, keys={**keys, **asked})


def _another_story(picture: Picture, names: Mapping[str, str]) -> _Made:
    changed = [
        (claim, one) for claim in picture.claims for one in claim.positions if one.stance in _CHANGED and one.party
    ]
    because = "General: any party that denies, doubts, revises or takes back."
    if changed:
        claim, position = changed[0]
        because += f" So far {count(len(changed), 'time')}, first: {_told(claim, position, names)}."
    keys = {"id": "another-story", "title": "A party denies, or changes what it says", "over": "claims"}
    return _Made(because=because, keys={**keys, "when": "stance changed", "kinds": _EVERY_CLAIM})


def _place(picture: Picture) -> Iterator[_Made]:
    """Yield what is said for the first time of the place that most claims name and that is no party itself."""
    states = {one.name for one in picture.relations if one.country}
    states |= {name for one in picture.entities if one.schema == "PublicBody" and one.country for name in one.names}
    states |= {one.name for one in picture.entities if one.schema == "PublicBody" and one.country}
    states |= {
        name for claim in picture.claims for one in claim.positions for name in (one.party, one.speaks_for) if name
    }
    found: Counter[str] = Counter()
    for claim in picture.claims:
        inside = _inside(picture, claim)
        located = [one for one in inside if isinstance(one, Place) and one.latitude is not None]
        found.update({_plain(one.name) for one in located if one.name not in states})
    most = _most(found)
    if most is None:
        return
    name, claims = most
    yield _Made(
        because=f"Taken from the places: {name} is named in {count(claims, 'claim')}, more than any other place.",
        keys={
            "id": "at-the-place",
            "title": f"Something new is said of a place: {name}",
            "over": "claims",
            "when": "first seen",
            "places": [name],
            "cool_down": "6h",
        },
    )


def _silence(picture: Picture, names: Mapping[str, str]) -> Iterator[_Made]:
    """Yield whoever was silent or declined to comment, to be listened for."""
    claimed = [one.party for claim in picture.claims for one in claim.positions if one.stance in _SAYS_NOTHING]
    acts = ("decline-to-comment", "silent")
    found = [
        one.speaker
        for report in picture.reports
        for one in picture.annotations.get(report.id, ())
        if isinstance(one, Attribution) and one.act in acts and not one.machine_generated
    ]
    who = list(dict.fromkeys(_plain(called(one, names)) for one in (*claimed, *found) if one))[:MOST_SPEAKERS]
    who = [one for one in who if one]
    if not who:
        return
    yield _Made(
        because=f"Taken from those who were silent or declined to comment on something: {listed(who)}.",
        keys={
            "id": "silence-broken",
            "title": f"Somebody who said nothing speaks: {shorten(', '.join(who), LONGEST_WORDS)}",
            "over": "claims",
            "when": "silence broken",
            "speakers": who,
        },
    )


def _plans(picture: Picture, names: Mapping[str, str]) -> _Made:
    planned = [one for one in picture.encounters if one.status == "planned" and one.carried_out_by is None]
    because = "General: any contact that was planned."
    if planned:
        told = "; ".join(f"{said(one.date)}: {_words(described(one, names))}" for one in planned[:2])
        because += f" Now planned: {told}."
    keys = {"id": "plans-kept", "title": "A planned contact takes place, or is called off", "over": "contacts"}
    return _Made(because=because, keys={**keys, "when": "stance changed", "kinds": _EVERY_CONTACT})


def _contacts(picture: Picture, names: Mapping[str, str]) -> _Made:
    met: Counter[str] = Counter()
    for row in picture.encounters:
        met.update({_plain(called(one.name, names)) for one in row.parties})
    most = _most(met)
    asked: dict[str, object] = {"kinds": _EVERY_CONTACT}
    title, because = "A new contact", "General: any contact."
    if most is not None:
        name, contacts = most
        asked = {"parties": [name]}
        title = f"A new contact of {name}"
        because = f"Taken from the contacts: {name} is in {contacts} of {len(picture.encounters)}, more than anybody."
    keys = {"id": "new-contact", "title": title, "over": "contacts", "when": "first seen", **asked, "cool_down": "6h"}
    return _Made(because=because, keys=keys)


def _subjects(picture: Picture, names: Mapping[str, str]) -> Counter[str]:
    """Return in how many claims each thing or body is named that neither publishes nor speaks here."""
    speaking = {one.party.casefold() for claim in picture.claims for one in claim.positions if one.party}
    publishing = {one.casefold() for one in picture.outlets.values() if one}
    found: Counter[str] = Counter()
    for claim in picture.claims:
        inside = [one for one in _inside(picture, claim) if isinstance(one, Mention) and one.type in _THINGS]
        met = {_plain(called(one.refers_to or one.name, names)) for one in inside}
        found.update(one for one in met if one.casefold() not in speaking | publishing and _is_name(one))
    return found


def _inside(picture: Picture, claim: Claim) -> Iterator[Mention | Place]:
    for position in claim.positions:
        for one in picture.annotations.get(position.span.report, ()):
            if isinstance(one, Mention | Place) and overlap(one.span, position.span):
                yield one


def _most(found: Counter[str]) -> tuple[str, int] | None:
    """Return what is met most and how often, the first by name of equals; None when nothing is met often enough."""
    often = [(name, times) for name, times in found.items() if name and times >= LEAST_CLAIMS]
    return min(often, key=lambda one: (-one[1], one[0]), default=None)


def _is_name(words: str) -> bool:
    return words[:1].isupper() or not words[:1].isascii()


def _told(claim: Claim, position: Position, names: Mapping[str, str]) -> str:
    day = f" on {said(position.date)}" if position.date is not None else ""
    return f"{_plain(called(position.party or '', names))} {position.stance} {_words(claim.proposition)}{day}"


def _in(outlet: str | None) -> str:
    return f" in {_plain(outlet)}" if outlet else ""


def _plain(text: str) -> str:
    """Return words of the picture as they may stand in the file: one line of printable characters, not too long."""
    return shorten("".join(sign if sign.isprintable() else " " for sign in text), LONGEST_WORDS)


def _words(text: str) -> str:
    return f"“{_plain(text).strip(' “”')}”"


def _comment(*lines: str) -> str:
    return "\n".join(f"# {line}" for line in lines)


def _block(table: str, one: _Made) -> str:
    return "\n".join((_comment(one.because), f"[[{table}]]", *(f"{key} = {_toml(one.keys[key])}" for key in one.keys)))


def _measure(indicators: Sequence[object]) -> str:
    made = _Made(
        because="What is agreed to be done is nothing that reports say: this measure shows the form. Put yours here.",
        keys={
            "id": "tell-the-head",
            "title": "Tell the head of the desk",
            "step": 1,
            "owner": "watch officer",
            "indicators": indicators,
        },
    )
    return _block("measure", made)


def _toml(value: object) -> str:
    """Return a value in TOML: strings have the escapes of JSON, and nothing that is not printable is in them."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
