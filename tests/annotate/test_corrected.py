"""What people said of findings, laid over what the machine finds: on reports by hand, without a store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from watchfloor.annotate.anchors import anchors
from watchfloor.annotate.corrected import Found, applied, corrected, digest_of
from watchfloor.annotate.findings import key, said, spans
from watchfloor.core.annotation import Annotation, Attribution, Contact, Event, Mention, Party, Quantity
from watchfloor.core.correction import Correction, CorrectionVerb
from watchfloor.core.report import Report
from watchfloor.core.span import Span

TEXT = "Ann Lee met Bob Roy in Port Lund. Some 300 soldiers, 20 of them cooks, came. Lee denied it."
NOON = datetime(2024, 11, 1, 12, tzinfo=UTC)

Make = Callable[..., Report]


def at(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(report=report.id, start=start, end=start + len(words))


def machine(report: Report) -> Found:
    """What a machine finds in the text above."""
    many = at(report, "Some 300 soldiers")
    contact = Contact(
        span=at(report, "Ann Lee met Bob Roy in Port Lund."),
        contact_type="meeting",
        parties=(Party(name="Ann Lee"), Party(name="Bob Roy")),
        date=None,
        place=None,
        status="actual",
        generated_by="m@1",
    )
    few = at(report, "20 of them")
    return (
        Mention(span=at(report, "Ann Lee"), type="person", name="Ann Lee", generated_by="m@1"),
        Mention(span=at(report, "Bob Roy"), type="person", name="Bob Roy", generated_by="m@1"),
        Quantity(span=many, low=270, high=330, figure=300, unit="soldier", hedge="some", generated_by="m@1"),
        Quantity(span=few, low=20, high=20, figure=20, unit="cook", hedge=None, part_of=many, generated_by="m@1"),
        contact,
    )


def entry(
    report: Report,
    verb: CorrectionVerb,
    finding: Annotation | None = None,
    made: Annotation | None = None,
    *,
    undoes: Correction | None = None,
    minute: int = 0,
) -> Correction:
    held = [(span.start, span.end) for one in (finding, made) if one for span in spans(one)]
    return Correction(
        id=f"cor_{verb}_{minute}",
        verb=verb,
        report=report.id,
        address=report.address,
        text=digest_of(report.text),
        finding=finding,
        made=made,
        key=key(report.text, finding) if finding else None,
        said=said(report.text, finding) if finding else None,
        anchors=anchors(report.text, held),
        undoes=undoes.id if undoes else None,
        by="ann",
        at=NOON + timedelta(minutes=minute),
    )


def states(report: Report, found: Found, *entries: Correction) -> list[str]:
    return [fate.state for fate in applied(report, found, entries)[1]]


def test_what_is_rejected_is_not_found_and_all_else_is(report: Make) -> None:
    r = report(TEXT)
    found = machine(r)

    assert applied(r, found, [entry(r, "reject", found[1])])[0] == (found[0], *found[2:])


def test_a_part_of_a_rejected_count_is_a_part_of_nothing(report: Make) -> None:
    r = report(TEXT)
    found = machine(r)

    left, _ = applied(r, found, [entry(r, "reject", found[2])])

    assert [one.part_of for one in left if isinstance(one, Quantity)] == [None]


def test_what_is_changed_stands_in_its_place_and_says_that_a_person_made_it(report: Make) -> None:
    r = report(TEXT)
    found = machine(r)
    call = structs.replace(found[4], contact_type="call")

    left, fates = applied(r, found, [made := entry(r, "change", found[4], call)])

    assert left[:4] == found[:4]
    assert left[4] == structs.replace(call, generated_by=f"person@{made.id}")
    assert fates[0].state == "holds"


def test_what_is_added_stands_among_its_kind_in_text_order(report: Make) -> None:
    r = report(TEXT)
    found = machine(r)
    lee = Mention(span=at(r, "Lee met"), type="person", name="Lee", generated_by="x")

    left, _ = applied(r, found, [entry(r, "add", made=lee)])

    assert [one.name for one in left if isinstance(one, Mention)] == ["Ann Lee", "Lee", "Bob Roy"]
    assert len(left) == len(found) + 1


def test_taking_back_gives_the_machine_s_findings_and_taking_that_back_the_person_s(report: Make) -> None:
    r = report(TEXT)
    found = machine(r)
    first = entry(r, "reject", found[0])
    back = entry(r, "undo", undoes=first, minute=1)
    again = entry(r, "undo", undoes=back, minute=2)

    assert applied(r, found, [first, back])[0] == found
    assert states(r, found, first, back) == ["undone", "undo"]
    assert applied(r, found, [first, back, again])[0] == found[1:]
    assert states(r, found, first, back, again) == ["holds", "undone", "undo"]


def test_the_latest_word_about_a_finding_holds(report: Make) -> None:
    r = report(TEXT)
    found = machine(r)
    entries = [entry(r, "reject", found[0]), entry(r, "confirm", found[0], minute=1)]

    assert applied(r, found, entries)[0] == found
    assert states(r, found, *entries) == ["superseded", "holds"]


def test_another_recipe_that_finds_the_same_is_corrected_as_the_first_was(report: Make) -> None:
    r = report(TEXT)
    rejected = entry(r, "reject", machine(r)[4])
    anew = tuple(structs.replace(one, generated_by="m@2") for one in machine(r))

    assert applied(r, anew, [rejected])[0] == anew[:4]


def test_a_rejection_is_of_what_was_said_not_of_its_words(report: Make) -> None:
    r = report(TEXT)
    rejected = entry(r, "reject", machine(r)[4])
    otherwise = (*machine(r)[:4], structs.replace(machine(r)[4], contact_type="call"))

    left, fates = applied(r, otherwise, [rejected])

    assert left == otherwise
    assert fates[0].state == "lapsed"
    assert "look at what it says" in fates[0].why


def test_what_a_person_changed_wins_whatever_another_recipe_says_of_these_words(report: Make) -> None:
    r = report(TEXT)
    call = structs.replace(machine(r)[4], contact_type="call")
    entries = [entry(r, "change", machine(r)[4], call)]
    letter = (*machine(r)[:4], structs.replace(machine(r)[4], contact_type="letter"))

    for found in (letter, machine(r)[:4]):
        contacts = [one for one in applied(r, found, entries)[0] if isinstance(one, Contact)]
        assert [one.contact_type for one in contacts] == ["call"]


def test_what_was_confirmed_stays_when_another_recipe_finds_it_no_more(report: Make) -> None:
    r = report(TEXT)
    found = machine(r)

    left, _ = applied(r, found[:4], [entry(r, "confirm", found[4])])

    assert [said(r.text, one) for one in left] == [said(r.text, one) for one in found]


def test_in_another_version_the_words_are_looked_for_and_every_span_moves_with_them(report: Make) -> None:
    old = report(TEXT)
    lines = Attribution(
        span=at(old, "Lee denied it."),
        source=(at(old, "Lee denied"),),
        cue=(),
        content=(at(old, "it."),),
        speaker="Ann Lee",
        speaker_type="person",
        kind="indirect",
        act="deny",
        generated_by="x",
    )
    entries = [entry(old, "reject", machine(old)[4]), entry(old, "add", made=lines, minute=1)]
    new = report(f"Corrected on Friday. {TEXT}")

    left, fates = applied(new, machine(new), entries)

    assert [fate.state for fate in fates] == ["moved", "moved"]
    assert not [one for one in left if isinstance(one, Contact)]
    (moved,) = (one for one in left if isinstance(one, Attribution))
    assert [new.text[span.start : span.end] for span in spans(moved)] == ["Lee denied it.", "Lee denied", "it."]
    assert {span.report for span in spans(moved)} == {new.id}


def test_where_the_words_are_gone_it_says_so_and_leaves_what_is_found(report: Make) -> None:
    old, new = report(TEXT), report("Nothing of it is left but Ann Lee met nobody.")
    found = (Mention(span=at(new, "Ann Lee"), type="person", name="Ann Lee", generated_by="m@1"),)

    left, fates = applied(new, found, [entry(old, "reject", machine(old)[4])])

    assert left == found
    assert fates[0].state == "gone"
    assert "not in the text any more" in fates[0].why


def test_reports_at_other_addresses_are_left_as_they_are(report: Make) -> None:
    one, other = report(TEXT), report(TEXT, outlet="Oslo Herald", address="elsewhere")
    found = {one.id: machine(one), other.id: machine(other)}

    left = corrected([one, other], found, [entry(one, "reject", found[one.id][0])])

    assert left == {one.id: found[one.id][1:], other.id: found[other.id]}
    assert corrected([one, other], found, []) is found


VERBS: list[CorrectionVerb] = ["reject", "confirm", "change"]


@pytest.mark.parametrize("n", range(5))
def test_every_kind_of_finding_is_known_again_by_its_key(report: Make, n: int) -> None:
    r = report(TEXT)

    assert key(r.text, machine(r)[n]) == key(r.text, machine(r)[n])
    assert len({key(r.text, one) for one in machine(r)}) == 5


def test_events_of_one_sentence_are_told_apart_by_their_triggers(report: Make) -> None:
    r = report(TEXT)
    sentence = at(r, "Ann Lee met Bob Roy in Port Lund.")
    sides: Any = {"actor": (), "recipient": (), "mode": None, "status": "actual", "generated_by": "m@1"}
    met = Event(span=sentence, event_type="CONSULT", trigger=at(r, "met"), **sides)
    other = Event(span=sentence, event_type="CONSULT", trigger=at(r, "in"), **sides)

    assert applied(r, (met, other), [entry(r, "reject", met)])[0] == (other,)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the fixture only makes reports
@given(data=st.data())
def test_when_all_is_taken_back_nothing_was_changed(report: Make, data: st.DataObject) -> None:
    r = report(TEXT)
    found = machine(r)
    entries = []
    for minute, n in enumerate(data.draw(st.lists(st.integers(0, 4), max_size=6))):
        verb = data.draw(st.sampled_from(VERBS))
        one = found[n]
        changed = structs.replace(one, span=Span(report=r.id, start=one.span.start, end=one.span.end - 1))
        entries.append(entry(r, verb, one, changed if verb == "change" else None, minute=minute))
    undone = [entry(r, "undo", undoes=one, minute=50 + n) for n, one in enumerate(entries)]

    assert applied(r, found, [*entries, *undone])[0] == found
    assert applied(r, found, data.draw(st.permutations(entries)))[0] == applied(r, found, entries)[0]
