from datetime import UTC, datetime, timedelta
from typing import Any

from watchfloor.core.alert import Alert
from watchfloor.core.indicator import Indicator
from watchfloor.core.measure import Measure, Move
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.watch.board import board
from watchfloor.watch.telling import subject, text

AT = datetime(2024, 11, 1, 12, tzinfo=UTC)
SPAN = Span(report="rep_1", start=0, end=5)


def alert(**fields: Any) -> Alert:
    values: dict[str, Any] = {
        "id": "alt_1", "indicator": "tanks", "title": "Tanks move", "about": "clm_1", "trigger": "first seen",
        "because": "Seen for the first time.", "not_before": "No report before.", "sentence": "Tanks moved.",
        "evidence": (SPAN,), "at": AT, "reports": 1, "outlets": 1, "origins_min": 1, "origins_max": 2,
        "rests_on": ("rep_1",),
    }  # fmt: skip
    return Alert(**(values | fields))


TANKS = Indicator(id="tanks", title="Tanks move", over="claims", when="first seen", words=("tanks",))
CALL = Measure(id="call", title="Call somebody", step=1, indicators=("tanks",))


def move(status: Any, hours: int, **fields: Any) -> Move:
    at = AT + timedelta(hours=hours)
    return Move(id=f"mov_{hours}", measure="call", status=status, by="ann", at=at, reason="so", **fields)


def seen(**fields: Any) -> Seen:
    return Seen(id="see_1", evidence=(SPAN,), first=AT, last=AT, **fields)


def test_a_measure_that_is_called_for_waits_until_somebody_moves_it() -> None:
    waiting = board([TANKS], [CALL], {}, [alert()], [move("agreed", -1)]).ladder[0]
    moved = board([TANKS], [CALL], {}, [alert()], [move("agreed", -1), move("taken", 1)]).ladder[0]

    assert (waiting.status, waiting.waits, waiting.called_for) == ("agreed", True, ("tanks",))
    assert (moved.status, moved.waits, [one.status for one in moved.moves]) == ("taken", False, ["taken", "agreed"])


def test_an_indicator_says_what_state_it_is_in_and_where_that_stands() -> None:
    many = Indicator(id="tanks", title="t", over="claims", when="independent origins", at_least=3, words=("t",))
    states = [
        board([TANKS], [], {}, [], []).rows[0].state,
        board([TANKS], [], {"tanks": (seen(),)}, [], []).rows[0].state,
        board([TANKS], [], {"tanks": (seen(stances={"": "planned"}),)}, [], []).rows[0].state,
        board([TANKS], [], {"tanks": (seen(gone=True),)}, [], []).rows[0].state,
        board([many], [], {"tanks": (seen(origins_min=1),)}, [], []).rows[0].state,
    ]

    assert states == ["not seen", "seen", "planned", "not seen", "1 of 3 origins"]
    assert board([TANKS], [], {"tanks": (seen(),)}, [], []).rows[0].evidence == (SPAN,)


def test_a_message_tells_the_sentence_the_reasons_and_what_it_calls_for() -> None:
    told = text([alert(urgency="urgent")], {"rep_1": "Orlo Herald"}, [CALL], "https://desk.example/")

    assert "“Tanks moved.” [1]" in told
    assert "Why not before: No report before." in told
    assert "at least 1 and at most 2 independent origins" in told
    assert "[1] Orlo Herald (rep_1, 0-5)" in told
    assert "Called for by this: step 1, Call somebody (watch officer)" in told
    assert "https://desk.example/watch?alert=alt_1" in told
    assert subject([alert()]) == "Tanks move: first seen"
    assert subject([alert(), alert(id="alt_2", title="Calls\nmade")]) == "2 alerts: Tanks move, Calls made"
