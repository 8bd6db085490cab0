"""What only a server can do, and get wrong. A store's behaviour is tested on both kinds by every other file here."""

import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.engine import URL

from watchfloor.core.errors import StoreError, WatchfloorError
from watchfloor.core.marking import Reader
from watchfloor.store import postgresql
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

SECRET = "tr0ub4dor"


@pytest.fixture
def kind() -> str:
    return "postgresql"


pytestmark = pytest.mark.postgresql


def test_a_new_database_is_made_and_can_be_opened_again(address: str, home: Reader) -> None:
    open_store(address, create=True).close()

    with open_store(address, create=False) as store:
        assert store.reports(home) == ()


def test_an_empty_database_is_not_filled_by_reading(address: str, postgresql_server: Any) -> None:
    with pytest.raises(StoreError, match="is empty, expected a Watchfloor database"):
        open_store(address, create=False)


def test_a_missing_database_is_named(postgresql_server: Any) -> None:
    with pytest.raises(StoreError, match="there is no such database on the server of postgresql://watch@/nowhere"):
        open_store(postgresql_server.address("nowhere"), create=True)


def test_the_database_of_another_program_is_left_as_it_is(address: str, postgresql_server: Any) -> None:
    name = address.partition("@/")[2].partition("?")[0]
    postgresql_server.say("CREATE TABLE cookies (name text)", name)

    with pytest.raises(StoreError, match="holds tables of another program"):
        open_store(address, create=True)

    found = postgresql_server.say("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name)
    assert found == [("cookies",)]


def test_a_server_that_is_away_is_said_to_be_so_without_the_password() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_store(f"postgresql://watch:{SECRET}@127.0.0.1:{port}/x", create=True)

    assert SECRET not in str(caught.value)


def test_a_wrong_password_is_said_to_be_so_and_is_not_printed(postgresql_server: Any) -> None:
    postgresql_server.say("CREATE ROLE locked LOGIN PASSWORD 'other'")
    hba = postgresql_server.folder / "data" / "pg_hba.conf"
    before = hba.read_text()
    hba.write_text("host all locked 127.0.0.1/32 scram-sha-256\n" + before)
    postgresql_server.say("SELECT pg_reload_conf()")
    address = f"postgresql://locked:{SECRET}@127.0.0.1:{postgresql_server.port}/template1"
    try:
        said = {refusal(address) for _ in range(20)}  # the server takes a moment to read its file again
    finally:
        hba.write_text(before)
        postgresql_server.say("SELECT pg_reload_conf()")

    assert any("refused the password" in one for one in said)
    assert SECRET not in "".join(said)


def refusal(address: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(address, create=False)
    return str(caught.value)


def test_a_user_without_rights_is_told_so(address: str, postgresql_server: Any) -> None:
    postgresql_server.say("CREATE ROLE guest LOGIN")

    with pytest.raises(StoreError, match=r"lacks a right .*; grant it"):
        open_store(address.replace("watch@", "guest@"), create=True)


@pytest.mark.parametrize(
    "address", ["postgresql://", "postgresql://h", "postgresql://h:port/x", f"postgresql://u:{SECRET}/@h:1:2/x"]
)
def test_an_address_that_cannot_be_read_is_not_printed(address: str) -> None:
    with pytest.raises(StoreError, match="expected postgresql://USER@HOST") as caught:
        open_store(address, create=True)

    assert SECRET not in str(caught.value)


@given(st.text(min_size=4).filter(lambda secret: secret.isprintable()))
def test_no_secret_of_an_address_is_ever_shown(secret: str) -> None:
    url = URL.create(
        "postgresql", "u", password=f"~{secret}~", host="h", database="x", query={"sslpassword": f"~{secret}~"}
    )

    said = postgresql.shown(postgresql.parsed(url.render_as_string(hide_password=False)))

    assert said.startswith("postgresql://u:***@h/x?sslpassword=")
    assert f"~{secret}~" not in said


def test_a_write_is_on_the_disk_before_it_returns(store: Store) -> None:
    with store._transaction(writes=True) as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_a_reader_sees_one_moment(store: Store, item: Callable[..., Any]) -> None:
    count = "SELECT count(*) FROM captures"
    with store._transaction(writes=False) as connection:
        before = connection.exec_driver_sql(count).scalar()
        store.keep_capture(item("Troops.")[0])
        assert connection.exec_driver_sql(count).scalar() == before


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="may only be read"), store._transaction(writes=False) as connection:
        connection.exec_driver_sql("DELETE FROM reports")


def test_a_damaged_index_and_a_lost_connection_are_told_apart(store: Store) -> None:
    class Failed(Exception):
        sqlstate = "XX002"

    assert "an index of" in str(postgresql.explain(Failed("broken"), "x"))
    assert "cannot be reached" in str(postgresql.explain(OSError("server closed the connection"), "x"))


def test_what_the_server_will_not_take_is_not_called_a_lost_connection(store: Store) -> None:
    with pytest.raises(StoreError, match="cannot be used"), store._transaction(writes=False) as connection:
        connection.execute(text("SELECT :given"), {"given": "a\x00b"})


def test_when_every_connection_is_in_use_it_says_so(store: Store, home: Reader) -> None:
    with open_store(store.name, create=False, wait=0.05) as busy, ExitStack() as in_use:
        for _ in range(postgresql.MOST_CONNECTIONS):
            in_use.enter_context(busy._engine.connect())
        with pytest.raises(StoreError, match="every connection of this program is in use"):
            busy.counts(home)


def test_a_store_goes_on_when_its_connections_were_cut(
    store: Store, postgresql_server: Any, kept: Callable[..., Any], home: Reader
) -> None:
    report = kept("Troops.")
    postgresql_server.say(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'watchfloor'"
    )

    assert store.reports(home) == (report,)


def test_eight_writers_of_the_same_reports_lose_nothing_and_double_nothing(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    made = [item(f"Troops {n}.", locator=f"{n // 2}.txt", collected=f"2024-11-{1 + n % 2:02}") for n in range(24)]

    def all_of_them(shift: int) -> list[str]:
        return [keep(store, one) for one in made[shift:] + made[:shift]]

    with ThreadPoolExecutor(8) as writers:
        outcomes = [one for done in writers.map(all_of_them, range(0, 24, 3)) for one in done]

    assert outcomes.count("new") + outcomes.count("new-version") == 24
    assert outcomes.count("unchanged") == 7 * 24
    assert store.counts(home) | {"captures": 24, "reported": 24, "versions": 24, "reports": 12} == store.counts(home)
    assert [len(store.versions(home, f"{n}.txt")) for n in range(12)] == [2] * 12


def test_processes_that_add_the_same_reports_give_what_one_gives(
    store: Store, file_store: Store, postgresql_server: Any, home: Reader
) -> None:
    command = [sys.executable, str(Path(__file__).with_name("crash_writer.py"))]
    names = [file_store.name, store.name, store.name]
    writers = [subprocess.Popen([*command, name], stdout=subprocess.DEVNULL) for name in names]

    assert [writer.wait(100) for writer in writers] == [0, 0, 0]
    assert store.dump(home) == file_store.dump(home)
    assert postgresql_server.say("SELECT sum(deadlocks) FROM pg_stat_database") == [(0,)]


def test_two_programs_that_open_a_new_database_at_once_make_it_once(address: str, home: Reader) -> None:
    def opened(_: int) -> int:
        with open_store(address, create=True) as store:
            return store.counts(home)["captures"]

    with ThreadPoolExecutor(4) as programs:
        assert list(programs.map(opened, range(4))) == [0] * 4


def test_without_the_driver_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(WatchfloorError, match=r"install watchfloor\[postgresql\]"):
        open_store("postgresql://u@h/x", create=True)
