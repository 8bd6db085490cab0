"""Which words tell a contact, and which of their parts are its parties: from predicates of the tree to tellings."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer, scenes, titles
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.contact_parties import Cast, Side
from watchfloor.annotate.parties import Actor, group_after
from watchfloor.annotate.predicates import LIGHT, Predicate, Told
from watchfloor.annotate.scenes import Scene
from watchfloor.core.annotation import ContactType, Party


class Telling(Struct, frozen=True):
    """A contact as one predicate tells it. sides: with roles; verb: number of the word that carries time and place."""

    contact_type: ContactType
    sides: tuple[Side, ...]
    predicate: Predicate
    called_off: bool = False


class View(Struct, frozen=True):
    """One sentence with its predicates and everybody in it."""

    told: Told
    cast: Cast

    def sides(self, phrases: Sequence[Phrase], predicate: Predicate | None = None) -> list[Side]:
        """Return the parties that the phrases name, none twice."""
        said = [
            one
            for governor in (predicate.governors if predicate else ())
            if governor.relation in {"ccomp", "parataxis", "advcl"}
            for one in governor.subjects
        ]
        found = _once(side for phrase in phrases for side in self.cast.sides(phrase, self.told.tree, said))
        return list(_named(self.cast.text, found))

    def acting(self, actors: Sequence[Actor]) -> list[Side]:
        """Return the parties of actors found by word order; of "Foreign Minister of Romania Radu Ilie" the person."""
        found = list(actors)
        for i, one in enumerate(found):
            if one.kind == "country":
                after = next(
                    (other for other in self.cast.within(one.end, one.end + 2) if other.kind == "person"), None
                )
                found[i] = after or one
        sides = _once(side for one in found for side in self.cast.acting(one))
        return [one for one in sides if one.public or one.kind == "person"]

    def subjects(self, p: Predicate) -> list[Side]:
        """Return who does it; by word order where the tree gives nobody."""
        phrases = p.subjects
        if self.told.tree.xpos[p.at] == "VBG" and (right_before := self._right_before(p)):
            return right_before
        if not phrases and not p.passive and p.objects and all(one.heads[0] < p.start for one in p.objects):
            phrases = p.objects  # read as the object of a verb behind it
        found = self.sides(phrases, p)
        if found or (phrases and not _unclear(phrases)):
            return found
        if p.passive:
            return [] if phrases else self.acting(scenes.agent(self.scene, p.end))
        return self.acting(scenes.subject(self.scene, p.start))

    def _right_before(self, p: Predicate) -> list[Side]:
        """Return the person right before a participle: "with the minister travelling to"."""
        near = self.cast.within(max(self.told.start, p.start - 90), p.start)
        one = next((one for one in reversed(near) if one.end <= p.start), None)
        adjoins = one is not None and one.kind == "person" and not self.cast.text[one.end : p.start].strip(" ,")
        return self.acting([one]) if adjoins and one is not None else []

    def objects(self, p: Predicate) -> list[Side]:
        """Return to whom it is done; by word order where the tree gives nobody."""
        relative = any(one.relation == "acl:relcl" for one in p.governors[:1])
        phrases = [one for one in p.objects if p.passive or relative or one.heads[0] > p.start]
        found = self.sides(phrases, p)
        if found or (phrases and not _unclear(phrases)):
            return found
        if p.passive:
            return self.acting(scenes.subject(self.scene, p.start))
        gap = re.compile(r"\s(?:the\s|his\s|her\s|its\s)?(?=[A-Z])").match(self.cast.text, p.end)
        return self.acting(scenes.target(self.scene, p.end, 6)) if gap else []

    def behind(self, p: Predicate, *leads: str) -> list[Side]:
        """Return who stands behind a preposition; by word order where the tree gives nobody."""
        phrases = p.behind(*leads)
        found = self.sides(phrases, p)
        if found or (phrases and not _unclear(phrases)):
            return found
        return self.acting(scenes.partner(self.scene, p.end, 60, to="to" in leads and "with" not in leads))

    @property
    def scene(self) -> Scene:
        start, end = self.told.start, self.told.end
        return Scene(self.cast.report.id, self.cast.text, start, end, self.cast.within(start, end), (), ())

    def words(self) -> str:
        return self.cast.text[self.told.start : self.told.end]


def _once(sides: Iterable[Side]) -> list[Side]:
    found: dict[str, Side] = {}
    for side in sides:
        found.setdefault(side.party.name, side)
    return list(found.values())


def _named(text: str, sides: Sequence[Side]) -> Iterator[Side]:
    """Yield the sides; an office before a name is that person's: "his Pakistani counterpart Bilal Ansari"."""
    before: Side | None = None
    for side in sides:
        if before is not None:
            one, other = before.party.span, side.party.span
            joined = one is not None and other is not None and re.fullmatch(r",?\s", text[one.end : other.start])
            if joined and before.kind == "office" and side.kind == "person":
                country = side.party.country or before.party.country
                before = structs.replace(side, party=structs.replace(side.party, country=country), public=True)
                continue
            yield before
        before = side
    if before is not None:
        yield before


