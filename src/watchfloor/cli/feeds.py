"""Commands about feeds: where reporting comes from again and again."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.cli.asked import reliability as letter
from watchfloor.core.feed import Feed, FeedKind, Grade

if TYPE_CHECKING:
    from watchfloor.flow.situation import Situation

DEFAULT_EVERY = "30m"
SHORTEST = 60  # seconds: nobody wants to be asked more often (assumed)
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_SPELLED = re.compile(r"(\d{1,6})\s*([smhd])")

group = typer.Typer(help="Feeds: where to collect from again and again.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The feed's name.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="feed")


@group.callback()
def feed() -> None:
    """Feeds: where to collect from again and again."""


@group.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A short name of your choice.")],
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="A web address, a file or a folder.")],
    kind: Annotated[str | None, typer.Option(help=f"One of {', '.join(get_args(FeedKind))}; guessed if not.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who publishes it; without it, what the items say.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Its language (BCP 47, such as ko), for items too short to tell.")
    ] = None,
    every: Annotated[str, typer.Option(metavar="TIME", help="How often to ask: 30m, 6h, 1d.")] = DEFAULT_EVERY,
    tlp: Annotated[str | None, typer.Option(help="Mark what comes: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.")] = None,
    rel: Annotated[list[str] | None, typer.Option(help="Partner that may have it; may be given again.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Keep a feed; nothing is collected before `watchfloor feed run`."""
    from watchfloor.cli.marks import marking
    from watchfloor.cli.render import feeds as render
    from watchfloor.flow import clock
    from watchfloor.flow.looking import guessed, is_web
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    chosen = _kind(kind) if kind else guessed(address)
    _refuse_mismatch(chosen, address, is_web(address))
    made = Feed(
        name=_name(name),
        kind=chosen,
        address=address.strip(),
        every=seconds(every),
        added=clock.now(),
        outlet=outlet,
        language=language,
        marking=marking(tlp, rel or []),
    )
    with situation(options.database, create=True) as opened:
        if opened.store.keep_feed(made) == "known":
            raise typer.BadParameter(f"there is a feed {name!r} already; choose another name: watchfloor feed list")
    render.feed_added(made, is_guess=kind is None, as_json=options.as_json)


@group.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """List the feeds: how they fare, when they are asked next, what is still to be fetched."""
    from watchfloor.cli.render import feeds as render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        store, reader = opened.store, opened.reader
        render.feeds(store.feeds(reader), store.feed_states(reader), store.count_awaited(reader), options.as_json)


@group.command()
def show(context: typer.Context, name: Name, db: Database = None, as_json: AsJson = False) -> None:
    """Show one feed with its grades and its last runs."""
    from watchfloor.cli.render import feeds as render
    from watchfloor.core.feed import FeedState
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = _found(opened, name)
        state = opened.store.feed_states(opened.reader).get(name, FeedState())
        render.one_feed(found, state, opened.store.runs(opened.reader, name), options.as_json)


