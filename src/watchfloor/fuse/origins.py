"""Independent origins: how many separate places a claim comes from, as a range.

An origin is a party that a claim is attributed to, over the route the text came by. Reports and outlets are counted
elsewhere: ten copies of one statement are ten reports and one origin. Certain merges give the upper bound, possible
ones the lower bound: "at least 1, at most 2".
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, structs

from watchfloor.core.claim import Origin

UNKNOWN = "?"
"""The principal of an official whose state nobody names: it may be anybody's."""

Edge = tuple[str, str, str]  # child report, parent report, reason (as in core.route)

_OWN = frozenset({"copy", "update", "translation", "judged"})  # reasons by which a report's own text rests on another's


class Voice(Struct, frozen=True, kw_only=True):
    """One assertion of a claim by one party in one report.

    party: who; None when the report says it in its own voice. body: the body the party speaks for, if the words say.
    principals: the states or unions whose office the party is (ISO codes, two for a joint statement), UNKNOWN for an
        office of a state that the reports do not name; empty for one who speaks for nobody.
    anonymous: nobody is named; introduced: False when the party is a bare surname that the report never explains.
    owner: who publishes the outlet, None when the outlet itself; witnessed: the report's own people saw it.
    rests_on: folded names of whom the account cites or has its material from; briefed_by: folded names and ISO codes of
        whoever briefed the party before.
    """

    report: str
    outlet: str | None
    party: str | None
    body: str | None = None
    principals: frozenset[str] = frozenset()
    anonymous: bool = False
    introduced: bool = True
    owner: str | None = None
    witnessed: bool = False
    rests_on: frozenset[str] = frozenset()
    briefed_by: frozenset[str] = frozenset()


class Briefing(Struct, frozen=True, kw_only=True):
    """Two principals were in touch before or on the day of a statement, so that one may rest on the other."""

    left: str
    right: str
    how: str


class Rest(Struct, frozen=True, kw_only=True):
    """Some report says that one party's account rests on another's; both by folded names."""

    party: str
    on: str
    how: str


class Count(Struct, frozen=True, kw_only=True):
    """At least and at most so many independent origins, with the origins and every merge explained."""

    at_least: int
    at_most: int
    origins: tuple[Origin, ...]
    circular: bool


def count(
    voices: Sequence[Voice],
    edges: Sequence[Edge],
    briefings: Sequence[Briefing] = (),
    rests: Sequence[Rest] = (),
    withdrawn: Iterable[str] = (),
) -> Count:
    """Return how many independent origins stand behind the voices of one claim.

    withdrawn: reports that were taken back; neither they nor what was copied from them counts. Same result for any
    order of voices and edges. A component of reports that credit only each other has no verified origin: at least 0,
    at most 1.
    """
    gone = fallen(withdrawn, edges)
    voices = [voice for voice in voices if voice.report not in gone]
    reports = sorted({voice.report for voice in voices})
    parents = _parents(reports, edges)
    copied = _parents(reports, [edge for edge in edges if edge[2] != "credit"])
    translated = frozenset(parent for _, parent, reason in edges if reason == "translation")
    loops = _loops(parents)
    groups: dict[str, list[Voice]] = {}
    reasons: dict[str, list[str]] = {}
    unsettled = False
    for voice in sorted(voices, key=_order):
        label, reason = _label(voice, voices, parents, copied, loops, translated)
        if label is None:
            unsettled = True
            continue
        groups.setdefault(label, []).append(voice)
        if reason:
            reasons.setdefault(label, []).append(reason)
    circular = any(len(loop) > 1 for loop in loops)
    if not groups:
        return Count(at_least=0, at_most=1 if unsettled else 0, origins=(), circular=circular)
    _fold_bodies(groups, reasons)
    _fold_rests(groups, reasons, rests)
    carried = _carried(groups, parents)
    doubts = _doubts(groups, briefings, edges)
    return Count(
        at_least=_components(sorted(groups), [(left, right) for left, right, _ in doubts]),
        at_most=len(groups),
        origins=tuple(_origin(label, carried[label], doubts, reasons) for label in sorted(groups)),
        circular=circular,
    )


def fallen(withdrawn: Iterable[str], edges: Sequence[Edge]) -> frozenset[str]:
    """Return the withdrawn reports with everything whose own text rests on them: copies, updates, translations."""
    gone = set(withdrawn)
    children: dict[str, set[str]] = {}
    for child, parent, reason in edges:
        if reason in _OWN:
            children.setdefault(parent, set()).add(child)
    todo = list(gone)
    while todo:
        new = children.get(todo.pop(), set()) - gone
        gone |= new
        todo += new
    return frozenset(gone)


