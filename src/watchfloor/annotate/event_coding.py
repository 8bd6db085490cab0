"""From the predicates of one sentence to events: type by dictionary, sides by frame, status by what governs."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.event_blame import blames
from watchfloor.annotate.event_filling import fills
from watchfloor.annotate.event_ground import Coded, Ground
from watchfloor.annotate.event_idioms import is_idiom
from watchfloor.annotate.event_presence import stationed
from watchfloor.annotate.event_sides import besides, subject_of
from watchfloor.annotate.event_status import Standing, standing
from watchfloor.annotate.event_typing import HARMING, typed
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told
from watchfloor.annotate.triggers import Trigger, matching, words_of
from watchfloor.core.annotation import Party

_RESOLVED = frozenset("will shall vow pledge promise decide".split())
_DEEDS = frozenset(
    "bombing killing assassination blast explosion shooting ambush abduction kidnapping hijacking".split()
)
_OWNING = frozenset("claim admit acknowledge confess boast".split())
_RISING = frozenset("protester protestor rioter demonstrator".split())
_FIRING = frozenset("fire launch drop throw lob plant detonate".split())
_FIRED = frozenset("missile rocket bomb shell drone mortar torpedo grenade mine".split())
_FEW = 6  # predicates of a complement (assumed)
_BLAME_NEAR = 14  # words after "called" in which its words of blame stand (assumed)
_BESIDE = frozenset("in at during after before since until amid by inside behind".split())
"""Words behind which stands where or when it is said, not what is asked or promised: "urged her in a meeting"."""
_HITTING = frozenset("attack assault hit strike pound bombard fight battle blast shell storm savage".split())
_SAYINGS = frozenset(
    "tweet ad advert advertisement statement speech remark comment post message letter editorial column article report "
    "video interview book commercial song sermon essay".split()
)
_POLITICAL = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP"})
_HURTING = frozenset("kill wound injure die destroy hit damage hurt".split())
_SERVING = frozenset("support help aid assist back defend".split())
_WORDS_OF_SOMEBODY = frozenset({"REQUEST", "ACCUSE", "REJECT", "AGREE", "CONSULT", "SUPPORT", "THREATEN"})


def coded(told: Told, ground: Ground) -> Iterator[Coded]:
    """Yield the events of one sentence, in text order."""
    rows = {one.at: matching(one) for one in told.predicates}
    fit = {one.at: [] if _misses(one, rows[one.at], ground) else rows[one.at] for one in told.predicates}
    inner = _complements(told, rows, fit)
    swallowed = {
        two.at
        for at, found in inner.items()
        for two in found
        if _swallows(rows[at][0], two) and not _is_claimed(two, ground)
    }
    swallowed |= {
        two.at
        for one in told.predicates
        if any(row.event_type == "ASSAULT" for row in rows[one.at]) and (two := _fired(one, told))
    }
    at_start = {one.start: one for one in told.predicates}
    swallowed |= {one.at for one in told.predicates if one.kind == "noun" and _is_told_by_verb(one, at_start, rows)}
    yield from stationed(told, ground)
    for one in told.predicates:
        if one.at in swallowed or told.tree.relation[one.at] == "amod":
            continue
        how = standing(one)
        if how.unreal:
            continue
        yield from blames(one, told, ground)
        for row in rows[one.at][:2]:
            made = _coded(one, row, how, inner.get(one.at, []), rows, ground, told)
            if made is not None:
                yield from _of_crowds(made)
                break


def _of_crowds(made: Coded) -> Iterator[Coded]:
    """Yield what protesters do with violence as their riot, and what the other side of the clash does to them."""
    one = made.predicate
    done = (*one.objects, *one.behind("with", "between", "against"))
    rising = any(phrase.lemma in _RISING for phrase in one.subjects)
    risen = any(phrase.lemma in _RISING for phrase in done)
    if made.event_type != "ASSAULT" or made.mode in {"abduct", "targeted"} or made.cameo[:2] == "18" or rising == risen:
        yield made
        return
    if "both" not in made.trigger.flags:
        riot = structs.replace(made, event_type="PROTEST", mode="riot", cameo="145")
        yield riot if rising else made
        return
    if len(made.actor) != 2:
        yield made
        return
    crowd, other = made.actor if rising else reversed(made.actor)
    because = f"{made.because}; one side are protesters"
    yield structs.replace(
        made, event_type="PROTEST", mode="riot", cameo="145", actor=[crowd], recipient=[other], because=because
    )
    yield structs.replace(
        made, event_type="COERCE", mode="restrict", cameo="175", actor=[other], recipient=[crowd], because=because
    )


def _misses(one: Predicate, rows: Sequence[Trigger], ground: Ground) -> bool:
    """Tell whether a verb has an object that cannot be its recipient: "plans to release tax returns"."""
    if not rows or "party" not in rows[0].flags or rows[0].places[:1] != ("obj",):
        return False
    return bool(one.objects) and not ground.sides.of(one.objects, acting="person" in rows[0].flags)


def _swallows(row: Trigger, inner: Predicate) -> bool:
    """Tell whether a trigger tells of its complement as what it is about, or as what it is for ("to support")."""
    if row.word == "accuse" and all(two.event_type not in HARMING for two in matching(inner)):
        return True
    return "verbal" in row.flags or (row.event_type in {"AID", "MOBILIZE"} and inner.lemma in _SERVING)


def _is_claimed(one: Predicate, ground: Ground) -> bool:
    """Tell whether somebody says it of himself: "the group claimed that it had attacked"."""
    if (
        not one.governors
        or one.governors[0].lemma not in _OWNING
        or one.governors[0].relation not in {"ccomp", "xcomp"}
    ):
        return False
    words = ground.scene.text
    return any(words[p.start : p.end].lower() in {"it", "they", "he", "she", "we"} for p in one.subjects)


def _is_told_by_verb(one: Predicate, at_start: dict[int, Predicate], rows: dict[int, list[Trigger]]) -> bool:
    """Tell whether the noun's verb is a trigger because of the noun: "launched an attack", "lodged a protest"."""
    if one.light is None or not one.governors:
        return False
    verb = at_start.get(one.governors[0].start)
    return verb is not None and any(row.wants is not None for row in rows[verb.at])


