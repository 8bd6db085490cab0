"""Commands about releases: ask, decide, hand over, and who got what."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, asked
from watchfloor.cli.changing import changing
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from watchfloor.core.product import Dissemination, Product, Request
    from watchfloor.flow.situation import Situation

group = typer.Typer(help="Releases: who asks gives a reason, somebody else decides.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="REQUEST", help="Id of the request, or how it begins.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="release")


@group.command()
def ask(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(help="The partner, or a group of partners.")],
    reason: Annotated[str, typer.Option("--reason", help="Why they should have it.")],
    show_only: Annotated[bool, typer.Option("--show", help="They may read it here, and keep no copy.")] = False,
    form: Annotated[str, typer.Option("--format", help="md or json.")] = "md",
    title: Annotated[str, typer.Option(help="What to call it; the same title again is its next version.")] = (
        "Situation brief"
    ),
    tlp: Annotated[str, typer.Option(help="Nothing above this level.")] = "RED",
    whole: Annotated[
        bool, typer.Option("--whole", help="This node's own picture; its markings decide whether it can go at all.")
    ] = False,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Make the brief for a partner and ask for its release. Nothing leaves by asking."""
    from watchfloor.cli.marks import level
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, releasing
    from watchfloor.flow.situation import situation
    from watchfloor.share.release import banner

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        made = releasing.ask(
            opened,
            opened.by,
            partner,
            clock.now(),
            reason=reason,
            way="show" if show_only else "release",
            form=form,
            title=title,
            clearance=level(tlp),
            whole=whole,
            as_of=options.as_of,
        )
    if options.as_json:
        terminal.json(made)
        return
    for one in made:
        typer.echo(f"{_line(one.request, one.product)}{'' if one.is_new else '; asked before'}")
        typer.echo(f"  {terminal.safe(banner(one.product.marking))}; rests on {len(one.product.cites)} reports")


