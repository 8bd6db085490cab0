"""The JSON-lines commands: one record in, one record out, in order, errors in their place."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Shell = Callable[..., str]


@pytest.fixture
def shell(tmp_path: Path, shell_in: Callable[[Path], Shell]) -> Shell:
    return shell_in(tmp_path)


def lines(*records: object) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in records).encode()


def read(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_clean_answers_each_record_in_its_place_and_goes_on_after_a_bad_one(shell: Shell) -> None:
    text = "Head\n\n2024-10-21\n\nThe minister said that the harbour of the town will be closed until the spring.\n"
    first, second, third, fourth = read(
        shell(
            "clean", "--jsonl", given=lines({"id": "a", "text": text}, "{no json", {"id": "b"}, {"id": "c", "text": ""})
        )
    )

    assert first["id"] == "a"
    assert "harbour" in first["text"]
    assert [text[start:end] for start, end in first["body"]] == [first["text"]]
    assert second["error"]["code"] == "not-json"
    assert (third["id"], third["error"]["code"]) == ("b", "bad-record")
    assert fourth["id"] == "c"
    assert "error" in fourth


def test_annotate_gives_spans_that_hold_the_words(shell: Shell) -> None:
    text = "Minister Bob Roy said on Monday that around 300 soldiers had arrived in Berlin."

    (one,) = read(shell("annotate", "--jsonl", given=lines({"id": 1, "text": text, "date": "2024-10-23"})))

    (figure,) = one["quantities"]
    assert text[figure["start"] : figure["end"]].endswith("300 soldiers")
    (said,) = one["attributions"]
    assert said["speaker"] == "Bob Roy"
    assert one["times"][0]["value"] == "2024-10-21"


def test_annotate_writes_trees_and_goes_on_after_a_bad_record(shell: Shell) -> None:
    records = lines({"id": "a", "text": "Troops left."}, "{no json", {"id": "b"}, {"id": "c", "text": "Ships came."})

    written = shell("annotate", "--jsonl", "--conllu", given=records, code=3)

    assert [line[-1] for line in written.splitlines() if line.startswith("# newdoc")] == ["a", "c"]
    assert all(line.count("\t") == 9 for line in written.splitlines() if line and line[0] != "#")


def test_threads_below_one_are_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "watchfloor.toml").write_text("threads = 0\n", encoding="utf-8")

    assert "threads" in shell("annotate", "--jsonl", given=b"", code=1)


def test_group_links_a_reprint_to_its_parent(shell: Shell) -> None:
    text = (
        "The harbour of the old town was closed on Tuesday after inspectors found cracks in eleven pillars of the pier."
    )
    records = [
        {"id": "a", "date": "2024-10-01", "title": "Closed", "text": text},
        {"id": "b", "date": "2024-10-02", "title": "Closed", "text": text},
        "[]",
    ]

    first, second, third = read(shell("group", "--jsonl", given=lines(*records)))

    assert (first["copy_of"], second["copy_of"]) == (None, "a")
    assert first["story"] == second["story"]
    assert third["error"]["code"] == "not-a-record"


def test_origins_counts_a_case(shell: Shell) -> None:
    case = {
        "case": "x",
        "claim": "300 soldiers arrived",
        "reports": [
            {
                "id": "a",
                "outlet": "one.example",
                "time": "2024-10-18",
                "text": "The Harbour Ministry said 300 soldiers arrived.",
            },
            {
                "id": "b",
                "outlet": "two.example",
                "time": "2024-10-19",
                "text": "According to the Harbour Ministry, 300 soldiers arrived.",
            },
        ],
    }

    (counted,) = read(shell("origins", "--jsonl", given=lines(case)))

    assert (counted["N"], counted["M"], counted["kmin"], counted["kmax"]) == (2, 2, 1, 1)


def test_names_scores_pairs_and_says_why(shell: Shell) -> None:
    given = b"name1,name2,other\nChoe Son-hui,Choi Son Hui,x\nKim Tae-sun,Kim Il-woo,y\n"

    same, different = csv.DictReader(io.StringIO(shell("names", "--csv", given=given)))

    assert float(same["score"]) > float(different["score"])
    assert same["reason"]
    assert different["other"] == "y"


def test_group_and_origins_go_on_after_a_record_of_the_wrong_shape(shell: Shell) -> None:
    good = {"id": "a", "title": "T", "text": "The harbour is closed until the spring."}
    first, second = read(shell("group", "--jsonl", given=lines({**good, "id": "b", "date": "tomorrow"}, good)))

    assert (first["id"], first["error"]["code"]) == ("b", "bad-record")
    assert second["copy_of"] is None

    for broken in ({"reports": [1]}, {"reports": [{"id": "a", "text": "x"}], "parties": [1], "claim": "x"}):
        (told,) = read(shell("origins", "--jsonl", given=lines({"case": "c", **broken})))
        assert told["error"]["code"] == "bad-record"
