from collections.abc import Callable

import pytest

from watchfloor.core.entity import Entity, Identity, Surface
from watchfloor.resolve.identities import Record, attached, matches

Make = Callable[..., Entity]


@pytest.fixture
def person() -> Make:
    def make(*names: str, country: str | None = None) -> Entity:
        surfaces = tuple(
            Surface(text=name, kind="name" if " " in name else "part", uses=1, reports=("rep_1",), reason="test")
            for name in names
        )
        return Entity(
            id=f"ent_{names[0]}_{country}",
            schema="Person",
            name=names[0],
            names=names,
            country=country,
            surfaces=surfaces,
        )

    return make


def test_a_record_with_the_name_in_another_script_is_a_clear_match(person: Make) -> None:
    record = Record(qid="Q1", name="Володимир Марчук", country="UKR")

    (match,) = matches([person("Volodymyr Marchuk", country="UKR")], [record])

    assert match.clear
    assert match.reason.endswith("both of Ukraine")


def test_two_records_of_one_name_leave_it_open(person: Make) -> None:
    found = matches([person("Ruth Marsh")], [Record(qid="Q1", name="Ruth Marsh"), Record(qid="Q2", name="Ruth Marsh")])

    assert [(match.record.qid, match.clear) for match in found] == [("Q1", False), ("Q2", False)]


def test_the_state_decides_between_two_records_of_one_name(person: Make) -> None:
    records = [Record(qid="Q1", name="Ruth Marsh", country="CAN"), Record(qid="Q2", name="Ruth Marsh", country="AUS")]

    (match,) = matches([person("Ruth Marsh", country="AUS")], records)

    assert (match.record.qid, match.clear) == ("Q2", True)


def test_the_chief_of_a_body_of_many_states_may_have_any_nationality(person: Make) -> None:
    (match,) = matches([person("Ruth Marsh", country="IGO")], [Record(qid="Q1", name="Ruth Marsh", country="CAN")])

    assert match.clear


def test_a_bare_surname_leads_to_no_record(person: Make) -> None:
    assert matches([person("Marsh")], [Record(qid="Q1", name="Ruth Marsh"), Record(qid="Q2", name="Marsh")]) == ()


def test_a_record_that_fits_two_entities_is_left_open(person: Make) -> None:
    two = [person("Ruth Marsh", country="CAN"), person("Ruth Marsh", country="AUS")]

    found = matches(two, [Record(qid="Q1", name="Ruth Marsh")])

    assert [match.clear for match in found] == [False, False]
    assert "fits two entities" in found[0].reason


def test_a_slip_alone_links_nobody(person: Make) -> None:
    (match,) = matches([person("Ruth Marsh")], [Record(qid="Q1", name="Ruth Marshe")])

    assert not match.clear


def test_a_kept_link_is_found_by_name_after_the_id_has_changed(person: Make) -> None:
    link = Identity(
        name="Ruth Marsh",
        schema="Person",
        country=None,
        qid="Q1",
        label="Ruth Marsh",
        score=1.0,
        reason="test",
        file="f.csv",
        by="ada",
        at="2024-11-01",
    )
    grown = person("Ruth Ann Marsh", "Ruth Marsh", "Marsh")

    assert attached([grown], [link]) == {grown.id: (link,)}
    assert attached([grown, person("Ruth Marsh", country="CAN")], [link]) == {}
