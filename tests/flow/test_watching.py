"""A situation is watched from day to day: each alert once, marked by what it rests on, and sent as far as it may go."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError, SourceError
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.person import Person
from watchfloor.flow import delivering, watching
from watchfloor.flow.admission import admitted, alone
from watchfloor.flow.configuration import AlertSettings, ChannelSettings, Configuration
from watchfloor.flow.delivering import deliver, retry
from watchfloor.flow.picture import fused
from watchfloor.flow.sample import watch_file
from watchfloor.flow.watch_file import digest_of, replace, right, watched
from watchfloor.flow.watch_page import atom_feed
from watchfloor.flow.watch_searches import searching
from watchfloor.share.mail_server import MailServer
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
HOME = Reader(name="us", partner=None, clearance="RED", at=NOW)
US = alone("us", "RED", NOW)
PARTS = ("first", "second", "copy")
WATCH = right(
    """
[[indicator]]
id = "tanks"
title = "Tanks move"
over = "transfers"
when = "first seen"
kinds = ["arms"]
notify = ["desk", "role:watch officer", "hook"]

[[measure]]
id = "call"
title = "Call somebody"
step = 1
indicators = ["tanks"]
""",
    "the test",
)


class Sent:
    """Takes what is sent, and fails as often as it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.mails: list[tuple[str, str, str]] = []
        self.posts: list[tuple[str, bytes]] = []
        self.fails = fails

    def mail(self, to: tuple[str, ...], subject: str, text: str, *, id: str, at: datetime, urgent: bool) -> None:
        self._fail()
        self.mails.append((id, subject, text))

    def post(self, name: str, channel: ChannelSettings, body: bytes, *, key: str, at: datetime) -> None:
        self._fail()
        self.posts.append((key, body))

    def _fail(self) -> None:
        if self.fails:
            self.fails -= 1
            raise SourceError("the server is away")


@pytest.fixture
def store(database: Path | str) -> Iterator[Store]:
    with open_store(database, create=True) as opened:
        yield opened


@pytest.fixture
def passing(report: Any, day: Any) -> Any:
    """A report that tells of shells passing, kept in the store, and its transfer."""
    from hashlib import sha256

    from watchfloor.core.annotation import Party, Transfer
    from watchfloor.core.capture import Capture
    from watchfloor.core.span import Span

    def make(store: Store, outlet: str, on: str, marking: Marking | None = None) -> Any:
        text = f"Norland sent shells to Suland, {outlet} learned on {on}."
        data = text.encode()
        locator = f"{outlet}-{on}"
        capture = Capture(
            id=f"cap_{locator}", locator=locator, feed="t", sha256=sha256(data).hexdigest(), media_type="text/plain",
            collected=NOW, data=data, outlet=outlet, marking=marking,
        )  # fmt: skip
        made = report(
            text, outlet=outlet, published=day(on), id=f"rep_{locator}", capture=capture.id, address=locator,
            marking=marking,
        )  # fmt: skip
        span = Span(report=made.id, start=0, end=len(text))
        told = Transfer(
            span=span, kind="arms", thing=Span(report=made.id, start=13, end=19), giver=(Party(name="Norland"),),
            receiver=(Party(name="Suland"),), status="actual", because="sent", generated_by="t@1",
        )  # fmt: skip
        store.keep_capture(capture)
        store.keep_report(made, (told,), "t")
        return made, told

    return make


def picture(store: Store, as_of: date | None = None) -> Any:
    reports = store.reports(HOME, as_of=as_of)
    return fused(reports, store.annotations(HOME, [one.id for one in reports]), HOME)


def settings(**channels: ChannelSettings) -> Configuration:
    mail = MailServer(host="127.0.0.1", sender="watch@desk.example", tls="none")
    return Configuration(alerts=AlertSettings(mail=mail, channels=channels, page="https://desk.example"))


def mail(**fields: Any) -> ChannelSettings:
    return ChannelSettings(kind="mail", to=("ann@desk.example",), **fields)


GREEN = Marking(level="GREEN", releasable_to=frozenset({"ally"}))


def test_each_alert_is_kept_once_with_the_marking_of_all_that_it_rests_on(store: Store, passing: Any) -> None:
    passing(store, "A", "2024-10-30", GREEN)
    first = watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW, loudly=True)
    again = watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW)
    passing(store, "B", "2024-10-31", Marking(level="AMBER"))
    second = watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW)

    assert [(one.trigger, one.marking) for one in first] == [("first seen", GREEN)]
    assert again == ()
    assert [(one.trigger, one.marking) for one in second] == [("new origin", Marking(level="AMBER"))]
    assert [one.alert for one in store.alerts.alerts(HOME)] == [*second, *first]
    low = structs.replace(HOME, clearance="GREEN")
    assert [one.alert for one in store.alerts.alerts(low)] == list(first)
    assert store.alerts.count(HOME) == {"all": 2, "open": 2}


