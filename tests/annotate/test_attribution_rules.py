from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.annotate import attribution_rules, mentions
from watchfloor.annotate.sources import Voices
from watchfloor.core.annotation import Attribution
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span

SECONDS = 20.0  # assumed: far above what linear time needs, far below what quadratic time needs

Read = Callable[[str], list[Attribution]]


def statements(made: Report) -> list[Attribution]:
    """What the rules find in a report with the mentions that the rules find in it."""
    return list(attribution_rules.read(made, Voices(made.text, list(mentions.by_rules(made)))))


@pytest.fixture
def read(report: Callable[..., Report]) -> Read:
    return lambda text: statements(report(text))


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ('"The dam holds," Ana Ruiz said.', "Ana Ruiz", "said", ['"The dam holds,"']),
        ("“The dam holds,” said Ana Ruiz, an engineer.", "Ana Ruiz, an engineer", "said", ["“The dam holds,”"]),
        ('Ana Ruiz said, "The dam holds."', "Ana Ruiz", "said", ['"The dam holds."']),
        ('"The dam," Ana Ruiz said, "holds."', "Ana Ruiz", "said", ['"The dam,"', '"holds."']),
        ("Ana Ruiz said that the dam holds.", "Ana Ruiz", "said", ["that the dam holds"]),
        ("Ana Ruiz said on Monday that the dam holds.", "Ana Ruiz", "said", ["that the dam holds"]),
        ("Ana Ruiz said the dam is safe.", "Ana Ruiz", "said", ["the dam is safe"]),
        ("The dam is safe, Ana Ruiz said in Bergen.", "Ana Ruiz", "said", ["The dam is safe"]),
        ("The old dam, Ana Ruiz said, is quite safe.", "Ana Ruiz", "said", ["The old dam", "is quite safe"]),
        ("Ana Ruiz, however, insisted that the dam holds.", "Ana Ruiz", "insisted", ["that the dam holds"]),
        ("Ana Ruiz, who built the dam, said it is safe.", "Ana Ruiz, who built the dam,", "said", ["it is safe"]),
        ("The spokesman for the port, Jan Vos, said it is shut.", None, "said", ["it is shut"]),
        ("The Federal Dam Office (FDO) denied that it leaks.", None, "denied", ["that it leaks"]),
        ("Norway and Sweden have long claimed that it leaks.", "Norway and Sweden", None, ["that it leaks"]),
        ("Oslo condemned the raid.", "Oslo", "condemned", ["the raid"]),
        ("Oslo called for an end to the raids.", "Oslo", "called for", ["an end to the raids"]),
        ("Oslo urged the rebels to leave.", "Oslo", "urged", ["the rebels to leave"]),
        ("Oslo called the raid “reckless.”", "Oslo", "called", ["the raid “reckless.”"]),
        ("Oslo vowed to rebuild the dam.", "Oslo", "vowed", ["to rebuild the dam"]),
        ("The raid was condemned by Oslo.", "Oslo", "was condemned by", ["The raid"]),
        ("Ana Ruiz expressed her gratitude for the ferry.", "Ana Ruiz", "expressed her gratitude", ["for the ferry"]),
        ("The dam leaks, according to Ana Ruiz.", "Ana Ruiz", "according to", ["The dam leaks"]),
        ("According to the ministry, the dam leaks.", "the ministry", "According to", ["the dam leaks"]),
        ("Ana Ruiz rejected the ministry's claim that it leaks.", None, None, ["the ministry's claim that it leaks"]),
    ],
)
def test_source_cue_and_content_are_found(
    read: Read, text: str, source: str | None, cue: str | None, content: list[str]
) -> None:
    found = read(text)[0]

    assert words(text, found.content) == content
    assert source is None or words(text, found.source) == [source]
    assert cue is None or " ".join(words(text, found.cue)).removeprefix("have long ") == cue or cue is None


