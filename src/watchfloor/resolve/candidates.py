"""Which clusters may be one: found in blocks that share a key, weighed by name, title, state and kind."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from watchfloor.resolve import bodies, legal_forms, names, roles, states
from watchfloor.resolve.cast import surname, surname_keys
from watchfloor.resolve.clusters import Candidate, Cluster
from watchfloor.resolve.given_names import classes
from watchfloor.resolve.romanisation import skeleton, sound

# Scores are 0 to 1, assumed, in the order of how seldom each kind of evidence misleads.
MERGE = 0.75  # from here on the machine merges; below, it asks
SHOWN = 0.3  # from here on a pair is worth a person's look: a bare surname with two bearers still is

_SAME_TITLE = 0.05  # added when both bear one title
_ACRONYM = 0.93
_SAME_KIND = 0.9  # foreign ministry and ministry of foreign affairs of one state
_GOVERNMENT = 0.85  # the South Korean government, South Korea as a party
_DESCRIBED = 0.8  # the intelligence agency of the state, the one intelligence service named
_ONLY_STATE = 0.78  # a ministry of no said state, where all that say one say the same
_NO_STATE = 0.6
_OFFICE_OF = 0.85  # Macron's office, the presidential office of the state he leads
_ROLE_AND_SURNAME = 0.85
_CONTACT_AND_SURNAME = 0.8
_SURNAME_ONLY = 0.6
_OFFICE = re.compile(r"([A-Z].*?)['’]s? office")
_LARGEST_BLOCK = 60  # clusters; in larger blocks only neighbours in the alphabet are compared


def people(clusters: Sequence[Cluster]) -> list[Candidate]:
    """Return the pairs of fully named people that may be one, surest first."""
    full = [cluster for cluster in clusters if cluster.person and not cluster.bare]
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Candidate] = {}
    for left, right in _pairs(full, _person_keys):
        if candidate := _person(left, right):
            found[candidate.left_key, candidate.right_key] = candidate
    return sorted(found.values(), key=_surest)


def organisations(clusters: Sequence[Cluster]) -> list[Candidate]:
    """Return the pairs of bodies that may be one, surest first."""
    every = [cluster for cluster in clusters if not cluster.person]
    known: dict[object, set[str]] = {}
    for cluster in every:
        body = bodies.parse(cluster.name)
        if state := _state(cluster):
            known.setdefault((body.kind, body.topics), set()).add(state)
    found = {candidate.left_key + candidate.right_key: candidate for candidate in _offices(clusters)}
    for left, right in _pairs(every, _body_keys):
        if candidate := _body(left, right, known):
            found[candidate.left_key + candidate.right_key] = candidate
    return sorted(found.values(), key=_surest)


def _offices(clusters: Sequence[Cluster]) -> Iterator[Candidate]:
    """Yield "X's office" with the presidential office of the state of which X, alone of that surname, is president."""
    leaders: dict[str, list[Cluster]] = {}
    offices: dict[str, list[Cluster]] = {}
    named = []
    for cluster in clusters:
        if cluster.person:
            if (
                cluster.country
                and not cluster.bare
                and any("president" in roles.parse(t).heads for t in cluster.titles)
            ):
                for key in _family_keys(cluster.name):
                    leaders.setdefault(key, []).append(cluster)
            continue
        body = bodies.parse(cluster.name)
        if body.kind == "office" and body.topics == {"presidential"} and (state := _state(cluster)):
            offices.setdefault(state, []).append(cluster)
        elif found := _OFFICE.fullmatch(cluster.name):
            named.append((found[1], cluster))
    for owner, cluster in named:
        bearers = {id(one): one for key in _family_keys(owner) for one in leaders.get(key, ())}
        if len(bearers) == 1:
            (leader,) = bearers.values()
            for office in offices.get(leader.country or "", ()):
                yield _candidate(_OFFICE_OF, cluster, office, f"the office of {leader.name}, president of the state")


def surnames(clusters: Sequence[Cluster]) -> list[Candidate]:
    """Return the pairs of a bare surname and the one person it may stand for, surest first."""
    full: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if cluster.person and not cluster.bare:
            keys = {key for naming in cluster.namings for key in _family_keys(naming.name)}
            for key in keys:
                full.setdefault(key, []).append(cluster)
    found: list[Candidate] = []
    for cluster in clusters:
        if cluster.bare:
            near = {id(one): one for key in surname_keys(cluster.name) for one in full.get(key, ())}
            found.extend(_stood_for(cluster, sorted(near.values(), key=lambda one: one.key)))
    return sorted(found, key=_surest)


def _surest(candidate: Candidate) -> tuple[float, str, str]:
    """Return the sort key: higher scores first, then by name."""
    return -candidate.score, candidate.left, candidate.right


def _pairs(clusters: Sequence[Cluster], keys: Callable[[Cluster], set[str]]) -> Iterator[tuple[Cluster, Cluster]]:
    """Yield the pairs that share a block, each in the order of their keys; a pair may come more than once."""
    blocks: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        for key in keys(cluster):
            blocks.setdefault(key, []).append(cluster)
    for key in sorted(blocks):
        block = sorted(blocks[key], key=lambda one: one.key)
        if len(block) <= _LARGEST_BLOCK:
            yield from combinations(block, 2)
        else:
            yield from pairwise(block)


def _family_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a full name's surname: the Korean one only for a Korean name."""
    keys = surname_keys(surname(name))
    return keys[:1] if names.korean(name) else keys[-1:]


