"""The commands as a person types them, through the real program."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store

Shell = Callable[..., str]
ShellIn = Callable[[Path], Shell]

NOTE = (
    "Harbour closed after talks\n\nBy Ann Lee\n2024-10-21\n\n"
    "Harbour Minister Bob Roy said on Monday that around 300 soldiers had arrived in the port. "
    "Roy spoke with Coastal Governor Olena Marchuk on the phone on October 20 and discussed the piers.\n"
)
LATER = "Piers reopen\n\nBy Cy Fox\n2024-10-29\n\nGovernor Olena Marchuk said on Tuesday that the piers are open.\n"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, shell_in: ShellIn) -> Shell:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "one.txt").write_text(NOTE, encoding="utf-8")
    (folder / "two.txt").write_text(LATER, encoding="utf-8")
    typed = shell_in(folder)
    typed("add", "one.txt", "two.txt")
    return typed


def test_add_prints_a_receipt_and_adding_again_changes_nothing(shell: Shell) -> None:
    assert "2 captured: 0 new, 2 unchanged, 0 new versions, 0 set aside" in shell("add", "one.txt", "two.txt")


def test_a_report_from_standard_input_is_taken_in(tmp_path: Path, shell_in: ShellIn) -> None:
    assert "1 captured: 1 new" in shell_in(tmp_path)("add", "-", given=NOTE.encode())


def test_something_set_aside_is_said_and_the_exit_code_is_3(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "empty.txt").touch()
    typed = shell_in(tmp_path)

    assert "empty.txt" in typed("add", "empty.txt", code=3)
    assert "empty" in typed("setaside")


def test_every_line_of_the_brief_about_something_reported_is_cited(shell: Shell) -> None:
    made = json.loads(shell("brief", "--json"))

    lines = [line for section in made["sections"] for line in section["lines"]]
    assert lines
    assert all(line["citations"] for line in lines)
    assert all(cited["quote"] for line in lines for cited in line["citations"])


def test_options_stand_before_or_after_the_command(shell: Shell) -> None:
    assert shell("--json", "claims") == shell("claims", "--json")


def test_as_of_shows_only_what_was_reported_by_then(shell: Shell) -> None:
    before = json.loads(shell("--as-of", "2024-10-22", "brief", "--json"))

    assert before["counts"]["reports"] == 1
    assert "open" not in json.dumps(before)


def test_changes_since_a_day_show_what_was_reported_from_then_on(shell: Shell) -> None:
    found = json.loads(shell("changes", "--since", "2024-10-25", "--json"))

    assert ["the piers are open" in one["quote"] for each in found for one in each["evidence"]] == [True]
    assert "Nothing has changed since 2024-11-01" in shell("changes", "--since", "2024-11-01")
    assert "lies before --since" in shell("changes", "--since", "2024-11-01", "--as-of", "2024-10-01", code=2)


def test_a_route_that_a_person_adds_or_cuts_changes_the_count_and_stays(tmp_path: Path, shell_in: ShellIn) -> None:
    for name, words in (
        ("one", "The bank is closed, the mayor said."),
        ("two", "The bank has been shut, the union said."),
    ):
        text = f"Title: The bank of Tolm {name}\nOutlet: {name}.example\nDate: 2024-10-21\n\n{words}\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    shell = shell_in(tmp_path)
    shell("add", "one.txt", "two.txt")
    ids = {r["outlet"]: r["id"] for r in json.loads(shell("search", "bank", "--json"))["hits"] for r in [r["report"]]}
    assert "No report rests on another" in shell("routes", "list")

    shell("routes", "add", ids["two.example"][:12], ids["one.example"][:12], "--reason", "same desk", "--by", "Ann")
    assert [(r["reason"], r["parent"]) for r in json.loads(shell("routes", "list", "--json"))] == [
        ("judged", ids["one.example"])
    ]
    shell("routes", "cut", ids["two.example"], ids["one.example"])
    assert "No report rests on another" in shell("routes", "list")
    assert "both ids name the report" in shell("routes", "cut", ids["two.example"], ids["two.example"], code=1)


def test_a_person_grades_a_claim_and_confirmed_needs_two_origins(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "one.txt").write_text(NOTE, encoding="utf-8")
    shell = shell_in(tmp_path)
    shell("add", "one.txt")
    claim = json.loads(shell("claims", "--json"))[0]
    assert claim["assessment"] is None
    assert "needs 2 independent origins" in shell("assess", claim["id"], "--credibility", "1", code=1)
    assert "nothing to keep" in shell("assess", claim["id"], code=1)

    shell("assess", claim["id"][:12], "--credibility", "2", "--likelihood", "very likely", "--by", "Ann")
    held = json.loads(shell("claims", "--json"))[0]["assessment"]
    assert (held["credibility"], held["likelihood"], held["by"], held["supported"]) == ("2", "very likely", "Ann", True)
    assert "credibility 2 (probably true), very likely (80–95 %) by Ann" in shell("show", claim["id"])


def test_a_claim_leads_to_its_words(shell: Shell) -> None:
    claims = json.loads(shell("claims", "--json"))
    figure = next(claim for claim in claims if claim["topic"] == "figure")

    shown = shell("show", figure["id"])

    assert "300 soldiers" in shown
    assert (figure["reports"], figure["origins_min"], figure["origins_max"]) == (1, 1, 1)


def test_contacts_have_parties_date_and_tellings(shell: Shell) -> None:
    (call,) = [one for one in json.loads(shell("contacts", "--json")) if one["type"] == "call"]

    assert {party["name"] for party in call["parties"]} == {"Bob Roy", "Olena Marchuk"}
    assert call["date"]["value"] == "2024-10-20"
    assert "on the phone" in call["tellings"][0]["quote"]


def test_search_finds_the_words_and_any_query_is_answered(shell: Shell) -> None:
    assert "1 report" in shell("search", "soldiers")
    assert "report" in shell("search", '"((" AND -')


def test_timeline_status_and_events_answer(shell: Shell) -> None:
    assert "2024" in shell("timeline")
    assert "2" in shell("status")
    json.loads(shell("events", "--json"))
    json.loads(shell("status", "--json"))


def test_a_partner_gets_nothing_that_is_unmarked(shell: Shell) -> None:
    told = shell("export", "--format", "json", "--partner", "ally")

    assert "300" not in told
    assert json.loads(told)["counts"]["reports"] == 0


def test_a_partner_gets_what_is_released_to_them_and_no_other_partner_does(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "one.txt").write_text(NOTE, encoding="utf-8")
    typed = shell_in(tmp_path)
    typed("add", "one.txt", "--tlp", "green", "--rel", "ally")

    assert "300 soldiers" in typed("export", "--partner", "ally")
    assert "300 soldiers" not in typed("export", "--partner", "other")
    assert "300 soldiers" not in typed("export", "--partner", "ally", "--tlp", "clear")


def test_an_export_in_every_form_carries_its_marking(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "one.txt").write_text(NOTE, encoding="utf-8")
    typed = shell_in(tmp_path)
    typed("add", "one.txt", "--tlp", "AMBER")

    for form in ("md", "json", "html"):
        assert "TLP:AMBER" in typed("export", "--format", form)


def test_a_missing_database_is_said_with_what_to_do(tmp_path: Path, shell_in: ShellIn) -> None:
    assert "add REPORTS" in shell_in(tmp_path)("brief", code=1)


def test_a_file_that_is_no_database_is_said(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "x.db").write_text("no database", encoding="utf-8")

    assert "x.db" in shell_in(tmp_path)("--db", "x.db", "brief", code=1)


def test_a_day_that_is_none_is_wrong_usage(shell: Shell) -> None:
    assert "expected one such as" in shell("--as-of", "2024-13-45", "brief", code=2)


def test_a_report_with_terminal_escapes_prints_none(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "bad.txt").write_text(
        "Head \x1b[31mline\x07\n\n2024-10-21\n\nMinister Bob Roy said \x1b[2J300 soldiers \u202ehad arrived.\n",
        encoding="utf-8",
    )
    typed = shell_in(tmp_path)
    typed("add", "bad.txt")

    for command in (("brief",), ("claims",), ("timeline",), ("search", "soldiers")):
        shown = typed(*command)
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_a_word_to_leave_out_is_typed_as_it_is(shell: Shell) -> None:
    assert "1 report" in shell("search", "Marchuk", "-soldiers")


def test_a_day_of_publication_that_is_none_is_wrong_usage(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "one.txt").write_text(NOTE, encoding="utf-8")

    assert "expected one such as" in shell_in(tmp_path)("add", "one.txt", "--published", "31.02.2025", code=2)


def test_a_name_that_is_mistyped_is_told_and_not_kept(tmp_path: Path, shell_in: ShellIn) -> None:
    typed = shell_in(tmp_path)

    assert "not-found" in typed("add", "nofile.txt", code=3)
    assert "Nothing is set aside" in typed("setaside")


def test_a_file_that_cannot_be_written_is_said_in_one_line(shell: Shell) -> None:
    assert "cannot be written" in shell("export", "-o", "/nowhere/at/all.md", code=1)


def test_an_export_for_an_unknown_partner_says_that_nothing_is_released(shell: Shell) -> None:
    assert "NOTHING IS RELEASED" in shell("export", "--partner", "nobody")


@pytest.mark.parametrize("name", ["", " ", "ally "])
def test_a_blank_or_padded_partner_is_wrong_usage_and_nothing_goes_out(shell: Shell, name: str) -> None:
    assert "300" not in shell("export", "--partner", name, code=2)


def test_a_partner_does_not_learn_who_else_has_an_item(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "one.txt").write_text(NOTE, encoding="utf-8")
    typed = shell_in(tmp_path)
    typed("add", "one.txt", "--tlp", "green", "--rel", "ally", "--rel", "hidden-friend")

    for form in ("md", "json", "html"):
        told = typed("export", "--partner", "ally", "--format", form)
        assert "300 soldiers" in told
        assert "hidden-friend" not in told


def test_adding_in_bulk_reads_pages_the_fast_way(tmp_path: Path, shell_in: ShellIn) -> None:
    words = "<p>Ships left the port of Lund on Monday, the ministry said, and the mayor denied that they had grain.</p>"
    page = f"<html><body><article><h1>Ships leave Lund</h1>{words * 4}</article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    typed = shell_in(tmp_path)

    typed("add", "--bulk", "page.html")

    with open_store(tmp_path / "watchfloor.db", create=False) as store:
        (report,) = store.reports(Reader(name="us", partner=None, clearance="RED"))
        assert report.generated_by.startswith("clean.page_bulk")


def test_adding_the_working_folder_passes_over_what_is_the_node_s_own(tmp_path: Path, shell_in: ShellIn) -> None:
    typed = shell_in(tmp_path)
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "watchfloor.toml").write_text('translate_to = "en"\n', encoding="utf-8")
    archives = tmp_path / "watchfloor-evidence"
    archives.mkdir()
    (archives / "watchfloor-20241101T120000Z-00000.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\n", mtime=0))
    typed("init")

    assert "1 captured: 1 new, 0 unchanged, 0 new versions, 0 set aside" in typed("add", ".")
    assert "1 captured: 0 new, 1 unchanged" in typed("add", ".", *(path.name for path in tmp_path.glob("*.txt")))


def test_what_knows_no_other_day_than_today_refuses_one_in_words(shell: Shell) -> None:
    for command in (["status"], ["setaside"], ["watch", "list"], ["jobs", "list"]):
        told = " ".join(shell("--as-of", "2024-10-22", *command, code=2).split())
        assert f"`{' '.join(command)}` is about today" in told
