"""What a report has said of contacts so far: who "it", "they", "the ministry" and "the delegation" stand for."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from watchfloor.annotate import gazetteer
from watchfloor.annotate.contact_side import Side, is_same, last_word
from watchfloor.annotate.contact_titles import Offices
from watchfloor.core.annotation import Party


class Memory:
    """Learns sentence by sentence.

    bodies: by the last word of its name, who "the ministry" is. body: who last stood alone at the head of a sentence.
    pair: the two or more who were last spoken of together. met: those who last met or called each other.
    """

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.bodies: dict[str, Party] = {}
        self.body: Side | None = None
        self.pair: list[Side] = []
        self.met: list[Side] = []
        self._visits: set[tuple[str, str]] = set()

    def remember(self, subjects: Iterable[Sequence[Side]], together: Sequence[Side], met: Sequence[Side]) -> None:
        """Learn from a sentence who stood at its heads, who were to be together, and who met in it."""
        for sides in subjects:
            if len(sides) == 1 and sides[0].kind in {"country", "organisation"}:
                self.body = sides[0]
                self.bodies[last_word(sides[0].party.name)] = sides[0].party
            if len({one.party.country or one.party.name for one in sides}) > 1:
                self.pair = list(sides)
        if len(together) > 1:
            self.pair = list(together)
        if len(met) > 1:
            self.met = list(met)

    def visited(self, visitor: str, state: str) -> None:
        """Learn that somebody visits a state."""
        self._visits.add((visitor, state))

    def is_visiting(self, name: str, state: str) -> bool:
        """Return whether the report says that somebody visits the state."""
        return (name, state) in self._visits

    def partner_of(self, senders: Sequence[Side]) -> list[Side]:
        """Return the state or body of whom the sender last met or called: where a delegation goes that goes nowhere."""
        own = [one for one in self.met if any(is_same(one.party, sender.party) for sender in senders)]
        others = [one for one in self.met if one not in own]
        return [self._behind(others[0])] if len(own) == 1 and len(others) == 1 else []

    def sent_by(self, senders: Sequence[Side]) -> None:
        """Learn whose the delegation is that the report will speak of."""
        if len(senders) == 1 and senders[0].party.country is not None:
            state = senders[0].party.country
            name = gazetteer.country_name(state) or senders[0].party.name
            self.bodies["delegation"] = structs.replace(senders[0].party, name=name)

    def send(self, leaders: Sequence[Side]) -> None:
        """Learn that "it" may be the delegation that somebody leads."""
        self.sent_by(leaders)
        if "delegation" in self.bodies:
            self.body = Side(self.bodies["delegation"], "organisation", True, True)

    def note(self, met: Sequence[Side]) -> None:
        """Learn who met, before the sentence ends."""
        self.met = list(met)

    def _behind(self, side: Side) -> Side:
        """Return the state or body that a person stands for, the side itself where none is known."""
        name = gazetteer.country_name(side.party.country or "")
        if name is None:
            title = self.offices.titles.get(side.party.name, "")
            name = next(
                (title[a:b] for a, b, code in gazetteer.countries_in(title) if code == side.party.country), None
            )
        return (
            side
            if name is None
            else structs.replace(side, party=structs.replace(side.party, name=name), kind="country")
        )
