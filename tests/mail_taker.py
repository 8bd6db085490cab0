"""A mail server on this machine that takes one conversation after the other and keeps what it was given."""

import socket
import ssl
import threading
from types import TracebackType
from typing import Self


class MailTaker:
    """Speaks as much SMTP as a client needs. refuses: recipients that it does not take. busy: answers 451 to data."""

    def __init__(self, context: ssl.SSLContext | None = None, refuses: frozenset[str] = frozenset()) -> None:
        self._context, self._refuses = context, refuses
        self.busy = False
        self.taken: list[tuple[list[str], str]] = []
        self.was_encrypted: list[bool] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped = True
        with socket.create_connection(("127.0.0.1", self.port)):  # wakes whoever waits for the next one
            pass
        self._thread.join()
        self._listening.close()

    _stopped = False

    def _serve(self) -> None:
        while True:
            line, _ = self._listening.accept()
            with line:
                if self._stopped:
                    return
                self._speak(line)

    def _speak(self, line: socket.socket) -> None:
        said = line.makefile("rb")
        is_encrypted, to = False, []
        try:
            line.sendall(b"220 here\r\n")
            while word := said.readline().decode().strip():
                verb = word.split(":")[0].upper()
                if verb.startswith("EHLO"):
                    more = b"250-here\r\n250 STARTTLS\r\n" if self._context and not is_encrypted else b"250 here\r\n"
                    line.sendall(more)
                elif verb == "STARTTLS" and self._context is not None:
                    line.sendall(b"220 go on\r\n")
                    said.close()
                    line = self._context.wrap_socket(line, server_side=True)
                    said, is_encrypted = line.makefile("rb"), True
                elif verb == "RCPT TO":
                    address = word.partition("<")[2].partition(">")[0]
                    refused = address in self._refuses
                    to += [] if refused else [address]
                    line.sendall(b"550 nobody here\r\n" if refused else b"250 fine\r\n")
                elif verb == "DATA":
                    self._data(line, said, to, is_encrypted)
                    to = []
                elif verb == "QUIT":
                    line.sendall(b"221 bye\r\n")
                    return
                else:
                    line.sendall(b"250 fine\r\n")
        except OSError:  # who hangs up, or does not trust us
            return
        finally:
            said.close()
            line.close()

    def _data(self, line: socket.socket, said: object, to: list[str], is_encrypted: bool) -> None:
        if self.busy:
            line.sendall(b"451 later\r\n")
            return
        line.sendall(b"354 go on\r\n")
        body = b""
        while (part := said.readline()) != b".\r\n":  # type: ignore[attr-defined]
            body += part
        self.taken.append((to, body.decode()))
        self.was_encrypted.append(is_encrypted)
        line.sendall(b"250 kept\r\n")
