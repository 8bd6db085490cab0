"""Copies in a large database: the index finds who may share text with a report, and only those are read."""

from collections.abc import Iterable, Sequence

from watchfloor.core.copy import Copy
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.fuse.copies import WINDOW_DAYS, copies, fingerprints
from watchfloor.store.fingerprints import Fingerprint
from watchfloor.store.store import Store

_MOST = 12  # reports with the most hashes in common that are read for one report (assumed)


def fingerprinted(reports: Sequence[Report]) -> list[Fingerprint]:
    """Return what the store keeps of each report to find its copies."""
    return [
        Fingerprint(report.id, report.published.low if report.published else None, hashes)
        for report, hashes in zip(reports, fingerprints(reports), strict=True)
    ]


def copies_of(store: Store, reader: Reader, reports: Sequence[Report]) -> tuple[Copy, ...]:
    """Return the copy edges that lead from or to these reports, among all that the reader may see.

    What a fingerprint misses, when one text holds little of another, is missed here; reading all reports misses
    nothing.
    """
    asked = fingerprinted(reports)
    found = store.sharing(reader, asked, WINDOW_DAYS)
    wanted = {id for counted in found.values() for id, _ in counted.most_common(_MOST)} | {one.report for one in asked}
    known = {report.id: report for report in reports}
    others = (store.report(reader, id) for id in sorted(wanted - known.keys()))
    return linked(reports, [other for other in others if other is not None])


def linked(reports: Sequence[Report], others: Iterable[Report]) -> tuple[Copy, ...]:
    """Return the copy edges that lead from or to some reports, among them and others."""
    mine = {report.id for report in reports}
    order = sorted([*reports, *others], key=earliest_first)
    return tuple(edge for edge in copies(order) if edge.child in mine or edge.parent in mine)


def earliest_first(report: Report) -> tuple[str, str, str]:
    """Return the key that sorts reports by the time of their news."""
    day = report.published.value if report.published and report.published.value else None
    return day or report.collected.isoformat(), report.address, report.id
