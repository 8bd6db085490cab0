"""The kinds of rows, one for each table; the names of columns are part of the interface and stay."""

from datetime import date as Day  # noqa: N812 - a column is called date
from datetime import datetime
from typing import Literal

from watchfloor.core.annotation import Act, ContactType, Kind, Modality, Polarity, SpeakerType, Status, Tense
from watchfloor.core.assessment import Confidence, Credibility, Likelihood
from watchfloor.core.claim import Stance
from watchfloor.core.feed import Reliability
from watchfloor.core.partial_date import Precision
from watchfloor.notebook.row import Row


class Dated(Row, frozen=True, kw_only=True):
    """A row with a date as far as it is known: between date and date_until, both inclusive.

    date_said: ISO 8601 cut at its precision ("2024-10"). All None when nothing is known.
    """

    date: Day | None = None
    date_until: Day | None = None
    date_precision: Precision | None = None
    date_said: str | None = None


class Placed(Dated, frozen=True, kw_only=True):
    """A row that rests on one stretch of a report: code points in its text, half-open, and the words there."""

    report: str
    start: int
    end: int
    words: str


class ReportRow(Dated, frozen=True, kw_only=True):
    """One item of one outlet; date is when it was published.

    reliability: the outlet's grade. story: id of its story. copy_of: the earlier report that its text comes from.
    characters: length of the text.
    """

    id: str
    outlet: str | None
    headline: str | None
    authors: tuple[str, ...]
    language: str | None
    url: str | None
    flags: tuple[str, ...]
    reliability: Reliability | None
    story: str | None
    copy_of: str | None
    copy_kind: str | None
    characters: int
    collected: datetime


class StatementRow(Placed, frozen=True, kw_only=True):
    """Somebody said something (an attribution); words are what is said, cue the words of saying.

    via: the channel the outlet had it through. machine_generated: it stands in a generated part of the text.
    """

    speaker: str | None
    speaker_type: SpeakerType
    speaks_for: str | None
    act: Act
    kind: Kind
    polarity: Polarity
    modality: Modality
    tense: Tense
    cue: str | None
    via: str | None
    machine_generated: bool
    outlet: str | None


class ClaimRow(Row, frozen=True, kw_only=True):
    """One proposition with how widely it is carried: reports, outlets and independent origins are three counts.

    parties, stances: of its positions, each once, in order. first, last: days of its first and last position.
    credibility, likelihood, confidence: what a person holds of it; no machine sets them.
    """

    id: str
    proposition: str
    topic: Literal["figure", "statement", "event"]
    reports: int
    outlets: int
    origins_min: int
    origins_max: int
    circular: bool
    parties: tuple[str, ...]
    stances: tuple[str, ...]
    first: Day | None
    last: Day | None
    part_of: str | None
    rivals: tuple[str, ...]
    revises: str | None
    credibility: Credibility | None
    likelihood: Likelihood | None
    confidence: Confidence | None
    assessed_by: str | None
    report_ids: tuple[str, ...]


class PositionRow(Placed, frozen=True, kw_only=True):
    """One party's stance on a claim in one report, and why it is this stance; words are the quoted ones."""

    claim: str
    party: str | None
    speaks_for: str | None
    via: str | None
    country: str | None
    stance: Stance
    act: Act | None
    resolved: bool
    anonymous: bool
    outlet: str | None
    because: str | None


class FigureRow(Placed, frozen=True, kw_only=True):
    """One value as reported: a range, high None without an upper bound; figure is the number in the words.

    checked: the number stands in the words. date is the day of the statement.
    """

    indicator: str
    unit: str
    country: str | None
    party: str | None
    low: int
    high: int | None
    figure: int | None
    hedge: str | None
    phase: str | None
    checked: bool
    claim: str
    outlet: str | None


class ContactRow(Dated, frozen=True, kw_only=True):
    """One row of the contact log (an encounter): one contact over all its tellings.

    parties, countries, roles stand in the same order, "" where a country or a role is not known.
    report_ids, starts, ends: the tellings, in the same order.
    """

    id: str
    contact_type: ContactType
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    roles: tuple[str, ...]
    status: Status
    place: str | None
    topic: str | None
    told_by: tuple[str, ...]
    carried_out_by: str | None
    planned_as: tuple[str, ...]
    reports: int
    report_ids: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class EventRow(Placed, frozen=True, kw_only=True):
    """Who did what to whom, in the terms of PLOVER 0.8, with the rule or score that says so."""

    event_type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: Status
    place: str | None
    quantity: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    asserted_by: tuple[str, ...]
    because: str | None


class PlaceRow(Placed, frozen=True, kw_only=True):
    """A place named in a report; date is the report's. latitude, longitude: degrees WGS 84 of its centre."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None


class EntityRow(Row, frozen=True, kw_only=True):
    """One person, body or place over all its names. score: of the least sure merge in it; reasons: why, a line each."""

    id: str
    schema: str
    name: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    country: str | None
    mentions: int
    reports: int
    score: float
    named: bool
    reasons: tuple[str, ...]


class StoryRow(Row, frozen=True, kw_only=True):
    """Reports about one happening. first, last: days on which its first and last dated report were published."""

    id: str
    title: str | None
    reports: int
    outlets: int
    languages: tuple[str, ...]
    first: Day | None
    last: Day | None
    report_ids: tuple[str, ...]


class OriginRow(Row, frozen=True, kw_only=True):
    """One place a claim comes from. may_be: parties of other origins that it may be the same as.

    reasons: why reports were held to come from it, a line each.
    """

    claim: str
    party: str
    reports: int
    report_ids: tuple[str, ...]
    may_be: tuple[str, ...]
    reasons: tuple[str, ...]


class HitRow(Dated, frozen=True, kw_only=True):
    """One report that a search found: snippet is the text around the first hit, start and end its place."""

    report: str
    outlet: str | None
    headline: str | None
    hits: int
    snippet: str
    start: int
    end: int
