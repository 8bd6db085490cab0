from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.marking import Reader
from watchfloor.store import migrate
from watchfloor.store.connection import renew
from watchfloor.store.packed import pack, unpack
from watchfloor.store.store import Store

DIGEST = "0674fa8ec38c469d45278cb5c696334212eea928e0eb904768f6e95f887b1464"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_packed_is_unpacked_again_and_what_never_was_is_left_as_it_is(text: str) -> None:
    assert unpack(pack(text)) == unpack(text) == text


def test_what_repeats_itself_takes_a_fraction_of_its_room() -> None:
    assert len(pack('{"annotation":"mention","span":{"report":"rep_54bcc1","start":25,"end":50}},' * 40)) < 120


def test_what_an_older_shape_kept_is_read_as_before(store: Store, kept: Callable[..., Any], home: Reader) -> None:
    kept("Some 12,000 troops. " * 40)
    told = store.dump(home)
    with store._transaction(writes=True) as connection:
        migrate.downgrade(connection, "0020")
        (as_text,) = connection.exec_driver_sql("SELECT document FROM reports").scalars()
        renew(connection, store.name)

    assert as_text.count("12,000") == 40
    assert store.dump(home) == told


def test_what_everything_is_packed_by_never_changes() -> None:
    by = files("watchfloor.store").joinpath("packed.txt").read_bytes()

    assert sha256(by).hexdigest() == DIGEST, "databases could not be read any more: see store/packed.py"


@given(st.binary(max_size=40))
def test_bytes_that_nobody_packed_are_given_back_and_no_error(noise: bytes) -> None:
    assert isinstance(unpack(noise), str)
