"""Who is who over several reports, through the real annotators: situations of other regions, and what people decide."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchfloor.core.entity import Entity, Relation
from watchfloor.core.errors import ConfigError
from watchfloor.core.judgement import Verdict
from watchfloor.flow import entities as deciding
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import plain_report
from watchfloor.flow.situation import Situation, situation
from watchfloor.resolve import across
from watchfloor.resolve.relations import relations

LEVANT = (
    "Lebanese Foreign Minister Nabil Haddad said on Monday that the border would stay open. Haddad met "
    'Jordanian Foreign Minister Ayman al-Khatib in Beirut. "We agreed on joint patrols," al-Khatib said. '
    "The Foreign Ministry in Beirut said talks would go on.",
    "Nabeel Haddad, Lebanon's foreign minister, thanked his Jordanian counterpart. Aiman el-Khatib, the "
    "Jordanian foreign minister, called the talks useful. The Jordanian Foreign Ministry said a second "
    "round was planned in Amman.",
    "Rima Haddad, Lebanon's economy minister, resigned on Friday. Haddad, who took office in March 2023, "
    "gave no reason. The Foreign Ministry in Amman declined to comment.",
    "Sheikh Omar bin Hamdan al-Rashid, the crown prince, received envoys. His father, Hamdan al-Rashid, "
    "founded the port authority. Hamdan bin Omar al-Rashid, a grandson, studies abroad.",
)
EAST = (
    "Belarusian opposition leader Svetlana Tikhanovskaya met Polish Prime Minister Jan Kowalski in "
    "Warsaw. Tikhanovskaya asked for visas.",
    "Sviatlana Tsikhanouskaya said Poland had promised more visas. Jan Kowalski, then Poland's finance "
    "minister, opposed them in 2019.",
    "Ukraine's Defence Minister Oleksandr Melnyk and army chief Serhiy Bondar visited the front. Former "
    "Defence Minister Ihor Melnyk, his predecessor, disagreed.",
    "Alexander Melnik, Ukrainian defence minister, asked for shells. General Sergei Bondar, commander of "
    "the Ukrainian army, thanked allies.",
)
ASIA = (
    "Chinese Foreign Minister Zhou Wenhao met Japanese Foreign Minister Ishida Kenji in Beijing. The "
    "Foreign Ministry in Tokyo said the ministers talked for two hours.",
    "Kenji Ishida, Japan's foreign minister, told reporters that Zhou had promised more exports. Park "
    "Sang-min, South Korea's ambassador to China, was at the dinner. The Chinese foreign ministry "
    "published no readout.",
    "Pak Sang-min, the South Korean ambassador in Beijing, denied the report. Park Sang-hoon, a lawmaker "
    "of the Democratic Party, criticized him.",
    "Vietnamese President Nguyen Van Hai arrived on Sunday. Deputy Prime Minister Nguyen Van Hao stayed in Hanoi.",
)
AFRICA = (
    "Kenyan President William Kiptoo spoke with Ethiopian Prime Minister Dawit Bekele. A spokeswoman for "
    "the African Union, Amina Diallo, said the commission would help.",
    "Bill Kiptoo, the Kenyan president, said the dam was safe. Kiptoo's office announced a new envoy.",
    "The presidential office in Nairobi congratulated Sara Tesfaye.",
    "Médecins Sans Frontières (MSF) closed its clinic. MSF said two nurses were hurt.",
)


def resolved(texts: Sequence[str]) -> tuple[tuple[Entity, ...], tuple[Relation, ...]]:
    reports = [plain_report(text) for text in texts]
    found = {report.id: annotated(report, parts()) for report in reports}
    entities, links = across.resolve(reports, found)
    return entities, relations(entities, links, found)


def holding(entities: Sequence[Entity], name: str) -> Entity:
    (one,) = [entity for entity in entities if name in entity.names]
    return one


@pytest.mark.parametrize(
    ("texts", "one", "other"),
    [
        (LEVANT, "Nabil Haddad", "Nabeel Haddad"),
        (LEVANT, "Ayman al-Khatib", "Aiman el-Khatib"),
        (EAST, "Svetlana Tikhanovskaya", "Sviatlana Tsikhanouskaya"),
        (EAST, "Oleksandr Melnyk", "Alexander Melnik"),
        (EAST, "Serhiy Bondar", "Sergei Bondar"),
        (ASIA, "Ishida Kenji", "Kenji Ishida"),
        (ASIA, "Park Sang-min", "Pak Sang-min"),
        (AFRICA, "William Kiptoo", "Bill Kiptoo"),
        (AFRICA, "Médecins Sans Frontières", "MSF"),
        (AFRICA, "the presidential office", "Bill Kiptoo's office"),
    ],
)
def test_spellings_of_several_outlets_are_one(texts: Sequence[str], one: str, other: str) -> None:
    entities, _ = resolved(texts)

    assert holding(entities, one) == holding(entities, other)


@pytest.mark.parametrize(
    ("texts", "one", "other"),
    [
        (LEVANT, "Nabil Haddad", "Rima Haddad"),
        (LEVANT, "Omar bin Hamdan al-Rashid", "Hamdan al-Rashid"),
        (LEVANT, "Omar bin Hamdan al-Rashid", "Hamdan bin Omar al-Rashid"),
        (EAST, "Oleksandr Melnyk", "Ihor Melnyk"),
        (ASIA, "Park Sang-min", "Park Sang-hoon"),
        (ASIA, "Nguyen Van Hai", "Nguyen Van Hao"),
    ],
)
def test_namesakes_and_relatives_stay_apart(texts: Sequence[str], one: str, other: str) -> None:
    entities, _ = resolved(texts)

    assert holding(entities, one) != holding(entities, other)


@pytest.mark.parametrize(("texts", "states"), [(LEVANT, ["JOR", "LBN"]), (ASIA, ["CHN", "JPN"])])
def test_the_foreign_ministries_of_two_states_are_two(texts: Sequence[str], states: list[str]) -> None:
    entities, _ = resolved(texts)

    assert sorted(one.country or "" for one in entities if one.name.casefold().endswith("foreign ministry")) == states


def test_a_minister_who_changed_has_both_posts_with_their_time() -> None:
    entities, _ = resolved(EAST)

    posts = {(role.title, role.tense) for role in holding(entities, "Jan Kowalski").roles}

    assert posts == {("Prime Minister", "present"), ("finance minister", "then")}


def test_who_took_office_has_the_post_since_then() -> None:
    entities, _ = resolved(LEVANT)

    assert "2023-03" in {role.since.value for role in holding(entities, "Rima Haddad").roles if role.since}


def test_a_spokeswoman_speaks_for_her_body_and_the_words_say_so() -> None:
    entities, told = resolved(AFRICA)
    names = {one.id: one.name for one in entities}

    said = [one for one in told if one.kind == "speaks-for" and names[one.subject] == "Amina Diallo"]

    assert {names[one.object or ""] for one in said} == {"African Union"}
    assert all(one.evidence for one in said)


@pytest.mark.parametrize("texts", [LEVANT, EAST, ASIA, AFRICA])
def test_the_order_of_reports_changes_nothing(texts: Sequence[str]) -> None:
    assert resolved(texts) == resolved(texts[::-1])


@pytest.fixture
def opened(tmp_path: Path) -> Situation:
    for number, text in enumerate((*LEVANT, "Haddad said that he would return."), 1):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}\n\n{text}\n", encoding="utf-8")
    with situation(tmp_path / "s.db", create=True) as made:
        made.add([str(tmp_path / f"{number}.txt") for number in range(1, 6)])
        return made


def at(day: int) -> datetime:
    return datetime(2024, 11, day, tzinfo=UTC)


def decide(opened: Situation, left: str, right: str, verdict: Verdict, day: int) -> None:
    deciding.judge(opened.store, opened.picture(), left, right, verdict, by="ada", at=at(day), note=None)


def bare(opened: Situation) -> str:
    """Return the bare Haddad as a judgement names him: by his report."""
    (found,) = [one for one in opened.picture().entities if one.names == ("Haddad",)]
    return f"Haddad @{found.mentions[0].report}"


def test_what_is_uncertain_waits_for_a_person_likeliest_first(opened: Situation) -> None:
    found = deciding.uncertain(opened.store, opened.reader, opened.picture())

    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert {"Haddad", "Rima Haddad"} in [{one.left.name, one.right.name} for one in found]


def test_a_judgement_holds_for_later_runs_and_later_reports(opened: Situation, tmp_path: Path) -> None:
    decide(opened, bare(opened), "Nabil Haddad", "same", 1)
    (tmp_path / "6.txt").write_text("Report 6\n\nLebanese Foreign Minister Nabil N. Haddad went home.\n")
    opened.add([str(tmp_path / "6.txt")])
    (tmp_path / "7.txt").write_text("Report 7\n\nFormer Foreign Minister Karim Haddad spoke.\n")
    opened.add([str(tmp_path / "7.txt")])

    one = holding(opened.picture().entities, "Nabil Haddad")

    assert any("judged the same by ada" in reason for reason in one.reasons)
    assert not any(one.names == ("Haddad",) for one in opened.picture().entities)


def test_what_was_judged_is_not_asked_again(opened: Situation) -> None:
    before = bare(opened)
    decide(opened, before, "Nabil Haddad", "different", 1)
    decide(opened, before, "Rima Haddad", "unsure", 2)

    found = deciding.uncertain(opened.store, opened.reader, opened.picture())

    assert not any("Haddad" in (one.left.name, one.right.name) for one in found)


def test_a_later_judgement_undoes_an_earlier_one(opened: Situation) -> None:
    before = bare(opened)
    decide(opened, before, "Nabil Haddad", "same", 1)
    decide(opened, before, "Nabil Haddad", "different", 2)

    assert bare(opened) == before


def test_two_people_of_one_full_name_are_taken_apart_by_their_reports(opened: Situation, tmp_path: Path) -> None:
    (tmp_path / "6.txt").write_text("Report 6\n\nA dentist, Nabil Haddad, won the race.\n", encoding="utf-8")
    opened.add([str(tmp_path / "6.txt")])
    places = next(form.reports for form in holding(opened.picture().entities, "Nabil Haddad").surfaces if form.uses > 1)
    first, second = (f"Nabil Haddad @{report}" for report in places)
    decide(opened, first, second, "different", 1)

    bearers = [one for one in opened.picture().entities if "Nabil Haddad" in one.names]

    assert len(bearers) == 2


def test_a_name_of_several_is_refused_with_the_choices(opened: Situation) -> None:
    with pytest.raises(ConfigError, match="expected one; give an id"):
        decide(opened, "Haddad", "Ayman al-Khatib", "same", 1)


def test_a_file_links_entities_and_the_links_are_kept(opened: Situation, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,qid,country\nNabil Haddad,Q11,LB\nRima Haddad,Q12,\nRima Haddad,Q13,\n", encoding="utf-8")

    made = deciding.link(opened.store, opened.picture(), file, by="ada", at=at(1))

    assert [(link.name, link.qid) for link in opened.picture().identities] == [(made.kept[0].name, "Q11")]
    assert {match.record.qid for match in made.open} == {"Q12", "Q13"}
