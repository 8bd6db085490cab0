import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.errors import ConfigError, SourceError
from watchfloor.share.mail import Message, check, composed, send
from watchfloor.share.mail_server import MailServer

TLS = Path(__file__).parents[1] / "collect" / "tls"
NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)


def message(**fields: Any) -> Message:
    values: dict[str, Any] = {
        "to": ("ann@desk.example",),
        "subject": "Tanks",
        "text": "Züge\n.dots\n",
        "id": "dlv_1",
        "at": NOW,
    }
    return Message(**(values | fields))


def here(port: int, **fields: Any) -> MailServer:
    values: dict[str, Any] = {"host": "127.0.0.1", "sender": "watch@desk.example", "port": port, "tls": "none"}
    return MailServer(**(values | fields))


def test_a_mail_reaches_everybody_with_an_id_of_its_own(mail_taker: Any) -> None:
    with mail_taker() as taker:
        send(here(taker.port), message(to=("ann@desk.example", "bob@desk.example"), urgent=True))

    ((to, mail),) = taker.taken
    assert to == ["ann@desk.example", "bob@desk.example"]
    assert "Message-ID: <dlv_1@desk.example>" in mail
    assert "Importance: high" in mail
    assert "Auto-Submitted: auto-generated" in mail


def test_a_mail_goes_over_tls_to_a_server_whose_certificate_is_trusted(
    mail_taker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "secure.example.pem")
    found = socket.getaddrinfo

    def names(host: str, *rest: Any, **more: Any) -> Any:
        return found("127.0.0.1" if host == "secure.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    with mail_taker(context) as taker:
        server = here(taker.port, host="secure.example", tls="starttls", ca_file=str(TLS / "authority.pem"))
        send(server, message())
        with pytest.raises(SourceError, match="did not take the mail"):
            send(here(taker.port, host="secure.example", tls="starttls"), message())

    assert taker.was_encrypted == [True]


def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(mail_taker: Any) -> None:
    with mail_taker() as taker, pytest.raises(SourceError, match="STARTTLS"):
        send(here(taker.port, tls="starttls"), message())
    assert taker.taken == []


@pytest.mark.parametrize("is_busy", [True, False])
def test_what_the_server_does_not_take_is_an_error_to_try_again(mail_taker: Any, is_busy: bool) -> None:
    with mail_taker(refuses=frozenset({"bob@desk.example"})) as taker:
        taker.busy = is_busy
        with pytest.raises(SourceError, match="451 later" if is_busy else "not for bob@desk.example"):
            send(here(taker.port), message(to=("ann@desk.example", "bob@desk.example")))


def test_nobody_there_is_an_error_to_try_again() -> None:
    with pytest.raises(SourceError, match="did not take the mail"):
        send(here(1), message())


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ({"host": "mail.example"}, "without TLS"),
        ({"password": "secret", "user": "a"}, "over TLS only"),
        ({"sender": "watch"}, "expected an address"),
    ],
)
def test_a_server_that_is_not_safe_is_refused(server: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        check(here(25, **server))


def test_no_words_of_a_report_begin_a_header_or_another_address() -> None:
    mail = composed(here(25), message(subject="Tanks\r\nBcc: eve@evil.example\u202e"))

    assert mail["Bcc"] is None
    assert mail["Subject"] == "Tanks Bcc: eve@evil.example"
    with pytest.raises(ConfigError, match="expected an address"):
        composed(here(25), message(to=("ann@desk.example\r\nBcc: eve@evil.example",)))