def _person_keys(cluster: Cluster) -> set[str]:
    """Return the blocks of a person: for Koreans surname and given name, for others the surname's sound."""
    found = set()
    for naming in cluster.namings:
        if korean := names.korean(naming.name):
            found.add("korean " + " ".join(korean))
        parts = names.fold(naming.name).split()
        for part in (parts[0], parts[-1]) if parts else ():
            other = parts[-1] if part == parts[0] else parts[0]
            found.update((f"{sound(part)} {other[:1]}", f"{skeleton(part)} {sound(other)}"))
            found.update(f"{sound(part)} {group}" for group in classes(other))
    return found


def _person(left: Cluster, right: Cluster) -> Candidate | None:
    """Return two fully named people as a candidate, None when every name differs."""
    compared = names.compare(left.name, right.name)
    if compared.score < names.SAME:
        return None
    shared = _shared_title(left, right)
    sure = compared.score >= names.SURE
    score = min(compared.score, 0.99) if sure else min(compared.score, MERGE - 0.05)
    reason = compared.reason
    if shared:
        score = min(0.99, score + _SAME_TITLE) if sure else MERGE + (compared.score - names.SAME) / 4
        reason += f", same title '{shared}'"
    return _candidate(score, left, right, reason)


def _shared_title(left: Cluster, right: Cluster) -> str | None:
    """Return a title that both bear, in the words of the first; one word of honour is none."""
    parsed = {(role.heads, role.words, role.country) for title in right.titles if (role := roles.parse(title)).heads}
    for title in left.titles:
        role = roles.parse(title)
        if (role.heads, role.words, role.country) in parsed:
            return title
    return None


def _body_keys(cluster: Cluster) -> set[str]:
    """Return the blocks of a body: its kind with its topics, its acronyms, its first word."""
    found = set()
    for name in sorted({naming.name for naming in cluster.namings} | set(cluster.uses)):
        body = bodies.parse(name)
        if body.kind and (body.topics or body.kind == "embassy"):
            found.add(f"{body.kind} {' '.join(sorted(body.topics))} {body.country if body.kind == 'embassy' else ''}")
        if code := states.state(name) or (body.country if body.kind == "government" and not body.topics else None):
            found.add(f"state {code}")
        short = names.fold(name)
        found.update(f"acronym {acronym.casefold()}" for acronym in names.acronyms(bodies.bare(name)))
        found.add(f"acronym {short}" if " " not in short else f"word {sound(short.split()[0])} {short[-3:]}")
        if long := bodies.INTERNATIONAL.get(short):
            found.add(f"plain {long}")
        found.add(f"plain {legal_forms.split(body.plain)[0]}")
    return found


def _state(cluster: Cluster) -> str | None:
    """Return the state a body belongs to, said or shown by the capital beside it."""
    near = cluster.key[2] if len(cluster.key) > 2 else ""
    return cluster.country or near or None


