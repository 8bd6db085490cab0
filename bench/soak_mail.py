"""A mail server of one's own for a soak: takes what it is sent and counts how often each message comes."""

import email
import socketserver
import threading
from collections import Counter


class Mail(socketserver.ThreadingTCPServer):
    """Listens on the loopback. taken: messages by their Message-ID."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: Counter[str] = Counter()
        self.port: int = self.server_address[1]
        threading.Thread(target=self.serve_forever, name="mail", daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: who sends is killed in the middle now and then."""


class _Conversation(socketserver.StreamRequestHandler):
    """As much SMTP as a client needs."""

    server: Mail

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while word := self.rfile.readline().strip().upper():
            if word.startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                body = b"".join(line for line in lines if line)
                self.server.taken[email.message_from_bytes(body)["Message-ID"] or "none"] += 1
                self.wfile.write(b"250 kept\r\n")
            elif word.startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 fine\r\n")
