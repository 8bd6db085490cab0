"""What a person may set about fetching, and what it is without that."""

from msgspec import Struct


class FetchSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages and feeds are fetched. Sizes in bytes, times in seconds.

    contact: an address or page where the asked may complain, sent with every request. allow: networks and host:port
    beyond the public internet, see `read_allowed`. ports: allowed beside 80 and 443. proxy: http(s)://host:port, with
    user:password where it asks for them. ca_file: certificates (PEM) trusted beside the system's.
    robots: whether robots.txt is asked and kept; off for hosts of one's own only.
    gap: between two requests to one host. patience: a host that wants to be left alone longer is not waited for.
    hosts_at_once: hosts that are spoken to at the same time.
    body_bytes: of one answer, packed and unpacked. ratio, ratio_from: unpacked to packed size, looked at above so many
    unpacked bytes. head_bytes: of the head of one answer. redirects: followed at most.
    connect_seconds: for a name, a connection, a TLS handshake each. read_seconds: between two pieces of an answer.
    seconds: for all requests of one fetch together, redirects and retries included, waiting for a turn not.
    retries: after the first try. back_off: before the first retry, doubled each time up to back_off_most, with jitter.
    retry_after_most: a source's wish to be left alone is kept up to this long.
    """

    contact: str | None = None
    allow: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    proxy: str | None = None
    ca_file: str | None = None
    robots: bool = True
    gap: float = 5.0  # Media Cloud's default
    patience: float = 120.0  # assumed
    hosts_at_once: int = 8  # assumed
    body_bytes: int = 10_000_000  # assumed: the longest page of bench/clean has 0.75 MB
    ratio: int = 200  # as for archives; no page of bench/clean packs better than 1 : 20, deflate cannot pass 1 : 1032
    ratio_from: int = 1_000_000  # assumed
    head_bytes: int = 65_536  # assumed: eight times what common servers send at most
    redirects: int = 5  # RFC 9309 asks for five with robots.txt; assumed for the rest
    connect_seconds: float = 10.0  # assumed
    read_seconds: float = 20.0  # assumed
    seconds: float = 60.0  # assumed
    retries: int = 2  # assumed
    back_off: float = 1.0  # assumed
    back_off_most: float = 30.0  # assumed
    retry_after_most: float = 86_400.0  # a day, as Media Cloud does