@group.command()
def queue(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also what is decided.")] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what waits for a decision, with who asked and why."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import releasing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        listed = releasing.queued(opened.store, opened.by, everything=everything)
    if options.as_json:
        terminal.json(listed)
        return
    found = [one.request for one in listed]
    products = {one.product.id: one.product for one in listed}
    if not found:
        typer.echo("No requests." if everything else "Nothing waits for a decision.")
    for one in found:
        typer.echo(_line(one, products[one.product]))
        typer.echo(f"  asked by {terminal.safe(one.asked_by)}: {terminal.safe(one.asked_because)}")
        if one.decided_by:
            because = f": {terminal.safe(one.decided_because)}" if one.decided_because else ""
            typer.echo(
                f"  {one.state} by {terminal.safe(one.decided_by)}{because}{', override' if one.override else ''}"
            )


@group.command()
def approve(
    context: typer.Context,
    request: Id,
    override: Annotated[
        bool, typer.Option("--override", help="Although its markings do not name the partner; needs a reason.")
    ] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; kept with it.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Approve a request: from now on the partner may have the product. Who asked may not."""
    from watchfloor.flow import clock, releasing

    def approved(opened: "Situation") -> "Request":
        return releasing.approve(opened, opened.by, request, clock.now(), reason=reason, override=override)

    changing(context, db, as_json, approved, _request_line)


@group.command()
def refuse(
    context: typer.Context,
    request: Id,
    reason: Annotated[str, typer.Option("--reason", help="Why not; who asked reads it.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Refuse a request, with a reason."""
    from watchfloor.flow import clock, releasing

    def refused(opened: "Situation") -> "Request":
        return releasing.refuse(opened.store, opened.by, request, clock.now(), reason=reason)

    changing(context, db, as_json, refused, _request_line)


@group.command()
def withdraw(context: typer.Context, request: Id, db: Database = None, as_json: AsJson = False) -> None:
    """Take back a request of your own that is not decided yet."""
    from watchfloor.flow import clock, releasing

    def taken_back(opened: "Situation") -> "Request":
        return releasing.withdraw(opened.store, opened.by, request, clock.now())

    changing(context, db, as_json, taken_back, _request_line)


@group.command()
def show(context: typer.Context, request: Id, db: Database = None) -> None:
    """Print what a request is about, word for word, as the partner would get it."""
    from watchfloor.flow import releasing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        found = releasing.named(opened.store, opened.by, request)
        data = opened.store.products.data(opened.reader, found.product, "show")
    typer.echo(data or b"", nl=False)


@group.command()
def deliver(
    context: typer.Context,
    request: Id,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    how: Annotated[str, typer.Option(help="How they get it.")] = "by hand",
    to: Annotated[str | None, typer.Option("--to", help="Who of the partner.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Write an approved product to a file for the partner, and keep that they got this version now."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, releasing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made, data = releasing.deliver(opened.store, opened.by, request, clock.now(), how=how, to=to)
        _write(output, data)
    if options.as_json:
        terminal.json(made)
        return
    typer.echo(f"{_delivery(made)}; written to {output}")


@group.command()
def products(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """List the products: at home all that you may see, for a partner's person those released or shown to them."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = opened.store.products.products(opened.reader)
    if options.as_json:
        terminal.json(found)
        return
    if not found:
        typer.echo("No products.")
    for one in found:
        typer.echo(f"{one.id}  {terminal.safe(one.title)}, version {one.version}, {one.form}, {one.made:%Y-%m-%d}")


@group.command()
def fetch(
    context: typer.Context,
    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="Its id, as `release products` says.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    db: Database = None,
) -> None:
    """For a partner's person: take a copy of what was released to them; it is kept that they did."""
    from watchfloor.flow import clock, releasing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        data = releasing.fetch(opened.store, opened.by, product, clock.now(), how="command line")
        _write(output, data)
    typer.echo(f"{output} written")


@group.command()
def log(
    context: typer.Context,
    partner: Annotated[str | None, typer.Option(help="Only what this partner got.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List who got which version of what, when, how, and when it was acknowledged."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import releasing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = releasing.delivered(opened.store, opened.by, partner)
    if options.as_json:
        terminal.json(found)
        return
    if not found:
        typer.echo("Nothing was handed over yet.")
    for one in found:
        typer.echo(_delivery(one))


@group.command()
def acknowledge(
    context: typer.Context,
    delivery: Annotated[str, typer.Argument(metavar="DELIVERY", help="Id from `release log`, or how it begins.")],
    by: Annotated[str | None, typer.Option("--by", help="Who of the partner said that it arrived.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Keep that a delivery has arrived."""
    from watchfloor.flow import clock, releasing

    def arrived(opened: "Situation") -> "Dissemination":
        return releasing.acknowledge(opened.store, opened.by, delivery, clock.now(), whose=by)

    changing(context, db, as_json, arrived, lambda _, made: _delivery(made))


def _write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        raise ConfigError(
            f"{output} cannot be written: {error.strerror}; name a file in a folder that is there"
        ) from None


def _request_line(opened: "Situation", request: "Request") -> str:
    return _line(request, opened.store.products.product(opened.reader, request.product))


def _line(request: "Request", product: "Product | None") -> str:
    from watchfloor.cli.render.terminal import safe

    what = f"{safe(product.title)}, version {product.version}" if product else request.product
    verb = "show" if request.way == "show" else "release"
    return f"{request.id}  {verb} “{what}” to {safe(request.partner)}: {request.state}"


def _delivery(made: "Dissemination") -> str:
    from watchfloor.cli.render.terminal import safe

    arrived = (
        f"acknowledged {made.acknowledged:%Y-%m-%d %H:%M} by {safe(made.acknowledged_by)}"
        if made.acknowledged
        else "not acknowledged"
    )
    to = f" ({safe(made.to)})" if made.to else ""
    return (
        f"{made.id}  {made.at:%Y-%m-%d %H:%M}  {safe(made.partner)}{to} got version {made.version} of {made.product} "
        f"{safe(made.how)}; {arrived}"
    )