@pytest.mark.parametrize(
    "text",
    [
        "The envoy is expected to visit the dam.",
        "It is also mentioned that the dam may leak.",
        "They signed the “Great Dam Treaty” in June.",
        "The ministry report on the dam is long.",
        "Engineers worked according to the schedule of the dam.",
        "The dam was built in 1962 and rebuilt in 1999.",
        "Norway would say that the dam leaks.",
    ],
)
def test_what_nobody_says_is_no_statement(read: Read, text: str) -> None:
    assert read(text) == []


def test_a_cue_inside_a_quotation_is_part_of_what_is_said(read: Read) -> None:
    text = '"Oslo will demand that we leave, and Jan Vos said so," Ana Ruiz said.'

    (found,) = read(text)

    assert found.speaker == "Ana Ruiz"


def test_one_subject_may_say_several_things(read: Read) -> None:
    text = "Ana Ruiz condemned the raid, and called for talks, adding that the dam holds."

    assert [words(text, one.content) for one in read(text)] == [["the raid"], ["talks"], ["that the dam holds"]]
    assert {one.speaker for one in read(text)} == {"Ana Ruiz"}


def test_two_subjects_share_a_sentence(read: Read) -> None:
    text = "Ana Ruiz said that the dam holds, while Jan Vos said that it leaks."

    assert [(one.speaker, words(text, one.content)) for one in read(text)] == [
        ("Ana Ruiz", ["that the dam holds"]),
        ("Jan Vos", ["that it leaks"]),
    ]


def test_a_quotation_that_goes_on_keeps_its_speaker_without_source_and_cue(read: Read) -> None:
    text = '"The dam holds," Ana Ruiz said. "It was built to last."'

    first, second = read(text)

    assert (second.source, second.cue, second.speaker) == ((), (), first.speaker)
    assert words(text, second.content) == ['"It was built to last."']


def test_a_quotation_of_several_sentences_is_one_statement(read: Read) -> None:
    text = '"The dam holds. We checked it. It will last," Ana Ruiz said.'

    (found,) = read(text)

    assert words(text, found.content) == ['"The dam holds. We checked it. It will last,"']


def test_a_second_quotation_behind_and_goes_on(read: Read) -> None:
    text = 'Ana Ruiz said, "The dam holds well," and "It was built to last well."'

    assert [words(text, one.content) for one in read(text)] == [
        ['"The dam holds well,"'],
        ['"It was built to last well."'],
    ]


def test_words_after_a_colon_may_stand_in_the_next_passage(read: Read) -> None:
    text = 'Ana Ruiz added:\n\n"The dam holds, and it was built to last."'

    (found,) = read(text)

    assert (found.speaker, words(text, found.content)) == ("Ana Ruiz", ['"The dam holds, and it was built to last."'])


def test_a_cue_that_slipped_inside_the_marks_is_still_the_cue(read: Read) -> None:
    text = "The deputy also “stressed that the dam is safe.”"

    (found,) = read(text)

    assert words(text, found.cue) == ["also “stressed"]
    assert words(text, found.content) == ["that the dam is safe.”"]


def test_wrong_marks_quote_all_the_same(read: Read) -> None:
    text = "Ana Ruiz added, ”The dam holds.”"

    assert [(one.kind, words(text, one.content)) for one in read(text)] == [("direct", ["”The dam holds.”"])]


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("Jan Vos told Ana Ruiz that it leaks, the ministry said in a tweet.", "Jan Vos", "the ministry"),
        ("Jan Vos said that it leaks, according to the ministry.", "Jan Vos", "the ministry"),
        ("According to the ministry on Friday, Jan Vos said, “It leaks.”", "Jan Vos", "the ministry"),
        ("“It leaks,” Jan Vos was quoted as saying by the ministry.", "Jan Vos", "the ministry"),
        ("“It leaks,” Jan Vos wrote on Facebook.", "Jan Vos", "Facebook"),
        ("“It leaks,” Jan Vos said in a statement.", "Jan Vos", "a statement"),
        ("Jan Vos told reporters that it leaks.", "Jan Vos", None),
    ],
)
def test_the_channel_is_kept_apart_from_the_speaker(read: Read, text: str, speaker: str, via: str | None) -> None:
    (found,) = read(text)

    assert (found.speaker, found.reported_via) == (speaker, via)


