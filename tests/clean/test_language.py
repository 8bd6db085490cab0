from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean.language import foreign, language
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

ENGLISH = [
    "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement.",
    "Some forty families left their homes before dawn and found shelter in the school on the hill, it said.",
    "The mayor thanked the volunteers and asked people to stay away from the bridge for the next two days.",
]
GERMAN = "Der Fluss stieg in der Nacht zum Montag um zwei Meter, wie das Wasseramt in einer Mitteilung erklärte."
FRENCH = "La rivière a monté de deux mètres dans la nuit de dimanche à lundi, selon le service des eaux de la vallée."
RUSSIAN = "Река поднялась на два метра в ночь на понедельник, сообщила водная служба долины."
KOREAN = "강물이 일요일 밤 사이에 2미터 높아졌다고 수자원 공사가 밝혔다."
JAPANESE = "川は日曜日の夜に二メートル上昇したと水道局が発表した。"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (RUSSIAN, "ru"),
        (KOREAN, "ko"),
        (JAPANESE, "ja"),
        ("河水在周日夜间上涨了两米，水务局说。", "zh"),
    ],
)
def test_a_text_has_a_language(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(("text", "code"), [(GERMAN, "de"), (FRENCH, "fr"), (RUSSIAN, "ru"), (KOREAN, "ko")])
def test_a_paragraph_in_another_language_is_told(text: str, code: str) -> None:
    assert list(foreign([*ENGLISH[:2], text, ENGLISH[2]], "en")) == [None, None, code, None]


@pytest.mark.parametrize("line", ["Ja.", "Chatbot", "Vive la France!", "NORDDAL (NW)", "2025", ""])
def test_a_short_line_has_the_language_of_its_report(line: str) -> None:
    assert list(foreign([*ENGLISH, line], "en")) == [None] * 4


def test_a_japanese_line_without_kana_is_not_chinese() -> None:
    assert list(foreign([JAPANESE, "国際通貨基金専務理事記者会見全文公開予定"], "ja")) == [None, None]


def test_nothing_is_foreign_to_a_report_whose_language_is_not_known() -> None:
    assert list(foreign([GERMAN], None)) == [None]


def test_foreign_paragraphs_are_kept_with_their_language_and_flagged_once(cleaned: Cleaned) -> None:
    text = "River Aar floods Lower Norddal\n\n" + "\n\n".join([*ENGLISH, GERMAN, GERMAN.replace("Montag", "Dienstag")])
    report = cleaned(text)
    (flag,) = (flag for flag in report.flags if flag.name == "mixed-language")

    assert report.language == "en"
    assert [one.language for one in report.parts("body")] == [None, None, None, "de", "de"]
    assert (flag.certainty, report.text[flag.start : flag.end]) == ("certain", GERMAN)
    assert flag.detail.startswith("2 of 5 paragraphs are in 'de'")


@given(st.lists(st.text(max_size=200), max_size=8), st.sampled_from([None, "en", "ja", "ko", "xx"]))
def test_any_paragraphs_get_an_answer_each(paragraphs: list[str], main: str | None) -> None:
    answers = list(foreign(paragraphs, main))

    assert len(answers) == len(paragraphs)
    assert main not in answers or main is None


@pytest.mark.parametrize(
    ("text", "hint", "told"),
    [
        ("Vert vegen stengd?", "no", "no"),
        ("제2교량 폐쇄", "ko", "ko"),
        ("Bridge closed", "ko", None),
        ("제2교량 폐쇄", "no", None),
        ("The river rose by two metres on Sunday night, the water board said in a statement.", "no", "en"),
        ("강물이 일요일 밤 사이에 2미터 높아졌다고 수자원 공사가 밝혔다.", "en", "ko"),
    ],
)
def test_what_is_expected_holds_where_the_text_leaves_its_language_open(text: str, hint: str, told: str | None) -> None:
    assert language(text, hint) == told


def test_a_quick_look_tells_a_paragraph_in_another_language_too() -> None:
    pytest.importorskip("resiliparse")

    assert list(foreign([*ENGLISH, FRENCH, RUSSIAN * 2, *ENGLISH], "en", quick=True)) == [
        *[None] * 3,
        "fr",
        "ru",
        *[None] * 3,
    ]
