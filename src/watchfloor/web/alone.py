"""Browsers of whoever works alone on this machine: let in by an address that the terminal printed."""

import secrets
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from watchfloor.flow.admission import LONGEST
from watchfloor.flow.tokens import hashed

MOST = 50  # invitations that are open at once; the oldest is withdrawn (assumed)


class Alone:
    """Who holds the terminal lets browsers in; kept in memory, so all of it ends with the program."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock = now, Lock()
        self._invited: dict[str, None] = {}
        self._sessions: dict[str, datetime] = {}

    def invited(self) -> str:
        """Return a new token that lets one browser in, once."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._invited[hashed(token)] = None
            while len(self._invited) > MOST:
                del self._invited[next(iter(self._invited))]
        return token

    def enter(self, token: str) -> str | None:
        """Return a new session's token for an invitation, which is used up by that; None for anything else."""
        with self._lock:
            if self._invited.pop(hashed(token), self) is self:
                return None
            session = secrets.token_urlsafe(32)
            self._sessions[hashed(session)] = self._now() + LONGEST
            return session

    def knows(self, session: str) -> bool:
        """Return whether the session's token is one that was given out and is not over."""
        with self._lock:
            ends = self._sessions.get(hashed(session))
            return ends is not None and self._now() < ends

    def leave(self, session: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(hashed(session), None)
