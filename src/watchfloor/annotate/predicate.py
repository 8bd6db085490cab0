"""One verb or noun of doing with its parts: what contacts, events, transfers and commitments are read from.

A part is logical: the grammatical subject of a passive is its object, and who stands behind "by" its subject.
"""

from typing import Literal

from msgspec import Struct

from watchfloor.annotate.clause_tree import Phrase


class Governor(Struct, frozen=True):
    """A word above a predicate: "agreed" of "agreed to send", "denied" of "denied the attack".

    relation: how what is governed hangs on it. mark: the word that leads the governed clause or phrase ("if", "to",
    "for"). negated, modal, tense: the governor's own, as in `Predicate`. subject: who governs.
    """

    lemma: str
    upos: str
    start: int
    relation: str
    mark: str | None
    negated: bool
    modal: str | None
    tense: str | None
    subjects: tuple[Phrase, ...] = ()


class Predicate(Struct, frozen=True):
    """One verb or noun of doing and its parts; offsets are those of the report.

    lemma: "call" of "called off", whose particle is "off". start, end: the word itself; at: its number in the sentence.
    subjects: who does it; what a verb shares, controls or raises is in, and for a noun the possessor, "by" and the
    subject of its light verb. objects: what or whom it is done to, also the subject of a passive. indirect: to whom
    without a preposition. obliques: phrases with a preposition (`Phrase.lead`). owners: possessors of a noun, also in
    `subjects`. of: phrases after "of". modifiers: words before a noun ("phone" talks, "Russian" attack).
    around: who does the verb in whose clause the noun stands: "in a call with X, Y said" (Y); only a hint.
    light: the light verb of a noun. modal: "will", "could", lower case. tense: "past", "present", "future",
    "progressive", "infinitive", "participle" or None. governors: the nearest first.
    """

    lemma: str
    kind: Literal["verb", "noun"]
    start: int
    end: int
    at: int
    particle: str | None = None
    passive: bool = False
    subjects: tuple[Phrase, ...] = ()
    objects: tuple[Phrase, ...] = ()
    indirect: tuple[Phrase, ...] = ()
    obliques: tuple[Phrase, ...] = ()
    owners: tuple[Phrase, ...] = ()
    of: tuple[Phrase, ...] = ()
    modifiers: tuple[Phrase, ...] = ()
    around: tuple[Phrase, ...] = ()
    light: str | None = None
    negated: bool = False
    modal: str | None = None
    tense: str | None = None
    governors: tuple[Governor, ...] = ()

    def behind(self, *leads: str) -> tuple[Phrase, ...]:
        """Return the phrases behind one of the prepositions."""
        return tuple(one for one in self.obliques if one.lead in leads)
