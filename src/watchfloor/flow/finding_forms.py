"""What a person can change in a finding, field by field, from text as it is typed."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

import msgspec
from msgspec import Struct, structs

from watchfloor.annotate.findings import kind
from watchfloor.annotate.gazetteer import country_of, find
from watchfloor.core.annotation import (
    Act,
    Annotation,
    Attribution,
    CommitmentKind,
    Contact,
    ContactType,
    Event,
    Mention,
    MentionType,
    Party,
    Place,
    Quantity,
    SpeakerType,
    Status,
    Time,
    TransferKind,
)
from watchfloor.core.errors import ConfigError
from watchfloor.core.partial_date import PartialDate, Precision
from watchfloor.core.span import Span

OPEN = "open"
"""What is typed for a range without an upper bound."""

_BY_HAND = "a person's word"  # how the date is known, and who says it: the entry of the correction has the name
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_CODE = re.compile(r"(?P<name>.*?)\s*\((?P<code>[A-Z]{3})\)")
_PHASES = ("planned", "under-way", "done")
_LONGEST = 500  # code points of a name or a topic that is typed (assumed)
_ALONE: frozenset[ContactType] = frozenset({"press_briefing", "briefing", "delegation", "envoy"})


class FormField(Struct, frozen=True):
    """One thing that can be typed. choices: all values there are, () for any. hint: how to write it."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    hint: str = ""


_DAY = FormField("date", "Day", (), "2024-10-21, 2024-10 or 2024; empty is unknown")
_STATUS = FormField("status", "Status", get_args(Status))
_SIDES = "names apart by ; — a country's code in brackets: Ann Lee (NOR)"
_COUNTRY = FormField("country", "Country", (), "three letters, such as NOR")

FIELDS: dict[str, tuple[FormField, ...]] = {
    "mention": (
        FormField("type", "Kind", get_args(MentionType)),
        FormField("name", "Name"),
        FormField("refers_to", "Full name"),
        FormField("title", "Title"),
        _COUNTRY,
    ),
    "time": (_DAY,),
    "place": (FormField("name", "Place"), _COUNTRY),
    "quantity": (
        FormField("low", "At least"),
        FormField("high", "At most", (), f"a number, or {OPEN}"),
        FormField("unit", "Of what", (), "one word, singular: soldier"),
        FormField("counted", "What is counted"),
        FormField("phase", "How far", ("", *_PHASES)),
    ),
    "attribution": (
        FormField("speaker", "Speaker", (), "empty when nobody is named"),
        FormField("speaker_type", "Speaker is a", get_args(SpeakerType)),
        FormField("speaks_for", "Speaks for"),
        FormField("act", "Act", get_args(Act)),
        FormField("polarity", "Says it is", ("positive", "negative")),
        _DAY,
    ),
    "event": (
        FormField("event_type", "Kind", (), "a PLOVER type, such as CONSULT"),
        FormField("actor", "Who", (), _SIDES),
        FormField("recipient", "To whom", (), _SIDES),
        _STATUS,
        _DAY,
        FormField("place", "Place"),
    ),
    "contact": (
        FormField("contact_type", "Kind", get_args(ContactType)),
        FormField("parties", "Between", (), _SIDES),
        _STATUS,
        _DAY,
        FormField("place", "Place"),
        FormField("topic", "About"),
    ),
    "commitment": (
        FormField("kind", "Kind", get_args(CommitmentKind)),
        FormField("parties", "Whose", (), _SIDES),
        FormField("towards", "Towards whom", (), _SIDES),
        _STATUS,
        _DAY,
    ),
    "transfer": (
        FormField("kind", "Kind", get_args(TransferKind)),
        FormField("giver", "From", (), _SIDES),
        FormField("receiver", "To", (), _SIDES),
        _STATUS,
        _DAY,
    ),
}
"""By kind of finding, what can be changed; the words it stands on are chosen apart."""

ADDABLE = {
    "mention": "person, body or thing",
    "place": "place",
    "quantity": "count",
    "attribution": "statement",
    "contact": "contact",
    "time": "day",
}
"""What a person can add, and what it is called."""

