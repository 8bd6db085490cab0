"""What is said about a span: a tagged union of stand-off annotations."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.span import Span

MentionType = Literal[
    "person", "organisation", "place", "group", "nationality", "facility", "weapon", "law", "product", "other"
]
"""A group is its people ("Russians"), a nationality what belongs to one ("Russian"); weapons with what carries them."""

SpeakerType = Literal["person", "organisation", "document", "anonymous"]
Kind = Literal["direct", "indirect", "mixed"]

Act = Literal[
    "assert",
    "confirm",
    "deny",
    "justify",
    "condemn",
    "demand",
    "promise",
    "predict",
    "thank",
    "wish",
    "decline-to-comment",
    "silent",
    "other",
]

Polarity = Literal["positive", "negative"]
Modality = Literal["certain", "probable", "possible"]
"""How surely what is said is said to be so: "will rain", "is likely to rain", "may rain"."""
Tense = Literal["past", "present", "future"]

Status = Literal["actual", "planned", "alleged", "denied", "hypothetical"]

ContactType = Literal[
    "call", "meeting", "summons", "visit", "briefing", "press_briefing", "delegation", "envoy", "invitation", "letter"
]


class Mention(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="mention"):
    """A name or a description that stands for somebody or something.

    name: the name without title and article ("Mark Rutte"); for a description its words ("the ambassador").
    title: the title or role that stands with it ("NATO Secretary General"), None without one.
    country: ISO 3166-1 alpha-3 code of the country it belongs to, as the words say, else None.
    refers_to: the fullest name in this report that it stands for, after resolve; None while unresolved.
    """

    span: Span
    type: MentionType
    name: str
    title: str | None = None
    country: str | None = None
    refers_to: str | None = None
    generated_by: str


class Time(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="time"):
    """A date or time expression and what it means beside the report's own date."""

    span: Span
    date: PartialDate
    generated_by: str


class Place(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="place"):
    """A place named in the text.

    country: ISO 3166-1 alpha-3 code; latitude, longitude: degrees WGS 84 of its centre; None where the gazetteer has
        none. geonames_id: GeoNames identifier.
    """

    span: Span
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    generated_by: str


class Quantity(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="quantity"):
    """A count as reported, kept as a range: "some 12,000" is not 12,000.

    low, high: smallest and largest count the words allow; high is None without an upper bound.
    figure: the number in the words, before the hedge widens it; None for "dozens".
    unit: lower-case singular head noun, e.g. "troop". hedge: the approximating word, or None.
    counted: the words around the unit that say what is counted, e.g. "North Korean special forces"; None if none.
    phase: how far the thing has come, "planned", "under-way" or "done"; None when the words do not say.
    part_of: the span of the larger quantity that the words make it a part of ("1,500 of them"), else None.
    """

    span: Span
    low: int
    high: int | None
    figure: int | None
    unit: str
    hedge: str | None
    counted: str | None = None
    phase: Literal["planned", "under-way", "done"] | None = None
    part_of: Span | None = None
    generated_by: str


class Attribution(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="attribution"):
    """Somebody said something: source, cue and content spans as in PolNeAR.

    source: the words that name the speaker; empty when a quotation goes on without naming one.
    cue: the words of saying; empty when there are none.
    content: what is said, with its quotation marks and complementiser; several spans when the cue breaks it.
    speaker: the speaker's fullest name known in this report; None for "experts", "some".
    speaker_type: a person, a body, a document, or nobody that is named.
    speaks_for: the body or country the speaker stands for, None when the words do not say.
    introduced: False when the report uses the speaker's bare surname and never says who it is.
    reported_via: the channel the outlet had it through ("the presidential office", "X"), else None.
    date: the day of the statement, None when unknown.
    machine_generated: it stands in a generated part of the text and is never counted as a voice.
    polarity, modality, tense: of what is said, beside the act: "will not attend" is negative, certain, future.
    """

    span: Span
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    speaker_type: SpeakerType
    speaks_for: str | None = None
    introduced: bool = True
    kind: Kind
    act: Act
    reported_via: str | None = None
    date: PartialDate | None = None
    machine_generated: bool = False
    polarity: Polarity = "positive"
    modality: Modality = "certain"
    tense: Tense = "past"
    generated_by: str


class Party(Struct, frozen=True, kw_only=True):
    """One side of an event or a contact.

    name: fullest name in the report. country: ISO 3166-1 alpha-3, "IGO" for a body of many states, None if unknown.
    role: what the party does in it ("host", "summoned", "caller"), None when the words do not say.
    """

    name: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    span: Span | None = None


class Event(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="event"):
    """Who did what to whom, in the terms of PLOVER 0.8.

    span: the sentence or clause it rests on. event_type, mode: PLOVER names ("CONSULT", "phone").
    trigger: the words that tell it. underlying: the type of what an AGREE promises, a REQUEST asks, a REJECT refuses.
    asserted_by: who says that it is so, empty where the report itself does. quantity: how many or much, as worded.
    contexts: PLOVER contexts ("military"). cameo: its CAMEO code. because: the rule or score behind type, sides and
    status, in short words.
    """

    span: Span
    event_type: str
    mode: str | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    status: Status
    date: PartialDate | None = None
    place: str | None = None
    trigger: Span | None = None
    underlying: str | None = None
    asserted_by: tuple[str, ...] = ()
    quantity: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    because: str | None = None
    generated_by: str


class Contact(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="contact"):
    """One telling of one contact between parties: a call, a summons, a planned visit.

    span: the sentence that tells it. topic: what it was about, as worded, None when not said.
    """

    span: Span
    contact_type: ContactType
    parties: tuple[Party, ...]
    date: PartialDate | None
    place: str | None
    status: Status
    topic: str | None = None
    generated_by: str


CommitmentKind = Literal["signs", "ends", "provides", "violates", "promises"]


class Commitment(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="commitment"):
    """What binds somebody: a treaty signed or left, what an article says, who breaks it, a promise and its condition.

    span: the sentence it rests on. parties: who signs, leaves, promises, or is said to violate. towards: to whom.
    instrument: the treaty, resolution or law as worded ("UN Security Council resolution 1718"), None for a promise;
        article: the part of it ("Article 2"), None without one.
    measure: the words for what is provided or promised; condition: those on which it depends; None where none are.
    asserted_by: who says so, None where the report does in its own voice. because: the words that decided.
    """

    span: Span
    kind: CommitmentKind
    parties: tuple[Party, ...]
    towards: tuple[Party, ...] = ()
    instrument: str | None = None
    article: str | None = None
    measure: Span | None = None
    condition: Span | None = None
    status: Status
    asserted_by: str | None = None
    date: PartialDate | None = None
    because: str
    generated_by: str


TransferKind = Literal["arms", "troops", "technology", "money", "intelligence", "goods"]


class Transfer(Struct, frozen=True, kw_only=True, tag_field="annotation", tag="transfer"):
    """Something that passes, or may pass, from one party to another.

    span: the sentence it rests on. thing: the words for what passes; kind: what that is.
    giver, receiver: empty where the words do not say. quantity: the words for how much, None without a count.
    in_exchange: the words for what is had in return. asserted_by, because: as in `Commitment`.
    """

    span: Span
    kind: TransferKind
    thing: Span
    giver: tuple[Party, ...]
    receiver: tuple[Party, ...]
    quantity: Span | None = None
    in_exchange: Span | None = None
    status: Status
    asserted_by: str | None = None
    date: PartialDate | None = None
    because: str
    generated_by: str


Annotation = Mention | Time | Place | Quantity | Attribution | Event | Contact | Commitment | Transfer
