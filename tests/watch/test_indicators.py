"""One alert for each new origin or change of state, never one for a copy; and why."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchfloor.core.alert import Alert
from watchfloor.core.annotation import Party, Transfer
from watchfloor.core.claim import Claim, Origin
from watchfloor.core.copy import Copy
from watchfloor.core.indicator import Indicator
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.seen import Seen
from watchfloor.flow.watching import after
from watchfloor.watch.indicators import look

START = datetime(2024, 11, 1, 12, tzinfo=UTC)
SAID = "Tanks crossed the bridge at Orlo."


class Watcher:
    """Looks again and again, an hour apart, and remembers."""

    def __init__(self, *indicators: Indicator) -> None:
        self.indicators = indicators
        self.seen: Mapping[str, Sequence[Seen]] = {}
        self.at = START

    def looks(self, picture: Picture, *, quietly: bool = False, hours: float = 1) -> tuple[Alert, ...]:
        looked = look(self.indicators, picture, self.seen, self.at, quietly=quietly)
        self.seen = after(self.seen, looked)
        again = look(self.indicators, picture, self.seen, self.at)
        assert again.alerts == () or any(one.cool_down for one in self.indicators), "a look made twice alerts once"
        self.at += timedelta(hours=hours)
        return looked.alerts


def indicator(**fields: Any) -> Indicator:
    values: dict[str, Any] = {
        "id": "tanks",
        "title": "Tanks",
        "over": "claims",
        "when": "first seen",
        "words": ("tanks",),
    }
    return Indicator(**(values | fields))


@pytest.fixture
def told(report: Callable[..., Report], day: Callable[[str], Any]) -> Callable[..., Report]:
    def make(outlet: str, on: str = "2024-11-01", text: str = SAID) -> Report:
        return report(text, outlet=outlet, published=day(on), id=f"rep_{outlet}{on}")

    return make


def by(*parties: str, reports: Sequence[Report] = ()) -> tuple[Origin, ...]:
    return tuple(Origin(party=party, reports=tuple(one.id for one in reports)) for party in parties)


@pytest.fixture
def known(claim: Callable[..., Claim], position: Callable[..., Any]) -> Callable[..., Claim]:
    """A claim that some reports carry, each with its party, from so many origins."""

    def make(
        *tellings: tuple[Report, str], low: int = 1, high: int | None = None, stances: dict[str, str] | None = None
    ) -> Claim:
        positions = [
            position(report, SAID, party=party, stance=(stances or {}).get(party, "asserts"))
            for report, party in tellings
        ]
        made: Claim = claim(
            SAID,
            *positions,
            origins_min=low,
            origins_max=high or low,
            origins=by(*dict.fromkeys(party for _, party in tellings)),
        )
        return made

    return make


def test_the_first_telling_alerts_with_its_sentence_its_counts_and_its_reasons(
    told: Any, known: Any, picture: Any
) -> None:
    one = told("Orlo Herald")

    (alert,) = Watcher(indicator()).looks(picture(one, claims=(known((one, "Ministry")),)))

    assert (alert.trigger, alert.sentence, alert.evidence[0].report) == ("first seen", SAID, one.id)
    assert (alert.reports, alert.outlets, alert.origins_min, alert.origins_max) == (1, 1, 1, 1)
    assert "Ministry" in alert.because
    assert alert.not_before == "No claim in any report before was what the indicator asks for."
    assert alert.rests_on == (one.id,)


def test_a_copy_raises_nothing_and_the_next_origin_says_why_the_copy_did_not(
    told: Any, known: Any, picture: Any
) -> None:
    one, copy, other = told("Orlo Herald"), told("Harbour Post"), told("Dnipro Dispatch")
    watcher = Watcher(indicator())
    watcher.looks(picture(one, claims=(known((one, "Ministry")),)))

    edge = Copy(child=copy.id, parent=one.id, kind="reprint", score=1.0)
    carried = known((one, "Ministry"), (copy, "Ministry"))
    assert watcher.looks(picture(one, copy, claims=(carried,), copies=(edge,))) == ()
    wider = known((one, "Ministry"), (copy, "Ministry"), (other, "Army"), low=2)
    (alert,) = watcher.looks(picture(one, copy, other, claims=(wider,), copies=(edge,)))

    assert alert.trigger == "new origin"
    assert "A new origin: Army" in alert.because
    assert "2 reports of 2 outlets carried it" in alert.not_before
    assert "a copy or a repetition raises no alert" in alert.not_before
    assert alert.evidence[0].report == other.id


def test_so_many_origins_are_told_once_when_they_are_certain_and_each_further_one_once(
    told: Any, known: Any, picture: Any
) -> None:
    one, two, three = told("A"), told("B"), told("C")
    watcher = Watcher(indicator(when="independent origins", at_least=2))

    assert watcher.looks(picture(one, claims=(known((one, "X")),))) == ()
    assert watcher.looks(picture(one, two, claims=(known((one, "X"), (two, "Y"), low=1, high=2),))) == ()
    (reached,) = watcher.looks(picture(one, two, claims=(known((one, "X"), (two, "Y"), low=2),)))
    (further,) = watcher.looks(picture(one, two, three, claims=(known((one, "X"), (two, "Y"), (three, "Z"), low=3),)))

    assert (reached.trigger, further.trigger) == ("origins reached", "new origin")
    assert "Asked for: 2." in reached.not_before


def test_what_may_be_an_origin_counts_where_the_indicator_says_so(told: Any, known: Any, picture: Any) -> None:
    one, two = told("A"), told("B")
    watcher = Watcher(indicator(when="independent origins", at_least=2, certain=False))

    (alert,) = watcher.looks(picture(one, two, claims=(known((one, "X"), (two, "Y"), low=1, high=2),)))

    assert (alert.origins_min, alert.origins_max) == (1, 2)


def test_fewer_origins_and_then_more_again_are_nothing_new(told: Any, known: Any, picture: Any) -> None:
    one, two = told("A"), told("B")
    watcher = Watcher(indicator())
    for low in (2, 1, 2):
        found = watcher.looks(picture(one, two, claims=(known((one, "X"), (two, "Y"), low=low),)))

    assert found == ()


def test_a_denial_is_told_once_and_not_again_when_it_is_reprinted(told: Any, known: Any, picture: Any) -> None:
    one, two, three = told("A"), told("B", "2024-11-02"), told("C", "2024-11-03")
    watcher = Watcher(indicator(when="stance changed"))
    stances = {"Kremlin": "denies"}

    assert watcher.looks(picture(one, claims=(known((one, "Ministry")),))) == ()
    denied = known((one, "Ministry"), (two, "Kremlin"), stances=stances)
    (alert,) = watcher.looks(picture(one, two, claims=(denied,)))
    again = known((one, "Ministry"), (two, "Kremlin"), (three, "Kremlin"), stances=stances)

    assert alert.because == "Kremlin denies it."
    assert alert.not_before == "Kremlin had taken no position on it in 1 report."
    assert watcher.looks(picture(one, two, three, claims=(again,))) == ()


def test_a_denial_of_what_no_report_told_before_is_told(told: Any, known: Any, picture: Any) -> None:
    one, two = told("A"), told("B", "2024-11-02")
    watcher = Watcher(indicator(when="stance changed"))
    owner = known((one, "Owner"), stances={"Owner": "denies"})

    (alert,) = watcher.looks(picture(one, claims=(owner,)))
    again = known((one, "Owner"), (two, "Owner"), stances={"Owner": "denies"})

    assert (alert.because, alert.not_before) == ("Owner denies it.", "No report before carried it.")
    assert watcher.looks(picture(one, two, claims=(again,))) == ()


def test_a_party_that_turns_round_is_told_with_what_it_held(told: Any, claim: Any, position: Any, picture: Any) -> None:
    one, two = told("A"), told("B", "2024-11-02")
    watcher = Watcher(indicator(when="stance changed"))
    first = position(one, SAID, party="Ministry")
    watcher.looks(picture(one, claims=(claim(SAID, first),)))

    withdrawn = position(two, SAID, party="Ministry", stance="withdraws")
    (alert,) = watcher.looks(picture(one, two, claims=(claim(SAID, first, withdrawn),)))

    assert alert.because == "Ministry withdraws it, having asserted it before."


def test_a_claim_that_no_report_carries_any_more_is_told_as_withdrawn(told: Any, known: Any, picture: Any) -> None:
    one = told("A")
    watcher = Watcher(indicator(when="stance changed"))
    watcher.looks(picture(one, claims=(known((one, "Ministry")),)))

    (alert,) = watcher.looks(picture())

    assert (alert.trigger, alert.because) == ("withdrawn", "No current report carries it any more.")
    assert watcher.looks(picture()) == ()


def test_a_figure_that_revises_one_says_what_the_highest_before_was(
    report: Any, day: Any, claim: Any, position: Any, figure: Any, picture: Any
) -> None:
    def counted(number: int, on: str, **fields: Any) -> tuple[Report, Claim]:
        text = f"Army counts {number} tanks."
        made = report(text, outlet=f"Outlet {number}", published=day(on))
        value = figure(made, f"{number} tanks", number, number, unit="tank", hedge=None)
        return made, claim(text, position(made, text, party="Army"), figures=(value,), topic="figure", **fields)

    one, first = counted(40, "2024-11-01")
    two, second = counted(60, "2024-11-02", revises=first.id)
    watcher = Watcher(indicator(over="figures", when="figure above", above=50, units=("tank",)))

    assert watcher.looks(picture(one, claims=(first,))) == ()
    (alert,) = watcher.looks(picture(one, two, claims=(first, second)))

    assert alert.not_before == "The highest figure before was 40, not above 50."


def test_a_figure_is_told_once_for_each_party_that_puts_it_higher(
    report: Any, day: Any, claim: Any, position: Any, figure: Any, picture: Any
) -> None:
    def counted(outlet: str, party: str, number: int, on: str) -> tuple[Report, Any, Any]:
        text = f"{party} counts {number} tanks."
        made = report(text, outlet=outlet, published=day(on))
        value = figure(made, f"{number} tanks", number, number, unit="tank", hedge=None)
        return made, position(made, text, party=party), value

    low = counted("A", "Army", 40, "2024-11-01")
    high = counted("B", "Army", 60, "2024-11-02")
    again = counted("C", "Army", 60, "2024-11-02")
    other = counted("D", "Ministry", 70, "2024-11-03")
    watcher = Watcher(indicator(over="figures", when="figure above", above=50, units=("tank",)))
    raised = []
    for number in range(1, 5):
        some = (low, high, again, other)[:number]
        reports, positions, values = zip(*some, strict=True)
        found = watcher.looks(picture(*reports, claims=(claim("Tanks", *positions, figures=values, topic="figure"),)))
        raised.append([one.because for one in found])

    assert raised == [
        [],
        ["Army gives 60 tanks: surely above 50."],
        [],
        ["Ministry gives 70 tanks: surely above 50."],
    ]


def test_a_plan_that_is_carried_out_is_told_with_both(report: Any, day: Any, encounter: Any, picture: Any) -> None:
    ann, bob = Party(name="Ann Ash", country="NOR"), Party(name="Bob Beech", country="SWE")
    plan = report("Ann Ash will meet Bob Beech.", outlet="A", published=day("2024-11-01"))
    done = report("Ann Ash met Bob Beech in Oslo.", outlet="B", published=day("2024-11-04"))
    watcher = Watcher(indicator(over="contacts", when="stance changed", words=(), parties=("Beech Bob",)))
    planned = encounter(plan, ann, bob, contact_type="meeting", status="planned")
    met = encounter(done, ann, bob, contact_type="meeting", planned_as=(planned.id,))

    assert watcher.looks(picture(plan, encounters=(planned,))) == ()
    (alert,) = watcher.looks(picture(plan, done, encounters=(planned, met)))

    assert alert.trigger == "status changed"
    assert alert.because == "Meeting between Ann Ash and Bob Beech is told as having taken place; before, planned."
    assert watcher.looks(picture(plan, done, encounters=(planned, met))) == ()


def test_transfers_of_one_kind_between_the_same_sides_are_one_thing(
    report: Any, day: Any, picture: Any, at: Any
) -> None:
    def passing(outlet: str, words: str, status: str = "alleged") -> tuple[Report, Transfer]:
        made = report(words, outlet=outlet, published=day("2024-11-01"))
        sides = [(Party(name="Norland"),), (Party(name="Suland"),)]
        return made, Transfer(
            span=at(made, words), kind="arms", thing=at(made, "shells"), giver=sides[0], receiver=sides[1],
            status=status, because="", generated_by="test@1",  # type: ignore[arg-type]
        )  # fmt: skip

    one, first = passing("A", "Norland is said to send shells to Suland.")
    two, second = passing("B", "Shells: Norland sends shells to Suland, we saw it.", "actual")
    watcher = Watcher(indicator(over="transfers", words=(), kinds=("arms",)))

    (alert,) = watcher.looks(picture(one, annotations={one.id: (first,)}))
    (another,) = watcher.looks(picture(one, two, annotations={one.id: (first,), two.id: (second,)}))

    assert (alert.trigger, another.trigger) == ("first seen", "new origin")
    assert "report of B" in another.because


def test_a_party_that_speaks_after_days_of_silence_is_told_with_since_when(told: Any, known: Any, picture: Any) -> None:
    one, two, three = told("A", "2024-11-01"), told("B", "2024-11-08"), told("C", "2024-11-09")
    watcher = Watcher(indicator(when="silence broken", speakers=("Kremlin",), window=timedelta(days=5)))

    assert watcher.looks(picture(one, claims=(known((one, "Ministry")),))) == ()
    spoken = known((one, "Ministry"), (two, "Kremlin"))
    (alert,) = watcher.looks(picture(one, two, claims=(spoken,)))
    more = known((one, "Ministry"), (two, "Kremlin"), (three, "Kremlin"))

    assert alert.because == "Kremlin asserts it, having been silent, on 8 Nov 2024."
    assert alert.not_before == "Kremlin had said nothing of it in 1 report since 1 Nov 2024."
    assert watcher.looks(picture(one, two, three, claims=(more,))) == ()


def test_who_declines_one_question_and_speaks_in_the_same_report_breaks_no_silence(
    told: Any, known: Any, picture: Any, position: Any, claim: Any
) -> None:
    one, two = told("A", "2024-11-08"), told("B", "2024-11-08")
    declines = position(one, SAID, party="Kremlin", stance="declines to comment")
    asked = indicator(when="silence broken", speakers=("Kremlin",), window=timedelta(days=5))

    spoken = known((one, "Kremlin"))
    assert Watcher(asked).looks(picture(one, claims=(spoken, claim("A frigate.", declines)))) == ()
    elsewhere = known((two, "Kremlin"))
    (alert,) = Watcher(asked).looks(picture(one, two, claims=(elsewhere, claim("A frigate.", declines))))

    assert alert.not_before == "Kremlin was said to be silent or to decline comment on 8 Nov 2024."


def test_a_new_indicator_takes_note_quietly_and_alerts_of_what_comes_after(told: Any, known: Any, picture: Any) -> None:
    one, two = told("A"), told("B")
    watcher = Watcher(indicator())

    assert watcher.looks(picture(one, claims=(known((one, "X")),)), quietly=True) == ()
    (alert,) = watcher.looks(picture(one, two, claims=(known((one, "X"), (two, "Y"), low=2),)))

    assert alert.trigger == "new origin"


def test_what_comes_in_the_cool_down_is_told_after_it_and_says_so(told: Any, known: Any, picture: Any) -> None:
    one, two = told("A"), told("B")
    watcher = Watcher(indicator(cool_down=timedelta(hours=6)))
    wider = picture(one, two, claims=(known((one, "X"), (two, "Y"), low=2),))

    assert len(watcher.looks(picture(one, claims=(known((one, "X")),)))) == 1
    assert watcher.looks(wider) == ()
    assert watcher.looks(wider, hours=5) == ()
    (alert,) = watcher.looks(wider)

    assert alert.trigger == "new origin"
    assert alert.not_before.endswith("It was held back by the cool-down of an earlier alert.")


def test_an_old_report_that_is_added_late_is_not_news_within_the_window(told: Any, known: Any, picture: Any) -> None:
    old, new = told("A", "2024-09-01"), told("B", "2024-10-31")
    watcher = Watcher(indicator(window=timedelta(days=7)))

    assert watcher.looks(picture(old, claims=(known((old, "X")),))) == ()
    assert len(watcher.looks(picture(new, claims=(known((new, "X")),)))) == 1


def test_claims_that_become_two_or_one_again_raise_nothing(told: Any, claim: Any, position: Any, picture: Any) -> None:
    one, two = told("A"), told("B")
    first, second = position(one, SAID, party="X"), position(two, SAID, party="Y")
    together = claim("Tanks crossed", first, second, origins_min=2, origins_max=2)
    apart = (claim("Tanks crossed the bridge", first), claim("Tanks crossed at Orlo", second))
    watcher = Watcher(indicator())
    watcher.looks(picture(one, two, claims=(together,)))

    assert watcher.looks(picture(one, two, claims=apart)) == ()
    assert watcher.looks(picture(one, two, claims=(together,))) == ()
    assert watcher.looks(picture(one, two, claims=apart)) == ()


def test_only_what_changed_is_looked_at_when_that_is_said(told: Any, known: Any, picture: Any) -> None:
    one = told("A")
    seen = picture(one, claims=(known((one, "X")),))

    assert look([indicator()], seen, {}, START, changed=frozenset({"rep_other"})).alerts == ()
    assert len(look([indicator()], seen, {}, START, changed=frozenset({one.id})).alerts) == 1


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"words": ("tanks crossed",)}, True),
        ({"words": ("crossed tanks",)}, False),
        ({"words": ("TÁNK*",)}, True),
        ({"words": ("tanks",), "without": ("orlo",)}, False),
        ({"speakers": ("service state",)}, True),
        ({"speakers": ("army",)}, False),
        ({"stances": ("denies",)}, False),
        ({"outlets": ("herald",)}, True),
        ({"kinds": ("figure",)}, False),
        ({"places": ("Orlo",)}, False),
    ],
)
def test_an_indicator_takes_what_it_asks_for(
    told: Any, claim: Any, position: Any, picture: Any, asked: dict[str, Any], is_found: bool
) -> None:
    one = told("Orlo Herald")

    found = Watcher(indicator(**asked)).looks(picture(one, claims=(claim(SAID, position(one, SAID)),)))

    assert bool(found) == is_found
