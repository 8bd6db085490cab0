"""A machine translator behind an address that the user set (LibreTranslate's interface: POST /translate)."""

import ipaddress
import json
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2
from msgspec import Struct

from watchfloor.core.errors import ConfigError, SetAside, SourceError

_MOST_LETTERS = 4_000  # in one request; public servers take 2,000 to 5,000, a longer paragraph goes alone
_MOST_TEXTS = 20  # in one request
_MOST_BYTES = 4_000_000  # of an answer
_SECONDS = 120.0  # a small machine needs half a minute for a page


class Translated(Struct, frozen=True):
    """A text translated, and the language that the translator was told or found, None when neither."""

    text: str
    language: str | None


class Translator:
    """A connection to a translator; `with` closes it. Nothing is sent to any other address, also not by a redirect."""

    def __init__(self, address: str, key: str | None = None) -> None:
        parts = _parts(address)
        if parts is None:
            raise ConfigError(f"translate is {address!r}; expected an address such as http://localhost:5000")
        self.address = address.rstrip("/").removesuffix("/translate")
        self.is_local = _is_local(parts)
        self._key = key
        self._client = httpx2.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def translate(self, texts: Sequence[str], language: str | None, target: str) -> tuple[Translated, ...]:
        """Return one translation for each text, in their order; None as their language lets the translator find it.

        Raises SourceError when it does not answer, ConfigError when it refuses the key or is no translator, SetAside
        "untranslatable" when it will not take these texts.
        """
        found: list[Translated] = []
        for some in _batches(texts):
            found += self._asked(list(some), language, target)
        return tuple(found)

    def _asked(self, texts: list[str], language: str | None, target: str) -> list[Translated]:
        answer = self._post({"q": texts, "source": language or "auto", "target": target, "format": "text"})
        said, told = answer.get("translatedText"), answer.get("detectedLanguage")
        if not isinstance(said, list) and len(texts) > 1:  # a server that takes one text at a time
            return [one for text in texts for one in self._asked([text], language, target)]
        said = said if isinstance(said, list) else [said]
        told = told if isinstance(told, list) else [told] * len(said)
        if len(said) != len(texts) or not all(isinstance(text, str) for text in said):
            raise ConfigError(
                f"{self.address}/translate gave no translatedText for each text; is it a LibreTranslate server?"
            )
        languages = [*(language or _found(one) for one in told), *[language] * len(said)]
        return [Translated(text, code) for text, code in zip(said, languages, strict=False)]

    def _post(self, question: dict[str, object]) -> dict[str, Any]:
        asked = {**question, **({"api_key": self._key} if self._key else {})}
        try:
            with self._client.stream("POST", f"{self.address}/translate", json=asked) as response:
                body = _read(response, self.address)
        except httpx2.HTTPError as error:
            raise SourceError(
                f"{self.address} did not answer ({type(error).__name__}: {error}); is it running?"
            ) from None
        _judge(self.address, response.status_code, response.headers.get("retry-after"), body)
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise ConfigError(f"{self.address}/translate answered with no JSON object; is it a LibreTranslate server?")
        return answer


def _read(response: httpx2.Response, address: str) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _MOST_BYTES:
            raise SetAside("untranslatable", f"{address} answered with more than {_MOST_BYTES} bytes")
    return bytes(body)


def _judge(address: str, status: int, retry: str | None, body: bytes) -> None:
    if status == 200:
        return
    said = body[:300].decode("utf-8", "replace")
    if status in {401, 403}:
        raise ConfigError(f"{address} refuses us ({status}: {said}); set translate_key in watchfloor.toml")
    if status == 429 or status >= 500:
        wait = f"; it wants to be asked again in {retry[:20]} s" if retry else ""
        raise SourceError(f"{address} is busy ({status}: {said}){wait}")
    if status == 400:
        raise SetAside("untranslatable", f"{address} will not take it: {said}")
    raise ConfigError(f"{address}/translate answered {status}: {said}; is it a LibreTranslate server?")


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the texts in runs that fit into one request.

    >>> [len(run) for run in _batches(["a" * 3000, "b" * 3000, "c"])]
    [1, 2]
    """
    start = letters = 0
    for place, text in enumerate(texts):
        if place > start and (letters + len(text) > _MOST_LETTERS or place - start >= _MOST_TEXTS):
            yield texts[start:place]
            start, letters = place, 0
        letters += len(text)
    if texts:
        yield texts[start:]


def _found(told: object) -> str | None:
    code = told.get("language") if isinstance(told, dict) else None
    return code if isinstance(code, str) else None


def _parts(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.hostname if parts.scheme in {"http", "https"} else None


def _is_local(host: str) -> bool:
    """Whether a host is this machine, by its name alone: nothing is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
