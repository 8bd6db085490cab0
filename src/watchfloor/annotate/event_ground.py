"""What a sentence gives to code its events from, and an event as coded."""

from collections.abc import Sequence

from msgspec import Struct

from watchfloor.annotate.event_contexts import contexts
from watchfloor.annotate.event_sides import Sides
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told
from watchfloor.annotate.scenes import Scene
from watchfloor.annotate.triggers import Trigger
from watchfloor.core.annotation import Party, Quantity, Status


class Ground(Struct, frozen=True):
    """What is known of one sentence: its scene, its sides, its counts."""

    scene: Scene
    sides: Sides
    quantities: Sequence[Quantity]

    def contexts(self, told: Told) -> tuple[str, ...]:
        """Return the contexts of the sentence."""
        return contexts(told.tree.lemma)

    def quantity(self, one: Predicate) -> str | None:
        """Return the words of the first count inside what a predicate does something to, else of those after it."""
        phrases = (*one.objects, *one.of, *one.obliques)
        for amount in self.quantities:
            span = amount.span
            if any(phrase.start <= span.start < phrase.end for phrase in phrases):
                return " ".join(self.scene.text[span.start : span.end].split())
        return None


class Coded(Struct, frozen=True):
    """One event as coded: everything of core's Event but its words, date and place."""

    predicate: Predicate
    trigger: Trigger
    event_type: str
    mode: str | None
    cameo: str
    actor: list[Party]
    recipient: list[Party]
    status: Status
    underlying: str | None
    quantity: str | None
    because: str
