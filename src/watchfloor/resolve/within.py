"""Resolve names within one report: who speaks, who is meant, on whose behalf, through which channel, on which day."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from watchfloor.core.annotation import Annotation, Attribution, Commitment, Contact, Event, Mention, Party, Transfer
from watchfloor.core.report import Report
from watchfloor.resolve import bodies, channels, confirmations, dates, names, roles, speakers, states
from watchfloor.resolve.cast import Cast, Known
from watchfloor.resolve.casting import gather
from watchfloor.resolve.layout import Layout, lay_out
from watchfloor.resolve.roles import is_description
from watchfloor.resolve.scene import NAMED, SPOKE, Scene, Stranger

_ONE_UNNAMED = re.compile(
    r"(?:an?|another|one|its|his|her|their|the)\s(?!.*s$)", re.I
)  # "its envoy", "an official who"

_SOMEBODYS = re.compile(
    r"(?:its|their)\s(?:\w+\s)?(?:representatives?|envoys?|officials?|spokes\w+|ambassadors?|negotiators?|diplomats?)$",
    re.I,
)  # whose it is stays open, and so does who speaks


def resolve(report: Report, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """Return the annotations in their order, with names and speakers at their fullest in this report.

    The text is read once from beginning to end. What stays open stays as it was; spans are never touched.
    """
    layout = lay_out(report)
    cast = gather(report, annotations)
    scene = Scene(report.text, layout, cast)
    resolved: dict[int, Annotation] = {}
    for place in sorted(range(len(annotations)), key=lambda i: (_start(annotations[i]), i)):
        resolved[place] = _read(annotations[place], scene, resolved)
    return tuple(_finished([resolved[place] for place in range(len(annotations))], layout, report))


def _start(one: Annotation) -> int:
    """Return where an annotation is read: a statement at its speaker, a contact when its sentence is over."""
    if isinstance(one, Attribution):
        return (one.source or one.content or (one.span,))[0].start
    if isinstance(one, Contact | Event | Transfer | Commitment):
        return one.span.end
    return one.span.start


def _read(one: Annotation, scene: Scene, before: dict[int, Annotation]) -> Annotation:
    """Return one annotation resolved, noting on the scene who appeared."""
    if isinstance(one, Mention):
        return _mention(one, scene)
    if isinstance(one, Attribution):
        return _attribution(one, scene, before.values())
    if isinstance(one, Contact):
        parties = _parties(one.parties, one.span.end, scene)
        scene.enter(one.span.start, _known(parties, scene.cast), NAMED)
        return replace(one, parties=parties)
    if isinstance(one, Event):
        at = one.span.end
        actor, recipient = _parties(one.actor, at, scene), _parties(one.recipient, at, scene)
        if {party.name for party in actor} & {party.name for party in recipient}:  # nobody does it to himself
            actor, recipient = _as_described(one.actor, actor), _as_described(one.recipient, recipient)
        return replace(one, actor=actor, recipient=recipient)
    if isinstance(one, Transfer):
        at = one.span.end
        giver, receiver = _parties(one.giver, at, scene), _parties(one.receiver, at, scene)
        return replace(one, giver=giver, receiver=receiver, asserted_by=_sayer(one.asserted_by, at, scene))
    if isinstance(one, Commitment):
        at = one.span.end
        parties, towards = _parties(one.parties, at, scene), _parties(one.towards, at, scene)
        return replace(one, parties=parties, towards=towards, asserted_by=_sayer(one.asserted_by, at, scene))
    return one


def _mention(one: Mention, scene: Scene) -> Mention:
    """Return a mention with whom it stands for."""
    at = one.span.start
    if (one.type == "place" or states.state(one.name)) and one.name.strip() and scene.layout.told(at):
        scene.land(at, one.name)
    if one.type not in ("person", "organisation", "group") or not one.name.strip():
        return one
    if one.type == "person" and not is_description(one.name):
        single = " " not in one.name
        known = (
            speakers.bare_surname(one.name, at, scene, one.title)
            if single
            else scene.cast.by_name.get(names.fold(one.name))
        )
    else:
        reading = speakers.read(one.name, at, scene)
        known = reading.who[0] if reading and len(reading.who) == 1 else None
    if known is None and one.type == "group" and (one.name[0].isupper() or one.name.startswith("the ")):
        group = Known(type="group", spellings=Counter([one.name]))
        scene.enter(at, (group,), scene.prominence(at, one.span.end, None))
    if known is None:
        return one
    scene.enter(at, (known,), scene.prominence(at, one.span.end, one.title))
    return replace(one, refers_to=known.name) if known.introduced else one


def _attribution(one: Attribution, scene: Scene, before: Iterable[Annotation]) -> Attribution:
    """Return a statement with its speaker."""
    at = _start(one)
    words = " ".join(scene.text[span.start : span.end] for span in one.source)
    unnamed = not one.speaker or one.speaker.casefold() in speakers.PRONOUNS
    goes_on = one.speaker_type != "anonymous" or (one.kind == "direct" and not one.cue)
    if not words and unnamed and goes_on:
        return _carried_on(one, scene.layout, before)
    if one.speaker_type == "document":
        return _standing(one, scene, None)
    reading = speakers.read(words, at, scene) if words.strip() else None
    named = one.speaker if one.speaker and one.speaker.casefold() not in speakers.PRONOUNS else None
    if reading is None and named and not speakers.INDEFINITE.match(words):
        reading = speakers.read(named, at, scene)
    if _ONE_UNNAMED.match(words) and (reading is None or reading.type == "anonymous"):
        label = reading.speaker if reading else _open(one).speaker
        scene.strangers.append(Stranger(at, label, reading.speaks_for if reading else None))
    if reading is None or reading.speaker is None:
        return _standing(_open(one), scene, _state_said(words))
    if not one.machine_generated:
        scene.enter(at, reading.who, SPOKE)
    spoken = replace(one, speaker=reading.speaker, speaker_type=reading.type, introduced=reading.introduced)
    return _standing(spoken, scene, reading.speaks_for)


def _state_said(words: str) -> str | None:
    """Return the state that a description begins with: "the French ambassador" speaks for France."""
    plain = re.sub(r"^(?:the|an?|one|another)\s+", "", words.strip(), flags=re.I)
    code = states.leading(plain)[0]
    return states.name_of(code) if code and roles.is_role(plain) and roles.speaks_for_others(plain) else None


def _open(one: Attribution) -> Attribution:
    """Return a statement whose speaker stays open: a pronoun names nobody, an unknown bare name is not introduced."""
    words = speakers.tidy(one.speaker or "")
    if words.casefold() in speakers.PRONOUNS:
        return replace(one, speaker=None)
    if _SOMEBODYS.match(words):
        return replace(one, speaker=None, speaker_type="anonymous")
    if one.speaker_type == "anonymous" and " " not in words:
        return replace(one, speaker=None)
    if one.speaker_type == "organisation":
        words = re.sub(r"^(?:its|their|his|her)\s", "the ", words, flags=re.I)  # whose is not known
        return replace(one, speaker=bodies.spelled(words) or None)
    if one.speaker_type == "person" and words and not is_description(words):
        titled = roles.is_role(" ".join(words.split()[:-1]))
        return replace(one, speaker=words, introduced=titled or len(words.split()) > 1)
    return one


def _carried_on(one: Attribution, layout: Layout, before: Iterable[Annotation]) -> Attribution:
    """Return a quotation that goes on, with the speaker of the statement before it in its paragraph."""
    paragraph = layout.paragraph(_start(one))
    last: Attribution | None = None
    for other in before:
        if isinstance(other, Attribution) and layout.paragraph(_start(other)) == paragraph and other.speaker:
            last = other if last is None or _start(other) >= _start(last) else last
    if last is None:
        return one
    return replace(
        one,
        speaker=last.speaker,
        speaker_type=last.speaker_type,
        speaks_for=last.speaks_for,
        introduced=last.introduced,
    )


def _standing(one: Attribution, scene: Scene, speaks_for: str | None) -> Attribution:
    """Return a statement with the body it is made for and its channel, both under their fullest names."""
    given = _fullest(one.speaks_for, _start(one), scene) or speaks_for
    via = _fullest(one.reported_via, _start(one), scene)
    return replace(one, speaks_for=given, reported_via=via)


def _fullest(words: str | None, at: int, scene: Scene) -> str | None:
    """Return the fullest name for the words for a body or channel, the words themselves when they name none."""
    if not words or not words.strip():
        return None
    known = scene.cast.by_name.get(names.fold(bodies.bare(words)))
    if known and known.type == "organisation":
        return known.name
    reading = speakers.read(words, at, scene)
    return reading.speaker if reading and len(reading.who) == 1 else words


def _sayer(words: str | None, at: int, scene: Scene) -> str | None:
    """Return who says so under the fullest name: "the two leaders" are the two."""
    reading = speakers.read(words, at, scene) if words and words.strip() else None
    return reading.speaker if reading and reading.speaker and len(reading.who) > 1 else _fullest(words, at, scene)


def _parties(parties: tuple[Party, ...], at: int, scene: Scene) -> tuple[Party, ...]:
    """Return parties under their fullest names with their states; "the two leaders" become two parties."""
    found: dict[str, Party] = {}
    for party in parties:
        reading = speakers.meant(party.name, party.span.start if party.span else at - 1, scene)
        if reading is None or reading.speaker is None:
            name = bodies.usual(party.name)
            found.setdefault(name, replace(party, name=name))
        elif len(reading.who) > 1:
            for known in reading.who:
                found.setdefault(known.name, replace(party, name=known.name, country=_country(known.name, known)))
        else:
            known_one = reading.who[0] if reading.who else None
            country = party.country or _country(reading.speaker, known_one)
            name = reading.speaker if known_one and known_one.type == "person" else bodies.usual(reading.speaker)
            found.setdefault(name, replace(party, name=name, country=country))
    return tuple(found.values())


def _as_described(given: tuple[Party, ...], read: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return the sides as the sentence describes them, where it does not name them: "the president", not who he is."""
    return given if all(is_description(party.name) for party in given) else read