def _unclear(phrases: Sequence[Phrase]) -> bool:
    """Return whether the phrases are bare titles, which the tree has cut off from their names."""
    return all(titles.is_head(one.lemma) for one in phrases)


Read = Callable[[View, Predicate], Iterator[Telling]]

_VERBS = {
    "meet": "meet meets met meeting",
    "speak": "speak speaks spoke spoken speaking talk talks talked talking confer confers conferred converse conversed",
    "discuss": "discuss discusses discussed discussing raise raised raises exchange exchanged exchanges",
    "phone": "phone phones phoned telephone telephones telephoned",
    "call": "call calls called calling",
    "summon": "summon summons summoned summoning convoke convoked",
    "visit": "visit visits visited visiting",
    "travel": "travel travels traveled travelled traveling travelling fly flies flew flown flying go goes went head heads "
    "headed heading depart departs departed leave leaves left leaving",
    "arrive": "arrive arrives arrived arriving land landed lands",
    "receive": "receive receives received receiving welcome welcomes welcomed welcoming host hosts hosted hosting greet "
    "greets greeted greeting",
    "brief": "brief briefs briefed briefing",
    "invite": "invite invites invited inviting",
    "write": "write writes wrote written writing",
    "send": "send sends sent sending dispatch dispatches dispatched dispatching",
    "shake": "shake shakes shook shaken shaking",
}
_FORMS = {form: verb for verb, forms in _VERBS.items() for form in forms.split()}

_CALLS = re.compile(r"\b(?:tele)?phone|\bvideo|\bby\sphone|\bonline\b|\bvirtual", re.I)
_TALKS = frozenset(
    "meeting meet talk summit consultation negotiation dialogue discussion audience encounter conversation".split()
)
_CONFERENCE = re.compile(r"\b(?:press|news|media)\s(?:briefing|conference|call)s?\b", re.I)
_IN_PERSON = re.compile(r"\b(?:sidelines?|in\sperson|meeting|summit|face[\s-]to[\s-]face|handshake)\b", re.I)
_SPORT = re.compile(
    r"\b(?:semi-?finals?|quarter-?finals?|match|tournament|championship|cup|league|qualifiers?|play-?offs?|fixture|kick-?off)\b",
    re.I,
)
_OFF = re.compile(
    r"\b(?:cancel|call\soff|scrap|refus|declin|reject|den[yi]|rul\w+\sout|turn\w*\sdown|abandon|scuppe)", re.I
)
_ASKING = re.compile(r"(?:ask|wonder|question)", re.I)
_OFFICIAL_GROUPS = frozenset("delegation team mission envoy emissary representative".split())
_WITH = ("with", "between", "alongside")
_TRAVELS_TO = ("to", "for", "in", "at", "into")


