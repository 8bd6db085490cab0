from collections.abc import Callable, Sequence

from watchfloor.core.annotation import Annotation, Attribution, Quantity
from watchfloor.core.claim import Claim
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.claims import claims
from watchfloor.fuse.copies import copies
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.outlets import outlets
from watchfloor.fuse.parties import Parties

Said = Callable[..., Attribution]
Counted = Callable[..., Quantity]
Reports = Callable[..., Report]


def made(reports: Sequence[Report], annotations: dict[str, list[Annotation]]) -> tuple[Claim, ...]:
    return claims(Ground(reports, annotations, Parties((), ()), copies(reports), (), (), outlets(reports), {}))


def test_one_figure_of_one_party_in_three_reports_has_one_origin(report: Reports, said: Said, counted: Counted) -> None:
    texts = ["About 9,000 troops would go.", "Some 9,000 troops are meant.", "It counts 9,000 troops."]
    reports = [report(text, outlet=f"{n}.example") for n, text in enumerate(texts)]
    found: dict[str, list[Annotation]] = {
        r.id: [said(r, "The Agency", r.text), counted(r, "9,000 troops", 9000)] for r in reports
    }

    (claim,) = made(reports, found)

    assert (claim.reports, claim.outlets, claim.origins_min, claim.origins_max) == (3, 3, 1, 1)
    assert len(claim.figures) == 3


def test_a_figure_revises_what_its_party_said_last_not_what_it_said_first(
    report: Reports, said: Said, counted: Counted, day: Callable[[str], PartialDate]
) -> None:
    reports = [
        report(f"The Agency counts {n} sailors on board.", published=day(f"2026-11-2{n % 10}"), outlet="x.example")
        for n in (20, 13, 29)
    ]
    found: dict[str, list[Annotation]] = {}
    for one, n in zip(reports, (20, 13, 29), strict=True):
        found[one.id] = [said(one, "The Agency", one.text), counted(one, f"{n} sailors", n, unit="sailor")]

    by_figure = {claim.figures[0].low: claim for claim in made(reports, found)}

    assert by_figure[20].revises is None
    assert by_figure[13].revises == by_figure[20].id
    assert by_figure[29].revises == by_figure[13].id


def test_a_part_named_as_one_is_no_rival(report: Reports, said: Said, counted: Counted) -> None:
    r = report("The Agency said 9,000 troops would go, 500 of them already there.")
    whole = counted(r, "9,000 troops", 9000)
    part = counted(r, "500 of them", 500, part_of=whole.span)

    large, small = made([r], {r.id: [said(r, "The Agency", r.text), whole, part]})

    assert small.part_of == large.id
    assert not large.rivals
    assert not small.rivals


def test_what_is_done_already_is_a_part_of_what_the_same_party_expects_in_the_same_report(
    report: Reports, said: Said, counted: Counted
) -> None:
    r = report("The Agency said 500 troops have arrived and 9,000 troops are expected.")

    small, large = made(
        [r],
        {
            r.id: [
                said(r, "The Agency", r.text),
                counted(r, "500 troops", 500, phase="done"),
                counted(r, "9,000 troops", 9000, phase="planned"),
            ]
        },
    )

    assert small.part_of == large.id


def test_a_number_of_something_else_is_another_claim(report: Reports, said: Said, counted: Counted) -> None:
    a, b = report("It sent 300 troops.", outlet="a"), report("It sent 300 missiles.", outlet="b")

    found: dict[str, list[Annotation]] = {
        a.id: [said(a, "X", a.text), counted(a, "300 troops", 300)],
        b.id: [said(b, "X", b.text), counted(b, "300 missiles", 300, unit="missile")],
    }

    assert len(made([a, b], found)) == 2


def test_a_figure_nobody_is_named_for_in_one_report_alone_is_no_claim(report: Reports, counted: Counted) -> None:
    r = report("There were 300 troops.")

    assert made([r], {r.id: [counted(r, "300 troops", 300)]}) == ()


def test_a_word_of_denying_denies_what_follows_and_a_plain_word_asserts_what_is_denied_in_it(
    report: Reports, said: Said
) -> None:
    a = report("He denied that no soldiers had crossed the river at night.", outlet="a")
    b = report("He insisted that the exercise was not directed against any neighbour.", outlet="b")
    denied = Span(report=a.id, start=3, end=9)
    insisted = Span(report=b.id, start=3, end=11)

    first, second = made(
        [a, b],
        {
            a.id: [said(a, "X", "that no soldiers had crossed the river at night", act="deny", cue=(denied,))],
            b.id: [
                said(b, "Y", "that the exercise was not directed against any neighbour", act="deny", cue=(insisted,))
            ],
        },
    )

    assert first.positions[0].stance == "denies"
    assert (first.origins_min, first.origins_max) == (0, 0)
    assert second.positions[0].stance == "asserts"


