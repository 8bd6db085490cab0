"""What the store remembers of hosts, handed to clean; and the lines of a cleaned page, handed to the store."""

from collections.abc import Sequence

from watchfloor.clean import addresses, host_memory
from watchfloor.clean.host_memory import Memory, Recall, Seen
from watchfloor.clean.units import lines
from watchfloor.core.capture import Capture
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.store.host_lines import HostLines
from watchfloor.store.store import Store


def recall(store: Store, reader: Reader) -> Recall:
    """Return what answers clean's question for the lines of a host."""

    def answer(host: str, address: str, keys: Sequence[bytes]) -> Memory:
        known = store.host_lines(reader, host, host_memory.key(address), keys)
        return Memory(known.pages, {line: Seen(*seen) for line, seen in known.lines.items()}, known.counted)

    return answer


def printed(capture: Capture, report: Report) -> HostLines | None:
    """Return the lines of a page for its host's memory, furniture and all; None for what is no page of a host.

    The headline is left out: it stands on a page because the report does.
    """
    host = addresses.host(report.url)
    if report.url is None or host is None or "html" not in capture.media_type:
        return None
    headlines = {passage.start for passage in report.parts("headline")}
    found = [unit for unit in lines(report.text) if unit.start not in headlines]
    return HostLines(
        host=host,
        page=host_memory.key(report.url),
        day=capture.collected.date().isoformat(),
        lines=frozenset(host_memory.keys(report.text, found)),
    )
