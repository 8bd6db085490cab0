"""Terms of Korean, Japanese and Chinese."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.fuse.stories import stories
from watchfloor.fuse.story_east import pieces
from watchfloor.fuse.story_terms import terms


@pytest.mark.parametrize(
    ("run", "meanings"),
    [
        ("러시아에서는", ["RU"]),
        ("인도네시아가", ["ID"]),
        ("인도적", ["인도적"]),
        ("러시아군이", ["RU"]),
        ("1만2천명", ["12", "000"]),
        ("3万5000人", ["35", "000"]),
        ("37명이", ["37"]),
        ("日本首相", ["JP", "prime-minister"]),
        ("地震で14人死亡", ["earthquake", "14", "dead"]),
    ],
)
def test_a_run_of_characters_is_parted_into_countries_things_and_numbers(run: str, meanings: list[str]) -> None:
    assert [one.text for one in pieces(run)] == meanings


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("젤렌스키는", "In Kyiv Zelensky spoke"),
        ("プーチン", "In Moscow Putin spoke"),
        ("トランプ", "In Ohio Trump spoke"),
        ("김정은", "In Pyongyang Kim Jong-un spoke"),
        ("윤석열", "In Seoul Yoon Suk Yeol spoke"),
    ],
)
def test_a_name_meets_its_latin_form(report: Callable[..., Report], name: str, english: str) -> None:
    sides = [{t for t in terms(report(text)).counts if t.startswith("~")} for text in (f"{name} {name}", english)]

    assert sides[0] & sides[1]


def test_reports_on_one_happening_join_over_five_languages_and_others_do_not(
    report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    told = [
        (
            "en",
            "Earthquake in eastern Turkey kills 37",
            "A quake of magnitude 6.4 shook Elazig; 1,200 people were injured.",
        ),
        (
            "ko",
            "튀르키예 동부 지진으로 37명 사망",
            "튀르키예 동부 엘라지에서 지진이 발생해 37명이 숨지고 1200명이 다쳤다.",
        ),
        ("ja", "トルコ東部で地震、37人死亡", "トルコ東部で地震があり、37人が死亡、1200人が負傷した。"),
        ("zh", "土耳其东部发生地震 37人死亡", "土耳其东部发生6.4级地震，造成37人死亡。"),
        ("ar", "زلزال شرق تركيا يقتل 37 شخصا", "ضرب زلزال شرق تركيا وأسفر عن مقتل 37 شخصا."),
        ("ja", "日銀、金利を引き上げ", "日本銀行は政策金利を引き上げた。東京株式市場で株価は下落した。"),
        ("ko", "일본 총선서 여당 과반 실패", "일본 총선에서 여당이 과반 의석을 얻지 못했다."),
    ]
    reports = [
        report(text, headline=head, language=lang, outlet=str(n), published=day("2024-10-21"))
        for n, (lang, head, text) in enumerate(told)
    ]

    found = {frozenset(one.reports) for one in stories(reports, ())}

    assert frozenset(one.id for one in reports[:5]) in found
    assert {frozenset({reports[5].id}), frozenset({reports[6].id})} <= found


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7AF), max_size=60))
def test_any_run_is_parted_without_an_error_and_into_what_says_something(run: str) -> None:
    assert all(one.text for one in pieces(run))