def tellings(view: View) -> Iterator[Telling]:
    """Yield the contacts of one sentence, in text order; parties may still be too few."""
    if _SPORT.search(view.words()):
        return
    for predicate in view.told.predicates:
        if predicate.kind == "noun":
            reader = _NOUNS.get(_noun(predicate))
        else:
            low = view.cast.text[predicate.start : predicate.end].lower()
            reader = _READERS.get(_FORMS.get(low, ""), _by_phone)
        if any(
            one.mark in {"whether", "if"} and _ASKING.match(view.cast.text, one.start) for one in predicate.governors
        ):
            continue
        if reader is not None:
            yield from reader(view, predicate)


def _noun(predicate: Predicate) -> str:
    return "talk" if predicate.lemma in _TALKS else predicate.lemma


def _pair(left: Sequence[Side], right: Sequence[Side], roles: tuple[str | None, str | None]) -> tuple[Side, ...]:
    """Return both sides with their roles, nobody twice."""
    found: dict[str, Side] = {}
    for sides, role in ((left, roles[0]), (right, roles[1])):
        for one in sides:
            found.setdefault(one.party.name, structs.replace(one, party=structs.replace(one.party, role=role)))
    return tuple(found.values())


def _both(left: Sequence[Side], right: Sequence[Side], roles: tuple[str | None, str | None]) -> tuple[Side, ...]:
    """Return both sides, none at all where one is missing."""
    return _pair(left, right, roles) if left and right else ()


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
        yield Telling("meeting", _pair(left, (), (None, None)), p)
    elif sides := _both(left, _others(view, left, right), (None, None)):
        yield Telling("meeting", sides, p)


def _others(view: View, left: Sequence[Side], right: Sequence[Side]) -> Sequence[Side]:
    """Return whom somebody met; "the two leaders" are those who met before when the words would count him in."""
    names = {one.party.name for one in left}
    if len(right) == 2 and names & {one.party.name for one in right}:
        met = view.cast.met
        return met if len(met) == 2 and not names & {one.party.name for one in met} else right
    return right


def _speaks(view: View, p: Predicate) -> Iterator[Telling]:
    """A spoke with B: a call, unless the words say that they stood face to face"""
    leads = ("with", "to") if _FORMS.get(view.cast.text[p.start : p.end].lower()) == "speak" else ("with",)
    with_ = p.behind(*leads)
    left = view.acting(scenes.subject(view.scene, p.start)) if p.passive else _joined(view, p)
    right = view.behind(p, *leads)
    words = view.words()
    phone = _CALLS.search(words) is not None
    if not right and not with_ and len(left) > 1 and phone:
        yield Telling("call", _pair(left, (), (None, None)), p)
    if not (sides := _both(left, right, (None, None))):
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
        yield Telling("call", _pair(left, right, (None, None)), p)
        return
    first = view.acting(scenes.partner(view.scene, p.end, 60))
    for others in (first, view.acting(scenes.target(view.scene, later.end()))):
        if others:
            yield Telling("call", _pair(left, others, (None, None)), p)


def _by_phone(view: View, p: Predicate) -> Iterator[Telling]:
    """A took it up with B by telephone"""
    if any(one.lead in {"by", "over", "on"} and one.lemma in {"phone", "telephone"} for one in p.obliques):
        above = [one for one in view.told.predicates if one.kind == "verb" and one.subjects == p.subjects]
        up = set(view.told.tree.ancestors(p.at))
        yield from _speaks(view, next((one for one in above if one.at in up), p))


def _phones(view: View, p: Predicate) -> Iterator[Telling]:
    left, right = view.subjects(p), view.objects(p)
    if sides := _both(left, right, ("caller", "called")):
        yield Telling("call", sides, p)


