"""The commands about evidence as a person types them."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

Shell = Callable[..., str]
ShellIn = Callable[[Path], Shell]

BODY = (
    "<p>Harbour Minister Bob Roy said on Monday that around 300 soldiers had arrived in the port of Lund.</p>"
    "<p>Roy spoke with Governor Olena Marchuk on the phone on October 20 and discussed the piers of the harbour.</p>"
)
PAGE = f"<html><head><title>Harbour closed</title></head><body><h1>Harbour closed</h1>{BODY}</body></html>"
NOTE = (
    "Piers reopen\n\nBy Cy Fox\n2024-10-29\n\nGovernor Olena Marchuk said on Tuesday that the piers are open, and that "
    "the ferries to the islands will sail again from Wednesday morning on.\n"
)


def archive(path: Path) -> None:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Note: \x1b[31m\r\n\r\n{PAGE}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-10-22T08:00:00Z\r\n"
        f"WARC-Target-URI: https://a.example/harbour\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    path.write_bytes(gzip.compress(head.encode() + block + b"\r\n\r\n"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, shell_in: ShellIn) -> tuple[Path, Shell]:
    folder = tmp_path_factory.mktemp("desk")
    archive(folder / "news.warc.gz")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    typed = shell_in(folder)
    assert "2 captured: 2 new" in typed("add", "news.warc.gz", "note.txt")
    return folder, typed


@pytest.fixture(scope="module")
def names(desk: tuple[Path, Shell]) -> dict[str, str]:
    """Return the ids of the reports by the way they came."""
    done = json.loads(desk[1]("evidence", "verify", "--json"))
    return {"web" if one["records"] else "file": one["report"] for one in done}


def test_show_says_file_offset_record_digest_and_headers(desk: tuple[Path, Shell], names: dict[str, str]) -> None:
    shown = desk[1]("evidence", "show", names["web"][:14])

    for part in ("news.warc.gz, bytes 0 to", "urn:uuid:1, intact", "sha256", "HTTP/1.1 200 OK", "2024-10-22T08:00:00Z"):
        assert part in shown
    assert "\x1b" not in shown
    assert json.loads(desk[1]("evidence", "show", names["web"], "--json"))["records"][0]["state"] == "intact"


def test_show_of_a_report_from_a_file_says_where_the_file_lay(desk: tuple[Path, Shell], names: dict[str, str]) -> None:
    shown = desk[1]("evidence", "show", names["file"])

    assert "note.txt" in shown
    assert "in the database, intact" in shown


def test_verify_says_that_everything_derives(desk: tuple[Path, Shell]) -> None:
    assert "2 verified: 2 derives" in desk[1]("evidence", "verify")


def test_an_export_opens_in_a_stock_reader(desk: tuple[Path, Shell], names: dict[str, str]) -> None:
    for name in names.values():
        desk[1]("evidence", "export", name, "--to", "out.warc.gz")
        with (desk[0] / "out.warc.gz").open("rb") as stream:
            found = [(one.rec_type, one.content_stream().read()) for one in ArchiveIterator(stream)]
        assert found[-1][1] in (PAGE.encode(), NOTE.encode())


def test_a_name_that_means_nothing_or_too_much_is_wrong_usage(desk: tuple[Path, Shell]) -> None:
    assert "no report has an id" in desk[1]("evidence", "show", "rep_zz", code=2)
    assert "2 reports begin with" in desk[1]("evidence", "show", "rep_", code=2)
    assert "FILE.warc.gz" in desk[1]("evidence", "export", "rep_", "--to", "x.zip", code=2)


def test_what_is_changed_or_missing_is_said_and_the_exit_code_is_3(tmp_path: Path, shell_in: ShellIn) -> None:
    archive(tmp_path / "news.warc.gz")
    typed = shell_in(tmp_path)
    typed("add", "news.warc.gz")
    archive_bytes = (tmp_path / "news.warc.gz").read_bytes()
    (tmp_path / "news.warc.gz").write_bytes(archive_bytes[:-20])

    assert "changed" in typed("evidence", "verify", code=3)
    (tmp_path / "news.warc.gz").unlink()
    assert "missing" in typed("evidence", "verify", code=3)


def test_the_folder_of_the_archives_is_a_setting(tmp_path: Path) -> None:
    from watchfloor.flow.configuration import Configuration, evidence_folder

    assert evidence_folder(Configuration(), tmp_path / "a.db") == tmp_path / "watchfloor-evidence"
    assert evidence_folder(Configuration(evidence="w"), tmp_path / "a.db") == Path("w")
