import pytest
from lxml import html

from watchfloor.clean import page_blocks, page_extract
from watchfloor.clean.page_extract import Line, doubtful
from watchfloor.clean.page_tree import tree

PARAGRAPHS = tuple(
    f"The river Aar rose by {number} metres on Sunday night, the water board of Lower Norddal said in a statement."
    for number in range(2, 8)
)
PAGE = (
    "<html><head><title>River Aar</title><script>var a = 1;</script></head><body>"
    "<nav><a href='/'>Home</a></nav><article>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article><footer>Imprint</footer></body></html>"
)


def found(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, False) for text in texts)


@pytest.fixture
def inside() -> tuple[page_blocks.Block, ...]:
    return page_blocks.running(page_blocks.blocks(tree(PAGE)))


def test_the_fast_way_finds_the_paragraphs_and_leaves_the_page_as_it_is() -> None:
    root = tree(PAGE)
    before = html.tostring(root)

    assert [line.text for line in page_extract.fast(root)] == list(PARAGRAPHS)
    assert html.tostring(root) == before


def test_a_result_that_holds_the_running_text_is_believed(inside: tuple[page_blocks.Block, ...]) -> None:
    assert not doubtful(found(*PARAGRAPHS), inside)


@pytest.mark.parametrize(
    "texts",
    [
        ("A line.",),
        ("A menu of the page, with all that a menu has in it, and more, as long as a report.",) * 5,
        PARAGRAPHS[:1] * 3,
        (*PARAGRAPHS, *("A comment that a reader left below the report at some length.",) * 60),
    ],
    ids=["little", "none of it", "a small part of it", "far more"],
)
def test_a_result_that_looks_wrong_beside_the_running_text_is_doubted(
    texts: tuple[str, ...], inside: tuple[page_blocks.Block, ...]
) -> None:
    assert doubtful(found(*texts), inside)


def test_paragraphs_of_chinese_are_running_text() -> None:
    text = "挪达尔下游水务局周日晚间表示，阿勒河水位一夜之间上涨两米，约四十个家庭在黎明前撤离。"
    markup = f"<html><body><div><p>{text}</p><p>{text}</p></div><div><p>首页</p></div></body></html>"

    assert [block.text for block in page_blocks.running(page_blocks.blocks(tree(markup)))] == [text, text]


def test_text_after_a_skipped_element_belongs_to_its_block() -> None:
    markup = "<html><body><p>One <script>two</script>three<br>four</p>five</body></html>"

    assert [block.text for block in page_blocks.blocks(tree(markup))] == ["One three", "four", "five"]
