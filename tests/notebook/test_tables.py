"""Tables: what they hold, how they are asked, and who reads them."""

import importlib
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pandas  # type: ignore[import-untyped]
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking
from watchfloor.notebook.row import Row, columns
from watchfloor.notebook.rows import ReportRow
from watchfloor.notebook.table import Table
from watchfloor.notebook.view import View

TABLES = "reports statements claims positions figures contacts events places entities stories origins".split()
NOON = datetime(2024, 11, 1, 12, tzinfo=UTC)
GREEN = Marking(level="GREEN", releasable_to=frozenset({"Ally"}))


class Thing(Row, frozen=True, kw_only=True):
    """One of every kind of column."""

    id: str
    name: str | None = None
    count: int | None = None
    share: float | None = None
    sure: bool = True
    seen: date | None = None
    at: datetime | None = None
    names: tuple[str, ...] = ()
    places: tuple[int, ...] = ()


THINGS = (
    Thing(id="a1", name="Ostmark", count=4, seen=date(1931, 2, 3), at=NOON, names=("x", "y"), marking=GREEN),
    Thing(id="a2", name=None, count=None, share=0.5, sure=False, places=(3, 4)),
    Thing(id="b1", name="한빛", count=-1, seen=date(2024, 10, 22), names=("Ostmark",), marking=GREEN),
)


@pytest.fixture
def things() -> Table[Thing]:
    return Table("things", Thing, lambda: THINGS)


@pytest.mark.parametrize("name", TABLES)
def test_polars_pandas_and_duckdb_read_every_table_of_the_sample(pic: View, name: str) -> None:
    table = getattr(pic, name)
    assert len(table) > 0

    frame = polars.DataFrame(table)
    other = table.to_pandas()
    relation = duckdb.from_arrow(table)

    assert frame.shape == other.shape == (len(table), len(table.columns))
    assert len(relation.fetchall()) == len(table)
    assert tuple(frame.columns) == tuple(other.columns) == table.columns


def test_columns_have_types_days_are_days_and_lists_are_lists(things: Table[Thing]) -> None:
    frame = polars.DataFrame(things)

    assert frame.schema == {
        "id": polars.String,
        "name": polars.String,
        "count": polars.Int64,
        "share": polars.Float64,
        "sure": polars.Boolean,
        "seen": polars.Date,
        "at": polars.Datetime("us", "UTC"),
        "names": polars.List(polars.String),
        "places": polars.List(polars.Int64),
        "marking": polars.String,
    }
    assert frame["seen"].to_list() == [date(1931, 2, 3), None, date(2024, 10, 22)]
    assert frame["at"].to_list() == [NOON, None, None]
    assert frame["names"].to_list() == [["x", "y"], [], ["Ostmark"]]
    assert frame["marking"].to_list()[1] == "UNMARKED | for this node only, not to be shared"


def test_pandas_keeps_what_is_not_known_apart_from_zero(things: Table[Thing]) -> None:
    frame = things.to_pandas()

    assert frame["count"].isna().tolist() == [False, True, False]
    assert str(frame["seen"].dtype) == "datetime64[s]"
    assert frame["at"][0] == pandas.Timestamp(NOON)


def test_duckdb_asks_a_table_by_the_name_of_its_variable(pic: View) -> None:
    claims, origins = pic.claims, pic.origins  # noqa: F841 - the query names them

    joined = duckdb.sql("select count(*) from claims c join origins o on o.claim = c.id")

    assert joined is not None
    assert joined.fetchall() == [(len(pic.origins),)]


def test_an_empty_table_keeps_its_columns_and_types(things: Table[Thing]) -> None:
    none = things.filter(id="nothing")

    assert polars.DataFrame(none).schema == polars.DataFrame(things).schema
    assert none.to_pandas().shape == (0, 10)
    assert duckdb.from_arrow(none).fetchall() == []


@given(st.lists(st.tuples(st.text(), st.none() | st.integers(-(2**63), 2**63 - 1), st.none() | st.dates())))
def test_whatever_stands_in_a_row_comes_back(rows: list[tuple[str, int | None, date | None]]) -> None:
    made = [Thing(id=id, count=count, seen=seen) for id, count, seen in rows]

    frame = polars.DataFrame(Table("things", Thing, lambda: made))

    assert frame.select("id", "count", "seen").rows() == rows


