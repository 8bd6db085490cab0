"""Verbs that tell a contact: met, spoke with, summoned, left for, received."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.annotate import gazetteer, scenes
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.contact_side import Side
from watchfloor.annotate.contact_view import (
    BY_PHONE,
    Read,
    Telling,
    View,
    both,
    hosts_of,
    next_state,
    pair,
    visits_of,
    with_joined,
)
from watchfloor.annotate.predicate import Predicate

_VERBS = {
    "meet": "meet meets met meeting",
    "speak": "speak speaks spoke spoken speaking talk talks talked talking confer confers conferred converse conversed",
    "discuss": "discuss discusses discussed discussing raise raised raises exchange exchanged exchanges",
    "phone": "phone phones phoned telephone telephones telephoned",
    "call": "call calls called calling",
    "summon": "summon summons summoned summoning convoke convoked",
    "visit": "visit visits visited visiting",
    "travel": "travel travels traveled travelled traveling travelling fly flies flew flown flying go goes went "
    "head heads headed heading depart departs departed leave leaves left leaving",
    "come": "come comes came coming",
    "arrive": "arrive arrives arrived arriving land landed lands",
    "receive": "receive receives received receiving welcome welcomes welcomed welcoming host hosts hosted hosting "
    "greet greets greeted greeting",
    "brief": "brief briefs briefed briefing",
    "invite": "invite invites invited inviting",
    "write": "write writes wrote written writing",
    "send": "send sends sent sending dispatch dispatches dispatched dispatching",
    "shake": "shake shakes shook shaken shaking",
}


FORMS = {form: verb for verb, forms in _VERBS.items() for form in forms.split()}


_IN_PERSON = re.compile(r"\b(?:sidelines?|in\sperson|meeting|summit|face[\s-]to[\s-]face|handshake)\b", re.I)


_SEATS = re.compile(
    r"Brussels|Geneva|Vienna|(?:New\s)?York|(?:The\s)?Hague|(?:Addis\s)?Ababa|Jakarta|Strasbourg|Washington|Riyadh|Cairo"
    r"|Addis|New"
)
"""Cities where bodies of many states sit, by the word that a tree may take for the head."""
_OFFICIAL_GROUPS = frozenset("delegation team mission envoy emissary representative".split())


def _meets(view: View, p: Predicate) -> Iterator[Telling]:
    """A met B; A met with B; A and B met"""
    left = _joined(view, p)
    with_ = p.behind("with")
    right = (
        view.behind(p, "with")
        if with_ or re.match(r"\s(?:\w+\s){0,2}with\s", view.cast.text[p.end : p.end + 30])
        else view.objects(p)
    )
    if not right and not with_ and not any(one.start > p.end for one in p.objects) and len(left) > 1:
        yield Telling("meeting", pair(left, (), (None, None)), p)
    elif sides := both(left, _others(view, left, right), (None, None)):
        yield Telling("meeting", sides, p)


def _others(view: View, left: Sequence[Side], right: Sequence[Side]) -> Sequence[Side]:
    """Return whom somebody met; "the two leaders" are those who met before when the words would count him in."""
    names = {one.party.name for one in left}
    if len(right) == 2 and names & {one.party.name for one in right}:
        met = view.cast.memory.met
        return met if len(met) == 2 and not names & {one.party.name for one in met} else right
    return right


def _speaks(view: View, p: Predicate) -> Iterator[Telling]:
    """A spoke with B: a call, unless the words say that they stood face to face"""
    leads = ("with", "to") if FORMS.get(view.cast.text[p.start : p.end].lower()) == "speak" else ("with",)
    with_ = p.behind(*leads)
    left = view.acting(scenes.subject(view.scene, p.start)) if p.passive else _joined(view, p)
    right = view.behind(p, *leads)
    words = view.words()
    phone = BY_PHONE.search(words) is not None
    if not right and not with_ and len(left) > 1 and phone:
        yield Telling("call", pair(left, (), (None, None)), p)
    if not (sides := both(left, right, (None, None))):
        return
    if phone:
        yield from _calls_in_turn(view, p, left, right)
    elif all(one.kind in {"person", "office"} for one in sides):
        present = _IN_PERSON.search(words) or any(
            one.lead in {"at", "in"} and view.cast.is_place(one) for one in p.obliques
        )
        yield Telling("meeting" if present else "call", sides, p)


def _calls_in_turn(view: View, p: Predicate, left: Sequence[Side], right: Sequence[Side]) -> Iterator[Telling]:
    """A spoke by telephone with B and afterwards with C: two calls"""
    later = re.compile(r"\b(?:afterwards|later|then)\swith\s").search(view.cast.text, p.end, view.told.end)
    if later is None:
        yield Telling("call", pair(left, right, (None, None)), p)
        return
    first = view.acting(scenes.partner(view.scene, p.end, 60))
    for others in (first, view.acting(scenes.target(view.scene, later.end()))):
        if others:
            yield Telling("call", pair(left, others, (None, None)), p)


def by_phone(view: View, p: Predicate) -> Iterator[Telling]:
    """A took it up with B by telephone"""
    if any(one.lead in {"by", "over", "on"} and one.lemma in {"phone", "telephone"} for one in p.obliques):
        above = [one for one in view.told.predicates if one.kind == "verb" and one.subjects == p.subjects]
        up = set(view.told.tree.ancestors(p.at))
        yield from _speaks(view, next((one for one in above if one.at in up), p))


def _phones(view: View, p: Predicate) -> Iterator[Telling]:
    left, right = view.subjects(p), view.objects(p)
    if sides := both(left, right, ("caller", "called")):
        yield Telling("call", sides, p)


def _calls(view: View, p: Predicate) -> Iterator[Telling]:
    """A called B, and not "called B a liar", "called on B"; "called in B's envoy" is a summons"""
    if p.particle == "in" or (not p.objects and p.behind("in")):
        yield from _summons(view, p)
        return
    text = view.cast.text
    if re.match(r"\sin\s(?:the\s)?[A-Z]", text[p.end : p.end + 9]) and p.passive:
        left = view.acting(scenes.subject(view.scene, p.start))
        if sides := both(left, view.sides(p.behind("in"), p), ("summoner", "summoned")):
            yield Telling("summons", sides, p)
        return
    tree = view.told.tree
    names = tree.child(p.at, "xcomp", "ccomp") is not None or p.particle is not None
    if not p.objects and not names and tree.child(p.at, "advcl") is None:
        people = [one for one in view.sides(p.behind("on"), p) if one.kind in {"person", "office"}]
        if sides := both(view.subjects(p), people, (None, None)):
            yield Telling("meeting", sides, p)
    if names or not p.objects or p.behind("for"):
        return
    after = view.cast.text[p.objects[-1].end : p.objects[-1].end + 12]
    if re.match(r"[\s,]*(?:a|an|the)\s|\s?[“\"']", after) or re.match(r"\s?[“\"]", view.cast.text[p.end : p.end + 2]):
        return
    right = [one for one in view.objects(p) if one.kind in {"person", "office"}]
    left = [one for one in view.subjects(p) if one.kind in {"person", "office"}]
    if sides := both(left, right, ("caller", "called")):
        yield Telling("call", sides, p)


def _summons(view: View, p: Predicate) -> Iterator[Telling]:
    """A summons B; B is summoned to A"""
    right = view.objects(p)
    if p.particle is None and not right and p.behind("in"):
        right = view.sides(p.behind("in"), p)
    left = view.subjects(p) or view.sides(p.behind("to", "at", "by"), p) or view.behind(p, "to")
    left = [
        one for one in left if one.party.country is None or all(one.party.country != r.party.country for r in right)
    ]
    if sides := both(left or _posted(view, p, right), right, ("summoner", "summoned")):
        yield Telling("summons", sides, p)


def _posted(view: View, p: Predicate, summoned: Sequence[Side]) -> list[Side]:
    """Return the state that an ambassador is posted to, who is summoned by nobody that is named."""
    span = summoned[0].party.span if summoned and p.passive else None
    text = view.cast.text
    post = (
        re.compile(r"\b(?:ambassador|envoy)\s(?:to|in)\s(?:the\s)?").search(text, span.start, p.start) if span else None
    )
    return view.cast.state_at(post.end()) if post is not None else []


def _joined(view: View, p: Predicate) -> list[Side]:
    """Return who does it with those that "and" joins to them, also where the tree has lost them."""
    return with_joined(view, view.subjects(p), p)


def _visits(view: View, p: Predicate) -> Iterator[Telling]:
    """A visits B"""
    hosts = hosts_of(view, [one for one in p.objects if one.end > p.start]) or next_state(view, p.end)
    yield from visits_of(view, view.subjects(p), hosts, p)


def _travels(view: View, p: Predicate) -> Iterator[Telling]:
    """A travels to B, leaves for B, arrives in B"""
    low = view.cast.text[p.start : p.end].lower()
    verb = FORMS.get(low)
    leads = ("for", "to") if verb == "travel" else ("to",) if verb == "come" else ("in", "to")
    led = [one for one in p.behind(*leads) if verb != "come" or view.cast.is_place(one)]
    hosts = hosts_of(view, led)
    if "in" in leads and any(not view.cast.is_place(one) for one in p.behind("at")):
        return  # who arrives at a ministry may have come from next door
    after = re.match(rf"\s(?:{'|'.join(leads)})\s", view.cast.text[p.end : p.end + 8]) if verb != "come" else None
    if not hosts and after is not None:
        hosts = next_state(view, p.end + after.end())
    yield from visits_of(view, view.subjects(p), hosts, p)


def _receives(view: View, p: Predicate) -> Iterator[Telling]:
    """A receives, welcomes, hosts B: persons both"""
    left = [one for one in view.subjects(p) if one.kind != "place"]
    right = [one for one in view.objects(p) if one.kind in {"person", "office"} or "delegation" in one.party.name]
    if sides := both(left, right, ("host", "guest")):
        yield Telling("meeting", sides, p)


def _briefs(view: View, p: Predicate) -> Iterator[Telling]:
    if sides := both(view.subjects(p), view.objects(p), ("briefer", "briefed")):
        yield Telling("briefing", sides, p)


def _invites(view: View, p: Predicate) -> Iterator[Telling]:
    if sides := both(view.subjects(p), view.objects(p), ("inviter", "invited")):
        yield Telling("invitation", sides, p)


def _writes(view: View, p: Predicate) -> Iterator[Telling]:
    right = [one for one in view.sides(p.behind("to"), p) if one.kind != "place"]
    if not p.objects and (sides := both(view.subjects(p), right, ("sender", "addressee"))):
        yield Telling("letter", sides, p)


def _sends(view: View, p: Predicate) -> Iterator[Telling]:
    """A sends a delegation or an envoy to B"""
    sent = [one for one in p.objects if one.lemma in _OFFICIAL_GROUPS]
    if not sent:
        return
    tree = view.told.tree
    owners = [tree.phrase(i) for one in sent for i in tree.children[one.head] if tree.lead(i) == "of"]
    of = view.sides(owners, p)
    senders = of or view.subjects(p) or [one for phrase in sent for one in view.cast.sides(phrase, tree)]
    below = [tree.phrase(i) for one in sent for i in tree.children[one.head] if tree.lead(i) in {"to", "for"}]
    to = [phrase for phrase in (*p.behind("to"), *below) if phrase.lead == "to"]
    hosts = [side for phrase in dict.fromkeys(to) for side in view.cast.hosts(phrase, tree)]
    if not to and all(_is_known(view, one) for one in sent):
        return  # "thanked him for sending the delegation"
    seated = any(_SEATS.fullmatch(view.cast.text, one.heads[0], one.head_end) for one in to)
    partner = view.cast.memory.partner_of(senders) if not to or seated else []
    if not to or (partner and partner[0].party.country == gazetteer.MANY_STATES):
        hosts = partner  # who sends somebody to Brussels after a call with the head of NATO sends them to NATO
    view.cast.memory.sent_by(senders)
    yield Telling("delegation", pair(senders, hosts, ("sender", "host")), p)


def _is_known(view: View, phrase: Phrase) -> bool:
    return view.cast.text[phrase.start : phrase.end].lower().startswith(("the ", "this ", "that "))


def _shakes(view: View, p: Predicate) -> Iterator[Telling]:
    if any(one.lemma == "hand" for one in p.objects):
        left, right = _joined(view, p), view.behind(p, "with")
        if len(left) > 1 and not right:
            yield Telling("meeting", pair(left, (), (None, None)), p)
        elif sides := both(left, right, (None, None)):
            yield Telling("meeting", sides, p)


VERBS: dict[str, Read] = {
    "meet": _meets,
    "speak": _speaks,
    "discuss": by_phone,
    "phone": _phones,
    "call": _calls,
    "summon": _summons,
    "visit": _visits,
    "travel": _travels,
    "come": _travels,
    "arrive": _travels,
    "receive": _receives,
    "brief": _briefs,
    "invite": _invites,
    "write": _writes,
    "send": _sends,
    "shake": _shakes,
}