def _complements(
    told: Told, rows: dict[int, list[Trigger]], fit: dict[int, list[Trigger]]
) -> dict[int, list[Predicate]]:
    """Return the coded predicates that each trigger has as its complement: "agreed to send", "calls for withdrawal".

    fit: the triggers of those predicates that could be what a complement tells.
    """
    at_start = {one.start: one for one in told.predicates if rows[one.at]}
    found: dict[int, list[Predicate]] = {}
    for one in told.predicates:
        if not fit[one.at]:
            continue
        for level, governor in enumerate(one.governors[:3]):
            above = at_start.get(governor.start)
            loose = governor.relation in {"acl:relcl", "parataxis", "nsubj", "nmod:poss", "obl:agent"}
            if loose or (governor.relation == "advcl" and governor.mark not in {"to", "of", "for", "from", None}):
                break
            if governor.relation == "advcl" and governor.mark is None and (level or one.tense in {"past", "present"}):
                break  # "when we worked with them, they wanted"
            if governor.relation in {"obl", "nmod"} and governor.mark in _BESIDE:
                break
            if above is not None:
                if above.light and level == 0 and one.kind == "verb" and governor.relation != "acl":
                    continue
                found.setdefault(above.at, []).append(one)
                break
            if governor.upos not in {"VERB", "NOUN", "ADJ"}:
                break
    return {at: ones[:_FEW] for at, ones in found.items()}