def test_a_page_that_is_changed_and_still_tells_the_same_raises_nothing_now_or_later(
    store: Store, passing: Any, report: Any, day: Any
) -> None:
    from watchfloor.core.span import Span

    old, told = passing(store, "A", "2024-10-30")
    first = watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW, loudly=True)
    text = f"Corrected. {old.text}"
    new = structs.replace(old, id="rep_new", text=text, passages=report(text).passages)
    moved = structs.replace(told, span=Span(report=new.id, start=11, end=len(text)))
    moved = structs.replace(moved, thing=Span(report=new.id, start=24, end=30))
    then = fused((new,), {new.id: (moved,)}, HOME)
    changed = frozenset({old.id, new.id})
    raised = watching.watch_once(store, HOME, Configuration(), WATCH, then, NOW, changed=changed)
    again = watching.watch_once(store, HOME, Configuration(), WATCH, then, NOW, changed=frozenset())

    assert len(first) == 1
    assert (raised, again) == ((), ())


def test_a_new_indicator_is_quiet_of_what_is_there_and_one_that_asks_otherwise_begins_anew(
    store: Store, passing: Any
) -> None:
    passing(store, "A", "2024-10-30")
    assert watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW) == ()
    other = structs.replace(WATCH, indicators=(structs.replace(WATCH.indicators[0], kinds=("arms", "goods")),))
    assert watching.watch_once(store, HOME, Configuration(), other, picture(store), NOW) == ()
    renamed = structs.replace(other, indicators=(structs.replace(other.indicators[0], title="Shells"),))
    passing(store, "B", "2024-10-31")

    (alert,) = watching.watch_once(store, HOME, Configuration(), renamed, picture(store), NOW)

    assert (alert.trigger, alert.title) == ("new origin", "Shells")


def test_past_days_say_when_it_would_have_fired_and_keep_nothing(store: Store, passing: Any) -> None:
    passing(store, "A", "2024-10-28")
    passing(store, "B", "2024-10-30")

    days = date(2024, 10, 26), date(2024, 11, 1)
    fired = list(watching.tested(WATCH, lambda on: picture(store, on), *days, searching(store, HOME)))

    assert [(one.day.day, one.alert.trigger) for one in fired] == [(28, "first seen"), (30, "new origin")]
    assert store.alerts.alerts(HOME) == ()
    kept = watching.past(
        store, HOME, Configuration(), WATCH, lambda on: picture(store, on), date(2024, 10, 26), date(2024, 11, 1)
    )
    assert [one.id for one in kept] == [one.alert.id for one in fired]
    assert (
        watching.past(
            store, HOME, Configuration(), WATCH, lambda on: picture(store, on), date(2024, 10, 26), date(2024, 11, 1)
        )
        == ()
    )


@pytest.mark.parametrize(("since", "until"), [("2024-11-02", "2024-11-01"), ("2020-01-01", "2024-11-01")])
def test_days_in_the_wrong_order_or_too_many_are_refused(since: str, until: str) -> None:
    days = date.fromisoformat(since), date.fromisoformat(until)
    with pytest.raises(ConfigError, match=r"days|first day"):
        list(watching.tested(WATCH, lambda on: None, *days, lambda *_: {}))  # type: ignore[arg-type, return-value]


def test_who_is_cleared_for_less_than_the_node_does_not_look(store: Store) -> None:
    low = structs.replace(HOME, clearance="GREEN")
    with pytest.raises(AccessDenied, match="clearance of the node"):
        watching.watch_once(store, low, Configuration(), WATCH, picture(store), NOW)


def test_measures_are_moved_by_their_owner_with_what_moved_them_and_taken_back(store: Store, passing: Any) -> None:
    passing(store, "A", "2024-10-30")
    (alert,) = watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW, loudly=True)
    made = watching.move(store, US, WATCH, "call", "proposed", "It is time.", NOW)
    later = NOW + timedelta(hours=1)
    watching.move(store, US, WATCH, "call", "agreed", "All said so.", later)
    watching.undo(store, US, WATCH, "call", "Too early.", later + timedelta(hours=1))
    rung = watching.board_of(store, HOME, WATCH).ladder[0]

    assert (made.alerts, made.evidence) == ((alert.id,), alert.evidence)
    assert (rung.status, [one.status for one in rung.moves]) == ("proposed", ["proposed", "agreed", "proposed"])
    assert rung.moves[0].undoes == rung.moves[1].id
    with pytest.raises(ConfigError, match="is proposed already"):
        watching.move(store, US, WATCH, "call", "proposed", "again", later)
    analyst = Person(name="ann", roles=frozenset({"release officer", "watch officer"}), clearance="RED", added=NOW)
    other = structs.replace(WATCH.measures[0], owner="release officer")
    ann = admitted(store, structs.replace(analyst, roles=frozenset({"watch officer"})), NOW, how="login")
    with pytest.raises(AccessDenied, match="release officer's to move"):
        watching.move(store, ann, structs.replace(WATCH, measures=(other,)), "call", "taken", "so", later)