@group.command()
def check(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ADDRESS_OR_NAME", help="An address, a path, or a feed's name.")],
    kind: Annotated[str | None, typer.Option(help="Read it as this kind: feed, sitemap or page.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Look at an address or a feed and say what would be collected; keep nothing.

    Of a web page, list the feeds and sitemaps that it and its robots.txt name.
    """
    from watchfloor.cli.render import feeds as render
    from watchfloor.flow.configuration import configuration, own_files
    from watchfloor.flow.looking import is_web, look
    from watchfloor.flow.situation import situation
    from watchfloor.flow.web import opened_web

    options = asked(context, db, as_json)
    address, known = what, _kind(kind) if kind else None
    if not is_web(what) and not _is_path(what):
        with situation(options.database) as opened:
            found = _found(opened, what)
            address, known = found.address, known or found.kind
    settings = configuration()
    own = own_files(settings, options.database or settings.database)
    with opened_web(settings) as fetch_all:
        render.look(look(address, known, fetch_all, own), options.as_json)


@group.command()
def run(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these, due or not.")] = None,
    all_of_them: Annotated[bool, typer.Option("--all", help="All that are not paused, due or not.")] = False,
    most: Annotated[
        int, typer.Option(min=1, help="Pages to fetch of one feed; the rest waits for the next run.")
    ] = 100,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Collect from the feeds that are due, and say what came of each.

    Stopped half-way (Ctrl-C, a crash), the same command goes on from there.
    """
    from watchfloor.cli.render import feeds as render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened, _progress() as told:
        known = opened.store.feeds(opened.reader)
        for name in names or ():
            _found(opened, name)
        chosen = names or ([one.name for one in known if not one.paused] if all_of_them else [])
        receipt = opened.run_feeds(chosen, most=most, told=told)
        states = opened.store.feed_states(opened.reader)
    render.feeds_receipt(receipt, known, states, options.as_json)
    if receipt.set_aside or any(one.outcome not in ("got", "not-modified") for one in receipt.ran):
        raise typer.Exit(3)


@group.command()
def pause(
    context: typer.Context,
    name: Name,
    resume: Annotated[bool, typer.Option("--resume", help="Run it again from now on.")] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Run a feed no more until it is resumed; what came from it stays, and so does the feed: nothing deletes one."""
    from msgspec import structs

    from watchfloor.cli.render import feeds as render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        changed = structs.replace(_found(opened, name), paused=not resume)
        opened.store.change_feed(changed)
    render.feed_changed(changed, f"{name} is {'run again' if resume else 'paused'}", options.as_json)


@group.command()
def grade(
    context: typer.Context,
    name: Name,
    reliability: Annotated[
        str, typer.Argument(metavar="A..F", help="A completely reliable ... E unreliable, F unknown.")
    ],
    because: Annotated[str, typer.Option(help="Why; kept with the grade.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Grade a feed's reliability (NATO, STANAG 2511); the grades before stay in its history."""
    from watchfloor.cli.render import feeds as render
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    given = letter(reliability)
    if not because.strip():
        raise typer.BadParameter("a grade without a reason helps nobody; say --because WHAT YOU SAW")
    with situation(options.database) as opened:
        _found(opened, name)
        made = Grade(reliability=given, by=opened.reader.name, at=clock.now(), reason=because.strip())
        opened.store.keep_grade(name, made)
        changed = _found(opened, name)
    render.feed_changed(changed, f"{name} is graded {given}", options.as_json)


def seconds(text: str) -> int:
    """Return the seconds that a time such as 30m, 6h or 1d names; a usage error says what was expected.

    >>> seconds("6h")
    21600
    """
    found = _SPELLED.fullmatch(text.strip().lower())
    if found is None:
        raise typer.BadParameter(f"{text!r} is no time; expected one such as 30m, 6h or 1d")
    total = int(found[1]) * _UNITS[found[2]]
    if total < SHORTEST:
        raise typer.BadParameter(f"{text!r} is too often; the shortest is {SHORTEST}s")
    return total


def _found(opened: "Situation", name: str) -> Feed:
    """Return the feed of that name; a usage error names those that come near."""
    feeds = {one.name: one for one in opened.store.feeds(opened.reader)}
    if name in feeds:
        return feeds[name]
    near = get_close_matches(name, feeds, n=3, cutoff=0.5) or [one for one in feeds if name.lower() in one.lower()][:3]
    if near:
        raise typer.BadParameter(f"there is no feed {name!r}; did you mean {' or '.join(near)}?")
    told = "see: watchfloor feed list" if feeds else "there are none yet: watchfloor feed add NAME ADDRESS"
    raise typer.BadParameter(f"there is no feed {name!r}; {told}")


def _name(name: str) -> str:
    if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > 80:
        raise typer.BadParameter(f"{name!r} is no name for a feed; expected up to 80 printable characters")
    return name


def _kind(text: str) -> FeedKind:
    for known in get_args(FeedKind):
        if text.lower() == known:
            return known  # type: ignore[no-any-return]
    raise typer.BadParameter(f"{text!r} is no kind of feed; expected one of {', '.join(get_args(FeedKind))}")


def _refuse_mismatch(kind: FeedKind, address: str, is_web: bool) -> None:
    if not address.strip():
        raise typer.BadParameter("the address is empty; give a web address, a file or a folder")
    if is_web and kind in ("file", "folder"):
        raise typer.BadParameter(f"a {kind} is a path, and {address} is a web address; leave --kind out")
    if not is_web and kind in ("page", "feed", "sitemap", "partner"):
        raise typer.BadParameter(f"a {kind} has a web address (https://...), found {address!r}")


def _is_path(what: str) -> bool:
    from pathlib import Path

    return "/" in what or Path(what).exists()


@contextmanager
def _progress() -> Iterator[Callable[[str, str], None]]:
    """Show which feed is worked at, to a person at a terminal."""
    from rich.console import Console

    from watchfloor.cli.render import terminal

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _feed, _locator: None
        return
    with console.status("asking") as shown:
        done = 0

        def told(name: str, locator: str) -> None:
            nonlocal done
            done += 1
            shown.update(terminal.styled(terminal.safe(f"{done:,} done, now {name}: {locator[-70:]}")))

        yield told
