import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.collection import Selection
from watchfloor.core.marking import Reader
from watchfloor.share.doorkeeper import Credential, FixedDoorkeeper, basic
from watchfloor.share.instants import instant, timestamp
from watchfloor.share.taxii_asked import LONGEST_PAGE, cursor, selection
from watchfloor.share.taxii_envelope import DEEPEST, envelope
from watchfloor.share.taxii_error import TaxiiError


def test_a_client_that_says_nothing_gets_the_last_versions_from_the_beginning() -> None:
    assert selection([], "objects x") == Selection(most=100)


def test_filters_are_read_and_a_longer_page_than_allowed_is_shortened() -> None:
    asked = selection(
        [
            ("limit", "5000"),
            ("match[id]", "note--1,note--2"),
            ("match[version]", "first,2024-10-21T09:00:00.000Z"),
            ("foo", "bar"),
            ("added_after", "1970-01-01T00:00:01Z"),
        ],
        "objects x",
    )

    assert (asked.most, asked.ids, asked.after) == (LONGEST_PAGE, ("note--1", "note--2"), 1_000_000)
    assert asked.versions == ("first", instant("2024-10-21T09:00:00Z"))


@pytest.mark.parametrize(
    "parameters",
    [
        [("limit", "0")],
        [("limit", "-1")],
        [("limit", "٣")],
        [("limit", "1"), ("limit", "2")],
        [("added_after", "yesterday")],
        [("added_after", "2024-13-01T00:00:00Z")],
        [("match[version]", "all,last")],
        [("match[id]", "")],
        [("match[type]", "note,,report")],
        [("next", "made up")],
        [("next", "AAAA")],
        [("next", "é")],
    ],
)
def test_what_cannot_be_read_is_a_bad_request(parameters: list[tuple[str, str]]) -> None:
    with pytest.raises(TaxiiError) as raised:
        selection(parameters, "objects x")

    assert raised.value.status == 400


def test_a_cursor_goes_on_behind_its_place_also_when_added_after_is_sent_with_it() -> None:
    asked = [("match[type]", "note"), ("limit", "7")]
    told = cursor(asked, "objects x", 5_000_000)

    assert selection([*asked, ("next", told)], "objects x").after == 5_000_000
    assert selection([*asked, ("next", told), ("added_after", timestamp(1))], "objects x").after == 5_000_000
    assert selection([*asked, ("next", told), ("added_after", timestamp(5_000_000))], "objects x").after == 5_000_000


@pytest.mark.parametrize(
    ("parameters", "about"),
    [([("match[type]", "report")], "objects x"), ([], "objects x"), ([("match[type]", "note")], "objects y")],
)
def test_a_cursor_of_another_question_is_refused(parameters: list[tuple[str, str]], about: str) -> None:
    told = cursor([("match[type]", "note")], "objects x", 5)

    with pytest.raises(TaxiiError):
        selection([*parameters, ("next", told)], about)


@given(st.lists(st.tuples(st.sampled_from(["limit", "next", "added_after", "match[id]", "match[version]"]), st.text())))
def test_any_parameters_are_read_or_refused(parameters: list[tuple[str, str]]) -> None:
    try:
        selection(parameters, "objects x")
    except TaxiiError as error:
        assert error.status == 400  # noqa: PT017 - either it is read or refused so


@given(st.integers(min_value=0, max_value=4_102_444_800_000_000))
def test_a_timestamp_leads_back_to_its_instant(moment: int) -> None:
    assert instant(timestamp(moment)) == moment


def test_objects_nested_without_end_are_refused() -> None:
    for depth in (DEEPEST + 2, 100_000):
        inner = "[" * depth + "]" * depth
        note = f'{{"type":"note","id":"note--5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01","x":{inner}}}'

        with pytest.raises(TaxiiError):
            envelope(f'{{"objects":[{note}]}}'.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"{not json",
        b"[1,2]",
        b'{"objects":1}',
        b'{"objects":[1]}',
        b'{"objects":[{"type":"note","id":"report--5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01"}]}',
        b'{"objects":[{"type":"note","id":"note--5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01","modified":"now"}]}',
        b'{"objects":[{"type":"note","id":"note--5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01","x":"\\ud800"}]}',
        b"\xff",
    ],
)
def test_what_is_no_envelope_of_objects_is_refused(body: bytes) -> None:
    with pytest.raises(TaxiiError) as raised:
        envelope(body)

    assert raised.value.status in (400, 422)


@given(st.binary(max_size=80))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    try:
        envelope(body)
    except TaxiiError as error:
        assert error.status in (400, 422)  # noqa: PT017 - either it is read or refused so


@given(st.text(max_size=40))
def test_any_authorization_header_is_read_as_somebody_or_nobody(header: str) -> None:
    basic(header)
    basic(f"Basic {header}")


def test_a_wrong_password_opens_nothing() -> None:
    secret = "5f4dcc3b5aa765d61d8327deb882cf99" * 2
    keeper = FixedDoorkeeper(
        [
            Credential(
                name="ada",
                password_sha256=secret,
                reader=Reader(name="ada", partner=None, clearance="GREEN"),
                rights={},
            )
        ]
    )

    assert keeper.who({"authorization": "Basic YWRhOnNlY3JldA=="}) is None
    assert keeper.who({}) is None