def _calls(view: View, p: Predicate) -> Iterator[Telling]:
    """A called B, and not "called B a liar", "called on B"; "called in B's envoy" is a summons"""
    if p.particle == "in" or (not p.objects and p.behind("in")):
        yield from _summons(view, p)
        return
    text = view.cast.text
    if re.match(r"\sin\s(?:the\s)?[A-Z]", text[p.end : p.end + 9]) and p.passive:
        left = view.acting(scenes.subject(view.scene, p.start))
        if sides := _both(left, view.sides(p.behind("in"), p), ("summoner", "summoned")):
            yield Telling("summons", sides, p)
        return
    tree = view.told.tree
    names = tree.child(p.at, "xcomp", "ccomp") is not None or p.particle is not None
    if not p.objects and not names and tree.child(p.at, "advcl") is None:
        people = [one for one in view.sides(p.behind("on"), p) if one.kind in {"person", "office"}]
        if sides := _both(view.subjects(p), people, (None, None)):
            yield Telling("meeting", sides, p)
    if names or not p.objects or p.behind("for", "on"):
        if not (p.objects and p.behind("on") and not names):
            return
    after = view.cast.text[p.objects[-1].end : p.objects[-1].end + 12]
    if re.match(r"[\s,]*(?:a|an|the)\s|\s?[“\"']", after) or re.match(r"\s?[“\"]", view.cast.text[p.end : p.end + 2]):
        return
    right = [one for one in view.objects(p) if one.kind in {"person", "office"}]
    left = [one for one in view.subjects(p) if one.kind in {"person", "office"}]
    if sides := _both(left, right, ("caller", "called")):
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
    if sides := _both(left, right, ("summoner", "summoned")):
        yield Telling("summons", sides, p)


def _travellers(sides: Sequence[Side]) -> list[Side]:
    """Return those who go somewhere for a state or a body; troops do not count."""
    return [one for one in sides if one.kind in {"person", "office"} or one.public]


def _hosts(view: View, phrases: Sequence[Phrase]) -> list[Side]:
    """Return the states where the phrases lie, or who receives there."""
    return _once(side for phrase in phrases for side in view.cast.hosts(phrase, view.told.tree))


def _visits_of(guests: Sequence[Side], hosts: Sequence[Side], p: Predicate) -> Iterator[Telling]:
    """Yield a visit to every state."""
    states: dict[str, list[Side]] = {}
    for one in hosts:
        states.setdefault(one.party.country or one.party.name, []).append(one)
    for there in states.values():
        if sides := _both(_travellers(guests), there[:1], ("visitor", "host")):
            yield Telling("visit", sides, p)


def _next_state(view: View, at: int) -> list[Side]:
    """Return the state of the place that the words right behind an offset name."""
    after = re.match(r"\s?(?:the\s)?(?=[A-Z])", view.cast.text[at : at + 6])
    return view.cast.state_at(at + after.end()) if after else []


def _joined(view: View, p: Predicate) -> list[Side]:
    """Return who does it with those that "and" joins to them, also where the tree has lost them."""
    return _with_joined(view, view.subjects(p), p)


def _with_joined(view: View, found: list[Side], p: Predicate) -> list[Side]:
    if len(found) != 1 or found[0].party.span is None:
        return found
    scene = view.scene
    at = next((i for i, one in enumerate(scene.actors) if one.end == found[0].party.span.end), None)
    if at is None or scene.actors[at].end > p.start:
        return found
    group = group_after(scene.text, scene.actors, at)
    return _once([*found, *view.acting([one for one in group[1:] if one.end <= p.start and not one.owns])])


def _visits(view: View, p: Predicate) -> Iterator[Telling]:
    """A visits B"""
    hosts = _hosts(view, [one for one in p.objects if one.end > p.start]) or _next_state(view, p.end)
    yield from _visits_of(view.subjects(p), hosts, p)


def _travels(view: View, p: Predicate) -> Iterator[Telling]:
    """A travels to B, leaves for B, arrives in B"""
    low = view.cast.text[p.start : p.end].lower()
    leads = ("for", "to") if _FORMS.get(low) == "travel" else ("in", "at", "to")
    hosts = _hosts(view, p.behind(*leads))
    if not hosts and (led := re.match(rf"\s(?:{'|'.join(leads)})\s", view.cast.text[p.end : p.end + 8])):
        hosts = _next_state(view, p.end + led.end())
    yield from _visits_of(view.subjects(p), hosts, p)


def _receives(view: View, p: Predicate) -> Iterator[Telling]:
    """A receives, welcomes, hosts B: persons both"""
    left = [one for one in view.subjects(p) if one.kind != "place"]
    right = [one for one in view.objects(p) if one.kind in {"person", "office"}]
    if sides := _both(left, right, ("host", "guest")):
        yield Telling("meeting", sides, p)