def test_every_single_casualty_counts(report: Reports, said: Said, counted: Counted) -> None:
    r = report("The hospital said one dead had been brought in.")

    (claim,) = made([r], {r.id: [said(r, "The hospital", r.text), counted(r, "one dead", 1, unit="dead")]})

    assert claim.topic == "figure"


def test_two_wordings_of_one_statement_by_one_party_are_one_claim(report: Reports, said: Said) -> None:
    a = report("that the cooperation is not directed against the interests of its neighbour", outlet="a")
    b = report("the cooperation was “not directed against the security interests of its neighbour”", outlet="b")
    c = report("that the harbour will be dredged in the spring", outlet="c")

    found = made([a, b, c], {r.id: [said(r, "X", r.text)] for r in (a, b, c)})

    assert sorted(claim.reports for claim in found) == [1, 2]


def test_whose_word_it_is_is_not_part_of_the_claim(report: Reports, said: Said) -> None:
    r = report("Bell said that, according to his engineers, the north dam leaks in two places.")

    (claim,) = made(
        [r], {r.id: [said(r, "Ana Bell", "that, according to his engineers, the north dam leaks in two places")]}
    )

    assert claim.proposition == "The north dam leaks in two places"


def test_a_demand_is_not_the_claim_that_it_is_so(report: Reports, said: Said) -> None:
    a = report("the immediate withdrawal of all foreign troops from the region", outlet="a")
    b = report("the immediate withdrawal of all foreign troops from the region was complete", outlet="b")

    found = made([a, b], {a.id: [said(a, "X", a.text, act="demand")], b.id: [said(b, "X", b.text)]})

    assert len(found) == 2


def test_generated_text_is_no_voice(report: Reports, said: Said) -> None:
    r = report("The expert said the plan had failed in every respect.")

    assert made([r], {r.id: [said(r, "Dr. Roe", "the plan had failed in every respect", machine_generated=True)]}) == ()


def test_what_somebody_calls_a_thing_is_worded_as_what_it_is_called(report: Reports, said: Said) -> None:
    r = report("The minister called the dispatch a breach of the charter.")
    cue = Span(report=r.id, start=13, end=19)

    (claim,) = made([r], {r.id: [said(r, "The minister", "the dispatch a breach of the charter", cue=(cue,))]})

    assert claim.proposition == "The dispatch as a breach of the charter"


def test_what_somebody_calls_them_is_worded_with_what_they_are(report: Reports, said: Said) -> None:
    r = report("The minister denied the accounts of a deployment, calling them an invented story.")
    at = r.text.index("calling")
    whole = Span(report=r.id, start=0, end=len(r.text) - 1)
    cue = Span(report=r.id, start=at, end=at + len("calling"))

    (claim,) = made([r], {r.id: [said(r, "The minister", "them an invented story", span=whole, cue=(cue,))]})

    assert claim.proposition == "The minister denied the accounts of a deployment, calling them an invented story"


def test_whose_a_denunciation_is_stands_with_who_denounces(report: Reports, said: Said) -> None:
    r = report("The parties voiced their denunciation of the ban on fishing.")
    words = "their denunciation of the ban on fishing"

    (claim,) = made([r], {r.id: [said(r, "The parties", words, act="condemn")]})

    assert claim.proposition == "Denunciation of the ban on fishing"


def test_an_unnamed_official_of_a_named_body_is_no_stranger(report: Reports, said: Said) -> None:
    r = report("The fleet has left.")

    (claim,) = made(
        [r], {r.id: [said(r, "Ministry (unnamed official)", "The fleet has left", speaker_type="anonymous")]}
    )

    assert claim.positions[0].resolved
    assert (claim.origins_min, claim.origins_max) == (1, 1)


def test_what_is_condemned_is_the_deed_and_not_the_country(report: Reports, said: Said) -> None:
    text = "The parties condemned Chad for its decision to send troops abroad."
    a = report(text)
    (claim,) = made([a], {a.id: [said(a, "the parties", "Chad for its decision to send troops abroad", "condemn")]})

    assert claim.proposition == "Chad's decision to send troops abroad"
