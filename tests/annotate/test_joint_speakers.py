import pytest

from watchfloor.annotate.joint_speakers import joint
from watchfloor.core.annotation import Attribution
from watchfloor.core.span import Span


def said(source: str) -> Attribution:
    span = Span(report="r", start=0, end=len(source))
    return Attribution(
        span=span,
        source=(span,),
        cue=(),
        content=(span,),
        speaker=None,
        speaker_type="document",
        kind="indirect",
        act="assert",
        generated_by="test@1",
    )


@pytest.mark.parametrize(
    ("source", "speaker", "kind", "via"),
    [
        (
            "a joint statement of the Norwegian and Danish defence ministries",
            "Norwegian and Danish defence ministries",
            "organisation",
            "a joint statement",
        ),
        ("the French and German foreign ministers", "French and German foreign ministers", "person", None),
        ("a statement by the coast guard", "coast guard", "organisation", "a statement"),
    ],
)
def test_two_offices_or_a_statement_name_who_speaks(source: str, speaker: str, kind: str, via: str | None) -> None:
    found = joint(source, said(source))

    assert found is not None
    assert (found.speaker, found.type, found.via) == (speaker, kind, via)


@pytest.mark.parametrize("source", ["the minister", "Ann Lee and Bob Roy", "a statement", "Bread and Butter makers"])
def test_any_other_source_is_left_as_it_is(source: str) -> None:
    assert joint(source, said(source)) is None
