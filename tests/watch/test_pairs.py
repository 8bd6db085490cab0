from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Party, Status
from watchfloor.core.encounter import Encounter
from watchfloor.watch.pairs import Network, network


def contact(number: int, *names: str, status: Status = "actual") -> Encounter:
    parties = tuple(Party(name=name) for name in names)
    return Encounter(
        id=f"enc_{number}", contact_type="call", parties=parties, date=None, place=None, status=status, tellings=()
    )


def of(*contacts: Encounter, called: Callable[[str], str] = str, most: int = 150) -> Network:
    return network(contacts, called, str, most=most)


def test_two_calls_of_one_pair_are_one_pair_with_two_contacts() -> None:
    found = of(contact(1, "B", "A"), contact(2, "A", "B"))

    assert [(pair.left, pair.right, pair.contacts) for pair in found.pairs] == [("A", "B", ("enc_1", "enc_2"))]


def test_three_at_one_table_are_three_pairs() -> None:
    assert len(of(contact(1, "A", "B", "C")).pairs) == 3


def test_names_of_one_party_are_one_and_never_a_pair_with_itself() -> None:
    found = of(contact(1, "Zelensky", "Zelenskyy"), called=lambda name: name[:7])

    assert [node.name for node in found.nodes] == ["Zelensk"]
    assert (found.pairs, found.alone) == ((), 1)


@pytest.mark.parametrize(
    ("statuses", "solidity"),
    [
        (("actual", "planned"), "held"),
        (("planned", "hypothetical"), "planned"),
        (("denied", "planned"), "planned"),
        (("denied",), "denied"),
    ],
)
def test_a_pair_is_as_solid_as_the_most_solid_contact(statuses: tuple[Status, ...], solidity: str) -> None:
    found = of(*(contact(at, "A", "B", status=status) for at, status in enumerate(statuses)))

    assert found.pairs[0].solidity == solidity


def test_those_with_the_most_contacts_are_shown_and_the_others_counted() -> None:
    found = of(contact(1, "A", "B"), contact(2, "A", "B"), contact(3, "A", "C"), most=2)

    assert [node.name for node in found.nodes] == ["A", "B"]
    assert found.hidden == 1
    assert [pair.right for pair in found.pairs] == ["B"]