def _briefs(view: View, p: Predicate) -> Iterator[Telling]:
    if sides := _both(view.subjects(p), view.objects(p), ("briefer", "briefed")):
        yield Telling("briefing", sides, p)


def _invites(view: View, p: Predicate) -> Iterator[Telling]:
    if sides := _both(view.subjects(p), view.objects(p), ("inviter", "invited")):
        yield Telling("invitation", sides, p)


def _writes(view: View, p: Predicate) -> Iterator[Telling]:
    right = [one for one in view.sides(p.behind("to"), p) if one.kind != "place"]
    if not p.objects and (sides := _both(view.subjects(p), right, ("sender", "addressee"))):
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
    if not to:
        hosts = view.cast.partner_of(senders)
    yield Telling("delegation", _pair(senders, hosts, ("sender", "host")), p)


def _shakes(view: View, p: Predicate) -> Iterator[Telling]:
    if any(one.lemma == "hand" for one in p.objects):
        left, right = _joined(view, p), view.behind(p, "with")
        if len(left) > 1 and not right:
            yield Telling("meeting", _pair(left, (), (None, None)), p)
        elif sides := _both(left, right, (None, None)):
            yield Telling("meeting", sides, p)


def _holders(view: View, p: Predicate) -> list[Side]:
    """Return whose a noun such as "talks" is: who has it, who holds it, or who does the verb it stands with."""
    tree = view.told.tree
    found = view.sides(p.subjects, p) if not _unclear(p.subjects) else []
    if found:
        return _with_joined(view, found, p) if p.light is not None else found
    own = tree.child(p.at, "nsubj")
    if own is not None:
        return view.sides(tree.phrases(own), p)
    if tree.relation[p.at] == "acl:relcl" and tree.head[p.at] >= 0:
        return view.sides(tree.phrases(tree.head[p.at]), p)
    if p.subjects and not _unclear(p.subjects):
        return []
    if _points_back(view, p):
        return []
    around = view.sides(p.around, p)
    if not around and p.governors and p.governors[0].relation in {"obl", "iobj", "obj", "advcl", "nmod"}:
        around = view.sides(p.governors[0].subjects, p)
    if around:
        return _with_joined(view, around, p)
    owner = scenes.owner(view.scene, p.start)
    return view.acting(owner or scenes.subject(view.scene, _begin(view, p)))


def _points_back(view: View, p: Predicate) -> bool:
    """Return whether a noun without a verb of its own is spoken of again: "during the call", "at this meeting"."""
    tree = view.told.tree
    if p.light is not None or p.behind("with", "between", "to"):
        return False
    back = {"the", "this", "that", "these"}
    return any(i < p.at and tree.relation[i] == "det" and tree.low[i] in back for i in tree.children[p.at])


def _begin(view: View, p: Predicate) -> int:
    """Return where the light verb of a noun stands, else where the noun does."""
    tree = view.told.tree
    up = tree.head[p.at]
    return tree.start[up] if p.light is not None and up >= 0 and tree.start[up] < p.start else p.start


def _partners(view: View, p: Predicate) -> tuple[list[Side], list[Side]]:
    """Return both sides of a noun such as "talks": whose it is or who holds it, and with whom."""
    between = view.sides(p.behind("between", "among"), p)
    if len(between) > 1:
        return [], between
    if re.match(r"\sbetween\s", view.cast.text[p.end : p.end + 10]):
        between = view.acting(scenes.partner(view.scene, p.end, 60))
        if len(between) > 1:
            return [], between
    of = view.sides(p.of, p)
    if p.behind("with", "to", "for") or re.match(r"\swith\s", view.cast.text[p.end : p.end + 6]):
        right = view.behind(p, "with", "to", "for") if p.lemma not in {"summit", "meeting"} else view.behind(p, "with")
    else:
        right = []
    if not right and len(of) > 1:
        return [], of
    return _holders(view, p), right


