import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.decompression import Unpacker
from watchfloor.core.errors import SetAside

ENCODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def unpack(encoding: str, pieces: list[bytes], most: int = 1_000_000, ratio: int = 200) -> tuple[bytes, bool]:
    unpacker = Unpacker(encoding, most, ratio, 100_000)
    data = b"".join(b"".join(unpacker.add(piece)) for piece in pieces)
    return data, unpacker.whole


def pack(data: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(data) + packer.flush()


@given(st.lists(st.binary(max_size=500), min_size=1), st.sampled_from(sorted(ENCODINGS)), st.integers(1, 50))
def test_what_was_packed_is_unpacked_whatever_the_pieces(members: list[bytes], encoding: str, step: int) -> None:
    members = members if encoding != "deflate" else members[:1]
    packed = b"".join(pack(member, ENCODINGS[encoding]) for member in members)

    pieces = [packed[at : at + step] for at in range(0, len(packed), step)]

    assert unpack(encoding, pieces) == (b"".join(members), True)


@given(st.sampled_from(["gzip", "deflate", "identity", ""]), st.lists(st.binary(max_size=200)))
def test_any_bytes_are_unpacked_or_said_to_be_broken(encoding: str, pieces: list[bytes]) -> None:
    with suppress(SetAside):
        assert isinstance(unpack(encoding, pieces)[0], bytes)


@given(st.binary(min_size=1, max_size=300), st.data())
def test_a_stream_that_was_torn_is_never_whole(content: bytes, data: st.DataObject) -> None:
    packed = pack(content, 31)
    torn = packed[: data.draw(st.integers(1, len(packed) - 1))]

    assert not unpack("gzip", [torn])[1]


def test_a_bare_deflate_stream_is_unpacked() -> None:
    assert unpack("deflate", [pack(b"The harbour was closed.", -15)]) == (b"The harbour was closed.", True)


def test_a_bomb_is_stopped_before_it_unfolds() -> None:
    unpacker = Unpacker("gzip", 10**9, 200, 100_000)
    pieces: list[bytes] = []

    with pytest.raises(SetAside, match="bomb"):
        pieces.extend(unpacker.add(pack(bytes(50_000_000), 31)))

    assert sum(map(len, pieces)) < 1_000_000


def test_too_much_is_stopped() -> None:
    with pytest.raises(SetAside, match="more than 1000000 bytes"):
        unpack("", [b"x" * 1_000_001])


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "x" * 10_000])
def test_an_encoding_that_was_not_asked_for_is_broken(encoding: str) -> None:
    with pytest.raises(SetAside, match="asked for gzip, deflate"):
        Unpacker(encoding, 1, 1, 1)
