"""From a proposed partner to a recalled product, with everybody's rights and reasons."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from watchfloor.core.audit import Note
from watchfloor.core.capture import Capture
from watchfloor.core.errors import AccessDenied, ConfigError, ReleaseDenied
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Level, Marking
from watchfloor.core.partner import Partner, standing
from watchfloor.core.permission import Role
from watchfloor.core.person import Person
from watchfloor.core.report import Flag, Passage, Report
from watchfloor.flow import partnering, people, recalling, releasing
from watchfloor.flow.admission import DOOR, Admitted, admitted, alone
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.marking import mark
from watchfloor.flow.situation import Situation
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TO_ALLY = Marking(level="GREEN", releasable_to=frozenset({"Ally"}))

Who = Callable[..., Admitted]
Keep = Callable[..., Report]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Situation]:
    with open_store(tmp_path / "a.db", create=True) as store:
        yield Situation(store, alone("us", "RED", NOW).reader, Configuration())


@pytest.fixture
def store(opened: Situation) -> Store:
    return opened.store


@pytest.fixture
def who(store: Store) -> Who:
    """Add a person of these roles; return them as let in."""

    def make(name: str, *roles: Role, partner: str | None = None, clearance: Level = "RED") -> Admitted:
        person = Person(name=name, roles=frozenset(roles), clearance=clearance, added=NOW, partner=partner)
        store.people.keep_person(person, Note(at=NOW, who="test", verb="people", what=name))
        return admitted(store, person, NOW, how="password")

    return make


@pytest.fixture
def keep(store: Store) -> Keep:
    """Keep a report of an address, with the capture it was made of."""

    def make(text: str, marking: Marking | None, *, address: str = "a", day: int = 1, **fields: object) -> Report:
        data = text.encode()
        digest = sha256(data).hexdigest()
        at = datetime(2024, 10, day, tzinfo=UTC)
        capture = Capture(
            id=content_id("cap", address, digest),
            locator=address,
            feed="f",
            sha256=digest,
            media_type="text/plain",
            collected=at,
            data=data,
            marking=marking,
        )
        values: dict[str, object] = {
            "id": content_id("rep", address, text),
            "capture": capture.id,
            "address": address,
            "url": None,
            "outlet": "Courier",
            "outlet_how": "given",
            "headline": f"Head of {text}",
            "published": None,
            "language": "en",
            "text": text,
            "passages": (Passage(start=0, end=len(text), kind="body"),),
            "collected": at,
            "marking": marking,
            "generated_by": "test@1",
        }
        report = Report(**(values | fields))  # type: ignore[arg-type]
        store.keep_capture(capture)
        store.keep_report(report, (), "1")
        return report

    return make


@pytest.fixture
def ally(store: Store, who: Who) -> Partner:
    """A partner that two people approved."""
    return agreed(store, who("root", "administrator"), who("rita", "release officer"), "Ally")


def agreed(store: Store, one: Admitted, other: Admitted, name: str, clearance: Level = "AMBER") -> Partner:
    expires = NOW + timedelta(days=30)
    partnering.propose(store, one, name, NOW, terms="They keep it.", clearance=clearance, expires=expires)
    partnering.approve(store, one, name, NOW)
    return partnering.approve(store, other, name, NOW)


def asked(opened: Situation, by: Admitted, **how: object) -> str:
    (made,) = releasing.ask(opened, by, "Ally", NOW, reason="they need it", **how)  # type: ignore[arg-type]
    return made.request.id


def test_a_partner_is_one_when_two_different_people_approved(store: Store, who: Who) -> None:
    root, rita, ann = who("root", "administrator"), who("rita", "release officer"), who("ann", "analyst")
    end = NOW + timedelta(days=30)
    made = partnering.propose(store, root, "Ally", NOW, terms="t", clearance="GREEN", expires=end)
    assert standing(made, NOW) == "proposed"

    made = partnering.approve(store, root, "Ally", NOW)
    assert standing(made, NOW) == "proposed"
    with pytest.raises(ConfigError, match="different person"):
        partnering.approve(store, root, "Ally", NOW)
    with pytest.raises(AccessDenied):
        partnering.approve(store, ann, "Ally", NOW)
    made = partnering.approve(store, rita, "Ally", NOW)

    assert (standing(made, NOW), standing(made, end)) == ("approved", "expired")


def test_new_terms_begin_the_approval_anew_and_resuming_does_too(store: Store, who: Who, ally: Partner) -> None:
    root, rita = (admitted(store, store.people.people(DOOR)[n], NOW, how="login") for n in (1, 0))
    end = NOW + timedelta(days=30)
    made = partnering.propose(store, root, "Ally", NOW, terms="wider", clearance="RED", expires=end)
    assert (made.approvals, standing(made, NOW)) == ((), "proposed")
    partnering.suspend(store, rita, "Ally", "a leak", NOW)

    made = partnering.resume(store, root, "Ally", NOW)

    assert (made.approvals, made.reason, standing(made, NOW)) == ((), None, "proposed")


def test_one_person_alone_makes_no_partner(store: Store) -> None:
    me = alone("me", "RED", NOW)
    partnering.propose(store, me, "Ally", NOW, terms="t", clearance="GREEN", expires=NOW + timedelta(days=1))

    with pytest.raises(ConfigError, match="two different ones"):
        partnering.approve(store, me, "Ally", NOW)


def test_a_name_is_a_partner_or_a_group_never_both(store: Store, ally: Partner, who: Who) -> None:
    zoe = who("zoe", "administrator")

    with pytest.raises(ConfigError, match="is a partner"):
        partnering.form_group(store, zoe, "Ally", frozenset({"Ally"}), NOW)
    with pytest.raises(ConfigError, match="found Nobody"):
        partnering.form_group(store, zoe, "North", frozenset({"Nobody"}), NOW)
    partnering.form_group(store, zoe, "North", frozenset({"Ally"}), NOW)
    with pytest.raises(ConfigError, match="is a group"):
        partnering.propose(store, zoe, "North", NOW, terms="t", clearance="GREEN", expires=LATER)


def test_who_asks_does_not_decide_and_what_was_decided_is_handed_over(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    report = keep("Troops came.", TO_ALLY)
    olga, pete = who("olga", "release officer"), who("pete", "release officer")
    request = asked(opened, olga)
    with pytest.raises(ConfigError, match="somebody else"):
        releasing.approve(opened, olga, request, NOW)
    with pytest.raises(ReleaseDenied, match="asked"):
        releasing.deliver(store, pete, request, NOW, how="by hand")

    made = releasing.approve(opened, pete, request, NOW)
    delivery, data = releasing.deliver(store, pete, request, LATER, how="by hand", to="Pat")
    done = releasing.acknowledge(store, pete, delivery.id, LATER, whose="Pat")

    product = store.products.product(olga.reader, made.product)
    assert product is not None
    assert (product.cites, product.version, product.sha256) == ((report.id,), 1, sha256(data).hexdigest())
    assert product.marking == TO_ALLY
    assert (delivery.version, delivery.partner, delivery.to) == (1, "Ally", "Pat")
    assert (done.acknowledged, done.acknowledged_by) == (LATER, "Pat")
    assert store.audit.verify(DOOR).broken is None


def test_what_was_asked_may_be_refused_or_taken_back_and_is_then_closed(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    keep("Troops came.", TO_ALLY)
    ann, pete = who("ann", "analyst"), who("pete", "release officer")
    first = asked(opened, ann)
    with pytest.raises(AccessDenied):
        releasing.refuse(store, ann, first, NOW, reason="no")
    made = releasing.refuse(store, pete, first, NOW, reason="too early")
    assert (made.state, made.decided_because) == ("refused", "too early")
    with pytest.raises(ConfigError, match="refused already"):
        releasing.approve(opened, pete, first, NOW)

    (again,) = releasing.ask(opened, ann, "Ally", LATER, reason="now")
    assert releasing.withdraw(store, ann, again.request.id, LATER).state == "withdrawn"


def test_the_same_words_asked_again_are_the_same_request(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    keep("Troops came.", TO_ALLY)
    ann = who("ann", "analyst")
    first = asked(opened, ann)

    (again,) = releasing.ask(opened, ann, "Ally", LATER, reason="again")

    assert (again.request.id, again.is_new) == (first, False)
    keep("More came.", TO_ALLY, address="b", day=2)
    (newer,) = releasing.ask(opened, ann, "Ally", LATER, reason="newer")
    assert (newer.product.version, newer.is_new) == (2, True)


def test_nothing_is_asked_for_where_nothing_is_released(opened: Situation, who: Who, keep: Keep, ally: Partner) -> None:
    keep("Troops came.", None)
    ann = who("ann", "analyst")

    with pytest.raises(ConfigError, match="nothing is released"):
        releasing.ask(opened, ann, "Ally", NOW, reason="why not")
    with pytest.raises(ConfigError, match="no partner"):
        releasing.ask(opened, ann, "Nobody", NOW, reason="why not")


def test_a_marking_tightened_after_approval_stops_what_was_approved(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    report = keep("Troops came.", TO_ALLY)
    ann, pete = who("ann", "analyst"), who("pete", "release officer")
    pat = who("pat", "reader", partner="Ally")
    request = asked(opened, ann)
    product = releasing.approve(opened, pete, request, NOW).product
    assert store.products.data(pat.reader, product, "release") is not None

    mark(store, ann, report.id, Marking(level="GREEN"), NOW)

    assert store.products.data(pat.reader, product, "release") is None
    with pytest.raises(ReleaseDenied, match="tightened"):
        releasing.deliver(store, pete, request, NOW, how="by hand")


def test_only_a_release_officer_overrides_with_a_reason_and_never_what_is_unmarked(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    marked = keep("Troops came.", Marking(level="GREEN"))
    ann, pete = who("ann", "analyst"), who("pete", "release officer")
    pat = who("pat", "reader", partner="Ally")
    request = asked(opened, ann, whole=True)
    with pytest.raises(ReleaseDenied, match="not releasable"):
        releasing.approve(opened, pete, request, NOW)
    with pytest.raises(ConfigError, match="needs a reason"):
        releasing.approve(opened, pete, request, NOW, override=True)

    made = releasing.approve(opened, pete, request, NOW, override=True, reason="lives depend on it")

    assert made.override
    assert store.products.data(pat.reader, made.product, "release") is not None
    assert store.report(pat.reader, marked.id) is None
    (entry,) = [one.note for one in store.audit.entries(DOOR, verb="decide") if one.note.outcome == "done"]
    assert (entry.detail["override"], entry.detail["reason"]) == ("yes", "lives depend on it")
    keep("Secret words.", None, address="b")
    other = asked(opened, ann, whole=True, title="Another")
    with pytest.raises(ReleaseDenied, match="unmarked"):
        releasing.approve(opened, pete, other, NOW, override=True, reason="please")


def test_what_is_shown_may_be_read_here_and_not_kept(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    keep("Troops came.", TO_ALLY)
    ann, pete, pat = who("ann", "analyst"), who("pete", "release officer"), who("pat", "reader", partner="Ally")
    request = asked(opened, ann, way="show")
    product = releasing.approve(opened, pete, request, NOW).product

    assert releasing.fetch(store, pat, product, NOW, how="browser", way="show")
    with pytest.raises(ReleaseDenied, match="no such product"):
        releasing.fetch(store, pat, product, NOW, how="TAXII")
    with pytest.raises(ReleaseDenied, match="to show"):
        releasing.deliver(store, pete, request, NOW, how="by hand")
    (got,) = store.products.disseminations(pat.reader)
    assert (got.how, got.partner, got.by) == ("browser", "Ally", "")


def test_a_group_is_asked_for_partner_by_partner_and_its_markings_meet_those_of_its_members(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    zoe, pete, ann = who("zoe", "administrator"), who("pete", "release officer"), who("ann", "analyst")
    agreed(store, zoe, pete, "Baker")
    partnering.form_group(store, pete, "North", frozenset({"Ally", "Baker"}), NOW)
    one = keep("For the group.", Marking(level="GREEN", releasable_to=frozenset({"North"})))
    other = keep("For one.", TO_ALLY, address="b")

    made = releasing.ask(opened, ann, "North", NOW, reason="all of them")

    assert [(each.request.partner, set(each.product.cites)) for each in made] == [
        ("Ally", {one.id, other.id}),
        ("Baker", {one.id}),
    ]
    assert all(releasing.approve(opened, pete, each.request.id, NOW).state == "approved" for each in made)


@pytest.mark.parametrize("how", ["suspended", "expired"])
def test_a_suspended_or_expired_partner_gets_nothing_any_more(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner, how: str
) -> None:
    report = keep("Troops came.", TO_ALLY)
    ann, pete, pat = who("ann", "analyst"), who("pete", "release officer"), who("pat", "reader", partner="Ally")
    request = asked(opened, ann)
    releasing.approve(opened, pete, request, NOW)
    at = NOW
    if how == "suspended":
        partnering.suspend(store, pete, "Ally", "a leak", NOW)
    else:
        at = ally.expires
    reader = partnering.receiver(store, pete.reader, ally, at)

    assert store.report(reader, report.id) is None
    assert store.search(reader, "troops").total == 0
    assert store.products.products(reader) == ()
    with pytest.raises(ConfigError, match=f"Ally is {how}"):
        releasing.deliver(store, pete, request, at, how="by hand")
    assert pat.person is not None
    with pytest.raises(AccessDenied):
        admitted(store, pat.person, at, how="password")


@pytest.mark.parametrize("kind", ["corrected", "withdrawn"])
def test_a_corrected_or_withdrawn_report_is_followed_to_products_and_partners(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner, kind: str
) -> None:
    old = keep("Some 300 came.", TO_ALLY)
    ann, pete, pat = who("ann", "analyst"), who("pete", "release officer"), who("pat", "reader", partner="Ally")
    request = asked(opened, ann)
    product = releasing.approve(opened, pete, request, NOW).product
    delivery, _ = releasing.deliver(store, pete, request, NOW, how="by hand")
    assert recalling.affected(store, pete) == ()
    flags = (Flag(name="withdrawn", certainty="disclosed", detail="it says so"),) if kind == "withdrawn" else ()
    new = keep("Only 30 came.", None, day=5, flags=flags)

    (one,) = recalling.affected(store, pete)
    assert (one.product.id, one.request.partner, one.got) == (product, "Ally", (delivery,))
    assert (one.fallen.report.id, one.fallen.kind) == (old.id, kind)
    assert one.fallen.successor is not None
    assert one.fallen.successor.id == new.id
    (recall,) = recalling.queue(store, pete, NOW)
    assert recalling.queue(store, pete, NOW) == ()
    assert store.recalls.recalls(pat.reader) == ()
    recalling.send(store, pete, recall.id, LATER)

    (seen,) = store.recalls.recalls(pat.reader)
    assert "Head of Some 300 came." in seen.text
    assert kind in seen.text
    assert "Only 30" not in seen.text
    assert (seen.reason, seen.sent_by, seen.successor) == ("", None, None)
    assert store.products.products(pat.reader) == ()
    assert store.products.requests(pete.reader)[0].state == "recalled"
    done = recalling.acknowledge(store, pat, seen.id, LATER)
    assert (done.state, done.acknowledged_by) == ("acknowledged", "pat")


def test_a_correction_names_the_new_text_to_whoever_may_have_it(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    keep("Some 300 came.", TO_ALLY)
    pete = who("pete", "release officer")
    releasing.approve(opened, pete, asked(opened, who("ann", "analyst")), NOW)
    keep("Only 30 came.", TO_ALLY, day=5)

    (recall,) = recalling.queue(store, pete, NOW)

    assert "In its place stands: “Head of Only 30 came.”" in recall.text


def test_a_person_may_say_that_a_report_no_longer_stands(
    opened: Situation, store: Store, who: Who, keep: Keep, ally: Partner
) -> None:
    report = keep("Some 300 came.", TO_ALLY)
    ann, pete = who("ann", "analyst"), who("pete", "release officer")
    releasing.approve(opened, pete, asked(opened, ann), NOW)
    with pytest.raises(AccessDenied):
        recalling.withdraw(store, ann, report.id, "it is false", NOW)

    (recall,) = recalling.withdraw(store, pete, report.id, "it is false", NOW)

    assert (recall.kind, recall.reason) == ("withdrawn", "it is false")
    assert "Why: it is false." in recall.text


def test_tightening_is_an_analysts_work_loosening_takes_an_officer_and_a_reason(
    store: Store, who: Who, keep: Keep
) -> None:
    report = keep("Troops came.", Marking(level="AMBER"))
    ann, pete = who("ann", "analyst"), who("pete", "release officer")
    mark(store, ann, report.id, Marking(level="RED"), NOW)
    with pytest.raises(AccessDenied, match="loosen"):
        mark(store, ann, report.id, TO_ALLY, NOW, reason="please")
    with pytest.raises(ConfigError, match="wider"):
        mark(store, pete, report.id, TO_ALLY, NOW)

    assert mark(store, pete, report.id, TO_ALLY, NOW, reason="agreed with them") == (report.id, Marking(level="RED"))

    kept, capture = store.report(pete.reader, report.id), store.capture(pete.reader, report.capture)
    assert kept is not None
    assert capture is not None
    assert kept.marking == capture.marking == TO_ALLY
    (entry,) = store.audit.entries(DOOR, verb="loosen")
    assert entry.note.detail["reason"] == "agreed with them"


def test_nobody_gives_themselves_roles_and_the_last_administrator_stays(store: Store) -> None:
    me = alone("me", "RED", NOW)

    def person(name: str, *roles: Role, partner: str | None = None) -> Person:
        return Person(name=name, roles=frozenset(roles), clearance="RED", added=NOW, partner=partner)

    with pytest.raises(ConfigError, match="first person must be an administrator"):
        people.add(store, me, person("ann", "analyst"), NOW)
    root = admitted(store, people.add(store, me, person("root", "administrator"), NOW), NOW, how="login")
    people.add(store, root, person("ann", "analyst"), NOW)
    with pytest.raises(AccessDenied, match="their own roles"):
        people.give_roles(store, root, "root", ["release officer"], NOW)
    with pytest.raises(ConfigError, match="last administrator"):
        people.disable(store, root, "root", "leaves", NOW)
    with pytest.raises(ConfigError, match="already"):
        people.add(store, root, person("ann", "reader"), NOW)
    with pytest.raises(ConfigError, match="no partner"):
        people.add(store, root, person("pat", "reader", partner="Ally"), NOW)
    with pytest.raises(ConfigError, match="no name to sign in"):
        people.add(store, root, person("Ann B", "reader"), NOW)
    assert people.give_roles(store, root, "ann", ["administrator"], NOW).roles == {"administrator"}