def _coded(
    one: Predicate,
    row: Trigger,
    how: Standing,
    inner: Sequence[Predicate],
    rows: dict[int, list[Trigger]],
    ground: Ground,
    told: Told,
) -> Coded | None:
    """Return the event of one predicate, None when its frame is not filled."""
    if is_idiom(one, row, told):
        return None
    if ("light" in row.flags and not one.light) or ("bad" in row.flags and not _blames(one, told)):
        return None
    if row.word == "call" and row.event_type == "REQUEST" and not _calls_on(one, inner, ground):
        return None
    if row.event_type == "PROTEST" and one.kind == "verb" and row.wants is None and one.objects and row.mode == "demo":
        return None  # "demonstrated strength"
    if "ahead" in row.flags and how.word not in _RESOLVED and not (how.word == "would" and how.status == "planned"):
        return None
    if "deed" in row.flags and not any(p.lemma in words_of("harm") | _DEEDS for p in one.behind("for")):
        return None  # "claimed responsibility for the delay"
    acting = row.event_type in _WORDS_OF_SOMEBODY
    actor = subject_of(ground.sides, one, acting=acting)
    recipient, where = _recipient(one, row, inner, ground)
    if not recipient and "comp" in row.places:
        recipient, where = ground.sides.of(_below(one, told)), "complement"
    if acting and recipient and not besides(recipient, actor):  # the tree joined it to the wrong verb
        above = (ground.sides.of(governor.subjects, acting=True) for governor in one.governors)
        actor = next((who for who in above if besides(who, recipient)), actor)
    if "swapped" in row.flags:
        actor, recipient = recipient, actor
    fired = _fired(one, told) if row.event_type == "ASSAULT" and not actor else None
    if fired is not None:
        actor = subject_of(ground.sides, fired) or ground.sides.of(fired.behind("from"))
        firing = standing(fired)
        how = firing if firing.status == "alleged" else how
    recipient = besides(recipient, actor)
    if one.kind == "noun" and row.event_type == "ASSAULT" and not recipient and _struck(one):
        recipient = besides(ground.sides.of(one.around), actor)
        where = f"who was {one.governors[0].lemma!r}"
    below = next((rows[two.at][0] for two in inner if rows[two.at]), None)
    serving = row.event_type in {"AID", "MOBILIZE"} and bool(inner) and inner[0].lemma in _SERVING
    asks = "verbal" in row.flags and "party" not in row.flags and (row.word != "want" or row.event_type == "AGREE")
    if (asks or serving) and not recipient and inner:
        recipient = besides(_recipient(inner[0], rows[inner[0].at][0], [], ground)[0], actor)
        where = f"of {inner[0].lemma!r}"
    if one.kind == "noun" and "both" in row.flags and not actor:
        actor, recipient = recipient, []
    if row.event_type == "AGREE" and inner and not _is_joint(inner[0], told):
        return None
    if not fills(one, row, how, actor, recipient, inner):
        return None
    if "states" in row.flags and not (_are_states(actor) and _are_states(recipient)):
        return None
    if "leader" in row.flags and not _are_states(actor):
        return None
    event_type, mode, status, underlying, cameo = typed(one, row, how, below)
    if event_type is None:
        return None
    if event_type == "ASSAULT" and _is_of_words(one, actor, recipient, told):
        event_type, mode, cameo = "ACCUSE", "disapprove", "111"
    if event_type == "ASSAULT":
        if fired is not None:
            mode, cameo = "heavy-weapons", "194"
        elif _is_claimed(one, ground):
            cameo = "015"
        if row.cameo == "015" and status == "actual":
            status = "alleged"
    if "both" in row.flags and event_type != "REJECT" and where != "behind 'in'":
        actor, recipient = [*actor, *recipient], []
    return Coded(
        predicate=one,
        trigger=row,
        event_type=event_type,
        mode=mode,
        cameo=cameo,
        actor=actor,
        recipient=recipient,
        status=status,
        underlying=underlying,
        quantity=ground.quantity(one) or (ground.quantity(inner[0]) if inner and "verbal" in row.flags else None),
        because=_because(one, row, how, where, below),
    )


def _calls_on(one: Predicate, inner: Sequence[Predicate], ground: Ground) -> bool:
    """Tell whether "call" asks for something: "called on them to leave", whatever verb the tree gives "them" to.

    "called the king on Friday to thank him" is a call.
    """
    asked = inner[0].subjects if inner and inner[0].kind == "verb" else ()
    if any(phrase.lead in {"on", "upon"} for phrase in asked) or one.behind("for"):
        return True
    beside = one.behind("on", "upon", "to")
    return bool(beside) and (not one.objects or bool(ground.sides.of(beside)))


def _is_joint(one: Predicate, told: Told) -> bool:
    """Tell whether it is work with somebody, not just work: "agreed to work together"."""
    beside = told.tree.low[one.at + 1 : one.at + 4]
    return one.lemma != "work" or bool(one.behind("with", "alongside")) or "together" in beside


