import pytest

from watchfloor.resolve.surfaces import told


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("Georgy Orlov", "GEORGY ORLOV", "name"),
        ("Georgy Orlov", "Orlov", "part"),
        ("Georgy Orlov", "Georgi Orlov", "romanisation"),
        ("Ayman el-Khatib", "al-Khatib", "romanisation"),
        ("Serhiy Orlov", "Sergei Orlov", "other-language"),
        ("William Marsh", "Bill Marsh", "nickname"),
        ("William Marsh", "Marxh", "slip"),
        ("William Marsh", "the mayor", "description"),
    ],
)
def test_a_form_of_a_person_is_told_for_what_it_is(name: str, form: str, kind: str) -> None:
    assert told(name, form, person=True)[0] == kind


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("Coast Guard Agency", "CGA", "acronym"),
        ("Coast Guard Agency", "the agency", "description"),
        ("Coast Guard Agency", "Agency of the Coast Guard", "name"),
    ],
)
def test_a_form_of_a_body_is_told_for_what_it_is(name: str, form: str, kind: str) -> None:
    assert told(name, form, person=False)[0] == kind