def test_an_alert_is_acknowledged_once(store: Store, passing: Any) -> None:
    passing(store, "A", "2024-10-30")
    (alert,) = watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW, loudly=True)

    watching.acknowledge(store, US, alert.id[:10], "seen", NOW)

    assert store.alerts.alerts(HOME, open_only=True) == ()
    assert store.alerts.alerts(HOME)[0].acknowledged.note == "seen"  # type: ignore[union-attr]
    with pytest.raises(ConfigError, match="acknowledged before"):
        watching.acknowledge(store, US, alert.id, None, NOW)


def test_an_alert_goes_to_a_channel_only_as_far_as_the_channel_is_cleared(store: Store, passing: Any) -> None:
    passing(store, "A", "2024-10-30", Marking(level="AMBER"))
    person = Person(name="bob", roles=frozenset({"reader"}), clearance="GREEN", added=NOW)
    from watchfloor.core.audit import Note

    store.people.keep_person(person, Note(at=NOW, who="us", verb="people", what="bob"))
    using = settings(
        desk=mail(clearance="AMBER"),
        officer=mail(clearance="GREEN", role="watch officer"),
        hook=ChannelSettings(
            kind="webhook", address="https://h.example/", secret="s" * 16, clearance="RED", person="bob"
        ),
    )
    watching.watch_once(store, HOME, using, WATCH, picture(store), NOW, loudly=True)
    sent = Sent()

    done = deliver(store, HOME, using, sent, NOW, WATCH.measures)

    assert (done.sent, len(sent.mails), sent.posts) == (1, 1, [])
    states = {one.channel: (one.state, one.detail) for one in store.alerts.deliveries(HOME)}
    assert states == {
        "desk": ("sent", None),
        "officer": ("withheld", "above this reader's clearance"),
        "hook": ("withheld", "above this reader's clearance"),
    }
    ((_, subject, text),) = sent.mails
    assert subject == "[TLP:AMBER] Tanks move: first seen"
    assert text.startswith("TLP:AMBER | releasable to nobody outside this node")
    assert "step 1, Call somebody" in text
    assert deliver(store, HOME, using, sent, NOW).sent == 0


def test_what_is_unmarked_leaves_only_where_that_is_set_and_what_was_tightened_since_no_more(
    store: Store, passing: Any
) -> None:
    made, _ = passing(store, "A", "2024-10-30", Marking(level="CLEAR"))
    using = settings(desk=mail(clearance="CLEAR"))
    watching.watch_once(store, HOME, using, WATCH, picture(store), NOW, loudly=True)
    capture = store.capture(HOME, "cap_A-2024-10-30")
    assert capture is not None
    store.keep_report(structs.replace(made, marking=Marking(level="RED")), (), "t")

    assert deliver(store, HOME, using, Sent(), NOW).withheld == 1
    assert delivering.withheld(store, "desk", mail(), None) == "the channel desk takes nothing that is unmarked"
    assert delivering.withheld(store, "desk", mail(unmarked=True), None) is None


def test_what_was_unmarked_and_is_marked_by_now_goes_by_its_marking(store: Store, passing: Any) -> None:
    made, _ = passing(store, "A", "2024-10-30", None)
    using = settings(desk=mail(clearance="CLEAR", unmarked=True))
    watching.watch_once(store, HOME, using, WATCH, picture(store), NOW, loudly=True)
    store.marks.keep_marking(made.id, Marking(level="RED"), Note(at=NOW, who="ann", verb="mark", what=made.id))

    assert deliver(store, HOME, using, Sent(), NOW).withheld == 1


def test_an_alert_on_a_report_that_was_marked_higher_since_is_no_longer_told(store: Store, passing: Any) -> None:
    made, _ = passing(store, "A", "2024-10-30", Marking(level="CLEAR"))
    watching.watch_once(store, HOME, settings(), WATCH, picture(store), NOW, loudly=True)
    lower = structs.replace(HOME, clearance="GREEN")
    before = len(store.alerts.alerts(lower))
    store.marks.keep_marking(made.id, Marking(level="RED"), Note(at=NOW, who="ann", verb="mark", what=made.id))

    assert (before, len(store.alerts.alerts(lower)), len(store.alerts.alerts(HOME))) == (1, 0, 1)


