"""Nouns that tell a contact: talks, a call, a visit, a letter; whose they are, and with whom."""

import re
from collections.abc import Iterator

from watchfloor.annotate import gazetteer, scenes
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
    unclear,
    visits_of,
    with_joined,
)
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import LIGHT
from watchfloor.core.annotation import ContactType, Party

_TALKS = frozenset(
    "meeting meet talk summit consultation negotiation dialogue discussion audience encounter conversation".split()
)


def kind_of(predicate: Predicate) -> str:
    """Return the word of `NOUNS` under which a noun is read."""
    return "talk" if predicate.lemma in _TALKS else predicate.lemma


def _holders(view: View, p: Predicate) -> list[Side]:
    """Return whose a noun such as "talks" is: who has it, who holds it, or who does the verb it stands with."""
    tree = view.told.tree
    found = view.sides(p.subjects, p) if not unclear(p.subjects) else []
    if found:
        return with_joined(view, found, p) if p.light is not None else found
    own = tree.child(p.at, "nsubj")
    if own is not None:
        return view.sides(tree.phrases(own), p)
    if tree.relation[p.at] == "acl:relcl" and tree.head[p.at] >= 0:
        return view.sides(tree.phrases(tree.head[p.at]), p)
    if p.subjects and not unclear(p.subjects) and p.subjects[0].upos != "PRON":
        return []  # but in "during his visit, the minister met" he is the minister
    if _points_back(view, p):
        return []
    around = view.sides(p.around, p)
    if not around and p.governors and p.governors[0].relation in {"obl", "iobj", "obj", "advcl", "nmod"}:
        around = view.sides(p.governors[0].subjects, p)
    if around:
        return with_joined(view, around, p)
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
        "call" if BY_PHONE.search(" ".join(view.cast.text[m.start : m.end] for m in p.modifiers)) else "meeting"
    )
    if p.lemma == "conversation" and kind == "meeting":
        kind = "call"
    joint = _compound(view, p, modifiers)
    if not joint and not p.subjects and not p.behind("with", "between") and _is_announced(view, p):
        yield Telling(kind, pair(view.cast.memory.met, (), (None, None)), p)
        return
    left, right = _partners(view, p)
    if p.behind("with", "between") and not right:
        return  # "a meeting with reporters"
    if not right and len(left) > 1:
        yield Telling(kind, pair(left, (), (None, None)), p)
    elif right and (left or len(right) > 1):
        yield Telling(kind, pair(left, right, (None, None)), p)
    elif len(joint) > 1:
        view.cast.memory.note(joint)
        yield Telling(kind, tuple(joint), p)
    elif p.light in {"hold", "convene", "call", "schedule"} and len(left) == 1:
        yield Telling(kind, pair(left, (), (None, None)), p)


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
            yield Telling("press_briefing", pair(speakers[:1], (), ("speaker", None)), p)
    elif BY_PHONE.search(words):
        left, right = _partners(view, p)
        if right and (left or len(right) > 1):
            yield Telling("call", pair(left, right, (None, None)), p)
        elif len(left) > 1:
            yield Telling("call", pair(left, (), (None, None)), p)


def _briefing(view: View, p: Predicate) -> Iterator[Telling]:
    words = " ".join(view.cast.text[m.start : m.end] for m in p.modifiers).lower()
    if re.search(r"\b(?:press|news|media)\b", words):
        yield from _conference(view, p)
        return
    right = view.sides(p.behind("to", "for", "with"), p)
    left = _holders(view, p)
    if sides := both(left, right, ("briefer", "briefed")):
        yield Telling("briefing", sides, p)


def _call(view: View, p: Predicate) -> Iterator[Telling]:
    """a call with B; "a courtesy call on B" is a meeting, "a call for", "calls on" none"""
    words = " ".join(view.cast.text[m.start : m.end] for m in p.modifiers).lower()
    left = _holders(view, p)
    if re.search(r"\b(?:courtesy|farewell)\b", words):
        if sides := both(left, view.sides(p.behind("on", "to", "from"), p), (None, None)):
            yield Telling("meeting", sides, p)
        return
    right = _partners(view, p)[1]
    within = p.governors and p.governors[0].relation == "obl" and p.governors[0].mark in {"in", "during"}
    if not right and (BY_PHONE.search(words) or within) and not _points_back(view, p):
        right = _addressed(view, p)
    if right and (left or len(right) > 1):
        yield Telling("call", pair(left, right, (None, None)), p)
    elif len(left) > 1 and BY_PHONE.search(words):
        yield Telling("call", pair(left, (), (None, None)), p)


def _addressed(view: View, p: Predicate) -> list[Side]:
    """Return whom the verb around a noun is said to: "in a phone call, A told B"."""
    up = view.told.tree.head[p.at]
    verb = next((one for one in view.told.predicates if one.at == up and one.kind == "verb"), None)
    if verb is None:
        return []
    return view.sides(verb.behind("with") or verb.indirect or verb.objects, verb)


def _visit(view: View, p: Predicate) -> Iterator[Telling]:
    """A's visit to B; a courtesy or farewell visit to a person is a meeting"""
    left = _holders(view, p)
    leads = p.behind("to", "in")
    if re.search(r"\b(?:courtesy|farewell)\b", " ".join(view.cast.text[m.start : m.end] for m in p.modifiers), re.I):
        people = [one for one in view.sides(leads, p) if one.kind in {"person", "office"}]
        if sides := both(left, people, (None, None)):
            yield Telling("meeting", sides, p)
            return
    hosts = hosts_of(view, leads)
    if not hosts and (led := re.match(r"\s(?:to|in)\s", view.cast.text[p.end : p.end + 4])):
        hosts = next_state(view, p.end + led.end())
    hosts = hosts or _before(view, p)
    yield from visits_of(view, left, hosts, p)


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
    if sides := both(left, right, ("sender", "addressee")):
        yield Telling("letter", sides, p)


def _invitation(view: View, p: Predicate) -> Iterator[Telling]:
    """A's invitation to B"""
    left = view.sides(p.subjects, p) or view.sides(p.of, p)
    right = [one for one in view.sides(p.behind("to", "for"), p) if one.kind in {"person", "office"}]
    if sides := both(left, right, ("inviter", "invited")):
        yield Telling("invitation", sides, p)


def _reception(view: View, p: Predicate) -> Iterator[Telling]:
    """A hosted a reception, a dinner for B"""
    left, right = _holders(view, p), view.sides(p.behind("for", "with"), p)
    if (p.light or (p.governors and p.governors[0].relation == "obj")) and (
        sides := both(left, right, ("host", "guest"))
    ):
        yield Telling("meeting", sides, p)


NOUNS: dict[str, Read] = {
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
