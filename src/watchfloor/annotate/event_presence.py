"""Troops that stand in another country: "its soldiers are already in Mali" tells a deployment without a verb."""

from collections.abc import Iterator

from watchfloor.annotate.event_ground import Coded, Ground
from watchfloor.annotate.event_sides import besides
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told
from watchfloor.annotate.triggers import Trigger, words_of

_IN = frozenset({"in", "inside", "near", "at"})
_STAND = Trigger("be", "verb", "MOBILIZE", "troops", "152", ("in", "near"), frozenset({"party"}), None)


def stationed(told: Told, ground: Ground) -> Iterator[Coded]:
    """Yield the deployment in "A's troops are in B"; nothing where it is denied, possible, or told of no country."""
    tree = told.tree
    for at in sorted({tree.head[i] for i, relation in enumerate(tree.relation) if relation == "cop"} - {-1}):
        helping = tree.child(at, "cop")
        subject = tree.child(at, "nsubj")
        if helping is None or subject is None or tree.lead(at) not in _IN:
            continue
        unsure = any(tree.xpos[i] == "MD" or tree.low[i] in {"not", "n't", "n’t", "if"} for i in tree.children[at])
        if unsure or tree.lemma[subject].lower() not in words_of("troops") or tree.low[helping] not in {"is", "are"}:
            continue
        actor = [party for party in ground.sides.of(tree.phrases(subject)) if party.country]
        where = [party for party in besides(ground.sides.of(tree.phrases(at)), actor) if party.country]
        if not actor or not where or where[0].country == actor[0].country:
            continue
        one = Predicate(lemma="be", kind="verb", start=tree.start[helping], end=tree.end[helping], at=helping)
        because = f"{tree.low[subject]!r} that are {tree.lead(at)!r} another country: deployed there; actual"
        yield Coded(
            one, _STAND, "MOBILIZE", "troops", "152", actor, where, "actual", None, ground.quantity(one), because
        )
