"""The few errors of Watchfloor, each named by what the caller does next.

WatchfloorError
├── ConfigError     stop: the set-up is wrong, a person must mend it
├── SourceError     retry: a feed did not answer this time
├── SetAside        go on: this one item cannot be used, the reason is kept
├── StoreError      stop: the database cannot be read or written
├── ReleaseDenied   refuse: this item may not go to this reader
└── AccessDenied    refuse: who asks is not known here, must wait, or may not do this

All of them survive pickling, so that they cross a process pool unharmed.
"""


class WatchfloorError(Exception):
    """The root of the tree: catch it where a message for a person is all that is left to do."""


class ConfigError(WatchfloorError):
    """The set-up is wrong; the message says what was found, what was expected and what to do."""


class SourceError(WatchfloorError):
    """A feed did not answer; trying again later may help."""


class StoreError(WatchfloorError):
    """The database cannot be read or written as asked."""


class ReleaseDenied(WatchfloorError):
    """An item may not be released to the reader who asks; the message names the rule, never the content."""


class SetAside(WatchfloorError):
    """One item cannot go on; the batch can. Raised by a room, or yielded where an iterator must go on.

    reason: a short stable word for counting, e.g. "empty", "too-large", "not-text".
    detail: what was found, what was expected, what to do: for a person.
    locator: where the item was found, when the one who raises it knows.
    """

    def __init__(self, reason: str, detail: str, locator: str | None = None) -> None:
        super().__init__(reason, detail, locator)
        self.reason = reason
        self.detail = detail
        self.locator = locator

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


class AccessDenied(WatchfloorError):
    """Whoever asks is not let in, or may not do this; the message never says whether an account exists.

    known: the person is known and lacks the right; otherwise nobody is known to be asking.
    retry_after: seconds to wait before trying again, None when waiting is no use.
    """

    def __init__(self, message: str, known: bool = False, retry_after: int | None = None) -> None:
        super().__init__(message, known, retry_after)
        self.message = message
        self.known = known
        self.retry_after = retry_after

    def __str__(self) -> str:
        return self.message