def _country(name: str, known: Known | None) -> str | None:
    """Return the state a party belongs to, "IGO" for a body of many states."""
    if bodies.international(name):
        return "IGO"
    if known is None:
        return states.state(name) or states.seat(name)
    titled = (roles.parse(title).country for title in known.titles)
    return known.country or next((code for code in titled if code), None)


def _known(parties: Sequence[Party], cast: Cast) -> tuple[Known, ...]:
    """Return those parties that are of the cast."""
    found = (cast.by_name.get(names.fold(party.name)) for party in parties)
    return tuple(known for known in found if known)


def _finished(annotations: list[Annotation], layout: Layout, report: Report) -> list[Annotation]:
    """Return the annotations with dates and channels, which need all speakers and contacts."""
    places = [place for place, one in enumerate(annotations) if isinstance(one, Attribution)]
    statements = [one for one in annotations if isinstance(one, Attribution)]
    told = dates.contents(annotations, report.published)
    dated = []
    for one in statements:
        who = (one.speaker or "").split(" and ")
        dated.append(one if one.date else replace(one, date=dates.day_of(one, who, told, layout)))
    dated = dates.carry(dated, layout)
    for place, one in zip(places, confirmations.claims(report.text, channels.carry(dated, layout)), strict=True):
        annotations[place] = one
    return annotations
