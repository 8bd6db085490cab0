import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import residue
from watchfloor.clean.units import units
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

ONE = "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement."
TWO = "Some forty families left their homes before dawn and found shelter in the school on the hill, it added."
THREE = "The mayor, Ida Holm, thanked the volunteers and asked people to stay away from the bridge until Tuesday."


def kinds(report: Report) -> list[tuple[str, str]]:
    return [(passage.kind, report.text[passage.start : passage.end]) for passage in report.passages]


def kind_of(report: Report, words: str) -> str:
    return next(kind for kind, text in kinds(report) if words in text)


def test_a_text_of_paragraphs_only_is_all_body(cleaned: Cleaned) -> None:
    assert [kind for kind, _ in kinds(cleaned(f"{ONE}\n\n{TWO}"))] == ["body", "body"]


def test_the_text_is_never_changed(cleaned: Cleaned) -> None:
    text = f"  Share \r\n\r\n{ONE}\t\n\x0c\n{TWO}  "

    assert cleaned(text).text == text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share", "boilerplate"),
        ("Share on Facebook", "boilerplate"),
        ("Link share button", "boilerplate"),
        ("  • +2", "boilerplate"),
        ("***", "boilerplate"),
        ("12 comments", "boilerplate"),
        ("Leave a comment", "boilerplate"),
        ("Sign up for our morning newsletter and never miss a story", "boilerplate"),
        ("Follow The Norddal Courier on Telegram", "boilerplate"),
        ("I'm angry 3", "boilerplate"),
        ("© 2025 Norddal Courier. All rights reserved.", "boilerplate"),
        ("Alle Rechte vorbehalten", "boilerplate"),
        ("Tags: flood, Norddal", "boilerplate"),
        ("Read more: Ferry stays in port", "boilerplate"),
        ("https://courier.example/flood", "boilerplate"),
        ("이 글은 다른 문자로 쓰여 있습니다", "boilerplate"),
        ("Source: Radio Fjordland", "credit"),
        ("This article was originally published in the Norddal Courier", "credit"),
        ("This article was translated by an automatic tool.", "disclosure"),
        ("Correction: an earlier version gave a wrong height.", "disclosure"),
        ("By Mara Lindqvist", "byline"),
        ("Mara Lindqvist m.lindqvist@courier.example", "byline"),
        ("Residents carry sandbags, left, near the bridge. Courtesy of the water board", "caption"),
        ("The bridge at noon on Sunday. (AP Photo/Ole Berg)", "caption"),
        ("The bridge at noon on Sunday. Ole Berg/Reuters", "caption"),
        ("FILE PHOTO: The bridge in an earlier year", "caption"),
    ],
)
def test_a_line_after_the_first_paragraph_is_told_for_what_it_is(cleaned: Cleaned, line: str, kind: str) -> None:
    report = cleaned(f"{ONE}\n\n{TWO}\n\n{line}\n\n{THREE}")

    assert kind_of(report, line.strip()) == kind


@pytest.mark.parametrize(
    "line",
    [
        "The court ruled that the copyright in the song had run out.",
        "He said that this article of the treaty was translated by a machine.",
        "Facebook said no.",
        "“We do not share the view of the board,” she said.",
        "By Sunday evening the water had fallen again, said Ida Holm.",
        "The agency cited a report by Reuters.",
        "Subscribers of the power company were without light for an hour, the board said on Monday.",
    ],
)
def test_a_sentence_that_looks_like_furniture_stays_body(cleaned: Cleaned, line: str) -> None:
    report = cleaned(f"{ONE}\n\n{line}\n\n{THREE}")

    assert kind_of(report, line) == "body"


def test_the_lines_before_the_first_paragraph_are_section_headline_and_dek(cleaned: Cleaned) -> None:
    report = cleaned(
        f"World\n\nRiver Aar floods Lower Norddal\n\nForty families find shelter in a school\n\n{ONE}\n\n{TWO}"
    )

    assert [kind for kind, _ in kinds(report)][:3] == ["boilerplate", "headline", "dek"]
    assert report.headline == "River Aar floods Lower Norddal"


def test_a_short_line_between_paragraphs_is_a_subhead(cleaned: Cleaned) -> None:
    assert kind_of(cleaned(f"{ONE}\n\nShelter on the hill\n\n{TWO}"), "Shelter on") == "subhead"