def _talks(view: View, p: Predicate) -> Iterator[Telling]:
    """talks of A with B, talks between A and B, the A-B summit"""
    modifiers = view.cast.text[p.start - 30 if p.start >= 30 else 0 : p.start]
    kind: ContactType = (
        "call" if _CALLS.search(" ".join(view.cast.text[m.start : m.end] for m in p.modifiers)) else "meeting"
    )
    if p.lemma == "conversation" and kind == "meeting":
        kind = "call"
    joint = _compound(view, p, modifiers)
    if not joint and not p.subjects and not p.behind("with", "between") and _is_announced(view, p):
        yield Telling(kind, _pair(view.cast.met, (), (None, None)), p)
        return
    left, right = _partners(view, p)
    if p.behind("with", "between") and not right:
        return  # "a meeting with reporters"
    if not right and len(left) > 1:
        yield Telling(kind, _pair(left, (), (None, None)), p)
    elif right and (left or len(right) > 1):
        yield Telling(kind, _pair(left, right, (None, None)), p)
    elif len(joint) > 1:
        view.cast.note(joint)
        yield Telling(kind, tuple(joint), p)
    elif p.light in {"hold", "convene", "call", "schedule"} and len(left) == 1:
        yield Telling(kind, _pair(left, (), (None, None)), p)


def _is_announced(view: View, p: Predicate) -> bool:
    """Return whether talks of nobody are said to be ahead: "consultations will be held"."""
    up = view.told.tree.head[p.at]
    verb = next((one for one in view.told.predicates if one.at == up and one.kind == "verb"), None)
    if verb is None or view.told.tree.relation[p.at] not in {"nsubj", "nsubj:pass"}:
        return False
    return verb.modal in {"will", "shall"} and verb.lemma in LIGHT | {"continue", "resume", "follow"}


def _compound(view: View, p: Predicate, before: str) -> list[Side]:
    """Return both states of "the North Korea-Russia summit"."""
    match = re.search(
        r"([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)\s?[-–]\s?([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)\s(?:[a-z]+\s)?$", before
    )
    if match is None:
        return []
    codes = [gazetteer.country_of(one) for one in match.groups()]
    if None in codes or codes[0] == codes[1]:
        return []
    start = p.start - len(before)
    return [
        Side(
            Party(
                name=gazetteer.country_name(code) or match[at],
                country=code,
                span=view.cast.span(start + match.start(at), start + match.end(at)),
            ),
            "country",
            True,
            True,
        )
        for at, code in enumerate(codes, 1)
        if code
    ]


def _conference(view: View, p: Predicate) -> Iterator[Telling]:
    """A phone, a video or a press conference"""
    words = " ".join(view.cast.text[m.start : m.end] for m in p.modifiers).lower()
    if re.search(r"\b(?:press|news|media)\b", words):
        speakers = _holders(view, p)
        if speakers:
            yield Telling("press_briefing", _pair(speakers[:1], (), ("speaker", None)), p)
    elif _CALLS.search(words):
        left, right = _partners(view, p)
        if right and (left or len(right) > 1):
            yield Telling("call", _pair(left, right, (None, None)), p)
        elif len(left) > 1:
            yield Telling("call", _pair(left, (), (None, None)), p)


def _briefing(view: View, p: Predicate) -> Iterator[Telling]:
    words = " ".join(view.cast.text[m.start : m.end] for m in p.modifiers).lower()
    if re.search(r"\b(?:press|news|media)\b", words):
        yield from _conference(view, p)
        return
    right = view.sides(p.behind("to", "for", "with"), p)
    left = _holders(view, p)
    if sides := _both(left, right, ("briefer", "briefed")):
        yield Telling("briefing", sides, p)


def _call(view: View, p: Predicate) -> Iterator[Telling]:
    """a call with B; "a courtesy call on B" is a meeting, "a call for", "calls on" none"""
    words = " ".join(view.cast.text[m.start : m.end] for m in p.modifiers).lower()
    left = _holders(view, p)
    if re.search(r"\b(?:courtesy|farewell)\b", words):
        if sides := _both(left, view.sides(p.behind("on", "to", "from"), p), (None, None)):
            yield Telling("meeting", sides, p)
        return
    right = _partners(view, p)[1]
    if not right and _CALLS.search(words):
        right = _told(view, p)
    if right and (left or len(right) > 1):
        yield Telling("call", _pair(left, right, (None, None)), p)
    elif len(left) > 1 and _CALLS.search(words):
        yield Telling("call", _pair(left, (), (None, None)), p)


