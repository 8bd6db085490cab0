"""Alerts leave the page: over which channel, from when on, and only as far as the channel is cleared."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

from msgspec import Struct, structs

from watchfloor.core.alert import Alert
from watchfloor.core.channel import Delivery
from watchfloor.core.errors import ConfigError, SourceError
from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.marking import LEVELS, Level, Marking, Reader
from watchfloor.core.measure import Measure
from watchfloor.flow.admission import DOOR
from watchfloor.flow.configuration import ChannelSettings, Configuration
from watchfloor.flow.egress import Tally, host_of
from watchfloor.share.json_text import encoded
from watchfloor.share.release import banner, effective, refusal
from watchfloor.store.portions import portions
from watchfloor.store.store import Store
from watchfloor.watch import telling
from watchfloor.watch.hours import Hours, clock, due, known_zone, stretch

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))
"""How long after each failure a delivery is tried again; after the last it is dead and waits for a person (assumed)."""

MOST_SINGLE = 5  # alerts that come due together and are mailed one by one; more are one mail (assumed)
SECRET = "WATCHFLOOR_SECRET_"


class Sender(Protocol):
    """Hands messages to the world."""

    def mail(self, to: tuple[str, ...], subject: str, text: str, *, id: str, at: datetime, urgent: bool) -> None:
        """Send a mail; raise SourceError when it was not taken."""

    def post(self, name: str, channel: ChannelSettings, body: bytes, *, key: str, at: datetime) -> None:
        """Post a body to a channel's address; raise SourceError when it was not taken."""


