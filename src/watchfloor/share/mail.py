"""Send a message by e-mail: SMTP with TLS; without it only to a server on this machine."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from msgspec import Struct

from watchfloor.core.errors import ConfigError, SourceError
from watchfloor.share.harmless import on_one_line
from watchfloor.share.mail_server import MailServer
from watchfloor.share.this_machine import is_here

SECONDS = 20.0  # to wait for a server (assumed: longer than a slow greeting, shorter than a lease)


class Message(Struct, frozen=True, kw_only=True):
    """What is sent: to whom, subject, text. id: the same message has the same, so that mail programs show it once."""

    to: tuple[str, ...]
    subject: str
    text: str
    id: str
    at: datetime
    urgent: bool = False


def check(server: MailServer) -> None:
    """Raise ConfigError for a server that may not be used so."""
    if not _is_address(server.sender):
        raise ConfigError(f"found the sender {server.sender!r}, expected an address such as watch@desk.example")
    if server.tls == "none" and not is_here(server.host):
        raise ConfigError(f"mail to {server.host} would go without TLS; set tls to starttls or tls")
    if server.tls == "none" and server.password:
        raise ConfigError("a password is sent over TLS only; set tls to starttls or tls")


def send(server: MailServer, message: Message) -> None:
    """Hand a message to the server; raise SourceError when it was not taken for everybody."""
    check(server)
    mail = composed(server, message)
    context = ssl.create_default_context(cafile=server.ca_file)
    try:
        with _connected(server, context) as line:
            if server.tls == "starttls":
                line.starttls(context=context)
            if server.user and server.password:
                line.login(server.user, server.password)
            refused = line.send_message(mail, from_addr=server.sender, to_addrs=list(message.to))
    except (smtplib.SMTPException, OSError) as error:
        raise SourceError(f"{server.host} did not take the mail ({_said(error)})") from None
    if refused:
        who = ", ".join(sorted(refused))
        raise SourceError(f"{server.host} took the mail, but not for {who}")


def composed(server: MailServer, message: Message) -> EmailMessage:
    """Return the message as it is sent; nothing in it can begin another header or address."""
    for address in message.to:
        if not _is_address(address):
            raise ConfigError(f"found {address!r}, expected an address such as desk@desk.example")
    mail = EmailMessage()
    mail["From"] = server.sender
    mail["To"] = ", ".join(message.to)
    mail["Subject"] = on_one_line(message.subject)
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = f"<{message.id}@{server.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody on holiday answers it
    if message.urgent:
        mail["Importance"] = "high"
    mail.set_content(message.text.encode("utf-8", "replace").decode())
    return mail


def _connected(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return on_one_line(f"{error.smtp_code} {words}")[:200]
    return on_one_line(str(error) or type(error).__name__)[:200]


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return bool(at and local and domain) and parseaddr(text) == ("", text) and text.isprintable() and " " not in text
