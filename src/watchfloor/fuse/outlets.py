"""Outlets: one publisher under several names.

A report gives the name its page prints, another only the host of its address or of its reporter's e-mail: what shares a
host is one outlet.
"""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from watchfloor.core.report import Report


def outlets(reports: Sequence[Report]) -> dict[str, str | None]:
    """Return by report id the name of its outlet, the same for all reports of one outlet; None when nothing names it.

    The name is the one most used among the outlet's names that are not hosts, the first in the alphabet of equals.
    """
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    names = {report.id: _names(report) for report in reports}
    for forms in names.values():
        for form in forms[1:]:
            leader[find(form)] = find(forms[0])
    used: dict[str, Counter[str]] = {}
    for report in reports:
        if report.outlet and names[report.id]:
            used.setdefault(find(names[report.id][0]), Counter())[report.outlet] += 1
    shown = {family: _shown(counted) for family, counted in used.items()}
    return {id: shown.get(find(forms[0])) if forms else None for id, forms in names.items()}


def _names(report: Report) -> list[str]:
    """Return the folded forms by which a report names its outlet: the host of its address, the name printed."""
    forms = [_host(report.url)] if report.url else []
    if report.outlet:
        forms.append(_host(report.outlet) if "." in report.outlet and " " not in report.outlet else report.outlet)
    return [form.casefold() for form in dict.fromkeys(forms) if form]


def _host(address: str) -> str:
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _shown(counted: Counter[str]) -> str:
    return min(counted, key=lambda name: ("." in name and " " not in name, -counted[name], name))