def test_what_cannot_be_sent_is_tried_again_ever_later_then_given_up_until_a_person_says_so(
    store: Store, passing: Any
) -> None:
    passing(store, "A", "2024-10-30", Marking(level="CLEAR"))
    using = settings(desk=mail())
    watching.watch_once(store, HOME, using, WATCH, picture(store), NOW, loudly=True)
    sent, now, waits = Sent(fails=7), NOW, []
    while True:
        done = deliver(store, HOME, using, sent, now)
        (one,) = store.alerts.deliveries(HOME)
        if done.dead:
            break
        assert deliver(store, HOME, using, sent, one.due - timedelta(seconds=1)).failed == 0
        waits.append(one.due - now)
        now = one.due

    assert tuple(waits) == delivering.BACK_OFF
    assert (one.state, one.detail, one.tries) == ("dead", "the server is away", 7)
    assert retry(store, HOME, [], now) == 1
    assert deliver(store, HOME, using, sent, now).sent == 1
    assert [id for id, _, _ in sent.mails] == [one.id]


def test_a_digest_is_one_message_at_its_hour_and_a_webhook_tells_each_with_its_key(store: Store, passing: Any) -> None:
    using = settings(
        desk=mail(digest="daily", daily_at="07:00", time_zone="Asia/Seoul"),
        hook=ChannelSettings(kind="webhook", address="https://h.example/", secret="s" * 16),
    )
    for outlet in "ABC":
        passing(store, outlet, "2024-10-30", Marking(level="CLEAR"))
        watching.watch_once(store, HOME, using, WATCH, picture(store), NOW, loudly=True)
    sent = Sent()

    assert deliver(store, HOME, using, sent, NOW).sent == 3
    assert sent.mails == []
    assert len({key for key, _ in sent.posts}) == 3
    assert b'"sentence":"Norland sent shells to Suland' in sent.posts[0][1]
    at = datetime(2024, 11, 1, 22, tzinfo=UTC)
    assert deliver(store, HOME, using, sent, at).sent == 3
    ((_, subject, _),) = sent.mails
    assert subject == "[TLP:CLEAR] 3 alerts: Tanks move"


@pytest.mark.parametrize(
    ("channels", "said"),
    [
        ({}, "no channel of watchfloor.toml is meant by 'desk'"),
        ({"desk": ChannelSettings(kind="mail")}, "needs `to`"),
        ({"desk": ChannelSettings(kind="webhook", address="https://h.example/")}, "WATCHFLOOR_SECRET_DESK"),
        ({"desk": mail(quiet="22")}, "the channel 'desk': found '22'"),
        ({"desk": mail(time_zone="Mars")}, "expected an IANA name"),
    ],
)
def test_a_channel_that_cannot_work_is_told_before_anything_is_sent(channels: Any, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        delivering.check(settings(**channels), WATCH.indicators)


def test_the_feed_holds_what_its_reader_may_have(store: Store, passing: Any) -> None:
    passing(store, "A", "2024-10-30", Marking(level="AMBER"))
    watching.watch_once(store, HOME, Configuration(), WATCH, picture(store), NOW, loudly=True)

    whole = atom_feed(store, HOME, settings())
    assert b"Norland sent shells" in whole
    assert b'href="https://desk.example/watch?alert=alt_' in whole
    assert b"<entry>" not in atom_feed(store, HOME, settings(), clearance="GREEN")


def test_the_file_is_changed_as_a_whole_only_when_right_and_by_one_at_a_time(store: Store, tmp_path: Path) -> None:
    using = Configuration(watch=str(tmp_path / "watch.toml"))
    text = watch_file().read_text()
    replace(store, US, using, text, instead_of=None, now=NOW)

    with pytest.raises(ConfigError, match="line 5"):
        replace(store, US, using, "\n" * 4 + "x = 1", instead_of=digest_of(text), now=NOW)
    with pytest.raises(ConfigError, match="somebody has changed"):
        replace(store, US, using, text, instead_of="another", now=NOW)
    replace(store, US, using, text + "\n# more\n", instead_of=digest_of(text), now=NOW)

    assert len(watched(using).indicators) == len(right(text, "t").indicators)
    assert [one[2] for one in store.alerts.texts(HOME)] == ["us", "us"]
    assert [one for one in tmp_path.iterdir() if one.suffix == ".part"] == []