def test_half_a_character_does_not_stop_a_table() -> None:
    broken = Table("things", Thing, lambda: [Thing(id="a", name="half \ud83d", names=("\udc00",))])

    assert polars.DataFrame(broken).select("name", "names").rows() == [("half ?", ["?"])]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["a1", "a2", "b1"]),
        ({"name": "OSTMARK"}, ["a1"]),
        ({"name": None}, ["a2"]),
        ({"name__ne": "Ostmark"}, ["a2", "b1"]),
        ({"names": "ostmark"}, ["b1"]),
        ({"names__has": "mark"}, ["b1"]),
        ({"names": None}, ["a2"]),
        ({"places": 3}, ["a2"]),
        ({"count__ge": 4}, ["a1"]),
        ({"count__lt": 4}, ["b1"]),
        ({"id__in": ["a2", "b1"], "sure": True}, ["b1"]),
        ({"seen__gt": "2024-01-01"}, ["b1"]),
        ({"seen": date(2024, 10, 22)}, ["b1"]),
        ({"at": "2024-11-01T12:00"}, ["a1"]),
        ({"marking": "TLP:GREEN"}, ["a1", "b1"]),
        ({"marking": "unmarked"}, ["a2"]),
        ({"marking__has": "ally"}, ["a1", "b1"]),
    ],
)
def test_a_filter_keeps_the_rows_that_fit(things: Table[Thing], wanted: dict[str, Any], found: list[str]) -> None:
    assert [one.id for one in things.filter(**wanted)] == found


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"nmae": 1}, "there is no column 'nmae'; expected one of id, name"),
        ({"count__about": 1}, "found 'count__about', expected one of __ne"),
        ({"names__ge": "a"}, "names has no order"),
        ({"seen__gt": "yesterday"}, "'yesterday' is no day"),
    ],
)
def test_a_wrong_filter_says_what_was_expected(things: Table[Thing], wanted: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        things.filter(**wanted)

    assert said in str(raised.value)


def test_a_table_gives_rows_by_place_by_id_and_by_slice(things: Table[Thing]) -> None:
    assert things[0].name == "Ostmark"
    assert things["b"].id == "b1"
    assert [one.id for one in things[1:]] == ["a2", "b1"]
    with pytest.raises(ConfigError, match="2 things have an id that begins with 'a'; expected one"):
        things["a"]


def test_a_table_is_as_closed_as_its_most_closed_row(things: Table[Thing]) -> None:
    assert repr(things) == "<things: 3 rows; UNMARKED | for this node only, not to be shared>"
    assert repr(things.filter(sure=True)) == "<things: 2 rows; TLP:GREEN | releasable to Ally>"
    assert repr(things.filter(id="x")) == "<things: 0 rows>"


def test_a_notebook_shows_twenty_rows_how_many_there_are_and_the_marking_on_both_ends() -> None:
    many = Table("things", Thing, lambda: [Thing(id=f"n{n}", marking=GREEN) for n in range(1234)], ("id",))

    page = many._repr_html_()

    assert page.count("<tr>") == 21
    assert "1,234 things; the first 20 are shown. Also: name, count" in page
    assert page.count("TLP:GREEN | releasable to Ally") == 2


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=y>", '"><b', "a\u202eb", "x" * 10**6]
)
def test_what_reports_say_is_inert_and_short_in_a_notebook(text: str) -> None:
    page = Table(text[:30], Thing, lambda: [Thing(id=text, names=(text,))], note=text)._repr_html_()

    for harmful in ("<script", "<img", "<b", "\u202e"):
        assert harmful not in page.replace("</tbody>", "").replace("<tbody>", "")
    assert len(page) < 10_000


def test_without_arro3_the_error_says_what_to_install(things: Table[Thing], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arro3.core", None)

    with pytest.raises(ConfigError, match=r"pip install 'watchfloor\[notebook\]'"):
        polars.DataFrame(things)
    assert len(list(things)) == 3


def test_importing_watchfloor_loads_nothing_but_itself() -> None:
    names = "import sys, watchfloor; print(sorted(n for n in sys.modules if n.startswith(('watchfloor', 'msgspec'))))"

    done = subprocess.run([sys.executable, "-c", names], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['watchfloor']"


def test_every_kind_of_row_says_what_its_columns_are() -> None:
    from watchfloor.notebook import rows

    kinds = [one for one in vars(rows).values() if isinstance(one, type) and issubclass(one, Row)]

    assert len(kinds) > len(TABLES)
    assert all(one.__doc__ and columns(one) for one in kinds)
    assert columns(ReportRow)["date"] == "day"
    assert importlib.import_module("watchfloor").open.__name__ == "open_view"