def test_a_list_inside_the_report_stays_body(cleaned: Cleaned) -> None:
    report = cleaned(
        f"{ONE}\n\nThe closed roads are:\n\nMill Lane\n\nHill Road\n\nQuay Street\n\nSchool Lane\n\n{THREE}"
    )

    assert kind_of(report, "Quay Street") == "body"


def test_a_caption_printed_twice_is_a_caption_and_its_copy_is_flagged(cleaned: Cleaned) -> None:
    caption = "Volunteers fill sandbags beside the old mill in Lower Norddal on Sunday"
    report = cleaned(f"{ONE}\n\n{caption}\n\n{caption}\n\n{THREE}")

    assert [kind for kind, _ in kinds(report)] == ["body", "caption", "caption", "body"]
    (flag,) = [flag for flag in report.flags if flag.name == "duplicate-caption"]
    assert report.text[flag.start : flag.end] == caption
    assert flag.start == report.text.rindex(caption)


def test_headlines_under_a_heading_for_other_reports_are_listed_and_not_body(cleaned: Cleaned) -> None:
    report = cleaned(f"{ONE}\n\n{TWO}\n\nMost read\n\nFerry stays in port for a third day\n\nSchool choir wins prize")

    assert kind_of(report, "School choir") == "boilerplate"


def test_a_hard_wrapped_text_is_read_in_paragraphs(cleaned: Cleaned) -> None:
    wrapped = ["\n".join(textwrap.wrap(f"{part} {part}", 65)) for part in (ONE, TWO, THREE)]
    report = cleaned("\n\n".join(wrapped))

    assert [kind for kind, _ in kinds(report)] == ["body", "body", "body"]


def test_an_agency_date_line_is_cut_from_its_paragraph(cleaned: Cleaned) -> None:
    report = cleaned(f"NORDDAL, Jan. 4 (Fjord Press) -- {ONE}\n\n{TWO}")

    assert kinds(report)[0] == ("dateline", "NORDDAL, Jan. 4 (Fjord Press) --")
    assert kinds(report)[1] == ("body", ONE)
    assert report.credited_outlets == ("Fjord Press",)


def test_markdown_keeps_its_signs_and_its_headline_loses_them(cleaned: Cleaned) -> None:
    text = f"---\nauthor: Mara Lindqvist\ndate: 2025-03-02\n---\n# River floods town\n\n{ONE}\n\n## Shelter\n\n{TWO}"
    report = cleaned(text, "text/markdown")

    assert (report.headline, report.authors) == ("River floods town", ("Mara Lindqvist",))
    assert report.published is not None
    assert report.published.value == "2025-03-02"
    assert kind_of(report, "## Shelter") == "subhead"


def test_a_headline_alone_is_a_flash_and_its_own_body(cleaned: Cleaned) -> None:
    report = cleaned("River Aar over its banks in Norddal")

    assert kinds(report) == [("body", "River Aar over its banks in Norddal")]


def test_furniture_alone_is_set_aside(cleaned: Cleaned) -> None:
    with pytest.raises(SetAside) as caught:
        cleaned("Share\n\nPrint\n\n© 2025 Norddal Courier")

    assert (caught.value.reason, caught.value.locator) == ("no-body", "memory")


LINES = st.sampled_from(
    [
        *("Share", "Print", "-", "", "Most read", "# Title", "---", "Q: why?", "A: it is so.", "Headline of the day"),
        *("By Mara Lindqvist", "Source: X Y", "2025-01-04 10:00", "© 2025 Courier", "서울에서", "a. b"),
        *(ONE, TWO, f"NORDDAL (FP) - {THREE}", "“he said.” “I do,” she said"),
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=25).map("\n".join)))
def test_passages_partition_whatever_text_there_is(text: str) -> None:
    found = units(text)
    labels, _ = residue.judged(found, residue.TEXT)
    passages = residue.passages(found, labels)

    covered: set[int] = set()
    end = 0
    for passage in passages:
        assert end <= passage.start < passage.end <= len(text)
        assert not text[passage.start].isspace()
        assert not text[passage.end - 1].isspace()
        covered.update(range(passage.start, passage.end))
        end = passage.end
    assert all(place in covered or letter.isspace() for place, letter in enumerate(text))


