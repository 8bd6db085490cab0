import pytest

from watchfloor.annotate.body_mentions import known_as_bodies
from watchfloor.core.annotation import Mention
from watchfloor.core.span import Span


def mention(text: str, name: str, title: str | None = None) -> Mention:
    at = text.index(name)
    span = Span(report="rep_1", start=at, end=at + len(name))
    return Mention(span=span, type="person", name=name, title=title, generated_by="test@1")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Kremlin, which first denied it, now speaks of its right.", "Kremlin", "organisation"),
        ("Kremlin did not say more.", "Kremlin", "organisation"),
        ("Whitehall, which denied it, is silent.", "Whitehall", "organisation"),
        ("Novak did not say more.", "Novak", "person"),
    ],
)
def test_a_government_known_by_its_seat_is_nobodys_surname(text: str, name: str, kind: str) -> None:
    (found,) = known_as_bodies(text, [mention(text, name)])

    assert found.type == kind


def test_somebody_with_a_title_stays_a_person() -> None:
    text = "Sergeant Whitehall did not say more."
    (found,) = known_as_bodies(text, [mention(text, "Whitehall", "Sergeant")])

    assert found.type == "person"
