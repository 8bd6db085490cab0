import pytest

from watchfloor.annotate import reading
from watchfloor.annotate.event_status import Standing, standing
from watchfloor.annotate.predicates import of_sentence


def status(text: str, lemma: str) -> Standing:
    read = reading.paragraph(text)
    told = of_sentence(text, 0, read, read.sentences[0])
    return standing(next(one for one in told.predicates if one.lemma == lemma))


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Norway attacked Denmark.", "attack", "actual"),
        ("Norway will visit Denmark.", "visit", "planned"),
        ("Norway is expected to visit Denmark.", "visit", "planned"),
        ("Norway could attack Denmark.", "attack", "hypothetical"),
        ("If Norway attacks Denmark, we leave.", "attack", "hypothetical"),
        ("Norway denied that it had attacked Denmark.", "attack", "denied"),
        ("Norway did not attack Denmark.", "attack", "denied"),
        ("Norway didn’t attack Denmark.", "attack", "denied"),
    ],
)
def test_what_governs_a_verb_decides_how_real_it_is(text: str, lemma: str, expected: str) -> None:
    assert status(text, lemma).status == expected


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Norway refused to help Denmark.", "help"),
        ("Norway urged Sweden to help Denmark.", "help"),
        ("Norway built a bridge to help Denmark.", "help"),
    ],
)
def test_what_is_refused_asked_or_meant_is_no_event_of_its_own(text: str, lemma: str) -> None:
    assert status(text, lemma).unreal
