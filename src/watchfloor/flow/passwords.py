"""Passwords: what argon2id makes of them, and whether one is right."""

from functools import cache
from typing import TYPE_CHECKING

from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:  # argon2 takes long to load, and few commands use a password
    from argon2 import PasswordHasher

SHORTEST = 12  # characters (NIST SP 800-63B-4: 15 where it is the only factor, 8 beside others; between the two)
LONGEST = 1_024  # characters: hashing must not be a way to keep the machine busy (assumed)
TIME_COST, MEMORY_COST, LANES = 3, 64 * 1024, 1  # passes, KiB, lanes: RFC 9106 §4, second choice, on one core


def encoded(password: str) -> str:
    """Return what is kept of a password; raises ConfigError for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ConfigError(
            f"found a password of {len(password)} characters, expected {SHORTEST} to {LONGEST}; choose a longer one"
            if len(password) < SHORTEST
            else f"found a password of {len(password)} characters, expected at most {LONGEST}; choose a shorter one"
        )
    return _hasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Return whether the password is the one kept. Without a kept one it is not, after the same time."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        return False
    try:
        return _hasher().verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def is_outdated(kept: str) -> bool:
    """Return whether a password was kept with other costs than now: it is encoded anew when it is next given."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=LANES)


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password, but somebody may ask for it")