def _told(view: View, p: Predicate) -> list[Side]:
    """Return whom the verb around a noun is said to: "in a phone call, A told B"."""
    up = view.told.tree.head[p.at]
    verb = next((one for one in view.told.predicates if one.at == up and one.kind == "verb"), None)
    if verb is None:
        return []
    return view.sides(verb.indirect or verb.objects, verb)


def _visit(view: View, p: Predicate) -> Iterator[Telling]:
    """A's visit to B; a courtesy or farewell visit to a person is a meeting"""
    left = _holders(view, p)
    leads = p.behind("to", "in")
    if re.search(r"\b(?:courtesy|farewell)\b", " ".join(view.cast.text[m.start : m.end] for m in p.modifiers), re.I):
        people = [one for one in view.sides(leads, p) if one.kind in {"person", "office"}]
        if sides := _both(left, people, (None, None)):
            yield Telling("meeting", sides, p)
            return
    hosts = _hosts(view, leads)
    if not hosts and (led := re.match(r"\s(?:to|in)\s", view.cast.text[p.end : p.end + 4])):
        hosts = _next_state(view, p.end + led.end())
    hosts = hosts or _before(view, p)
    yield from _visits_of(left, hosts, p)


def _before(view: View, p: Predicate) -> list[Side]:
    """Return where somebody is "in Oslo for a state visit"."""
    text = view.cast.text[max(view.told.start, p.start - 90) : p.start]
    found = re.search(
        r"\bin\s(?:the\s)?(?P<place>[A-Z][^,;.]{1,40}?)\s(?:\w+\s)?(?:for|on|during)\s(?:an?|his|her)\s(?:[\w-]+\s){0,3}$",
        text,
    )
    return view.cast.state_at(p.start - len(text) + found.start("place")) if found else []


def _letter(view: View, p: Predicate) -> Iterator[Telling]:
    right = [one for one in view.sides(p.indirect, p) or view.behind(p, "to") if one.kind != "place"]
    left = view.sides(p.subjects, p) or view.sides(p.behind("from"), p) or _holders(view, p)
    if sides := _both(left, right, ("sender", "addressee")):
        yield Telling("letter", sides, p)


def _invitation(view: View, p: Predicate) -> Iterator[Telling]:
    """A's invitation to B"""
    left = view.sides(p.subjects, p) or view.sides(p.of, p)
    right = [one for one in view.sides(p.behind("to", "for"), p) if one.kind in {"person", "office"}]
    if sides := _both(left, right, ("inviter", "invited")):
        yield Telling("invitation", sides, p)


def _reception(view: View, p: Predicate) -> Iterator[Telling]:
    """A hosted a reception, a dinner for B"""
    left, right = _holders(view, p), view.sides(p.behind("for", "with"), p)
    if (p.light or (p.governors and p.governors[0].relation == "obj")) and (
        sides := _both(left, right, ("host", "guest"))
    ):
        yield Telling("meeting", sides, p)


_READERS: dict[str, Read] = {
    "meet": _meets,
    "speak": _speaks,
    "discuss": _by_phone,
    "phone": _phones,
    "call": _calls,
    "summon": _summons,
    "visit": _visits,
    "travel": _travels,
    "arrive": _travels,
    "receive": _receives,
    "brief": _briefs,
    "invite": _invites,
    "write": _writes,
    "send": _sends,
    "shake": _shakes,
}
_NOUNS: dict[str, Read] = {
    "talk": _talks,
    "call": _call,
    "conference": _conference,
    "briefing": _briefing,
    "visit": _visit,
    "trip": _visit,
    "tour": _visit,
    "letter": _letter,
    "message": _letter,
    "invitation": _invitation,
    "reception": _reception,
    "dinner": _reception,
    "lunch": _reception,
    "handshake": _talks,
}
