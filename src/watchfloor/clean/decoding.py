"""Bytes to text: byte order mark, UTF-8, the declared encoding, then a guess from the bytes."""

import codecs
import re

from watchfloor.core.errors import SetAside

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 65_536  # enough for charset-normalizer, which is slow on long input
_MAX_DAMAGE = 0.01  # share of letters that a text may have lost; assumed
_MAX_CONTROLS = 0.01  # share of control characters in a text; assumed
_STRAY_CONTROLS = 2  # that even a short text may have
_ASCII_SAFE_SHIFTS = ("iso-2022", "hz")  # encodings that look like ASCII: UTF-8 would read them without complaint
# What pages call Latin-1 is Windows-1252 (WHATWG Encoding Standard, section 4.2).
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030"}
_CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of the bytes without byte order mark; a NUL becomes U+FFFD, which can be stored.

    declared: the encoding that the item names. Raises SetAside "not-text", or "empty" for nothing but white space.
    """
    text, encoded = _decode(data, declared)
    if not text or text.isspace():
        raise SetAside("empty", "found white space only; expected text")
    if encoded is None:  # bytes are looked through twenty times as fast as letters
        encoded = text.encode("utf-8", "surrogatepass")
        text = whole(text)
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    if controls > _MAX_CONTROLS * len(text) + _STRAY_CONTROLS:
        raise SetAside("not-text", f"found {controls} control characters in {len(text)}; expected text")
    return whole(text) if b"\x00" in encoded else text


def whole(text: str) -> str:
    """Return the text with each NUL and each lone surrogate replaced by U+FFFD, length unchanged."""
    return re.sub("[\x00\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def _decode(data: bytes, declared: str | None) -> tuple[str, bytes | None]:
    """Return the text, and the bytes where they are the text in sound UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _damaged(data[len(mark) :], encoding), None
    known = _codec(declared)
    if known and known.startswith(_ASCII_SAFE_SHIFTS):
        return _damaged(data, known), None
    if wide := _wide(data):
        return _damaged(data, wide), None
    for encoding in filter(None, ("utf-8", known)):
        try:
            return data.decode(encoding), data if encoding == "utf-8" else None
        except UnicodeDecodeError:
            continue
    return _guessed(data), None


def _guessed(data: bytes) -> str:
    """UTF-8 that lost a few bytes, else what charset-normalizer finds in a sample."""
    mended = data.decode("utf-8", "replace")
    lost = mended.count("\N{REPLACEMENT CHARACTER}")
    sound = sum(letter > "\x7f" for letter in mended) - lost
    if lost <= _MAX_DAMAGE * len(mended) and sound > lost:  # sound UTF-8 beyond ASCII is no chance
        return mended
    from charset_normalizer import from_bytes  # heavy: only for bytes that are not UTF-8

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        raise SetAside("not-text", "found bytes that are text in no encoding known here; save it as UTF-8")
    return _damaged(data, _WIDER.get(best.encoding.replace("_", "-"), best.encoding))


def _damaged(data: bytes, encoding: str) -> str:
    """Decode, a few bad bytes replaced; many mean that the encoding is not what it says."""
    text = data.decode(encoding, "replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    if lost > _MAX_DAMAGE * len(text) + 1:
        raise SetAside(
            "not-text", f"found {lost} bytes that are not {encoding}, as marked or guessed; save it as UTF-8"
        )
    return text


def _codec(declared: str | None) -> str | None:
    """Return the codec of a declared encoding in its wider modern form, None for names that mean nothing."""
    try:
        name = codecs.lookup((declared or "").strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    name = _WIDER.get(name, name)
    try:
        b"".decode(name)
    except (LookupError, TypeError):  # "hex", "rot13": codecs that do not give text
        return None
    return name


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: nearly every second byte is NUL, and nearly no other."""
    if len(data) < 8 or len(data) % 2 or b"\x00" not in data[:_SAMPLE_BYTES]:
        return None
    even, odd = (data[place:_SAMPLE_BYTES:2].count(0) / len(data[place:_SAMPLE_BYTES:2]) for place in (0, 1))
    if odd > 0.4 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.02 else None
