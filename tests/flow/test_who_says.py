"""Who says what over a whole report: all parts and the resolving together, on paragraphs of our own."""

from collections.abc import Callable
from datetime import date

import pytest

from watchfloor.core.annotation import Attribution
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated

Read = Callable[[str], list[Attribution]]


@pytest.fixture
def read(report: Callable[..., Report]) -> Read:
    def found(text: str) -> list[Attribution]:
        return [one for one in annotated(report(text), parts()) if isinstance(one, Attribution)]

    return found


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Norwegian Foreign Minister Ingrid Vold told reporters on Monday that Norway would close its embassy in "
            "Minsk. She said the decision was not final. “We will keep talking,” Vold added.",
            ["Ingrid Vold", "Ingrid Vold", "Ingrid Vold"],
        ),
        (
            "South Korean Vice Foreign Minister Kim Hyun-soo met lawmaker Kim Dae-won on Thursday. Kim Hyun-soo said "
            "the talks were useful. Kim Dae-won disagreed. Kim said that more pressure was needed.",
            ["Kim Hyun-soo", "Kim Dae-won"],
        ),
        (
            "MOSCOW, March 3. /TASS/. Russia will respond to the deployment, Deputy Foreign Minister Pavel Orlov told "
            "TASS. “We will take all measures,” the senior diplomat said. “Nobody should doubt this,” he emphasized.",
            ["Pavel Orlov", "Pavel Orlov", "Pavel Orlov"],
        ),
        (
            "EU foreign policy chief Marta Kovac said the bloc stood ready to send monitors. The top diplomat warned "
            "that time was running out.",
            ["Marta Kovac", "Marta Kovac"],
        ),
        (
            "The Houthis' military spokesman, Yahya al-Amri, said in a televised speech that the group had hit a "
            "tanker. Al-Amri warned shipping companies against using Israeli ports.",
            ["Yahya al-Amri", "Yahya al-Amri"],
        ),
        (
            "“The dam is safe,” engineer Paolo Ricci said. He added that cracks were found in 2019.\n"
            "“Nobody told the villagers,” he went on.",
            ["Paolo Ricci", "Paolo Ricci", "Paolo Ricci"],
        ),
        (
            "Kenyan police chief Joseph Otieno and Interior Minister Grace Wanjiru said in a joint statement that 12 "
            "suspects had been arrested. The two officials urged calm.",
            ["Joseph Otieno and Grace Wanjiru", "Joseph Otieno and Grace Wanjiru"],
        ),
        (
            "“The reactor is stable,” Rosenergo chief Viktor Belov told state television. Belov also thanked the crew.",
            ["Viktor Belov", "Viktor Belov"],
        ),
        (
            "'I feared for my life,' says the council boss Dave Pring. He blamed contractors.",
            ["Dave Pring", "Dave Pring"],
        ),
        ("Zelenskyy adviser Mykhailo Bondar: Kyiv did not strike the plant.", ["Mykhailo Bondar"]),
    ],
)
def test_names_pronouns_and_descriptions_find_their_speaker(read: Read, text: str, speakers: list[str]) -> None:
    assert [one.speaker for one in read(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speaker", "body"),
    [
        (
            "Mina Haddad, a spokeswoman for Jordan's foreign ministry, said the kingdom would host the talks.",
            "Mina Haddad",
            "Jordan's foreign ministry",
        ),
        (
            "A senior U.S. defense official said the strikes hit four depots.",
            "United States (unnamed official)",
            "United States",
        ),
        (
            "Two officials from the Treasury said sanctions were being prepared.",
            "Treasury (unnamed official)",
            "Treasury",
        ),
        (
            "Paris rejects the accusation. “This is absurd,” the French ambassador said.",
            "the French ambassador",
            "France",
        ),
        ("EU foreign policy chief Marta Kovac said the bloc stood ready.", "Marta Kovac", "EU"),
    ],
)
def test_who_speaks_for_a_body_keeps_both(read: Read, text: str, speaker: str, body: str) -> None:
    last = read(text)[-1]

    assert (last.speaker, last.speaks_for) == (speaker, body)


def test_a_representative_whose_side_is_open_is_given_to_neither(read: Read) -> None:
    text = "Moldova accused Transnistria on Tuesday of seizing two trucks. Its representative denies the claim."

    denial = next(one for one in read(text) if one.act == "deny")

    assert (denial.speaker, denial.speaker_type) == (None, "anonymous")


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("“Our soldiers are coming home,” Defence Minister Jonas Petrauskas wrote on X on Friday.", "X"),
        ("In a Telegram post, Governor Oleh Marchenko said that three people were wounded.", "Telegram"),
        ("In an interview with the Baltic Herald, President Rasa Lind said Latvia was ready.", "Baltic Herald"),
        ("Norwegian minister Ingrid Vold told reporters that the embassy would close.", None),
        ("“No talks are planned,” Foreign Minister Sardor Aliev was quoted as saying by Interfax.", "Interfax"),
    ],
)
def test_the_way_is_the_way_and_not_who_is_told(read: Read, text: str, via: str | None) -> None:
    assert {one.reported_via for one in read(text)} == {via}


def test_silence_and_not_commenting_deny_nothing(read: Read) -> None:
    text = (
        "The prime minister remained silent on the allegations. His office did not immediately respond to a request "
        "for comment. Spokesperson Lin said: “I have no information on that.”"
    )

    assert [one.act for one in read(text)] == ["silent", "silent", "decline-to-comment"]


def test_who_confirms_his_own_claim_asserts_it(read: Read) -> None:
    text = "The NIS said it has confirmed that the North sent 300 workers to Vladivostok."

    assert {one.act for one in read(text)} == {"assert"}


def test_who_confirms_what_another_said_confirms_it(read: Read) -> None:
    text = (
        "Kyiv said on Monday that the North sent 300 workers to Vladivostok. The spy agency of Japan confirmed that "
        "the North sent 300 workers to Vladivostok."
    )

    assert [one.act for one in read(text)][-1] == "confirm"


def test_who_is_asked_or_cited_says_nothing_by_it(read: Read) -> None:
    text = (
        "Asked about the reports, the envoy said they were lies. At least 20 people died, the news agency ANSA "
        "reported, citing rescue officials. “It moved,” an official told reporters, asking not to be named."
    )

    said = [text[one.content[0].start : one.content[-1].end] for one in read(text)]

    assert not {"about the reports", "rescue officials", "not to be named"} & set(said)


def test_a_statement_is_not_dated_by_a_day_after_the_report(report: Callable[..., Report]) -> None:
    day = date(2026, 3, 12)
    published = PartialDate(value="2026-03-12", low=day, high=day, precision="day", how="by hand")
    made = report("The talks open on March 20. Minister Ana Bell said the sides were ready.", published=published)

    (one,) = [found for found in annotated(made, parts()) if isinstance(found, Attribution)]

    assert one.date is None
