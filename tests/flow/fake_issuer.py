"""An identity provider on loopback that says what a test has it say, and writes down what it was asked."""

import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


class FakeIssuer:
    """What it answers can be changed; `asked` has method, path, form and Authorization of every request."""

    def __init__(self) -> None:
        self.keys = [RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})]
        self.address = ""
        self.metadata: dict[str, Any] = {}
        self.token: object = ""
        self.asked: list[tuple[str, str, dict[str, str], str | None]] = []

    def signed(self, claims: dict[str, Any], *, algorithm: str = "RS256", key: Any = None, kid: str = "one") -> str:
        """Return a token of these claims."""
        header = {"alg": algorithm, "kid": kid}
        return str(jwt.encode(header, claims, key or self.keys[0], algorithms=[algorithm]))

    def signed_with_the_public_key(self, claims: dict[str, Any]) -> str:
        """Return a token made by whoever takes the published key for one that both sides share."""
        parts = [{"alg": "HS256", "kid": "one"}, claims]
        head = b".".join(urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in parts)
        digest = hmac.new(self.keys[0].as_pem(private=False), head, sha256).digest()
        return (head + b"." + urlsafe_b64encode(digest).rstrip(b"=")).decode()

    def answer(self, path: str) -> object:
        """Return what lies at a path."""
        if path.endswith("/.well-known/openid-configuration"):
            return self.metadata
        if path == "/keys":
            return KeySet(list(self.keys)).as_dict(private=False)
        return self.token


@contextmanager
def running() -> Iterator[FakeIssuer]:
    """Run a provider for the block."""
    made = FakeIssuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._told("GET", {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._told("POST", dict(parse_qsl(body.decode())))

        def _told(self, method: str, form: dict[str, str]) -> None:
            made.asked.append((method, self.path, form, self.headers.get("Authorization")))
            found = made.answer(self.path)
            body = found if isinstance(found, bytes) else json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.address = f"http://127.0.0.1:{server.server_address[1]}/realm"
    root = made.address.removesuffix("/realm")
    made.metadata = {
        "issuer": made.address,
        "authorization_endpoint": f"{root}/authorize",
        "token_endpoint": f"{root}/token",
        "jwks_uri": f"{root}/keys",
    }
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
