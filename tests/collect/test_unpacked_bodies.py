import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.decompression import unpacked
from watchfloor.collect.limits import Limits
from watchfloor.core.errors import SetAside

brotli = pytest.importorskip("brotli")
TEXT = b"The river rose again. " * 20
RAW = zlib.compressobj(wbits=-15)
BARE = RAW.compress(TEXT) + RAW.flush()


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), "X-GZip"),
        (gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0) + b"\0\0", "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (BARE, "deflate"),
        (brotli.compress(TEXT), "br"),
        (brotli.compress(gzip.compress(TEXT, mtime=0)), "gzip, br"),
        (TEXT, "gzip"),
        (b"", "gzip"),
    ],
)
def test_content_is_unpacked_as_it_was_packed(body: bytes, coding: str) -> None:
    assert unpacked(body, coding, Limits()) == (TEXT if body else b"")


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(TEXT, mtime=0)[:-9], "gzip"),
        (b"\x1f\x8b\x08rubbish", "gzip"),
        (b"rubbish", "deflate"),
        (brotli.compress(TEXT)[:-2], "br"),
        (b"rubbish", "br"),
        (TEXT, "odd"),
        (TEXT, "gzip, gzip, gzip, gzip"),
    ],
)
def test_damage_and_unknown_codings_are_said(body: bytes, coding: str) -> None:
    with pytest.raises(SetAside) as told:
        unpacked(body, coding, Limits())

    assert told.value.reason == "undecodable"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress])
def test_a_bomb_is_left_alone(pack: object) -> None:
    coding = "gzip" if pack is gzip.compress else "deflate" if pack is zlib.compress else "br"
    bomb = pack(b"a" * 40_000_000)  # type: ignore[operator]

    with pytest.raises(SetAside) as told:
        unpacked(bomb, coding, Limits())

    assert told.value.reason == "archive-limit"


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "gzip, br", "x"]))
def test_any_bytes_are_unpacked_or_set_aside(body: bytes, coding: str) -> None:
    try:
        unpacked(body, coding, Limits())
    except SetAside as told:
        assert told.reason == "undecodable"  # noqa: PT017
