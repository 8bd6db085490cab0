"""A name server of one's own for a soak: knows every name under .example as this machine, until it is told to fail."""

import socket
import struct
import threading
from typing import Literal

Mood = Literal["right", "fails", "unknown", "silent"]
"""fails: SERVFAIL. unknown: NXDOMAIN. silent: no answer, as when the way to the name server is cut."""

_CODES = {"fails": 2, "unknown": 3}
_A, _IN, _TTL = 1, 1, 1


class Names:
    """Answers on UDP port 53 of one loopback address. moods: by host, what it says; `every` for all others."""

    def __init__(self, address: str) -> None:
        self.moods: dict[str, Mood] = {}
        self.every: Mood = "right"
        self.asked = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 53))
        threading.Thread(target=self._serve, name="names", daemon=True).start()

    def _serve(self) -> None:
        while True:
            question, whom = self._socket.recvfrom(512)
            self.asked += 1
            said = answer(question, self.moods, self.every)
            if said is not None:
                self._socket.sendto(said, whom)


def answer(question: bytes, moods: dict[str, Mood], every: Mood) -> bytes | None:
    """Return the answer to a question (RFC 1035), None where the mood is not to answer."""
    labels, at = [], 12
    while question[at]:
        labels.append(question[at + 1 : at + 1 + question[at]].decode("ascii", "replace").lower())
        at += 1 + question[at]
    kind = struct.unpack(">H", question[at + 1 : at + 3])[0]
    name = ".".join(labels)
    mood = moods.get(name, every) if name.endswith(".example") else "unknown"
    if mood == "silent":
        return None
    has = mood == "right" and kind == _A
    head = question[:2] + struct.pack(">HHHHH", 0x8180 | _CODES.get(mood, 0), 1, int(has), 0, 0)
    record = b"\xc0\x0c" + struct.pack(">HHIH", _A, _IN, _TTL, 4) + socket.inet_aton("127.0.0.1")
    return head + question[12 : at + 5] + (record if has else b"")