def test_what_somebody_says_that_another_said_is_two_statements(read: Read) -> None:
    text = "The ministry said Jan Vos condemned the raid."

    outer, inner = read(text)

    assert words(text, outer.content) == ["Jan Vos condemned the raid"]
    assert (inner.speaker, inner.act, inner.reported_via) == ("Jan Vos", "condemn", "The ministry")


@pytest.mark.parametrize("text", ["Some say that the dam leaks.", "Experts believe the dam is old."])
def test_nobody_in_particular_is_anonymous(read: Read, text: str) -> None:
    (found,) = read(text)

    assert (found.speaker, found.speaker_type) == (None, "anonymous")


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("President Ana Ruiz said the dam is safe.", "Ana Ruiz", "person"),
        ("She said the dam is safe.", "She", "person"),
        ("The ambassador said the dam is safe.", "The ambassador", "person"),
        ("The presidential office said the dam is safe.", "The presidential office", "organisation"),
        ("Article 4 of the treaty stipulates that the dam stays.", "Article 4 of the treaty", "document"),
    ],
)
def test_the_speaker_is_the_source_without_its_title(read: Read, text: str, speaker: str, kind: str) -> None:
    (found,) = read(text)

    assert (found.speaker, found.speaker_type) == (speaker, kind)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Ana Ruiz declined to comment on the dam.", "decline-to-comment"),
        ("Oslo has remained silent on the dam.", "silent"),
        ("Oslo did not mention the dam.", "silent"),
        ("Oslo did not respond to a request for comment.", "silent"),
        ("Oslo confirmed the visit in a statement.", "confirm"),
        ("Ana Ruiz said that she would rebuild the dam.", "promise"),
        ("Ana Ruiz hopes that the dam holds.", "wish"),
        ("Ana Ruiz thanked Norway for the ferry.", "thank"),
        ("Ana Ruiz conveyed deep regret over the raid.", "condemn"),
        ("Ana Ruiz announced plans to rebuild the dam.", "promise"),
    ],
)
def test_the_act_comes_from_cue_and_content(read: Read, text: str, act: str) -> None:
    (found,) = read(text)

    assert found.act == act


def test_a_refusal_has_its_topic_for_content(read: Read) -> None:
    text = "Ana Ruiz declined to make any comment about the dam."

    (found,) = read(text)

    assert words(text, found.content) == ["the dam"]


@pytest.mark.parametrize("kind", ["caption", "headline", "embedded", "boilerplate"])
def test_only_the_body_holds_statements(report: Callable[..., Report], kind: str) -> None:
    text = "Ana Ruiz said that the dam holds."
    made = report(text, passages=(Passage(start=0, end=len(text), kind=kind),))  # type: ignore[arg-type]

    assert statements(made) == []


def _bare(text: str) -> Report:
    return Report(
        id="rep_test",
        capture="cap_test",
        address="memory",
        url=None,
        outlet=None,
        outlet_how=None,
        headline=None,
        published=None,
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=datetime(2024, 11, 1, tzinfo=UTC),
        generated_by="test@1",
    )