class Delivered(Struct, frozen=True, kw_only=True):
    """What a round of deliveries came to."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    withheld: int = 0


def check(settings: Configuration, indicators: Sequence[Indicator] = ()) -> None:
    """Raise ConfigError for a channel that cannot work, and for an indicator that names one there is not."""
    for name, channel in settings.alerts.channels.items():
        _hours(name, channel)
        if channel.kind == "mail" and (settings.alerts.mail is None or not channel.to):
            raise ConfigError(f"the channel {name!r} needs `to`, and [alerts.mail] with host and sender")
        if channel.kind == "webhook" and not (channel.address and secret_of(name, channel)):
            variable = f"{SECRET}{_capital(name)}"
            raise ConfigError(f"the channel {name!r} needs `address` and `secret` (or {variable})")
    for one in indicators:
        for told in one.notify:
            if not resolved(settings, told):
                known = ", ".join(sorted(settings.alerts.channels)) or "none"
                raise ConfigError(
                    f"indicator {one.id!r}, key notify: no channel of watchfloor.toml is meant by {told!r}; "
                    f"expected one of: {known}; role:ROLE and person:NAME name those with that role or person"
                )


def resolved(settings: Configuration, told: str) -> tuple[str, ...]:
    """Return the names of the channels that are meant: by its name, a role or a person."""
    kind, colon, name = told.partition(":")
    channels = settings.alerts.channels
    if colon and kind in ("role", "person"):
        return tuple(sorted(each for each, one in channels.items() if getattr(one, kind) == name))
    return (told,) if told in channels else ()


def planned(
    store: Store, settings: Configuration, indicators: Sequence[Indicator], alerts: Sequence[Alert]
) -> tuple[Delivery, ...]:
    """Return what is to be delivered of new alerts: per channel one, when it is due, or why it is withheld."""
    notify = {one.id: one.notify for one in indicators}
    found: dict[str, Delivery] = {}
    for alert in alerts:
        for name in dict.fromkeys(
            each for told in notify.get(alert.indicator, ()) for each in resolved(settings, told)
        ):
            channel = settings.alerts.channels[name]
            reason = withheld(store, name, channel, alert.marking)
            made = Delivery(
                id=content_id("dlv", alert.id, name),
                alert=alert.id,
                channel=name,
                state="waiting" if reason is None else "withheld",
                due=due(alert.at, _hours(name, channel), alert.urgency),
                detail=reason,
            )
            found[made.id] = made
    return tuple(found.values())


def withheld(store: Store, name: str, channel: ChannelSettings, marking: Marking | None) -> str | None:
    """Return why an alert of this marking may not go over a channel, None when it may.

    A channel of a person carries no more than the person may see. What is unmarked goes only where that is set.
    """
    clearance: Level = channel.clearance
    if channel.person is not None:
        person = store.people.person(DOOR, channel.person)
        if person is None or person.disabled or person.partner is not None:
            return f"{channel.person} is nobody of this node who may come in"
        clearance = min(clearance, person.clearance, key=LEVELS.index)
    if marking is None:
        return None if channel.unmarked else f"the channel {name} takes nothing that is unmarked"
    return refusal(marking, Reader(name=name, partner=None, clearance=clearance))


def deliver(
    store: Store,
    reader: Reader,
    settings: Configuration,
    sender: Sender,
    now: datetime,
    measures: Sequence[Measure] = (),
) -> Delivered:
    """Send what is due and may go; what could not be sent is tried again later; return what it came to."""
    waiting = store.alerts.deliveries(reader, state="waiting", due=now)
    alerts = {
        one.alert.id: one.alert
        for ids in portions(dict.fromkeys(delivery.alert for delivery in waiting))
        for one in store.alerts.alerts(reader, ids=ids, most=len(ids))
    }
    done = Delivered()
    for name, some in groupby(sorted(waiting, key=lambda one: one.channel), key=lambda one: one.channel):
        given = [one for one in some if one.alert in alerts]
        channel = settings.alerts.channels.get(name)
        if channel is None:
            _keep(store, given, "withheld", "watchfloor.toml has no channel of this name any more", now)
            done = _plus(done, withheld=len(given))
            continue
        post = _Post(store, reader, settings, name, channel, sender, measures)
        may = [one for one in given if post.may(alerts[one.alert], one, now)]
        done = _plus(done, withheld=len(given) - len(may))
        for together in _batches(may, channel):
            outcome = post.send(together, [alerts[one.alert] for one in together], now)
            done = _plus(done, **{outcome: len(together)})
    return done


def retry(store: Store, reader: Reader, ids: Sequence[str], now: datetime) -> int:
    """Have dead deliveries tried again, all of them or those whose id begins so; return how many."""
    dead = store.alerts.deliveries(reader, state="dead", most=100_000)
    chosen = [one for one in dead if not ids or any(one.id.startswith(id) for id in ids)]
    for one in chosen:
        store.alerts.keep_delivery(structs.replace(one, state="waiting", due=now, tries=0))
    return len(chosen)


class _Post:
    """One channel in one round."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        settings: Configuration,
        name: str,
        channel: ChannelSettings,
        sender: Sender,
        measures: Sequence[Measure],
    ) -> None:
        self._store, self._reader, self._settings = store, reader, settings
        self._name, self._channel, self._sender, self._measures = name, channel, sender, measures

    def may(self, alert: Alert, delivery: Delivery, now: datetime) -> bool:
        """Return whether an alert may still go: the reports it rests on may have been marked otherwise since."""
        reports = self._store.reports_named(self._reader, alert.rests_on)
        gone = any(id not in reports for id in alert.rests_on)
        parts = [alert.marking, *(reports[id].marking for id in alert.rests_on if id in reports)]
        reasons = (withheld(self._store, self._name, self._channel, one) for one in parts)
        reason = "a report it rests on is not to be seen" if gone else next((one for one in reasons if one), None)
        if reason is not None:
            _keep(self._store, [delivery], "withheld", reason, now)
        return reason is None

    def send(self, together: Sequence[Delivery], alerts: Sequence[Alert], now: datetime) -> str:
        """Send alerts as one message; return what came of it: sent, failed or dead."""
        key = together[0].id if len(together) == 1 else content_id("dig", *(one.id for one in together))
        outlets = self._outlets(alerts)
        try:
            if self._channel.kind == "mail":
                self._mail(alerts, outlets, key, now)
            else:
                body = encoded({"sent": now, "alerts": [_told(alert, outlets) for alert in alerts]})
                self._sender.post(self._name, self._channel, body, key=key, at=now)
        except (SourceError, ConfigError) as error:
            if isinstance(error, SourceError):
                self._counted(now, str(error))
            return self._failed(together, str(error), now)
        self._counted(now, None)
        _keep(self._store, together, "sent", None, now)
        return "sent"

    def _counted(self, now: datetime, failure: str | None) -> None:
        """Put one request into the egress log."""
        mail = self._settings.alerts.mail
        is_mail = self._channel.kind == "mail"
        host = mail.host if is_mail and mail else host_of(self._channel.address or "")
        tally = Tally(self._store, lambda: now)
        tally.asked("mail" if is_mail else "webhook", host, failure)
        tally.close()

    def _mail(self, alerts: Sequence[Alert], outlets: Mapping[str, str], key: str, now: datetime) -> None:
        mark = banner(effective(one.marking for one in alerts))
        fired = {one.indicator for one in alerts}
        calls = [one for one in self._measures if fired & set(one.indicators)]
        text = telling.text(alerts, outlets, calls, self._settings.alerts.page)
        urgent = any(one.urgency == "urgent" for one in alerts)
        level = mark.partition(" | ")[0]
        subject = f"[{level}] {telling.subject(alerts)}"
        self._sender.mail(self._channel.to, subject, f"{mark}\n\n{text}\n{mark}\n", id=key, at=now, urgent=urgent)

    def _failed(self, together: Sequence[Delivery], why: str, now: datetime) -> str:
        tries = together[0].tries
        is_dead = tries >= len(BACK_OFF)
        for one in together:
            later = structs.replace(
                one,
                state="dead" if is_dead else "waiting",
                due=now if is_dead else now + BACK_OFF[min(one.tries, len(BACK_OFF) - 1)],
                tries=one.tries + 1,
                detail=why,
                at=now,
            )
            self._store.alerts.keep_delivery(later)
        return "dead" if is_dead else "failed"

    def _outlets(self, alerts: Sequence[Alert]) -> dict[str, str]:
        ids = {span.report for alert in alerts for span in alert.evidence}
        found = self._store.reports_named(self._reader, sorted(ids))
        return {id: report.outlet for id, report in found.items() if report.outlet}


