"""Set phrases and private life are told with the verbs of events; here the sentences that are none, each beside one."""

from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Event
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated

PARTS = parts()


def types(report: Callable[..., Report], text: str) -> set[str]:
    return {one.event_type for one in annotated(report(text), PARTS) if isinstance(one, Event)}


@pytest.mark.parametrize(
    ("said", "told", "kind"),
    [
        (
            "The Norwegian government declined to say how many died.",
            "Norway refused to extradite him to Chad.",
            "REJECT",
        ),
        ("Norway ignored the problem.", "Norway ignored the demands of Chad.", "REJECT"),
        ("Kenya's minister agreed with the view of Uganda.", "Kenya agreed to help Uganda.", "AGREE"),
        ("The Finnish police warned residents about fraud.", "Finland warned Estonia of consequences.", "THREATEN"),
        ("Upon taking office, the Ghanaian president smiled.", "Ghanaian troops took the town of Bawku.", "COERCE"),
        ("The Polish officer shot himself.", "The Polish officer shot a protester.", "ASSAULT"),
        ("The Kenyan minister asked why the women were silent.", "Kenya asked Uganda to help.", "REQUEST"),
        (
            "The Peruvian firm said they charge differently.",
            "Peru's prosecutor charged a minister with fraud.",
            "ACCUSE",
        ),
        ("The Chilean minister concedes the number is high.", "Chile conceded to the rebels.", "CONCEDE"),
        ("A resident visited the diner on Monday.", "Poland's president visited Latvia on Monday.", "CONSULT"),
        ("She helped her grandmother.", "Sweden helped Ukraine.", "AID"),
        ("The Danish envoy's job was to assist the firm.", "The Danish government assisted Moldova.", "AID"),
        ("The Kenyan police beat people without them having attacked officers.", "Rebels attacked Kenya.", "ASSAULT"),
    ],
)
def test_a_set_phrase_is_no_event(report: Callable[..., Report], said: str, told: str, kind: str) -> None:
    assert kind not in types(report, said)
    assert kind in types(report, told)


def test_who_is_charged_in_a_headline_does_not_accuse(report: Callable[..., Report]) -> None:
    found = [
        one for one in annotated(report("Minister Pavel Horak charged with fraud."), PARTS) if isinstance(one, Event)
    ]

    assert not [one for one in found if any("Horak" in party.name for party in one.actor)]


def test_a_senator_who_attacks_a_rival_over_taxes_blames_him(report: Callable[..., Report]) -> None:
    text = "Senator Ruth Weller of Ohio attacked Senator Karl Bruns over his taxes."

    assert "ASSAULT" not in types(report, text)


def test_the_police_of_a_city_are_named_with_it(report: Callable[..., Report]) -> None:
    text = "A man was arrested by Bergen police on Monday."
    (made,) = [one for one in annotated(report(text), PARTS) if isinstance(one, Event)]

    assert (made.actor[0].name, made.actor[0].sector) == ("Bergen police", "COP")
