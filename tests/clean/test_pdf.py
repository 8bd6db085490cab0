from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.clean import pdf
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

PAGE = (
    "River Aar floods Lower Norddal",
    "The river Aar rose by two metres on Sunday night, the water board of",
    "Lower Norddal said in a statement. Some forty families left their ho-",
    "mes before dawn and found shelter in the school on the hill.",
    "Ida Holm, the mayor, thanked the volunteers of the valley for their help.",
)


def made(*pages: Sequence[str]) -> bytes:
    """A PDF written by hand: the catalogue, the pages, one font, one stream of lines per page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    first = 4
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for number, lines in enumerate(pages):
        stream = "BT /F1 10 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        font = "<</Font<</F1 3 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Resources{font}/Contents {first + 2 * number + 1} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream")
    data, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return (data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}").encode()


@pytest.fixture
def read(cleaned: Cleaned) -> Cleaned:
    return lambda data: cleaned(data, "application/pdf")


def test_lines_of_a_page_become_headline_and_paragraphs(read: Cleaned) -> None:
    report = read(made(PAGE))

    assert report.headline == "River Aar floods Lower Norddal"
    assert "board of Lower Norddal" in report.text
    assert "their homes before" in report.text


def test_a_line_that_comes_back_on_every_page_is_a_running_head(read: Cleaned) -> None:
    report = read(made(*(("Norddal Courier, page " + str(number), *PAGE) for number in range(1, 4))))

    heads = [
        passage for passage in report.parts("boilerplate") if "Courier" in report.text[passage.start : passage.end]
    ]
    assert len(heads) == 3


def test_a_pdf_without_text_is_set_aside(read: Cleaned) -> None:
    with pytest.raises(SetAside) as caught:
        read(made(()))

    assert caught.value.reason == "no-text"


def test_a_pdf_longer_than_the_limit_says_what_was_read(read: Cleaned) -> None:
    report = read(made(*[(f"{number} {PAGE[1]}", PAGE[2]) for number in range(201)]))

    assert "the first 200 of 201 pages" in next(flag.detail for flag in report.flags if flag.name == "truncated")


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n1 0 obj<</Kids[1 0 R]>>endobj trailer<</Root 1 0 R>>", b""])
def test_a_broken_pdf_is_set_aside(read: Cleaned, data: bytes) -> None:
    with pytest.raises(SetAside) as caught:
        read(data)

    assert caught.value.reason == "broken-pdf"


@settings(deadline=None)
@given(st.data())
def test_no_damage_to_a_pdf_is_worse_than_being_set_aside(data: st.DataObject) -> None:
    from datetime import date

    sound = bytearray(made(PAGE))
    for _ in range(data.draw(st.integers(1, 8))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    try:
        pdf.draft(bytes(sound), date(2026, 1, 5))
    except SetAside:
        return
