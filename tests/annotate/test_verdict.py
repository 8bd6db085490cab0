import pytest

from watchfloor.annotate.verdict import Verdict, packed, unpacked

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


@pytest.mark.parametrize(("words", "schemes", "fits"), [(3, 2, True), (4, 2, False), (3, 3, False)])
def test_a_verdict_fits_only_a_paragraph_of_its_size(words: int, schemes: int, fits: bool) -> None:
    assert TWO_SENTENCES.fits(words, schemes) == fits
