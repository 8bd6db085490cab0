"""The people of the founding reports, through the rooms that come before."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from watchfloor.annotate import attributions, contacts, mentions, times
from watchfloor.clean.reports import clean
from watchfloor.core.annotation import Annotation, Attribution, Mention
from watchfloor.core.capture import Capture
from watchfloor.core.entity import Entity
from watchfloor.core.identity import content_id
from watchfloor.core.report import Report
from watchfloor.resolve import across, within

pytestmark = pytest.mark.shared

Read = list[tuple[Report, tuple[Annotation, ...]]]


@pytest.fixture(scope="module")
def read(shared: Path) -> Read:
    found = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        data = path.read_bytes()
        digest = sha256(data).hexdigest()
        report = clean(
            Capture(
                id=content_id("cap", path.name, digest),
                locator=path.name,
                feed="seeds",
                sha256=digest,
                media_type="text/plain",
                collected=datetime(2024, 11, 2, tzinfo=UTC),
                data=data,
            )
        )
        annotations: list[Annotation] = []
        for part in (mentions, times, attributions, contacts):
            annotations.extend(part.annotate(report, annotations))
        found.append((report, within.resolve(report, annotations)))
    return found


@pytest.fixture(scope="module")
def entities(read: Read) -> tuple[Entity, ...]:
    return across.resolve([report for report, _ in read], {report.id: found for report, found in read})[0]


@pytest.mark.parametrize(
    "forms",
    [
        {"Yoon", "Yon", "Yoon Suk Yeol", "Yoon Suk-yeol"},
        {"Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelensky"},
        {"Choe Son-hui", "Choe", "Choi"},
        {"Georgy Zinoviev", "Georgi Zinoviev", "Zinoviev"},
    ],
)
def test_one_person_over_all_spellings_is_one_entity(entities: tuple[Entity, ...], forms: set[str]) -> None:
    holding = [entity for entity in entities if entity.schema == "Person" and forms & set(entity.names)]

    assert len(holding) == 1
    assert forms <= set(holding[0].names)


def test_four_people_named_kim_are_four(entities: tuple[Entity, ...]) -> None:
    full = [{name for name in entity.names if name.startswith("Kim ")} for entity in entities]
    given = {frozenset(name.replace(" ", "-").casefold() for name in names) for names in full if names}

    assert given == {
        frozenset({"kim-hong-kyun"}),
        frozenset({"kim-byung-ju"}),
        frozenset({"kim-jong-un"}),
        frozenset({"kim-yong-bok"}),
    }


def test_each_bare_kim_who_speaks_is_the_one_on_stage(read: Read) -> None:
    report, found = read[1]
    bare = [
        one.speaker
        for one in found
        if isinstance(one, Attribution)
        and one.source
        and report.text[one.source[0].start : one.source[-1].end].strip() == "Kim"
    ]

    assert len(bare) >= 3
    assert list(dict.fromkeys(bare)) == ["Kim Hong-kyun", "Kim Byung-ju"]


def test_hong_who_is_never_introduced_stays_unresolved(read: Read, entities: tuple[Entity, ...]) -> None:
    _, found = read[4]
    (hong,) = [entity for entity in entities if "Hong" in entity.names]

    assert hong.names == ("Hong",)
    assert "unresolved" in hong.reasons[0]
    assert not any(one.introduced for one in found if isinstance(one, Attribution) and one.speaker == "Hong")
    assert all(one.refers_to is None for one in found if isinstance(one, Mention) and one.name == "Hong")


def test_one_service_over_all_names_is_one_entity(entities: tuple[Entity, ...]) -> None:
    (service,) = [entity for entity in entities if {"NIS", "National Intelligence Service"} & set(entity.names)]

    assert {"NIS", "National Intelligence Service", "the South Korean intelligence agency"} <= set(service.names)
    assert (service.schema, service.country) == ("PublicBody", "KOR")