def _is_of_words(one: Predicate, actor: Sequence[Party], recipient: Sequence[Party], told: Told) -> bool:
    """Tell whether it is an attack with words: of a speech, "as a liar", or a politician's on one of his kind."""
    if one.lemma not in _HITTING or one.kind != "verb":
        return False
    if any(phrase.lemma in _SAYINGS for phrase in one.subjects) or one.behind("as"):
        return True
    up = told.tree.head[one.at]
    if up >= 0 and told.tree.relation[one.at][:3] == "acl" and told.tree.lemma[up].lower() in _SAYINGS:
        return True
    manner = told.tree.child(one.at, "advmod")
    if manner is not None and told.tree.low[manner] in {"personally", "verbally", "publicly", "sharply", "fiercely"}:
        return True
    politicians = all(party.sector in _POLITICAL and " " in party.name for party in (*actor[:1], *recipient[:1]))
    return bool(actor and recipient) and politicians and not one.behind("with", "by")


def _fired(one: Predicate, told: Told) -> Predicate | None:
    """Return the verb that tells who fired the weapon that did it: "was hit by a missile fired by the rebels"."""
    heads = {phrase.head for phrase in (*one.subjects, *one.behind("by", "in")) if phrase.lemma in _FIRED}
    for two in told.predicates if heads else ():
        if two.at != one.at and two.lemma in _FIRING and any(phrase.head in heads for phrase in two.objects):
            return two
    return None


def _recipient(one: Predicate, row: Trigger, inner: Sequence[Predicate], ground: Ground) -> tuple[list[Party], str]:
    """Return the recipient and where it stands."""
    sides = ground.sides
    for place in row.places:
        if place == "obj":
            found = sides.of((*one.indirect, *one.objects), acting="person" in row.flags) if one.kind == "verb" else []
        elif place == "iobj":
            found = sides.of(one.indirect)
        elif place == "comp":
            found = [party for two in inner[:1] for party in subject_of(sides, two)]
        elif place == "of":
            found = sides.of((*one.of, *one.behind("of")))
        else:
            found = sides.of(one.behind(place), acting="person" in row.flags and place != "in")
        if found:
            return found, {"obj": "object", "iobj": "object", "comp": "complement"}.get(place, f"behind {place!r}")
    return [], ""


def _are_states(parties: Sequence[Party]) -> bool:
    """Tell whether they are countries or act for one: "London would work with Seoul", not "she works with him"."""
    return bool(parties) and all(
        party.country and (party.sector in {"GOV", "MIL", "IGO", None} or party.country == "IGO") for party in parties
    )


def _struck(one: Predicate) -> bool:
    """Tell whether somebody was hurt in it: "were killed in an air strike"."""
    return bool(one.governors) and one.governors[0].relation == "obl" and one.governors[0].lemma in _HURTING


def _below(one: Predicate, told: Told) -> tuple[Phrase, ...]:
    """Return who the clause behind a verb is about, known verb or not: "alleged that France was aware"."""
    tree = told.tree
    clause = tree.child(one.at, "ccomp", "xcomp")
    subject = None if clause is None else tree.child(clause, "nsubj", "nsubj:pass")
    return () if subject is None else tree.phrases(subject)


def _blames(one: Predicate, told: Told) -> bool:
    """Tell whether words of blame follow: "called the raid reckless"."""
    bad, tree = words_of("bad"), told.tree
    for at in range(one.at + 1, min(one.at + 1 + _BLAME_NEAR, tree.size)):
        if tree.lemma[at].lower() in bad:
            return True
        up = tree.head[at]
        if tree.low[at] in {"and", "but", ";", ","} and up > at and tree.upos[up] in {"VERB", "AUX"}:
            return False  # what follows is said of something else
    return False


def _because(one: Predicate, row: Trigger, how: Standing, where: str, below: Trigger | None) -> str:
    """Return in short words what decided."""
    words = f"{one.light} {one.lemma}" if one.light else f"{one.lemma} {one.particle}" if one.particle else one.lemma
    said = [f"{one.kind} {words!r}" + (f" with {row.wants}" if row.wants else "") + f" tells {row.event_type}"]
    said.append(
        "passive, actor behind 'by'"
        if one.passive
        else "actor is the subject"
        if one.kind == "verb"
        else "actor owns it"
    )
    if where:
        said.append(f"recipient {where}")
    if below is not None and "verbal" in row.flags:
        said.append(f"it is about {below.word!r} ({below.event_type})")
    said.append(f"{how.status} by {how.word!r}" if how.word else how.status)
    return "; ".join(said)
