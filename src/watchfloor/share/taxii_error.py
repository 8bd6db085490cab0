"""What goes wrong between a TAXII client and the server, as the client is told it."""


class TaxiiError(Exception):
    """A request that is answered with an error; never with content, or with what others have.

    status: of HTTP. title: what was found. description: what was expected, what to do.
    retry_after: seconds to wait before trying again.
    """

    def __init__(self, status: int, title: str, description: str | None = None, retry_after: int | None = None) -> None:
        super().__init__(status, title, description, retry_after)
        self.status = status
        self.title = title
        self.description = description
        self.retry_after = retry_after

    def __str__(self) -> str:
        return f"{self.status}: {self.title}"


def unknown(what: str) -> TaxiiError:
    """Return the error for what is not there, or not there for the one who asks: both sound the same."""
    return TaxiiError(404, f"no such {what}", "It is not here, or not open to you.")
