"""What each command does, in the words of core.permission: who may, and what the log says of it.

A command that is not in the table does not start; `test_permitted.py` says so before anybody meets it.
"""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

import typer

from watchfloor.cli.asked import Asked
from watchfloor.core.permission import Verb

OWN: frozenset[str] = frozenset(
    {
        "demo",
        "clean",
        "annotate",
        "group",
        "origins",
        "names",
        "gazetteer build",
        "watch check",
        "jobs health",
    }
)
"""Open no database of the node: nobody is asked for anything."""

DOES: dict[str, Verb] = {
    "init": "collect",
    "add": "collect",
    "bulk": "collect",
    "status": "see",
    "setaside": "see",
    "search": "see",
    "show": "see",
    "claims": "see",
    "contacts": "see",
    "figures": "see",
    "events": "see",
    "transfers": "see",
    "commitments": "see",
    "timeline": "see",
    "changes": "see",
    "brief": "see",
    "report": "see",
    "assess": "judge",
    "export": "export",
    "translate": "collect",
    "stories list": "see",
    "stories show": "see",
    "stories log": "see",
    "stories split": "judge",
    "stories merge": "judge",
    "stories judge": "judge",
    "stories undo": "judge",
    "db info": "audit",
    "db check": "audit",
    "db backup": "audit",
    "db restore": "people",
    "db upgrade": "people",
    "db downgrade": "people",
    "outlets list": "see",
    "outlets grade": "judge",
    "taxii collection": "propose",
    "taxii publish": "ask",
    "serve": "audit",  # of those who keep the node; everybody who comes is asked who they are
    "taxii serve": "deliver",
    "feed add": "collect",
    "feed list": "see",
    "feed show": "see",
    "feed check": "collect",
    "feed run": "collect",
    "feed pause": "collect",
    "feed grade": "judge",
    "entities": "see",
    "entities review": "see",
    "entities judge": "judge",
    "entities link": "judge",
    "routes": "see",
    "routes list": "see",
    "routes cut": "judge",
    "routes add": "judge",
    "routes leave": "judge",
    "corrections findings": "see",
    "corrections list": "see",
    "searches list": "see",
    "searches run": "see",
    "searches feed": "see",
    "evidence show": "see",
    "evidence verify": "see",
    "evidence export": "export",
    "markings show": "see",
    "release products": "see",
    "release queue": "see",
    "release show": "see",
    "release log": "see",
    "recall list": "see",
    "recall show": "see",
    "partners list": "see",
    "partners show": "see",
    "people list": "people",
    "keys list": "keys",
    "audit list": "audit",
    "audit export": "audit",
    "audit verify": "audit",
    "audit seal": "audit",
    "run": "audit",  # of those who keep the node, or the machine's own account (SERVES)
    "work": "audit",
    "jobs list": "see",
    "jobs replay": "collect",
    "watch init": "see",
    "watch list": "see",
    "watch ladder": "see",
    "watch alerts": "see",
    "watch show": "see",
    "watch test": "see",
    "watch deliveries": "see",
    "watch atom": "export",
    "watch run": "watch",
    "watch deliver": "watch",
}
"""The log has one entry for each, written when it ends."""

SAYS_ITSELF: dict[str, Verb] = {
    "correct": "judge",
    "corrections undo": "judge",
    "searches save": "see",
    "searches remove": "see",
    "searches address": "keys",
    "people add": "people",
    "people role": "people",
    "people clear": "people",
    "people disable": "people",
    "people enable": "people",
    "people password": "keys",
    "people team": "people",
    "keys make": "keys",
    "keys revoke": "keys",
    "markings set": "mark",
    "partners propose": "propose",
    "partners approve": "admit",
    "partners suspend": "admit",
    "partners end": "admit",
    "partners resume": "propose",
    "partners group": "admit",
    "release ask": "ask",
    "release approve": "decide",
    "release refuse": "decide",
    "release withdraw": "ask",
    "release deliver": "deliver",
    "release fetch": "receive",
    "taxii deliver": "deliver",
    "release acknowledge": "acknowledge",
    "recall queue": "recall",
    "recall send": "recall",
    "recall acknowledge": "acknowledge",
    "watch ack": "see",
    "watch measure set": "watch",
    "watch measure undo": "watch",
}
"""What they do writes entries of its own, in the transaction of the change."""

SERVES: frozenset[str] = frozenset({"run", "work"})
"""They begin the service; an account that is nobody's may, as those of systemd and of a container are."""

_NOT_TOLD = frozenset({"context", "db", "as_json", "output"})
_LONGEST = 200  # characters of an argument in the log (assumed)


def guard(app: typer.Typer) -> None:
    """Have every command say what it is about to do before it opens a database."""
    _guard(app, ())


def _guard(app: typer.Typer, path: tuple[str, ...]) -> None:
    for info in app.registered_commands:
        if info.callback is not None:
            words = " ".join((*path, info.name or info.callback.__name__.replace("_", "-")))
            info.callback = _told(_of_today(info.callback, words), words)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            name = str(group.name)
            callback = group.typer_instance.registered_callback
            if callback is not None and callback.callback is not None:
                callback.callback = _told(callback.callback, " ".join((*path, name)))
            _guard(group.typer_instance, (*path, name))


def _of_today(command: Callable[..., Any], words: str) -> Callable[..., Any]:
    """Return the command so that it refuses --as-of where it shows or changes what is so today, whatever the day."""
    if "as_of" in signature(command).parameters:
        return command

    @wraps(command)
    def run(*given: Any, **arguments: Any) -> Any:
        for options in (getattr(one, "obj", None) for one in (*given, *arguments.values())):
            if isinstance(options, Asked) and options.as_of is not None:
                raise typer.BadParameter(
                    f"`{words}` is about today and knows no other day; leave --as-of {options.as_of} out"
                )
        return command(*given, **arguments)

    return run


def _told(command: Callable[..., Any], words: str) -> Callable[..., Any]:
    @wraps(command)
    def run(*given: Any, **arguments: Any) -> Any:
        from watchfloor.flow.acting import COMMAND, Command

        verb = DOES.get(words) or SAYS_ITSELF.get(words)
        said = {name: str(value)[:_LONGEST] for name, value in arguments.items() if _is_told(name, value)}
        about = (
            Command(verb=verb, words=words, given=said, notes_itself=words in SAYS_ITSELF, serves=words in SERVES)
            if verb is not None
            else None
        )
        COMMAND.set(about)
        return command(*given, **arguments)

    return run


def _is_told(name: str, value: object) -> bool:
    return name not in _NOT_TOLD and value not in (None, False, [], ())