_SEVERAL = frozenset({"parties", "actor", "recipient", "towards", "giver", "receiver"})


def values(one: Annotation) -> dict[str, str]:
    """Return the fields of a finding as they would be typed."""
    return {field.name: _typed(field.name, getattr(one, field.name)) for field in FIELDS[kind(one)]}


def _typed(name: str, value: Any) -> str:
    if isinstance(value, PartialDate):
        return value.value or ""
    if name in _SEVERAL:
        return "; ".join(f"{side.name} ({side.country})" if side.country else side.name for side in value)
    if value is None:
        return OPEN if name == "high" else ""
    return str(value)


def changed(one: Annotation, typed: Mapping[str, str], words: Span | None = None) -> Annotation:
    """Return a finding with what was typed; what was left out, or is as it was, stays.

    words: where it is to stand. Raises ConfigError for what cannot be read, with what was found and expected.
    """
    known = {field.name: field for field in FIELDS[kind(one)]}
    if strange := [name for name in typed if name not in known]:
        raise ConfigError(f"a {kind(one)} has no {strange[0]!r}; expected {', '.join(known)}")
    before = values(one)
    given = {
        name: text.strip()
        for name, text in typed.items()
        if text.strip() or not known[name].choices or _may_be_empty(known[name])
    }
    new = {name: _read(known[name], text, one) for name, text in given.items() if text != before[name]}
    return _whole(one, new, words)


def added(sort: str, typed: Mapping[str, str], words: Span, text: str) -> Annotation:
    """Return a finding of this kind that stands on the words, with what was typed. Raises ConfigError."""
    if sort not in ADDABLE:
        raise ConfigError(f"a {sort!r} cannot be added; expected {', '.join(ADDABLE)}")
    given = {name: value for name, value in typed.items() if value.strip() or name not in ("name", "refers_to")}
    made = changed(_BLANK[sort](words, " ".join(text[words.start : words.end].split())), given)
    if isinstance(made, Time) and made.date.value is None:
        raise ConfigError("Day: found nothing, expected 2024-10-21, 2024-10 or 2024")
    return made


def _may_be_empty(field: FormField) -> bool:
    return "" in field.choices


def defaults(sort: str, words: str) -> dict[str, str]:
    """Return the fields of a finding of this kind that is still to be made on some words, as they would be typed."""
    made = values(_BLANK[sort](Span(report="", start=0, end=1), " ".join(words.split())))
    return {**made, "low": "", "high": ""} if sort == "quantity" else made


def _whole(one: Annotation, new: dict[str, Any], words: Span | None) -> Annotation:
    """Return the finding with new values, checked as a whole."""
    if words is not None and words != one.span:
        new["span"] = words
        if isinstance(one, Attribution):
            new["content"] = (words,)
    if isinstance(one, Place) and {"name", "country"} & new.keys():
        new |= _located(new.get("name", one.name), new.get("country", one.country))
    if isinstance(one, Mention) and "name" in new and "refers_to" not in new:
        new["refers_to"] = new["name"]
    if isinstance(one, Quantity) and "low" in new:
        new.setdefault("high", new["low"])
        new["figure"] = new["low"] if new["low"] == new["high"] else None
    try:
        made = msgspec.convert(msgspec.to_builtins(structs.replace(one, **new)), type(one))
    except msgspec.ValidationError as error:
        raise ConfigError(f"the {kind(one)} cannot be kept so: {error}") from None
    _check(made)
    return made


def _check(made: Annotation) -> None:
    if isinstance(made, Quantity) and made.high is not None and made.high < made.low:
        raise ConfigError(f"found at least {made.low:,} and at most {made.high:,}; expected the smaller one first")
    if isinstance(made, Contact):
        least = 1 if made.contact_type in _ALONE else 2
        if len(made.parties) < least:
            raise ConfigError(f"a {made.contact_type} is between at least {least}; name them apart by ;")
    if isinstance(made, Mention | Place) and not made.name:
        raise ConfigError(f"a {kind(made)} needs a name")
    if isinstance(made, Quantity) and not made.unit:
        raise ConfigError("a count needs to be of something: give the unit, in the singular")
    if isinstance(made, Event) and not made.event_type:
        raise ConfigError("an event needs a kind")


