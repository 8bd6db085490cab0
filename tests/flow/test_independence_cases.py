"""Cases of our own, each of a kind of dependence: docs/independence-cases.md argues every number."""

import json
from pathlib import Path
from typing import Any

import pytest

from watchfloor.flow.cases import counted
from watchfloor.flow.parts import parts

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "independence_cases.jsonl").read_text("utf-8").splitlines()
]
EVERY = pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])


def numbers(case: dict[str, Any]) -> tuple[int, int]:
    found = counted(case, parts())
    return found["kmin"], found["kmax"]


def wanted(case: dict[str, Any]) -> tuple[int, int]:
    return case["expected"]["kmin"], case["expected"]["kmax"]


@EVERY
def test_reports_outlets_and_origins_are_counted_exactly(case: dict[str, Any]) -> None:
    found, expected = counted(case, parts()), case["expected"]

    assert {key: found[key] for key in expected if key != "edges"} == {
        key: value for key, value in expected.items() if key != "edges"
    }
    assert found["edges"] == sorted(expected["edges"])


@EVERY
def test_the_order_of_the_reports_changes_nothing(case: dict[str, Any]) -> None:
    assert numbers(case | {"reports": case["reports"][::-1]}) == wanted(case)


@EVERY
def test_a_pure_copy_under_another_name_adds_no_origin(case: dict[str, Any]) -> None:
    original = case["reports"][0]
    copy = original | {"id": "zz", "outlet": "reprint.example", "time": "2025-12-31T00:00Z"}
    within_days = original["time"][:10] + "T23:59Z"

    assert numbers(case | {"reports": [*case["reports"], copy | {"time": within_days}]}) == wanted(case)


@EVERY
def test_the_same_report_once_more_adds_no_origin(case: dict[str, Any]) -> None:
    again = case["reports"][0] | {"id": "zz", "time": case["reports"][0]["time"][:10] + "T23:59Z"}

    assert numbers(case | {"reports": [*case["reports"], again]}) == wanted(case)


@EVERY
def test_names_of_outlets_do_not_matter(case: dict[str, Any]) -> None:
    texts = " ".join(report["text"].casefold() for report in case["reports"])
    names = {report["outlet"]: f"outlet-{number}.example" for number, report in enumerate(case["reports"])}
    if any(outlet.split(".")[0].replace("-", " ") in texts for outlet in names):
        pytest.skip("its texts name its outlets")
    owners = {names[outlet]: owner for outlet, owner in case["owners"].items()}
    renamed = [report | {"outlet": names[report["outlet"]]} for report in case["reports"]]

    assert numbers(case | {"reports": renamed, "owners": owners}) == wanted(case)


@EVERY
def test_one_more_independent_origin_raises_the_upper_bound_by_one(case: dict[str, Any]) -> None:
    low, high = wanted(case)
    text = f"{case['claim']}, the Observers' League of Quill said after its members had gone to look for themselves."
    more = {"id": "zz", "outlet": "quill-letter.example", "time": "2025-12-31T00:00Z", "title": "", "text": text}

    assert numbers(case | {"reports": [*case["reports"], more]}) == (low + 1, high + 1)
