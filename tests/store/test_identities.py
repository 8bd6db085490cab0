from watchfloor.core.entity import Identity
from watchfloor.core.marking import Reader
from watchfloor.store.store import Store


def link(qid: str, file: str = "people.csv") -> Identity:
    return Identity(
        name="Ruth Marsh",
        schema="Person",
        country="CAN",
        qid=qid,
        label="Ruth Marsh",
        score=1.0,
        reason="the same name",
        file=file,
        by="ada",
        at="2024-11-01T12:00:00+00:00",
    )


def test_a_file_takes_the_place_of_what_it_gave_before(store: Store, home: Reader) -> None:
    store.keep_identities([link("Q1")], "people.csv")
    store.keep_identities([link("Q3", "bodies.csv")], "bodies.csv")
    store.keep_identities([link("Q2")], "people.csv")

    assert [one.qid for one in store.identities(home)] == ["Q2", "Q3"]


def test_a_partner_sees_no_link(store: Store) -> None:
    store.keep_identities([link("Q1")], "people.csv")

    assert store.identities(Reader(name="p", partner="p", clearance="RED")) == ()
