import io
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchfloor.collect.files import collect
from watchfloor.collect.limits import Limits
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.marking import Marking

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
Reasons = list[tuple[str | None, str]]


def captures(*arguments: str | Path, limits: Limits | None = None) -> list[Capture]:
    return [one for one in collect(arguments, now=NOW, limits=limits or Limits()) if isinstance(one, Capture)]


def reasons(*arguments: str | Path, limits: Limits | None = None) -> Reasons:
    found = collect(arguments, now=NOW, limits=limits or Limits())
    return [(one.locator, one.reason) for one in found if isinstance(one, SetAside)]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str, data: bytes = b"The river rose.") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return make


def test_a_file_becomes_a_capture_of_its_bytes(write: Callable[..., Path]) -> None:
    path = write("a.txt")

    (found,) = captures(path)

    assert (found.data, found.media_type, found.locator) == (b"The river rose.", "text/plain", path.as_posix())
    assert (found.collected, found.feed, found.marking) == (NOW, "files", None)


def test_what_the_user_says_goes_with_every_capture(write: Callable[..., Path]) -> None:
    marking = Marking(level="GREEN")

    (found,) = collect(
        [write("a.txt")], now=NOW, feed="desk", outlet="The Example", marking=marking, published="2025-12-31"
    )

    assert isinstance(found, Capture)
    assert (found.feed, found.outlet, found.marking, found.published) == ("desk", "The Example", marking, "2025-12-31")


def test_the_same_bytes_at_the_same_place_have_the_same_id(write: Callable[..., Path]) -> None:
    path = write("a.txt")

    assert captures(path)[0].id == captures(path)[0].id


def test_other_bytes_at_the_same_place_have_another_id(write: Callable[..., Path]) -> None:
    before = captures(write("a.txt"))[0].id

    assert captures(write("a.txt", b"It fell again."))[0].id != before


def test_a_folder_is_read_with_its_folders_in_the_order_of_names(write: Callable[..., Path], tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.txt", "c/d/e.txt"):
        write(name, name.encode())

    assert [one.data.decode() for one in captures(tmp_path)] == ["a/z.txt", "a.txt", "b.txt", "c/d/e.txt"]


def test_a_file_reached_twice_is_yielded_once(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write("a.txt")

    assert len(captures(path, path, tmp_path, f"{tmp_path}/*.txt")) == 1


def test_a_pattern_gives_its_matches(write: Callable[..., Path], tmp_path: Path) -> None:
    write("a.txt"), write("b.html", b"<p>The river rose.</p>"), write("deep/c.txt")

    assert len(captures(f"{tmp_path}/**/*.txt")) == 2


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(write: Callable[..., Path]) -> None:
    assert len(captures(write("a[1].txt"))) == 1


@pytest.mark.parametrize("argument", ["missing.txt", "missing/*.txt", "nul\0name"])
def test_what_does_not_exist_is_not_found(argument: str, tmp_path: Path) -> None:
    ((_, reason),) = reasons(f"{tmp_path}/{argument}")

    assert reason == "not-found"


def test_a_name_too_long_for_the_system_is_unreadable(tmp_path: Path) -> None:
    ((_, reason),) = reasons(tmp_path / ("x" * 5000))

    assert reason == "unreadable"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_unreadable(write: Callable[..., Path]) -> None:
    path = write("a.txt")
    path.chmod(0)

    assert reasons(path) == [(path.as_posix(), "unreadable")]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file whose reading fails")
def test_a_file_whose_reading_fails_is_unreadable() -> None:
    assert reasons("/proc/self/mem") == [("/proc/self/mem", "unreadable")]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert reasons(tmp_path) == [(f"{tmp_path.as_posix()}/pipe.txt", "unsupported-type")]


def test_an_empty_file_is_empty(write: Callable[..., Path]) -> None:
    assert reasons(write("a.txt", b""))[0][1] == "empty"


def test_a_file_over_the_limit_is_too_large(write: Callable[..., Path]) -> None:
    assert reasons(write("a.txt", b"x" * 11), limits=Limits(file_bytes=10))[0][1] == "too-large"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", bytes(range(256)) * 10, "not-text"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "unsupported-type"),
        ("a.csv", b"a,b\n1,2\n", "unsupported-type"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 26 + b"[Content_Types].xml", "unsupported-type"),
        ("feed.xml", b"<?xml version='1.0'?><rss></rss>", "unsupported-type"),
    ],
)
def test_what_is_no_report_is_set_aside_with_its_reason(
    write: Callable[..., Path], name: str, data: bytes, reason: str
) -> None:
    assert reasons(write(name, data))[0][1] == reason


def test_hidden_files_in_a_folder_are_passed_over_and_said(write: Callable[..., Path], tmp_path: Path) -> None:
    write(".hidden.txt"), write(".folder/a.txt"), write("Thumbs.db")

    assert [reason for _, reason in reasons(tmp_path)] == ["hidden", "hidden", "system-file"]


def test_a_hidden_file_that_is_named_is_read(write: Callable[..., Path]) -> None:
    assert len(captures(write(".hidden.txt"))) == 1


def test_a_link_to_a_folder_above_is_a_loop_and_is_said(write: Callable[..., Path], tmp_path: Path) -> None:
    write("inner/a.txt")
    (tmp_path / "inner" / "up").symlink_to(tmp_path, target_is_directory=True)

    assert len(captures(tmp_path)) == 1
    assert reasons(tmp_path)[0][1] == "directory-loop"


def test_a_link_to_nothing_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")

    assert reasons(tmp_path)[0][1] == "unreadable"


def test_a_name_that_is_not_utf_8_is_written_with_escapes(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "wb") as stream:  # noqa: PTH123 - Path takes no bytes
        stream.write(b"The river rose.")

    (found,) = captures(tmp_path)

    assert found.locator.endswith("/caf\\xe9.txt")


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"The river rose.")))

    (found,) = captures("-", "-")

    assert (found.locator, found.data) == ("-", b"The river rose.")


def test_standard_input_over_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 11)))

    assert reasons("-", limits=Limits(file_bytes=10)) == [("-", "too-large")]


def test_what_belongs_to_the_node_itself_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", "own.db", "evidence/x.warc.gz", "evidence/deep/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("The harbour is closed.")
    own = frozenset({(tmp_path / "own.db").resolve(), (tmp_path / "evidence").resolve()})

    for argument in (str(tmp_path), f"{tmp_path}/*", f"{tmp_path}/**"):
        assert [item.locator for item in collect([argument], now=NOW, own=own)] == [f"{tmp_path}/a.txt"]


@pytest.mark.parametrize("named", ["own.db", "evidence", "evidence/x.warc.gz"])
def test_what_belongs_to_the_node_itself_is_set_aside_when_it_is_named(named: str, tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    for name in ("own.db", "evidence/x.warc.gz"):
        (tmp_path / name).write_text("The harbour is closed.")
    own = frozenset({(tmp_path / "own.db").resolve(), (tmp_path / "evidence").resolve()})

    (item,) = collect([str(tmp_path / named)], now=NOW, own=own)

    assert isinstance(item, SetAside)
    assert item.reason == "own-file"
