import io
import zipfile
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect import archives
from watchfloor.collect.captured import Told
from watchfloor.collect.limits import Limits
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside

TOLD = Told(now=datetime(2026, 1, 5, tzinfo=UTC), feed="files", outlet=None, published=None, marking=None)


def archive(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return stream.getvalue()


def found(data: bytes, limits: Limits | None = None) -> list[tuple[str | None, str]]:
    items = archives.collect(data, "a.zip", TOLD, limits or Limits())
    return [(one.locator, one.media_type if isinstance(one, Capture) else one.reason) for one in items]


def test_each_member_is_a_capture_of_its_own() -> None:
    data = archive(("x/a.txt", b"The river rose."), ("b.md", b"# Flood"))

    assert found(data) == [("a.zip!x/a.txt", "text/plain"), ("a.zip!b.md", "text/markdown")]


def test_an_archive_in_an_archive_is_read() -> None:
    data = archive(("inner.zip", archive(("a.txt", b"The river rose."))))

    assert found(data) == [("a.zip!inner.zip!a.txt", "text/plain")]


def test_an_archive_nested_too_deep_is_set_aside() -> None:
    data = archive(("b.zip", archive(("c.zip", archive(("a.txt", b"The river rose."))))))

    assert found(data) == [("a.zip!b.zip!c.zip", "archive-limit")]


def test_a_bomb_is_set_aside_and_the_rest_goes_through() -> None:
    data = archive(("bomb.txt", b"0" * 3_000_000), ("a.txt", b"The river rose."))

    assert found(data) == [("a.zip!bomb.txt", "archive-limit"), ("a.zip!a.txt", "text/plain")]


def test_members_beyond_the_limit_are_said() -> None:
    data = archive(*((f"{number}.txt", b"The river rose.") for number in range(3)))

    assert found(data, Limits(archive_members=2))[-1] == ("a.zip", "archive-limit")


def test_the_bytes_of_all_members_together_are_limited() -> None:
    data = archive(("a.txt", b"The river rose."), ("b.txt", b"The river fell."))

    assert found(data, Limits(archive_bytes=20)) == [("a.zip!a.txt", "text/plain"), ("a.zip!b.txt", "archive-limit")]


def test_a_name_that_climbs_out_is_only_a_locator() -> None:
    assert found(archive(("../../etc/a.txt", b"The river rose."))) == [("a.zip!../../etc/a.txt", "text/plain")]


def test_what_operating_systems_leave_in_archives_is_passed_over_and_said() -> None:
    data = archive(("__MACOSX/._a.txt", b"x"), (".hidden", b"x"))

    assert [reason for _, reason in found(data)] == ["system-file", "hidden"]


def test_a_locked_member_is_encrypted() -> None:
    data = bytearray(archive(("a.txt", b"The river rose.")))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert found(bytes(data)) == [("a.zip!a.txt", "encrypted")]


def test_a_cut_off_archive_is_broken() -> None:
    assert found(archive(("a.txt", b"The river rose."))[:40]) == [("a.zip", "broken-archive")]


def test_a_member_with_wrong_bytes_is_broken() -> None:
    data = archive(("a.txt", b"The river rose. " * 4))
    place = data.index(b"a.txt") + 8

    assert found(data[:place] + b"\xff\xff\xff" + data[place + 3 :]) == [("a.zip!a.txt", "broken-archive")]


def test_an_archive_without_members_is_empty() -> None:
    assert found(archive()) == [("a.zip", "empty")]


@given(st.data())
def test_no_damage_to_an_archive_stops_the_batch(data: st.DataObject) -> None:
    sound = bytearray(archive(("a.txt", b"The river rose."), ("b.md", b"# Flood")))
    for _ in range(data.draw(st.integers(1, 4))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))

    for one in archives.collect(bytes(sound), "a.zip", TOLD, Limits()):
        assert isinstance(one, Capture | SetAside)
