"""Commands that run one room over JSON lines: clean, annotate, group, origins, names. No database."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, BinaryIO

import typer

from watchfloor.core.errors import SetAside

_JSONL = typer.Option("--jsonl", help="JSON lines on standard input and output (the only form there is).")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line, in a panel of their own."""
    for command in (clean, annotate, group, origins, names):
        app.command(rich_help_panel="JSON lines, without a database")(command)


def clean(jsonl: Annotated[bool, _JSONL] = True) -> None:
    """Read {id, html or text, url?}; write title, authors, date, body, captions, boilerplate, flags."""
    from watchfloor.flow.records import cleaned

    _each(cleaned)


def annotate(
    jsonl: Annotated[bool, _JSONL] = True,
    conllu: Annotated[
        bool, typer.Option("--conllu", help="Write trees as CoNLL-U; a bad record goes to standard error, as JSON.")
    ] = False,
) -> None:
    """Read {id, text, date?, title?}; write mentions, times, quantities, attributions, contacts, events and more."""
    from watchfloor.flow.configuration import configuration
    from watchfloor.flow.parts import configured
    from watchfloor.flow.records import annotated_record, trees

    chosen = configured(configuration())
    if conllu:
        _each_in_lines(trees)
    else:
        _each(lambda record: annotated_record(record, chosen))


def group(jsonl: Annotated[bool, _JSONL] = True) -> None:
    """Read {id, date?, title, text, outlet?}; write which is a copy of which, and the story of each."""
    from watchfloor.flow.records import grouped, to_group

    good: list[dict[str, Any]] = []
    order: list[dict[str, Any] | None] = []
    for record, error in _records():
        if error is None:
            try:
                to_group(record)
                good.append(record)
            except SetAside as aside:
                error = _error(record.get("id"), aside.reason, aside.detail)
        order.append(error)
    results = grouped(good)
    for error in order:
        _write(error if error is not None else next(results))


def origins(jsonl: Annotated[bool, _JSONL] = True) -> None:
    """Read independence cases; write reports, outlets and the range of independent origins of each."""
    from watchfloor.flow.cases import counted
    from watchfloor.flow.parts import parts

    chosen = parts()
    _each(lambda record: counted(record, chosen))


def names(
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on standard input and output (the only form).")] = True,
) -> None:
    """Read CSV with the columns name1, name2; write the same with a score from 0 to 1, and why."""
    from watchfloor.resolve.names import compare

    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(sys.stdin)
    fields = list(reader.fieldnames or ())
    if "name1" not in fields or "name2" not in fields:
        raise typer.BadParameter(f"the columns are {fields}; expected name1 and name2 among them")
    writer = csv.DictWriter(sys.stdout, [*fields, "score", "reason"], extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in reader:
        compared = compare(row["name1"] or "", row["name2"] or "")
        writer.writerow({**row, "score": f"{compared.score:.3f}", "reason": compared.reason})


def _each(work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    for record, error in _records():
        if error is not None:
            _write(error)
            continue
        try:
            _write(work(record))
        except SetAside as aside:
            _write(_error(record.get("id", record.get("case")), aside.reason, aside.detail))


def _each_in_lines(work: Callable[[dict[str, Any]], list[str]]) -> None:
    """Write what becomes of each record as lines of text; raise typer.Exit(3) at the end when one was bad."""
    bad = 0
    for record, error in _records():
        lines: list[str] = []
        if error is None:
            try:
                lines = work(record)
            except SetAside as aside:
                error = _error(record.get("id"), aside.reason, aside.detail)
        if error is not None:
            bad += 1
            _write(error, sys.stderr.buffer)
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
        sys.stdout.buffer.flush()
    if bad:
        raise typer.Exit(3)


def _records(lines: Iterable[bytes] | None = None) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Yield each input line as a record, with the error to write in its place when it is none."""
    import msgspec

    for number, line in enumerate(lines if lines is not None else sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield {}, _error(None, "not-json", f"line {number}: {error}")
            continue
        if isinstance(record, dict):
            yield record, None
        else:
            yield {}, _error(None, "not-a-record", f"line {number} is a {type(record).__name__}, expected an object")


def _error(name: object, code: str, message: str) -> dict[str, Any]:
    return {"id": name, "error": {"code": code, "message": message}}


def _write(record: dict[str, Any], to: BinaryIO | None = None) -> None:
    import msgspec

    stream = to or sys.stdout.buffer
    stream.write(msgspec.json.encode(record) + b"\n")
    stream.flush()