@pytest.mark.parametrize(
    "line",
    [
        "Home News Politics Sport Video",
        "Donate | Podcast | EN | DE",
        "[Share](https://courier.example/s) · [Print](https://courier.example/p)",
        "How does this article make you feel?",
        "Can you chip in? Readers like you pay for our work.",
        "Réagissez à cet article. Les commentaires sont réservés aux abonnés.",
        "Link kopieren",
        "Partager par e-mail",
        "글자 크게",
        "Previous: Ferry stays in port",
    ],
)
def test_menus_pleas_and_controls_of_many_languages_are_furniture(cleaned: Cleaned, line: str) -> None:
    assert kind_of(cleaned(f"{ONE}\n\n{TWO}\n\n{line}\n\n{THREE}"), line) == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "“Help us keep our homes,” the families wrote to the board on Monday.",
        "“How does this story make you feel?” the mayor asked the families in the school.",
        "The price rose from 12 | 13 | 14 to 15.",
    ],
)
def test_a_sentence_that_sounds_like_a_plea_stays_body(cleaned: Cleaned, line: str) -> None:
    assert kind_of(cleaned(f"{ONE}\n\n{line}\n\n{THREE}"), line) == "body"


def test_a_menu_in_one_line_is_not_the_headline(cleaned: Cleaned) -> None:
    report = cleaned(f"Norddal Courier\nHome World Sport Weather\nRiver Aar floods Lower Norddal\n2025-03-02\n\n{ONE}")

    assert report.headline == "River Aar floods Lower Norddal"


@pytest.mark.parametrize("signs", ["By Ann Lee\n2024-10-21", "2024-10-21", "By Ann Lee"])
def test_a_short_line_above_a_byline_or_a_date_is_the_headline(cleaned: Cleaned, signs: str) -> None:
    report = cleaned(f"Harbour closed after talks\n\n{signs}\n\n{ONE}")

    assert report.headline == "Harbour closed after talks"


@pytest.mark.parametrize(
    "line",
    [
        "이다 홀름 시장이 다리를 둘러보고 있다. 노르달시 제공",
        "Mayor Ida Holm walks across the old bridge. Norddal Courier file",
        "Mayor Ida Holm walks across the old bridge. Provided by the town",
    ],
)
def test_who_gave_the_picture_makes_a_line_a_caption(cleaned: Cleaned, line: str) -> None:
    body = (
        [ONE, TWO] if line.isascii() else ["강물이 밤사이 이 미터나 불어났다고 수자원 당국이 성명을 통해 밝혔다."] * 1
    )

    assert kind_of(cleaned("\n\n".join([line, *body])), line) == "caption"


def test_an_agency_in_brackets_below_the_report_signs_it(cleaned: Cleaned) -> None:
    report = cleaned(f"{ONE}\n\n{TWO}\n\n(Fjord Press)\n\n© 2025 Norddal Courier")

    assert kind_of(report, "(Fjord Press)") == "credit"
    assert report.credited_outlets == ("Fjord Press",)


def test_a_markdown_line_of_newsroom_day_and_link_gives_day_outlet_and_address(cleaned: Cleaned) -> None:
    line = "*Norddal Courier newsroom* · 3 March 2025 · [Read on site](https://norddal-courier.example/flood)"
    report = cleaned(f"# River floods town\n\n{line}\n\nOn Sunday, 2 March, it rained. {ONE}", "text/markdown")

    assert kind_of(report, line) == "dateline"
    assert (report.outlet, report.url) == ("Norddal Courier", "https://norddal-courier.example/flood")
    assert report.published is not None
    assert report.published.value == "2025-03-03"


def test_a_bare_address_above_the_report_is_its_address(cleaned: Cleaned) -> None:
    text = f"River Aar floods Lower Norddal\nhttps://courier.example/flood\n\n{ONE}"

    assert (cleaned(text).address, cleaned(text).outlet) == ("https://courier.example/flood", "courier.example")


@pytest.mark.parametrize("address", ["https://courier.example/", "https://courier.example"])
def test_a_front_page_is_no_address_of_a_report(cleaned: Cleaned, address: str) -> None:
    assert cleaned(f"River Aar floods Lower Norddal\n{address}\n\n{ONE}").url is None


def test_an_address_inside_the_report_is_not_its_own(cleaned: Cleaned) -> None:
    assert cleaned(f"{ONE}\n\nhttps://courier.example/other\n\n{TWO}").url is None


def test_of_a_text_of_very_many_lines_both_ends_are_judged_and_that_is_said(cleaned: Cleaned) -> None:
    text = "\n".join(["Share", *[f"{number}. {ONE}" for number in range(residue.MOST_UNITS)], "Share"])
    report = cleaned(text)

    assert [report.passages[0].kind, report.passages[-1].kind] == ["boilerplate", "boilerplate"]
    assert report.generated_by.endswith("+ends")
