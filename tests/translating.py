"""A translator on this machine that answers as LibreTranslate does, for tests."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeTranslator:
    """What was asked, and what to answer: `fail` holds (status, body) for the next requests; see `one_by_one`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[dict[str, Any]] = []
        self.fail: list[tuple[int, bytes]] = []
        self.one_by_one = False

    def answer(self, question: dict[str, Any]) -> tuple[int, bytes]:
        self.asked.append(question)
        if self.fail:
            return self.fail.pop(0)
        texts = question["q"]
        if self.one_by_one:
            single = texts[0] if len(texts) == 1 else "?"
            return 200, json.dumps({"translatedText": f"<{single}>"}).encode()
        found = [{"confidence": 90.0, "language": "de"} for _ in texts]
        return 200, json.dumps({"translatedText": [f"<{text}>" for text in texts], "detectedLanguage": found}).encode()


@contextmanager
def serving() -> Iterator[FakeTranslator]:
    """Answer on a free port of this machine for the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = fake.answer({**question, "path": self.path})
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/translate")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake = FakeTranslator(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