def _located(name: str, country: str | None) -> dict[str, Any]:
    """Return where the gazetteer says that a place lies, nothing where it does not know it."""
    entry = find(name, country)
    where = {"latitude": None, "longitude": None, "geonames_id": None, "country": country}
    if entry is None or (country is not None and entry.country != country):
        return {"name": name, **where}
    return {
        "name": name,
        "country": country or entry.country,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "geonames_id": entry.geonames_id,
    }


def _read(field: FormField, text: str, one: Annotation) -> Any:
    if len(text) > _LONGEST:
        raise ConfigError(f"{field.label}: found {len(text):,} characters, expected at most {_LONGEST}")
    if field.choices and text not in field.choices:
        raise ConfigError(f"{field.label}: found {text!r}, expected one of {', '.join(filter(None, field.choices))}")
    if field.name == "date":
        return _date(text, needed=isinstance(one, Time))
    if field.name in _SEVERAL:
        return _sides(text, getattr(one, field.name))
    if field.name in ("low", "high"):
        return _number(field, text)
    if field.name == "country":
        return _country(text)
    if field.name in ("name", "unit", "event_type"):
        return text
    return text or None


def _number(field: FormField, text: str) -> int | None:
    if field.name == "high" and text == OPEN:
        return None
    digits = text.replace(",", "").replace(" ", "").replace("'", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise ConfigError(f"{field.label}: found {text!r}, expected a number such as 12,000")
    return int(digits)


def _country(text: str) -> str | None:
    if text and not re.fullmatch("[A-Za-z]{3}", text):
        raise ConfigError(f"Country: found {text!r}, expected three letters such as NOR (ISO 3166-1)")
    return text.upper() or None


def _date(text: str, *, needed: bool) -> PartialDate | None:
    if not text and not needed:
        return None
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
        low = date(year, month or 1, day or 1)
        high = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        raise ConfigError(f"Day: found {text!r}, expected 2024-10-21, 2024-10 or 2024") from None
    precision: Precision = "day" if day else "month" if month else "year"
    return PartialDate(value=text, low=low, high=high, precision=precision, how=_BY_HAND)


def _sides(text: str, before: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return the parties that were typed; who was named before keeps what else is known of them."""
    known = {side.name: side for side in before}
    sides = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = _CODE.fullmatch(part)
        name = match["name"] if match else part
        code = match["code"] if match else None
        kept = known.get(name) or Party(name=name, country=country_of(name))
        sides.append(structs.replace(kept, country=code) if code else kept)
    return tuple(sides)


def _mention(words: Span, text: str) -> Annotation:
    return Mention(span=words, type="person", name=text, refers_to=text, generated_by=_BY_HAND)


def _place(words: Span, text: str) -> Annotation:
    found = _located(text, None)
    return Place(span=words, **found, generated_by=_BY_HAND)


def _quantity(words: Span, _text: str) -> Annotation:
    return Quantity(span=words, low=0, high=0, figure=None, unit="", hedge=None, generated_by=_BY_HAND)


def _attribution(words: Span, text: str) -> Annotation:
    return Attribution(
        span=words,
        source=(),
        cue=(),
        content=(words,),
        speaker=None,
        speaker_type="person",
        kind="direct" if text[:1] in '"“«„「' else "indirect",
        act="assert",
        generated_by=_BY_HAND,
    )


def _contact(words: Span, _text: str) -> Annotation:
    return Contact(
        span=words, contact_type="meeting", parties=(), date=None, place=None, status="actual", generated_by=_BY_HAND
    )


def _time(words: Span, _text: str) -> Annotation:
    unknown = PartialDate(value=None, low=None, high=None, precision="unknown", how=_BY_HAND)
    return Time(span=words, date=unknown, generated_by=_BY_HAND)


_BLANK: dict[str, Callable[[Span, str], Annotation]] = {
    "mention": _mention,
    "place": _place,
    "quantity": _quantity,
    "attribution": _attribution,
    "contact": _contact,
    "time": _time,
}
