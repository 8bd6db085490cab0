from watchfloor.clean.front_matter import fields
from watchfloor.clean.units import units


def test_fields_between_fences_are_read() -> None:
    assert fields(units("---\ntitle: Harbour closed\ndate: 2025-03-14\n---\nThe harbour is closed.\n")) == {
        "title": "Harbour closed",
        "date": "2025-03-14",
    }


def test_bare_fields_at_the_head_are_read_under_one_name_each() -> None:
    text = "Headline: Harbour closed\nPublisher: Harbour Post\n\nThe harbour is closed.\n"

    assert fields(units(text)) == {"title": "Harbour closed", "outlet": "Harbour Post"}


def test_one_line_that_looks_like_a_field_is_the_report() -> None:
    assert fields(units("Date: nobody knows when the harbour was built.\nIt is old.\n")) == {}
