"""The last look at the lines of a page: the line model, then what is known of the host. Either only takes away."""

from watchfloor.clean import addresses, host_memory, line_model
from watchfloor.clean.labels import Labels
from watchfloor.clean.units import Unit


def judge(
    text: str,
    found: tuple[Unit, ...],
    labels: Labels,
    weighed: line_model.Weighed,
    address: str | None,
    recall: host_memory.Recall | None,
) -> None:
    """Label the lines that are furniture by the model or by the host's memory; changes the labels in place.

    address: the page's, as its report will have it.
    """
    for index, label in tuple(line_model.judged(found, labels, weighed)):
        labels[index] = label
    host = addresses.host(address)
    if recall is None or host is None or address is None:
        return
    known = host_memory.keys(text, found)
    memory = recall(host, address, known)
    for index, label in tuple(host_memory.furniture(found, labels, known, memory)):
        labels[index] = label
