"""One request: who asks, for which day, at which address, and how it is to look."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from time import perf_counter
from typing import Literal, get_args

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.core.permission import Verb
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.flow.admission import Admitted
from watchfloor.flow.picture import Since
from watchfloor.flow.situation import Situation
from watchfloor.web.address import Query, address, changed
from watchfloor.web.messages import Catalogue
from watchfloor.web.node import Node

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
REPORT = "/r/{id:str}"
KEPT = ("as_of", "from")  # what of an address goes along to the next page


class Later(Exception):
    """A picture that the page needs is being put together, of so many reports; to be asked for again."""

    def __init__(self, reports: int) -> None:
        super().__init__(reports)
        self.reports = reports


class Visit:
    """What a page is a function of: who asks, and the address.

    by: who asks; None on the pages for those who have not come in. session: the secret in their cookie, None without.
    token: what their forms must carry. verb: the right that the route takes. is_part: htmx asks for a part of a page.
    tips: whether they want to be told what to try first. waits: for a picture however long it takes, as programs do.
    packs: what is sent may be packed. spent: seconds by what took them.
    looked_at: the picture that the page was made of, None before one was asked for.
    """

    def __init__(
        self,
        node: Node,
        by: Admitted | None,
        *,
        path: str,
        query: Query = (),
        session: str | None = None,
        token: str = "",
        verb: Verb | None = None,
        words: Catalogue,
        theme: Theme = "auto",
        tips: bool = True,
        wants_json: bool = False,
        is_part: bool = False,
        client: str | None = None,
        waits: bool = False,
        packs: bool = False,
    ) -> None:
        self.node, self.by, self.path, self.query, self.session, self.token = node, by, path, query, session, token
        self.verb, self.words, self.theme, self.client = verb, words, theme, client
        self.wants_json, self.is_part, self.tips = wants_json, is_part, tips
        self.waits, self.packs, self.began = waits, packs, perf_counter()
        self.spent: dict[str, float] = {}
        self.notes: dict[str, str] = {}
        self.looked_at: Picture | None = None

    @property
    def reader(self) -> Reader:
        """With whom the store is asked."""
        return self.admitted.reader

    @property
    def admitted(self) -> Admitted:
        """Who asks, on pages where somebody is known."""
        assert self.by is not None, "this page is open to everybody and knows nobody"
        return self.by

    @property
    def opened(self) -> Situation:
        """The database as whoever asks may use it."""
        return Situation(self.node.store, self.reader, self.node.settings, self.admitted, self.since)

    @property
    def as_of(self) -> date | None:
        """The last day to show, None for all that is known."""
        return self.day("as_of")

    @property
    def since(self) -> Since:
        """The first day whose reports are looked at, all, or the newest days."""
        if self.value("from") == "all":
            return "all" if self.reader.partner is None else "newest"  # a partner's pictures are kept by nobody
        return self.day("from") or "newest"

    def picture(self, as_of: date | None = None, since: Since | None = None, *, fresh: bool = False) -> Picture:
        """Return what whoever asks can know as of the day of the address, or another one; put together once.

        fresh: whoever asks has just changed something. Raises Later when it is not there yet and takes long.
        """
        if not self.waits:
            self.soon(as_of, since)
        with self.timed("picture"):
            self.looked_at = self.node.pictures.picture(
                self.reader, as_of or self.as_of, since or self.since, fresh=fresh
            )
        return self.looked_at

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Count how long the block takes."""
        began = perf_counter()
        try:
            yield
        finally:
            self.spent[what] = self.spent.get(what, 0.0) + perf_counter() - began

    def soon(self, as_of: date | None = None, since: Since | None = None) -> None:
        """Raise Later when the picture of a day is not there yet and takes long; it is put together from now on."""
        reports = self.node.pictures.awaited(self.reader, as_of or self.as_of, since or self.since)
        if reports:
            raise Later(reports)

    @property
    def behind(self) -> datetime | None:
        """When the picture of this page was put together, if something came in since."""
        return None if self.looked_at is None else self.node.pictures.behind(self.reader, self.as_of, self.since)

    def may(self, verb: Verb) -> bool:
        """Return whether whoever asks may do this."""
        return self.by is not None and verb in self.by.may

    def value(self, name: str) -> str:
        """Return what the address says under a name, "" when it says nothing."""
        return next((value for key, value in self.query if key == name), "").strip()

    def values(self, name: str) -> tuple[str, ...]:
        """Return all that the address says under a name."""
        return tuple(value.strip() for key, value in self.query if key == name and value.strip())

    def day(self, name: str) -> date | None:
        """Return the day that the address says under a name; ConfigError says what was expected."""
        text = self.value(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ConfigError(f"{name} is {text[:40]!r}; expected a day such as 2024-10-22") from None

    def number(self, name: str, default: int, low: int = 0, high: int = 1_000_000) -> int:
        """Return the number that the address says under a name, kept between two bounds."""
        text = self.value(name)
        return min(max(int(text), low), high) if text.isascii() and text.isdigit() and len(text) < 8 else default

    def here(self, **changes: object) -> str:
        """Return the address of this page with some of its values changed; None takes one away."""
        return address(self.path, changed(self.query, changes))

    def to(self, path: str, **values: object) -> str:
        """Return the address of another page, as of the same day."""
        kept = tuple(pair for pair in self.query if pair[0] in KEPT)
        return address(path, changed(kept, values))

    def at(self, span: Span) -> str:
        """Return the address that leads to words in their report, "" where no page shows reports."""
        if REPORT not in self.node.paths:
            return ""
        return self.to(f"/r/{span.report}", at=f"{span.start}-{span.end}")

    def fields(self, *without: str) -> Query:
        """Return what a form that changes some values of the address must carry along hidden."""
        return tuple(pair for pair in self.query if pair[0] not in without)

    def noted(self, detail: Mapping[str, str]) -> None:
        """Put what was done into this request's entry of the log; no content."""
        self.notes.update({name: value[:200] for name, value in detail.items()})
