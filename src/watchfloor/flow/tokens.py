"""Random secrets that let somebody in: only their hash is kept."""

from hashlib import sha256


def hashed(secret: str) -> str:
    """Return the hash of a random secret: it is too long to be guessed, so no slow hash is needed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
