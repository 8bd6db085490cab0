"""What a process is called among the workers, and which of them have died on this machine.

A name says machine and process, and bears a mark that no other process has: in a container every process is number 1,
and one that is begun anew must not be taken for the one that died.
"""

import os
import re
import secrets
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress

_NAME = re.compile(r"(?P<machine>.+):(?P<process>\d+)-(?P<mark>[0-9a-f]{8})(?::.*)?")


def own_name() -> str:
    """Return a name for this process that was never used before."""
    return f"{socket.gethostname()}:{os.getpid()}-{secrets.token_hex(4)}"


def lives(process: int) -> bool:
    """Return whether there is a process of this number on this machine."""
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True


def dead(names: Iterable[str], own: str, is_alive: Callable[[int], bool] = lives) -> list[str]:
    """Return those of the workers that have died for certain: of this machine, and their process is gone or is us.

    own: what this process is called. Of what other machines do only the lease can tell.

    >>> dead(["here:7-00000000:reading", "here:8-11111111:reading", "there:7-22222222:reading"], "here:9-33333333",
    ...      lambda process: process == 8)
    ['here:7-00000000:reading']
    """
    us = _NAME.fullmatch(own)
    if us is None:
        return []
    found = []
    for name in names:
        them = _NAME.fullmatch(name)
        if them is None or them["machine"] != us["machine"] or them["mark"] == us["mark"]:
            continue
        if them["process"] == us["process"] or not is_alive(int(them["process"])):
            found.append(name)
    return found
