import pytest

from watchfloor.core.errors import SetAside
from watchfloor.flow.records import trees


def test_a_record_becomes_one_document_of_conllu() -> None:
    lines = trees({"id": 7, "text": "Troops left.\n\nShips came."})

    assert [line for line in lines if line.startswith("# newdoc")] == ["# newdoc id = 7"]
    assert " ".join(line.split("\t")[1] for line in lines if line[:1].isdigit()) == "Troops left . Ships came ."
    assert lines[-1] == ""


@pytest.mark.parametrize(
    ("record", "reason"),
    [({"id": "a"}, "bad-record"), ({"text": "Troops left."}, "bad-record"), ({"id": "a", "text": " \n"}, "empty")],
)
def test_a_record_without_a_name_a_text_or_a_word_is_set_aside(record: dict[str, str], reason: str) -> None:
    with pytest.raises(SetAside, match=reason):
        trees(record)