def _body(left: Cluster, right: Cluster, known: dict[object, set[str]]) -> Candidate | None:
    """Return two bodies as a candidate, None when something contradicts."""
    one, other = bodies.parse(left.name), bodies.parse(right.name)
    states_said = {state for state in (_state(left), _state(right)) if state}
    if len(states_said) > 1 or (one.host and other.host and one.host != other.host):
        return None
    if states.state(left.name) or states.state(right.name):
        return _government(left, right)
    said = len({_state(left), _state(right)}) == 1 and bool(states_said)
    if reason := _acronym(left, right):
        return _candidate(_ACRONYM, left, right, reason)
    if one.kind and one.kind == other.kind and one.topics == other.topics and (one.topics or one.kind == "embassy"):
        return _same_kind(left, right, said=said, known=known.get((one.kind, one.topics), set()))
    compared = names.compare(left.name, right.name)
    if compared.score >= names.SURE and one.named and other.named:
        return _candidate(compared.score, left, right, compared.reason)
    return None


def _government(left: Cluster, right: Cluster) -> Candidate | None:
    """Return a state and its government as a candidate: as a party they are one."""
    for state, body in ((left, right), (right, left)):
        code, words = states.state(state.name), bodies.parse(body.name)
        if code and words.kind == "government" and not words.topics and words.country == code:
            return _candidate(_GOVERNMENT, left, right, "a state acts and speaks through its government")
    return None


def _acronym(left: Cluster, right: Cluster) -> str | None:
    """Return the reason when one goes by the acronym of the other."""
    for short, long in ((left, right), (right, left)):
        plain = names.fold(short.name)
        if " " not in plain:
            if bodies.INTERNATIONAL.get(plain) == names.fold(bodies.bare(long.name)):
                return f"{short.name} is the usual acronym"
            if short.name.isupper() and short.name in names.acronyms(bodies.bare(long.name)):
                return f"{short.name} is the acronym"
    return None


def _same_kind(left: Cluster, right: Cluster, *, said: bool, known: set[str]) -> Candidate:
    """Return two bodies of one kind and field as a candidate."""
    named = bodies.parse(left.name).named and bodies.parse(right.name).named
    same = names.fold(bodies.bare(left.name)) == names.fold(bodies.bare(right.name))
    state = states.name_of(next(iter(known))) if len(known) == 1 else None
    if said:
        score = _SAME_KIND if named or same else _DESCRIBED
        return _candidate(score, left, right, f"the same kind of body of the same state ({state or 'as both say'})")
    if state:
        reason = f"the same kind of body, and no report names one of another state than {state}"
        return _candidate(_ONLY_STATE, left, right, reason)
    return _candidate(_NO_STATE, left, right, "the same kind of body, of which state is not said")


def _stood_for(bare: Cluster, full: Sequence[Cluster]) -> Iterable[Candidate]:
    """Yield the people a bare surname may stand for; evidence beyond the surname must point to one alone."""
    weighed = [(_evidence(bare, one), one) for one in full]
    strong = [(found, one) for found, one in weighed if found]
    if len(strong) == 1 and strong[0][0]:
        (score, reason), one = strong[0]
        yield _candidate(score, bare, one, reason)
    else:
        for _, one in weighed:
            score = _SURNAME_ONLY / len(full)
            yield _candidate(score, bare, one, "the same surname, nothing else said")


def _evidence(bare: Cluster, full: Cluster) -> tuple[float, str] | None:
    """Return what beside the surname speaks for a person, None when nothing does."""
    held = [roles.parse(title) for title in full.titles]
    for title in bare.titles:
        role = roles.parse(title)
        if role.heads and any(roles.fits(role, one, full.country) for one in held):
            return _ROLE_AND_SURNAME, f"the same surname and a title that fits, '{title}'"
    if any(naming.office for naming in bare.namings) and any("leader" in _led(one) for one in held):
        return _CONTACT_AND_SURNAME, "the same surname, and the report speaks of the office of one who leads"
    beside = {pair for naming in bare.namings for pair in naming.beside}
    shared = sorted(beside & {pair for naming in full.namings for pair in naming.beside})
    if shared:
        contact, other = shared[0]
        return _CONTACT_AND_SURNAME, f"the same surname, and a {contact.replace('_', ' ')} with {other} in both"
    return None


def _led(role: roles.Role) -> str:
    """Return the classes of a role's heads as words."""
    return " ".join(sorted({name for head in role.heads for name in roles.classes(head)}))


def _candidate(score: float, left: Cluster, right: Cluster, reason: str) -> Candidate:
    """Return a candidate with its sides in the order of their keys."""
    one, other = sorted((left, right), key=lambda cluster: cluster.key)
    return Candidate(round(score, 4), one.name, other.name, reason, one.key, other.key)
