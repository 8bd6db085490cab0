from watchfloor.clean import page_blocks
from watchfloor.clean.page_blocks import Block
from watchfloor.clean.page_gaps import mended
from watchfloor.clean.page_tree import tree


def paragraph(number: int) -> str:
    return f"In the year {number} the river rose by two metres and some forty families left their homes before dawn."


def blocks(*parts: tuple[str, range]) -> tuple[Block, ...]:
    """A page of parts: the class of each and the numbers of its paragraphs."""
    body = ""
    for kind, numbers in parts:
        text = "".join(f"<p>{paragraph(number)}</p>" for number in numbers)
        body += f"<div class='{kind}'><div class='text'>{text}</div></div>"
    return page_blocks.blocks(tree(f"<html><body>{body}</body></html>"))


def test_a_report_that_goes_on_in_places_like_those_found_is_put_together() -> None:
    inside = blocks(("chunk", range(20)), ("chunk", range(20, 70)))

    found = mended([paragraph(number) for number in range(20)], inside)

    assert [block.text for block in found] == [paragraph(number) for number in range(70)]


def test_another_report_below_stands_elsewhere_and_stays_out() -> None:
    inside = blocks(("chunk", range(20)), ("next-story", range(20, 70)))

    assert mended([paragraph(number) for number in range(20)], inside) == ()


def test_a_short_gap_is_left_to_the_extractor() -> None:
    inside = blocks(("chunk", range(40)), ("chunk", range(40, 45)))

    assert mended([paragraph(number) for number in range(40)], inside) == ()


def test_where_nothing_was_found_there_is_nothing_to_compare() -> None:
    assert mended([], blocks(("chunk", range(70)))) == ()
