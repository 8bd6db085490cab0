"""Records of web archives, whole and damaged, packed in every way."""

import gzip
import io
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect import warc_archives, warc_records
from watchfloor.collect.warc_records import Damage, Record, digest_holds, record_at

MOST = 1_000_000
Reader = Callable[..., object]


def record(n: int, body: bytes = b"The river rose.", **headers: str) -> bytes:
    named = {"WARC-Type": "resource", "WARC-Record-ID": f"<urn:n:{n}>", "WARC-Target-URI": f"https://a.example/{n}"}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in (named | headers).items()]
    head = "\r\n".join(["WARC/1.1", *lines, f"Content-Length: {len(body)}"]).encode()
    return head + b"\r\n\r\n" + body + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def read(data: bytes, most: int = MOST) -> list[Record | Damage]:
    """Read by both readers, which must agree."""
    ours = list(warc_records.records(io.BytesIO(data), most=most))
    faster = list(warc_archives.read_archive(lambda: io.BytesIO(data), most=most))
    assert [told(one) for one in faster] == [told(one) for one in ours]
    return ours


def told(one: Record | Damage) -> object:
    if isinstance(one, Damage):
        return one
    return (one.offset, one.length, one.alone, dict(one.headers), one.block)


def ids(found: list[Record | Damage]) -> list[str]:
    return [one.id if isinstance(one, Record) else f"damage@{one.offset}" for one in found]


THREE = [record(n, f"Page {n}.".encode() * 50) for n in range(3)]


def test_a_record_says_where_it_lies_and_can_be_read_again_there() -> None:
    data = packed(*THREE)

    for one in read(data):
        assert isinstance(one, Record)
        assert gzip.decompress(data[one.offset : one.offset + one.length]) == THREE[int(one.id[-1])]
        again = record_at(io.BytesIO(data), one.offset, one.id, most=MOST)
        assert again is not None
        assert again.block == one.block


@pytest.mark.parametrize("data", [packed(*THREE), b"".join(THREE), gzip.compress(b"".join(THREE), mtime=0)])
def test_packed_one_by_one_or_as_one_or_not_at_all_the_records_are_the_same(data: bytes) -> None:
    assert ids(read(data)) == ["urn:n:0", "urn:n:1", "urn:n:2"]


def test_what_is_packed_as_one_can_be_found_again_by_name_but_not_be_copied() -> None:
    data = gzip.compress(b"".join(THREE))

    found = [one for one in read(data) if isinstance(one, Record)]

    assert not any(one.alone for one in found)
    assert record_at(io.BytesIO(data), found[-1].offset, "urn:n:2", most=MOST) is not None


def test_a_flipped_bit_costs_one_record_and_is_told() -> None:
    data = bytearray(packed(*THREE))
    middle = len(packed(THREE[0])) + 40
    data[middle] ^= 0x40

    found = read(bytes(data))

    assert ids(found) == ["urn:n:0", f"damage@{len(packed(THREE[0]))}", "urn:n:2"]
    assert isinstance(found[1], Damage)
    assert found[1].sought


def test_damage_made_of_nothing_but_beginnings_is_given_up() -> None:
    data = packed(THREE[0]) + b"\x1f\x8b\x08" * 200_000 + packed(THREE[1])

    assert ids(list(warc_records.records(io.BytesIO(data), most=MOST))) == [
        "urn:n:0",
        f"damage@{len(packed(THREE[0]))}",
    ]


def test_rubbish_between_records_is_told_and_passed_over() -> None:
    data = packed(THREE[0]) + b"rubbish" + packed(THREE[1])

    assert ids(read(data)) == ["urn:n:0", f"damage@{len(packed(THREE[0]))}", "urn:n:1"]


@pytest.mark.parametrize("whole", [packed(*THREE), b"".join(THREE)])
def test_a_file_cut_off_anywhere_gives_its_whole_records_and_tells_of_the_rest(whole: bytes) -> None:
    ends = [one.offset + one.length for one in read(whole) if isinstance(one, Record)]
    for size in range(len(whole)):
        found = read(whole[:size])
        whole_ones = [one for one in found if isinstance(one, Record)]
        assert len(whole_ones) >= sum(end <= size for end in ends)
        assert len(whole_ones) == len(found) or isinstance(found[-1], Damage)


def test_a_block_that_is_too_long_is_passed_over_without_being_held() -> None:
    found = read(packed(record(0, b"x" * 2000), record(1, b"y")), most=1000)

    assert [one.block for one in found if isinstance(one, Record)] == [None, b"y"]


@pytest.mark.parametrize("length", ["", "-1", "1e3", "9" * 30, "99999999999", "１２"])
def test_a_length_that_is_none_is_damage(length: str) -> None:
    broken = record(0).replace(b"Content-Length: 15", f"Content-Length: {length}".encode())

    assert ids(read(packed(broken, THREE[1]))) == ["damage@0", "urn:n:1"]


def test_a_header_without_an_end_is_not_held() -> None:
    endless = b"WARC/1.1\r\nX: " + b"a" * 200_000

    found = read(packed(endless, THREE[1]))

    assert ids(found) == ["damage@0", "urn:n:1"]
    assert isinstance(found[0], Damage)
    assert "65536" in found[0].detail


def test_a_block_that_does_not_have_its_digest_is_damage() -> None:
    good = record(0, b"x", WARC_Block_Digest="sha1:CH3K3DWFFIUYJK5K7V6DWULFAN4FYIDS")
    wrong = record(1, b"x", WARC_Block_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    right = record(2, b"x", WARC_Block_Digest="sha1:CH3K3DWFFIUYJK5K7V6DWULFAN4FYIDS".lower())

    assert ids(read(packed(good, wrong, right))) == ["urn:n:0", f"damage@{len(packed(good))}", "urn:n:2"]


def test_digests_are_read_in_base_32_and_in_hexadecimal() -> None:
    assert digest_holds("sha1:11f6ad8ec52a2984abaafd7c3b516503785c2072", b"x")
    assert digest_holds("SHA-1:11F6AD8EC52A2984ABAAFD7C3B516503785C2072", b"x")
    assert digest_holds("md5:nonsense", b"x") is False
    assert digest_holds("crc32:1", b"x") is None


def test_folded_headers_and_bytes_that_are_no_utf_8_do_no_harm() -> None:
    odd = record(0, b"x", X_Note="one\r\n two").replace(b"one", b"\xe9ne")

    (found,) = read(packed(odd))

    assert isinstance(found, Record)
    assert found.headers["x-note"] == "\N{REPLACEMENT CHARACTER}ne two"


def test_without_fastwarc_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = read(packed(*THREE))
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)

    assert read(packed(*THREE)) == with_it


@given(st.binary(max_size=400))
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    read(data)


@given(st.lists(st.binary(max_size=300), max_size=4), st.integers(0, 2000), st.integers(0, 255))
def test_any_one_damaged_byte_leaves_the_other_records(bodies: list[bytes], place: int, value: int) -> None:
    members = [packed(record(n, body)) for n, body in enumerate(bodies)]
    data = bytearray(b"".join(members))
    if place >= len(data):
        return
    data[place] = value

    found = set(ids(read(bytes(data))))

    start = 0
    for n, member in enumerate(members):
        if not start <= place < start + len(member):
            assert f"urn:n:{n}" in found
        start += len(member)
