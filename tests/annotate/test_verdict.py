import msgspec
import pytest

from watchfloor.annotate.engine import labels
from watchfloor.annotate.verdict import Scheme, Verdict, packed, unpacked

TWO_SENTENCES = Verdict(
    sizes=(2, 1),
    upos=(7, 15, 12),
    xpos=(1, 2, 3),
    lemmas=(0, 200, 0),
    heads=(1, 0, 0),
    relations=(4, 5, 5),
    spans=((0, 2, 1), ()),
)


def test_a_verdict_comes_back_as_it_was() -> None:
    assert unpacked(packed(TWO_SENTENCES)) == TWO_SENTENCES


@pytest.mark.parametrize("damage", [b"", b"\x00", packed(TWO_SENTENCES)[:-5]])
def test_what_is_no_verdict_is_none(damage: bytes) -> None:
    assert unpacked(damage) is None


@pytest.mark.parametrize(
    ("words", "schemes", "fits"),
    [(3, ("news", "uner"), True), (4, ("news", "uner"), False), (3, ("news", "uner", "re3d"), False)],
)
def test_a_verdict_fits_only_a_paragraph_of_its_size(words: int, schemes: tuple[Scheme, ...], fits: bool) -> None:
    assert TWO_SENTENCES.fits(words, schemes, labels()) == fits


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("upos", (7, 15, 999)),
        ("xpos", (-1, 2, 3)),
        ("heads", (2, 0, 0)),  # a head in the next sentence
        ("heads", (-1, 0, 0)),
        ("sizes", (3, 0)),
        ("spans", ((0, 2, 0), ())),  # "O" begins nothing
        ("spans", ((2, 2, 1), ())),
        ("spans", ((0, 2), ())),
    ],
)
def test_numbers_that_no_engine_gives_fit_no_paragraph(field: str, numbers: tuple[object, ...]) -> None:
    damaged = msgspec.structs.replace(TWO_SENTENCES, **{field: numbers})

    assert not damaged.fits(3, ("news", "uner"), labels())
