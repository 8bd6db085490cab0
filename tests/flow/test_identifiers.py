from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.errors import ConfigError
from watchfloor.flow.identifiers import read


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Name,QID,Aliases,Country\nRuth Marsh,Q1,R. Marsh|Ruthie Marsh,ca\n"),
        ("a.tsv", "name\tqid\taliases\tcountry\nRuth Marsh\tQ1\tR. Marsh;Ruthie Marsh\tCAN\n"),
        (
            "a.jsonl",
            '{"name": "Ruth Marsh", "qid": "Q1", "aliases": ["R. Marsh", "Ruthie Marsh"], "country": "Canada"}',
        ),
    ],
)
def test_three_forms_of_file_give_one_record(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    (record,), bad = read(tmp_path / name)

    assert (record.name, record.qid, record.aliases, record.country, bad) == (
        "Ruth Marsh",
        "Q1",
        ("R. Marsh", "Ruthie Marsh"),
        "CAN",
        (),
    )


def test_a_line_that_is_no_record_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,qid,country\nRuth Marsh,X1,\n,Q2,\nTom Brody,Q3,Nowhere\nAnn Roy,Q4,\n")

    records, bad = read(tmp_path / "a.csv")

    assert [record.qid for record in records] == ["Q4"]
    assert [line.split(":")[0] for line in bad] == ["line 2", "line 3", "line 4"]


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("label,id\nRuth Marsh,Q1\n")

    with pytest.raises(ConfigError, match="expected name and qid"):
        read(tmp_path / "a.csv")


@given(st.binary(max_size=300), st.sampled_from((".csv", ".tsv", ".jsonl")))
def test_any_bytes_are_records_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: str) -> None:
    path = tmp_path_factory.mktemp("ids") / f"a{kind}"
    path.write_bytes(b"name,qid\n" * (kind != ".jsonl") + data)

    try:
        records, _ = read(path)
    except ConfigError:
        return
    assert all(record.name and record.qid for record in records)
