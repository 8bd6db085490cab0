import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from watchfloor.annotate import reading
from watchfloor.annotate.reading import SCHEMES, USED, Reading, forget, paragraph, read, vectors
from watchfloor.annotate.windows import paragraphs
from watchfloor.annotate.words import words

DAM = "Ana Ruiz said the dam is safe. It was built in 1962."
HARD = {
    "Korean": "평양은 24일 성명을 냈다. 군은 “사실무근”이라고 했다.",
    "Arabic": "قال المتحدث إن السد آمن.",
    "Chinese": "大坝很安全。他说。",
    "emoji": "The dam 😀👩‍👩‍👧‍👦🇳🇴 holds.",
    "combining marks": "Cafe\u0301 Z\u0351\u036b\u0343\u0307 Å",
    "zero-width": "\u200b\u200d\ufeff The\u200bdam \u200b",
    "directions": "\u202eThe dam\u202c holds\u2069",
    "a word of 100,000 letters": "a" * 100_000,
    "a word of 5,000 hyphens": "a-" * 5_000,
    "marks alone": "— ... !!! “” (),",
    "control characters": "The\x00dam\x07 holds\x7f",
    "one letter": "I",
}


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget()


def check(found: Reading, line: str) -> None:
    """Hold a reading to what is true of every reading."""
    assert found.words == tuple(words(line))
    covered = [number for one in found.sentences for number in range(one.first, one.last)]
    assert covered == list(range(len(found.words)))
    for one in found.sentences:
        size = one.last - one.first
        assert size > 0
        assert {len(part) for part in (one.upos, one.xpos, one.lemmas, one.heads, one.relations)} == {size}
        assert all(0 <= head <= size for head in one.heads)
        assert [head == 0 for head in one.heads] == [relation == "root" for relation in one.relations]
        assert one.heads.count(0) == 1
        assert all(one.lemmas)
    for spans in found.spans.values():
        ends = [0, *(edge for span in spans for edge in (span.start, span.end)), len(found.words)]
        assert ends == sorted(ends)
        assert all(span.start < span.end for span in spans)


def test_a_paragraph_reads_the_same_alone_again_and_after_others() -> None:
    alone = paragraph(DAM)
    forget()
    again = paragraph(DAM)
    forget()
    others = [paragraph(line) for line in ("Nothing.", HARD["Korean"], DAM + " " + DAM)]

    assert paragraph(DAM) == again == alone
    assert alone not in others


def test_a_paragraph_reads_the_same_wherever_it_stands_in_a_text() -> None:
    text = f"Before.\n{DAM}\nAfter."

    found = dict(read(text, 0, len(text)))

    assert found[8] == paragraph(DAM)


def test_what_is_read_does_not_depend_on_the_schemes_asked_for() -> None:
    used, every = paragraph(DAM, USED), paragraph(DAM, SCHEMES)

    assert (set(used.spans), set(every.spans)) == (set(USED), set(SCHEMES))
    assert used.sentences == every.sentences
    assert all(used.spans[scheme] == every.spans[scheme] for scheme in USED)


def test_a_paragraph_is_kept_and_read_once() -> None:
    assert paragraph(DAM) is paragraph(DAM)


def test_the_paragraph_longest_unread_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KEPT", 2)
    one, two = paragraph("One."), paragraph("Two.")
    assert paragraph("One.") is one

    paragraph("Three.")

    assert paragraph("One.") is one
    assert paragraph("Two.") is not two


def test_a_paragraph_longer_than_a_window_is_read_whole() -> None:
    line = " ".join(f"Ship {number} reached the port." for number in range(100))

    check(paragraph(line), line)


def test_ten_thousand_words_without_a_full_stop_are_read_whole() -> None:
    line = "the dam near Bergen " * 2_500

    check(paragraph(line.strip()), line.strip())


@pytest.mark.parametrize("name", HARD)
def test_a_hard_text_is_read_whole(name: str) -> None:
    line = HARD[name].strip()

    check(paragraph(line, SCHEMES), line)


@settings(max_examples=25)
@example("\x1c")
@example("\ud800 half a pair")
@example("'s n't n’t cannot")
@given(st.text(alphabet=st.sampled_from("aA. '“n't\n1-") | st.characters(), max_size=40))
def test_any_text_is_read_whole(text: str) -> None:
    lines = [text[start:end] for start, end in paragraphs(text, 0, len(text))]

    for line, (offset, found) in zip(lines, read(text, 0, len(text), SCHEMES), strict=True):
        assert text.startswith(line, offset)
        check(found, line)


@pytest.mark.parametrize("text", ["", " \n\n ", "\u2028"])
def test_an_empty_text_holds_no_paragraph(text: str) -> None:
    assert list(read(text, 0, len(text))) == []


def test_only_the_stretch_asked_for_is_read() -> None:
    ((offset, found),) = read("One.\nTwo words.\nThree.", 5, 8)

    assert (offset, len(found.words)) == (5, 1)


def test_vectors_have_length_one_and_do_not_depend_on_each_other() -> None:
    texts = ["The dam holds.", "평양은", "The dam holds.", "the dam " * 500]
    found = vectors(texts)

    assert found.shape == (4, 384)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-3)
    assert np.array_equal(found[0], found[2])
    assert np.array_equal(found[:1], vectors(texts[:1]))


def test_no_texts_have_no_vectors_and_an_empty_text_has_none_that_is_like_any() -> None:
    assert vectors([]).shape == (0, 384)
    assert not vectors([" "]).any()