def _order(voice: Voice) -> str:
    return repr([sorted(field) if isinstance(field, frozenset) else field for field in structs.astuple(voice)])


def _parents(reports: Sequence[str], edges: Sequence[Edge]) -> dict[str, tuple[str, ...]]:
    known = set(reports)
    found: dict[str, set[str]] = {report: set() for report in reports}
    for child, parent, _ in edges:
        if child in known and parent in known and child != parent:
            found[child].add(parent)
    return {report: tuple(sorted(found[report])) for report in reports}


def _reach(start: str, parents: Mapping[str, tuple[str, ...]]) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        for parent in parents[todo.pop()]:
            if parent not in seen:
                seen.add(parent)
                todo.append(parent)
    return seen


def _loops(parents: Mapping[str, tuple[str, ...]]) -> list[frozenset[str]]:
    """Return the strongly connected components; claims have few reports, so plain reachability will do."""
    reach = {report: _reach(report, parents) for report in parents if parents[report]}
    return sorted(
        {frozenset({a, *(b for b in reach.get(a, ()) if a in reach.get(b, ()))}) for a in parents},
        key=sorted,
    )


def _label(
    voice: Voice,
    voices: Sequence[Voice],
    parents: Mapping[str, tuple[str, ...]],
    copied: Mapping[str, tuple[str, ...]],
    loops: Sequence[frozenset[str]],
    translated: frozenset[str],
) -> tuple[str | None, str | None]:
    """Return the name of the origin that the voice belongs to, None when it only passes on what others say.

    translated: reports whose translation is among the others; whom they name is read there.
    """
    if voice.anonymous:
        root = _root(voice.report, copied)
        told = next((other for other in voices if other.report == root), voice)
        if told.witnessed:
            return f"report of {_outlet(told)}", "its own people saw it"
        state = f" ({', '.join(sorted(voice.principals))})" if voice.principals else ""
        return f"unnamed source of {told.owner or _outlet(told)}{state}", None
    if voice.party is not None:
        return voice.party, None
    if voice.report in translated and any(other.party for other in voices):
        return None, None
    if parents[voice.report] or any(voice.report in loop and len(loop) > 1 for loop in loops):
        return None, None
    reason = "its own people saw it" if voice.witnessed else "the report names nobody for it"
    return f"report of {_outlet(voice)}", reason


def _outlet(voice: Voice) -> str:
    return voice.outlet or f"an unknown outlet ({voice.report[:12]})"


def _root(report: str, parents: Mapping[str, tuple[str, ...]]) -> str:
    seen = {report}
    while parents[report] and parents[report][0] not in seen:
        report = parents[report][0]
        seen.add(report)
    return report


def _fold_bodies(groups: dict[str, list[Voice]], reasons: dict[str, list[str]]) -> None:
    """Put a person who speaks for a body together with that body, when the body itself is among the parties."""
    above: dict[str, str] = {}
    for label in sorted(groups):
        bodies = {voice.body for voice in groups[label] if voice.body}
        body = next((body for body in sorted(bodies) if body in groups and body != label), None)
        if body is not None:
            above[label] = body
    for label in sorted(above):
        body, passed = above[label], {label}
        while body in above and above[body] not in passed:
            passed.add(body)
            body = above[body]
        if body in groups and body != label:
            groups[body] += groups.pop(label)
            reasons.setdefault(body, []).append(f"{label} speaks for {above[label]}: one origin")


def _fold_rests(groups: dict[str, list[Voice]], reasons: dict[str, list[str]], rests: Sequence[Rest]) -> None:
    """Put a party together with the one that its account rests on, when that one is among the parties itself.

    Of parties that rest on each other the first in the alphabet stays.
    """
    by_name = {_folded(label): label for label in sorted(groups, reverse=True)}
    for label in sorted(groups):
        by_name.setdefault(_folded(next((v.body for v in groups[label] if v.body), label)), label)
    said: dict[str, tuple[str, str]] = {}
    for label in sorted(groups):
        own = sorted(name for voice in groups[label] for name in voice.rests_on)
        for name in own:
            if (on := by_name.get(name)) not in (None, label):
                said.setdefault(label, (str(on), f"{label} says so with reference to {on}: one origin"))
    for rest in sorted(rests, key=lambda one: (one.party, one.on)):
        party, on = by_name.get(rest.party), by_name.get(rest.on)
        if party is not None and on is not None and party != on:
            said.setdefault(party, (on, rest.how))
    for label in sorted(said):
        on, passed = said[label][0], {label}
        while on in said and said[on][0] not in passed and on not in passed:
            passed.add(on)
            on = said[on][0]
        if label in groups and on in groups and on != label:
            groups[on] += groups.pop(label)
            reasons.setdefault(on, []).append(said[label][1])


