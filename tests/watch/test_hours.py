from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.errors import ConfigError
from watchfloor.watch.hours import Hours, clock, due, known_zone, stretch

NIGHT = (time(22), time(6))


@pytest.mark.parametrize(
    ("at", "hours", "told"),
    [
        ("2024-07-01T19:00", Hours(zone="Europe/Berlin", quiet=NIGHT), "2024-07-01T19:00"),
        ("2024-07-01T20:30", Hours(zone="Europe/Berlin", quiet=NIGHT), "2024-07-02T04:00"),
        ("2024-10-27T00:30", Hours(zone="Europe/Berlin", quiet=NIGHT), "2024-10-27T05:00"),
        ("2024-07-01T03:00", Hours(zone="Asia/Seoul", quiet=(time(12), time(13))), "2024-07-01T04:00"),
        ("2024-07-01T10:20", Hours(digest="hourly"), "2024-07-01T11:00"),
        ("2024-07-01T10:20", Hours(digest="daily", daily_at=time(7)), "2024-07-02T07:00"),
        ("2024-07-01T02:20", Hours(digest="daily", daily_at=time(7), zone="Asia/Seoul"), "2024-07-01T22:00"),
        ("2024-07-01T21:20", Hours(digest="hourly", quiet=NIGHT), "2024-07-02T06:00"),
    ],
)
def test_an_alert_is_told_after_the_quiet_hours_and_with_the_digest_by_the_local_clock(
    at: str, hours: Hours, told: str
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert due(moment, hours, "routine") == datetime.fromisoformat(told).replace(tzinfo=UTC)


def test_urgent_alerts_wait_for_neither_unless_the_channel_says_so() -> None:
    at = datetime(2024, 7, 1, 23, tzinfo=UTC)

    assert due(at, Hours(quiet=NIGHT, digest="daily"), "urgent") == at
    assert due(at, Hours(quiet=NIGHT, urgent=False), "urgent") > at


@pytest.mark.parametrize("text", ["7:00", "24:00", "07:60", "seven", ""])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="expected a time of day"):
        clock(text)


def test_quiet_hours_and_zones_are_refused_with_what_was_expected() -> None:
    with pytest.raises(ConfigError, match="expected quiet hours"):
        stretch("22:00")
    with pytest.raises(ConfigError, match="expected an IANA name"):
        known_zone("Mars/Base")


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),
       st.times(), st.times(), st.sampled_from(["none", "hourly", "daily"]),
       st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]))  # fmt: skip
def test_no_alert_is_told_before_it_fired_or_days_later(
    at: datetime, first: time, last: time, digest: str, zone: str
) -> None:
    hours = Hours(zone=zone, quiet=(first, last) if first != last else None, digest=digest)

    assert 0 <= (due(at, hours, "routine") - at).total_seconds() <= 2.1 * 86_400
