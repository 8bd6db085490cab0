import msgspec

from watchfloor.core.annotation import Annotation, Quantity
from watchfloor.core.span import Span


def test_an_annotation_comes_back_from_json_as_what_it_was() -> None:
    quantity = Quantity(
        span=Span(report="rep_1", start=0, end=11),
        low=10_800,
        high=13_200,
        figure=12_000,
        unit="troop",
        hedge="some",
        generated_by="test@1",
    )

    again = msgspec.json.decode(msgspec.json.encode(quantity), type=Annotation)

    assert again == quantity