def _folded(name: str) -> str:
    return re.sub(r"^(?:an?|the)\s", "", name.casefold())


def _carried(groups: Mapping[str, list[Voice]], parents: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return by origin the reports that rest on it, those that only credit such a report included."""
    reach = {report: _reach(report, parents) for report in parents if parents[report]}
    found = {}
    for label, voices in groups.items():
        own = {voice.report for voice in voices}
        resting = {report for report, reached in reach.items() if not reached.isdisjoint(own)}
        found[label] = tuple(sorted(own | resting))
    return found


def _doubts(
    groups: Mapping[str, list[Voice]], briefings: Sequence[Briefing], edges: Sequence[Edge]
) -> list[tuple[str, str, str]]:
    """Return the pairs of origins that may be one, each with its reason."""
    found = []
    labels = sorted(groups)
    for at, left in enumerate(labels):
        for right in labels[at + 1 :]:
            reason = _doubt(groups[left], groups[right], briefings, edges)
            if reason:
                found.append((left, right, reason))
    return found


def _doubt(
    left: Sequence[Voice], right: Sequence[Voice], briefings: Sequence[Briefing], edges: Sequence[Edge]
) -> str | None:
    for voice in (*left, *right):
        if voice.party is not None and not voice.introduced:
            return f"{voice.party} is not introduced in the report and may belong to the other"
        if voice.party is None and not voice.anonymous and not voice.witnessed:
            return f"{voice.outlet or 'a report'} says it without naming anybody and may rest on the other"
    shared = sorted(frozenset().union(*(v.rests_on for v in left)) & frozenset().union(*(v.rests_on for v in right)))
    if shared:
        return f"both rest on material of {shared[0]}"
    if reason := _told_before(left, right) or _told_before(right, left):
        return reason
    if any(a.anonymous or b.anonymous for a in left for b in right):
        return _anonymous_doubt(left, right, edges)
    for a in left:
        for b in right:
            if reason := _one_principal(a, b) or _briefed(a.principals, b.principals, briefings):
                return reason
    return None


def _told_before(left: Sequence[Voice], right: Sequence[Voice]) -> str | None:
    """Return why one side may rest on the other: it was briefed by it, or by its state, before it spoke."""
    for a in left:
        for b in right:
            known = {_folded(name) for name in (b.party, b.body) if name} | b.principals
            if a.briefed_by & known:
                return f"{a.party or a.outlet} had been briefed by {b.party or b.outlet}"
    return None


def _one_principal(a: Voice, b: Voice) -> str | None:
    shared = sorted(a.principals & b.principals - {UNKNOWN})
    if shared:
        return f"{a.party} and {b.party} are offices of one principal ({', '.join(shared)})"
    if a.principals and b.principals and UNKNOWN in a.principals | b.principals:
        unknown = a.party if UNKNOWN in a.principals else b.party
        return f"{unknown} holds an office of a state that the reports do not name; it may be the other's"
    return None


def _anonymous_doubt(left: Sequence[Voice], right: Sequence[Voice], edges: Sequence[Edge]) -> str | None:
    linked = {frozenset((child, parent)) for child, parent, _ in edges}
    for a in left:
        for b in right:
            if a.principals and b.principals and not a.principals & b.principals:
                continue
            if frozenset((a.report, b.report)) in linked:
                return "an unnamed source, and one report credits the other"
            if a.principals & b.principals:
                return f"an unnamed source of the same principal ({', '.join(sorted(a.principals & b.principals))})"
            if a.anonymous and b.anonymous:
                return "two unnamed sources may be one"
    return None


def _briefed(left: frozenset[str], right: frozenset[str], briefings: Iterable[Briefing]) -> str | None:
    for briefing in briefings:
        if {briefing.left, briefing.right} in [{a, b} for a in left for b in right]:
            return briefing.how
    return None


def _components(labels: Sequence[str], pairs: Sequence[tuple[str, str]]) -> int:
    leader = {label: label for label in labels}

    def find(label: str) -> str:
        while leader[label] != label:
            label = leader[label]
        return label

    for left, right in pairs:
        leader[find(left)] = find(right)
    return len({find(label) for label in labels})


def _origin(
    label: str, reports: tuple[str, ...], doubts: Sequence[tuple[str, str, str]], reasons: Mapping[str, list[str]]
) -> Origin:
    mine = [(left if right == label else right, why) for left, right, why in doubts if label in (left, right)]
    return Origin(
        party=label,
        reports=reports,
        may_be=tuple(other for other, _ in mine),
        reasons=tuple(dict.fromkeys([*reasons.get(label, ()), *(why for _, why in mine)])),
    )