def _batches(given: Sequence[Delivery], channel: ChannelSettings) -> list[list[Delivery]]:
    """Return what is sent together: a digest as one, of a failed one only its own."""
    if channel.digest == "none" and (channel.kind == "webhook" or len(given) <= MOST_SINGLE):
        return [[one] for one in given]
    first = [one for one in given if one.tries == 0]
    return [*([first] if first else []), *([one] for one in given if one.tries > 0)]


def _told(alert: Alert, outlets: Mapping[str, str]) -> dict[str, object]:
    """Return an alert as a webhook tells it."""
    return {
        "id": alert.id,
        "indicator": alert.indicator,
        "title": alert.title,
        "trigger": alert.trigger,
        "urgency": alert.urgency,
        "at": alert.at,
        "sentence": alert.sentence,
        "because": alert.because,
        "not_before": alert.not_before,
        "reports": alert.reports,
        "outlets": alert.outlets,
        "origins_min": alert.origins_min,
        "origins_max": alert.origins_max,
        "marking": banner(alert.marking),
        "evidence": [
            {"report": span.report, "start": span.start, "end": span.end, "outlet": outlets.get(span.report)}
            for span in alert.evidence
        ],
    }


def _keep(store: Store, given: Sequence[Delivery], state: str, detail: str | None, now: datetime) -> None:
    for one in given:
        store.alerts.keep_delivery(
            structs.replace(one, state=state, detail=detail, at=now, tries=one.tries + (state == "sent"))
        )


def _plus(done: Delivered, **more: int) -> Delivered:
    return structs.replace(done, **{name: getattr(done, name) + number for name, number in more.items()})


def _hours(name: str, channel: ChannelSettings) -> Hours:
    try:
        known_zone(channel.time_zone)
        return Hours(
            zone=channel.time_zone,
            quiet=stretch(channel.quiet) if channel.quiet else None,
            digest=channel.digest,
            daily_at=clock(channel.daily_at),
            urgent=channel.urgent,
        )
    except ConfigError as error:
        raise ConfigError(f"the channel {name!r}: {error}") from None


def secret_of(name: str, channel: ChannelSettings) -> str | None:
    """Return the secret of a channel: from the settings, else from the environment."""
    return channel.secret or os.environ.get(f"{SECRET}{_capital(name)}")


def _capital(name: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in name.upper())


class Network:
    """Sends over the network: by mail, and to the addresses of channels."""

    def __init__(self, settings: Configuration) -> None:
        self._settings = settings

    def mail(self, to: tuple[str, ...], subject: str, text: str, *, id: str, at: datetime, urgent: bool) -> None:
        """Send a mail; raise SourceError when it was not taken."""
        from watchfloor.share.mail import Message, send

        server = self._settings.alerts.mail
        if server is None:
            raise ConfigError("there is no [alerts.mail] in watchfloor.toml; set host and sender")
        send(server, Message(to=to, subject=subject, text=text, id=id, at=at, urgent=urgent))

    def post(self, name: str, channel: ChannelSettings, body: bytes, *, key: str, at: datetime) -> None:
        """Post a body to a channel's address; raise SourceError when it was not taken."""
        from watchfloor.share.webhook import Hook, post

        secret = secret_of(name, channel)
        if not channel.address or not secret:
            raise ConfigError(f"the channel {name!r} has no address or no secret")
        post(Hook(address=channel.address, secret=secret, ca_file=channel.ca_file), body, key=key, at=at)
