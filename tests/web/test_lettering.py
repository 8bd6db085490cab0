import pytest

from watchfloor.web.lettering import block, width, wrapped


@pytest.mark.parametrize(
    "text", ["a plain line of words", "WWWWWWWWWWWWWWWW", "타르시아 공병 파견 대통령실", "w" * 5000, ""]
)
def test_every_line_fits_its_room(text: str) -> None:
    lines = wrapped(text, 120, 12.5, 3)

    assert len(lines) <= 3
    assert all(width(line, 12.5) <= 120 for line in lines)


def test_what_does_not_fit_ends_in_dots() -> None:
    assert wrapped("one two three four five six seven", 60, 12, 2)[-1].endswith("…")


def test_what_fits_loses_nothing() -> None:
    assert " ".join(wrapped("one two three", 60, 12, 4)) == "one two three"


def test_text_in_a_picture_is_escaped() -> None:
    assert "<script>" not in block(0, 0, ("<script>",), "small", 15)
