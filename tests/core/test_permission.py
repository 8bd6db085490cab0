"""The whole table, verb by verb: a right that moves must move here too."""

import pytest

from watchfloor.core.permission import AT_A_PARTNER, HERE, IN_PERSON, ROLES, VERBS, Role, Verb, allowed

TABLE = """
              reader analyst watch release admin | partner's reader, analyst
see             x      x       x      x      .   |    x       x
export          .      x       x      x      .   |    .       .
collect         .      x       .      .      .   |    .       .
judge           .      x       x      .      .   |    .       .
watch           .      .       x      .      .   |    .       .
mark            .      x       x      x      .   |    .       .
loosen          .      .       .      x      .   |    .       .
ask             .      x       x      x      .   |    .       .
decide          .      .       .      x      .   |    .       .
deliver         .      .       .      x      .   |    .       .
recall          .      .       .      x      .   |    .       .
propose         .      .       .      x      x   |    .       .
admit           .      .       .      x      x   |    .       .
people          .      .       .      .      x   |    .       .
keys            x      x       x      x      x   |    x       x
audit           .      .       .      x      x   |    .       .
receive         .      .       .      .      .   |    x       x
acknowledge     .      .       .      x      .   |    x       x
contribute      .      .       .      .      .   |    .       x
"""
ROWS = {line.split()[0]: line.replace("|", " ").split()[1:] for line in TABLE.strip().splitlines()[1:]}
PLACES: list[tuple[Role, str | None]] = [*((role, None) for role in ROLES), ("reader", "Ally"), ("analyst", "Ally")]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("place", "nth"), [(place, nth) for nth, place in enumerate(PLACES)])
def test_each_role_may_what_the_table_says_and_nothing_else(
    verb: Verb, place: tuple[Role, str | None], nth: int
) -> None:
    role, partner = place

    assert (verb in allowed([role], partner=partner)) == (ROWS[verb][nth] == "x")


def test_the_table_names_every_verb_and_the_roles_every_role() -> None:
    assert set(ROWS) == set(VERBS)
    assert set(HERE) == set(ROLES)


@pytest.mark.parametrize("role", sorted(set(ROLES) - set(AT_A_PARTNER)))
def test_no_other_role_is_worth_anything_at_a_partner(role: Role) -> None:
    assert allowed([role], partner="Ally") == frozenset()


def test_without_a_role_nothing_is_allowed() -> None:
    assert allowed([]) == allowed([], partner="Ally") == frozenset()


def test_whoever_asks_for_a_release_by_role_alone_cannot_decide_it_by_name() -> None:
    assert {"decide", "admit", "loosen", "people"} == IN_PERSON
