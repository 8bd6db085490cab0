"""Every host that the node speaks to is counted, what for and what failed; nobody else is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchfloor.core.errors import SourceError
from watchfloor.core.exchange import Exchange, Fetch
from watchfloor.core.marking import Reader
from watchfloor.flow.egress import AT_ONCE, CountedWire, Tally
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
US = Reader(name="ann", partner=None, clearance="RED")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db", create=True) as made:
        yield made


def exchange(url: str) -> Exchange:
    return Exchange(
        url=url, asked=NOW, seconds=0.1, method="GET", request=(), status=200, reason="OK", headers=(), body=b""
    )


def test_a_fetch_counts_for_every_host_on_its_way_and_a_failure_for_the_last(store: Store) -> None:
    tally = Tally(store, lambda: NOW)
    way = (exchange("https://old.example/feed"), exchange("https://new.example/feed"))
    asks = [
        Fetch(address="https://old.example/feed", outcome="got", exchanges=way),
        Fetch(address="https://old.example/feed", outcome="blocked", detail="403", exchanges=way),
        Fetch(address="https://dark.example/", outcome="failed", detail="no such host"),
        Fetch(address="https://private.example/", outcome="refused", detail="never asked"),
    ]

    assert list(tally.fetches(lambda given: iter(asks))([])) == asks
    tally.close()

    found = {one.host: (one.purpose, one.asked, one.failed, one.detail) for one in store.egress.since(US, NOW)}
    assert found == {
        "old.example": ("feeds", 2, 0, None),
        "new.example": ("feeds", 2, 1, "blocked: 403"),
        "dark.example": ("feeds", 1, 1, "failed: no such host"),
    }
    assert store.egress.since(Reader(name="p", partner="p", clearance="RED"), NOW) == ()


def test_counts_of_an_hour_add_up_and_old_hours_are_left_out_and_struck_off(store: Store) -> None:
    for hours in (0, 0, 30):
        tally = Tally(store, lambda at=NOW - timedelta(hours=hours): at)  # type: ignore[misc]
        tally.asked("mail", "mail.example", times=2)
        tally.close()

    (day,) = store.egress.since(US, NOW - timedelta(hours=24))
    assert (day.asked, day.last) == (4, NOW)
    assert store.egress.forget(NOW - timedelta(hours=24)) == 1
    assert [one.asked for one in store.egress.since(US, NOW - timedelta(days=9))] == [4]


def test_many_requests_are_written_before_the_end(store: Store) -> None:
    tally = Tally(store, lambda: NOW)
    for _ in range(AT_ONCE):
        tally.asked("feeds", "a.example")

    assert [one.asked for one in store.egress.since(US, NOW)] == [AT_ONCE]


def test_an_identity_provider_that_does_not_answer_is_counted_as_asked(store: Store) -> None:
    class Dead:
        def is_theirs(self, address: str) -> bool:
            return True

        def get(self, address: str) -> dict[str, object]:
            raise SourceError("no answer")

        def post(self, address: str, form: object, secret: object) -> dict[str, object]:
            return {}

    wire = CountedWire(Dead(), store, lambda: NOW)
    with pytest.raises(SourceError):
        wire.get("https://login.example/keys")
    wire.post("https://login.example/token", {}, None)

    (one,) = store.egress.since(US, NOW)
    assert (one.host, one.purpose, one.asked, one.failed, one.detail) == ("login.example", "sign-in", 2, 1, "no answer")
