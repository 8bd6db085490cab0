from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.report import Report
from watchfloor.flow.records import plain_report
from watchfloor.fuse.shingles import SAMPLE_ONE_IN, SHINGLE_WORDS, fingerprint, sample_of, shingled


@given(st.lists(st.text(max_size=60), max_size=5))
def test_words_stand_where_the_text_has_them(texts: list[str]) -> None:
    reports = [plain_report(text, address=str(number)) for number, text in enumerate(texts)]

    for report, found in zip(reports, shingled(reports), strict=True):
        for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True):
            assert report.text[start:end]
            assert not any(letter.isspace() for letter in report.text[start:end])
        assert len(found.hashes) == max(0, len(found.starts) - SHINGLE_WORDS + 1)


def test_a_report_has_the_same_hashes_alone_and_among_others(report: Callable[..., Report]) -> None:
    one, other = report("The pier was closed on Tuesday."), report("Ships wait outside the old harbour.")

    assert shingled([other, one])[1].hashes.tolist() == shingled([one])[0].hashes.tolist()


def test_case_does_not_count_and_quotations_are_left_out(report: Callable[..., Report]) -> None:
    plain, loud = report("The pier was closed."), report("THE PIER “for ever and ever” was Closed.")

    assert shingled([plain])[0].hashes.tolist() == shingled([loud])[0].hashes.tolist()


def test_hashes_are_the_same_in_every_run(report: Callable[..., Report]) -> None:
    assert shingled([report("pier closed")])[0].hashes.tolist() == [PINNED]


PINNED = 2344867750152 % 2**32


@pytest.mark.parametrize("text", ["港は火曜日に閉鎖された", "ท่าเรือปิดแล้ว"])
def test_a_script_without_spaces_is_cut_into_characters(report: Callable[..., Report], text: str) -> None:
    assert len(shingled([report(text)])[0].starts) > 5


@given(st.lists(st.sampled_from("pier harbour was closed opened on Tuesday night".split()), max_size=200))
def test_a_fingerprint_gives_the_sample_back(words: list[str]) -> None:
    (found,) = shingled([plain_report(" ".join(words))])

    assert sample_of(fingerprint(found)).tolist() == sorted(set(found.sample.tolist()))


def test_of_a_long_text_one_run_in_four_is_sampled_and_a_short_one_whole() -> None:
    long = plain_report(" ".join(f"w{number}" for number in range(4000)))
    short = plain_report(" ".join(f"w{number}" for number in range(40)))

    some, all_of_them = (found.sample for found in shingled([long, short]))

    assert all(hash_ % SAMPLE_ONE_IN == 0 for hash_ in some.tolist())
    assert 900 < len(some) < 1100
    assert len(all_of_them) == 38


def test_a_character_beyond_the_basic_plane_changes_no_other_words_place(report: Callable[..., Report]) -> None:
    (found,) = shingled([report("Waves 🌊🌊 hit the pier.")])

    assert [(found.starts[-1], found.ends[-1])] == [(17, 21)]