PIECES = st.sampled_from(
    (
        'Ana Ruiz |he |said |that |told |to |according to |"|“|”|, |. |and |adding |the ministry |who |not |has |'
        "never |was quoted as saying by |expressed |his |hope |for |:|declined |(|)|'s |\u200f\u05d0 |by |condemned |—"
    ).split("|")
)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The ministry said about 300 houses burned down.", "The ministry", ["about 300 houses burned down"]),
        ("The dam broke, the airline said Thursday.", "the airline", ["The dam broke"]),
        ("Three former port employees said rows broke out.", "Three former port employees", ["rows broke out"]),
        ("“It leaks,” said another reader in a letter.", "another reader", ["“It leaks,”"]),
        ("The dam leaks, Ana Ruiz told The Daily Delta this week.", "Ana Ruiz", ["The dam leaks"]),
        ("He said, if asked, he would go.", "He", ["he would go"]),
        ("He insists, most recently in June, that it holds.", "He", ["that it holds"]),
        ("For towns like Delta, he said, the toll was higher.", "he", ["For towns like Delta", "the toll was higher"]),
        ("Port tolls, according to the ministry, have risen.", "the ministry", ["Port tolls", "have risen"]),
        ("Tolls have risen, according to three shipping firms.", "three shipping firms", ["Tolls have risen"]),
        ("Firms complain that tolls are too high.", "Firms", ["that tolls are too high"]),
        ("In a speech on Monday, Ana Ruiz struck back, saying it holds.", "Ana Ruiz", ["it holds"]),
    ],
)
def test_speaker_and_content_are_found_behind_numbers_asides_and_unknown_nouns(
    read: Read, text: str, source: str, content: list[str]
) -> None:
    (found,) = read(text)

    assert (words(text, found.source), words(text, found.content)) == ([source], content)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The plant shuts in May, a person familiar with the matter told Wire B.", "The plant shuts in May"),
        ("The sale is off, two company officials told this paper on condition of anonymity.", "The sale is off"),
        ("An official who asked not to be named said tolls will rise.", "tolls will rise"),
    ],
)
def test_who_is_not_named_is_nobody(read: Read, text: str, content: str) -> None:
    (found,) = read(text)

    assert (found.speaker, found.speaker_type, words(text, found.content)) == (None, "anonymous", [content])


@pytest.mark.parametrize("verb", ["has decided to send", "believes it must send", "hopes to send"])
def test_what_a_body_tells_of_anothers_mind_is_that_bodys_statement(read: Read, verb: str) -> None:
    (found,) = read(f"Norway {verb} 300 troops, the Federal Border Service said Friday.")

    assert (found.speaker, found.reported_via) == ("the Federal Border Service", None)


@pytest.mark.parametrize(
    "text",
    [
        "Norway has decided to send troops.",
        "The firm plans to sell the yard.",
        "The two states hold a summit in May.",
        "He called his aides to a meeting.",
        "The dam has support from nobody.",
        "It acts according to plan.",
    ],
)
def test_what_the_narrator_tells_is_no_statement(read: Read, text: str) -> None:
    assert read(text) == []


def test_the_origin_that_somebody_names_stays_in_his_content(read: Read) -> None:
    text = "Ana Ruiz said that, according to her services, 300 soldiers were lost."
    (found,) = read(text)

    assert words(text, found.content) == ["that, according to her services, 300 soldiers were lost"]


def test_a_statement_in_an_aside_ends_with_the_aside(read: Read) -> None:
    text = "Ana Ruiz, who endorsed Jan Vos, said the port is shut."

    assert [words(text, one.content) for one in read(text)] == [["Jan Vos"], ["the port is shut"]]


def test_the_day_of_the_act_is_no_content(read: Read) -> None:
    text = "Oslo condemned the raid on 18 October."

    assert [words(text, one.content) for one in read(text)] == [["the raid"]]


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_any_text_gives_spans_that_lie_in_it(text: str) -> None:
    made = _bare(text)
    for found in statements(made):
        spans = (*found.source, *found.cue, *found.content)
        assert found.content
        assert all(0 <= span.start < span.end <= len(text) for span in (found.span, *spans))
        assert found.span.start == min(span.start for span in spans)
        assert found.span.end == max(span.end for span in spans)


@pytest.mark.parametrize(
    "unit", ['"', "he said ", "he said that she said ", "according to Oslo, ", '"a" said Ann Lee, ']
)
def test_a_long_paragraph_takes_linear_time(unit: str, in_time: Callable[..., bool]) -> None:
    made = _bare(unit * (200_000 // len(unit)))

    assert in_time(lambda: statements(made), SECONDS)


def test_what_nobody_confirmed_is_no_confirmation(read: Read) -> None:
    assert read("No government has confirmed the reports of ships near the shoal.") == []
