"""What binds whom, and what passes from whom to whom, as lists and as single lines."""

from collections import Counter
from collections.abc import Sequence

from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.core.annotation import Commitment, Party, Transfer
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import wire
from watchfloor.watch.days import said

Cells = tuple[str, ...]

_LONGEST = 90  # characters of one cell
_SIGN = {"signs": "signs", "ends": "leaves", "provides": "under", "violates": "violates", "promises": "promises"}


def transfers(picture: Picture, kind: str | None, party: str | None, as_json: bool) -> None:
    """Print what passes, or may pass, from whom to whom."""
    by_id = {report.id: report for report in picture.reports}
    rows = [
        a
        for report in picture.reports
        for a in picture.annotations[report.id]
        if isinstance(a, Transfer) and (kind is None or a.kind == kind) and _of(party, (*a.giver, *a.receiver))
    ]
    if as_json:
        terminal.json([{**wire.transfer(a), **wire.citation(a.span, by_id)} for a in rows])
        return
    shown = Counter(_passes(a, by_id[a.span.report].text) for a in rows)
    table = _table(("kind", "thing", "from", "to", "in exchange for", "status", "date", "said by"), shown)
    terminal.console().print(table if rows else "No transfer.")


def commitments(picture: Picture, kind: str | None, party: str | None, as_json: bool) -> None:
    """Print treaties signed and left, what articles say, breaches and promises."""
    by_id = {report.id: report for report in picture.reports}
    rows = [
        a
        for report in picture.reports
        for a in picture.annotations[report.id]
        if isinstance(a, Commitment) and (kind is None or a.kind == kind) and _of(party, (*a.parties, *a.towards))
    ]
    if as_json:
        terminal.json([{**wire.commitment(a), **wire.citation(a.span, by_id)} for a in rows])
        return
    shown = Counter(_binds(a, by_id[a.span.report].text) for a in rows)
    table = _table(("party", "does", "what", "on condition", "status", "date", "said by"), shown)
    terminal.console().print(table if rows else "No commitment.")


def passing(a: Transfer, report: Report) -> str:
    """Return a transfer in one line: "arms, six submarines, Germany to Singapore"."""
    ways = f"{_names(a.giver) or 'unknown'} to {_names(a.receiver) or 'unknown'}"
    exchange = f", in exchange for {_words(report.text, a.in_exchange)}" if a.in_exchange else ""
    return f"{a.kind}, {_words(report.text, a.thing)}, {ways}{exchange}{_by(a.asserted_by)}"


def binding(a: Commitment, report: Report) -> str:
    """Return a commitment in one line: "Hungary promises block aid, unless transit resumes"."""
    condition = f", {_words(report.text, a.condition)}" if a.condition else ""
    return f"{_names(a.parties) or 'somebody'} {_SIGN[a.kind]} {_what(a, report.text)}{condition}{_by(a.asserted_by)}"


def _by(name: str | None) -> str:
    return f", says {name}" if name else ""


def _what(a: Commitment, text: str) -> str:
    instrument = f"{a.article} of {a.instrument}" if a.article and a.instrument else a.instrument
    return ": ".join(part for part in (instrument, _words(text, a.measure)) if part)


def _of(party: str | None, parties: Sequence[Party]) -> bool:
    wanted = (party or "").casefold()
    return party is None or any(
        wanted in one.name.casefold() or wanted == (one.country or "").casefold() for one in parties
    )


def _names(parties: Sequence[Party]) -> str:
    return ", ".join(one.name for one in parties)


def _words(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span is not None else ""


def _passes(a: Transfer, text: str) -> Cells:
    ways = (_names(a.giver), _names(a.receiver))
    return (
        a.kind,
        _words(text, a.thing),
        *ways,
        _words(text, a.in_exchange),
        a.status,
        said(a.date),
        a.asserted_by or "",
    )


def _binds(a: Commitment, text: str) -> Cells:
    condition = _words(text, a.condition)
    return _names(a.parties), _SIGN[a.kind], _what(a, text), condition, a.status, said(a.date), a.asserted_by or ""


def _table(columns: Cells, shown: Counter[Cells]) -> Table:
    """Return the rows, each once however many reports tell it in the same words, with how many do."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in columns:
        table.add_column(name, no_wrap=name in ("kind", "status", "does"))
    table.add_column("told", justify="right")
    for cells, times in shown.items():
        table.add_row(*(terminal.styled(terminal.safe(words, _LONGEST)) for words in cells), str(times))
    return table
