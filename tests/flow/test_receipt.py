"""What became of items, counted."""

from datetime import UTC, datetime

from watchfloor.core.aside import aside_of
from watchfloor.core.errors import SetAside
from watchfloor.flow.receipt import Tally


def test_each_item_ends_in_exactly_one_count_of_the_receipt() -> None:
    tally = Tally()
    aside = aside_of(SetAside("no-body", "nothing"), "clean", "a.html", datetime(2024, 11, 1, tzinfo=UTC))

    for outcome in ("new", "new-version", "unchanged", "renewed", "new", aside):
        tally.count(outcome)
    made = tally.receipt()

    assert (made.captured, made.new, made.new_versions, made.unchanged, made.set_aside) == (6, 2, 1, 2, (aside,))
