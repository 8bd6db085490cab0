"""Ids that come from content: the same thing has the same id on every machine and on every run."""

from hashlib import sha256

_DIGITS = 20  # hexadecimal digits kept: 80 bits, a collision is expected after about 10**12 items


def content_id(prefix: str, *parts: object) -> str:
    """Return `prefix_` plus a digest of the parts; parts are kept apart, so ("ab", "c") is not ("a", "bc").

    >>> content_id("rep", "a", None)
    'rep_276902ef2953e48cb8d7'
    """
    digest = sha256()
    for part in parts:
        said = b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass")
        digest.update(len(said).to_bytes(8, "big") + said)
    return f"{prefix}_{digest.hexdigest()[:_DIGITS]}"
