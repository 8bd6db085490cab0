"""One sentence with its tree, its actors and what else was found in it: where transfers and commitments are read."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from watchfloor.annotate import gazetteer, reading, scenes
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.parties import KINDS, Actor
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told, actors_of, of_sentence
from watchfloor.annotate.scenes import Scene
from watchfloor.annotate.verb_forms import base_in, word_at
from watchfloor.core.annotation import Annotation, Mention, Party
from watchfloor.core.report import Report
from watchfloor.core.span import Span

_BEFORE = 600  # characters before a sentence in which stands what it takes up again (assumed)
_NOWHERE = frozenset({"border", "frontier", "sea", "coast", "water", "territory", "soil", "side", "airspace"})
_OF_OTHERS = frozenset("warn oppose condemn criticize criticise denounce protest fear welcome applaud decry".split())
_ARTICLE = 4  # characters of "the "


class Stage(Struct, frozen=True):
    """One sentence: its predicates and actors, the countries that its words name (start, end, code, name), weapons.

    weapons: where mentions of weapons begin.
    before: the actors of the sentences right before it. scene: the sentence as `scenes` cuts it, for times; None where
        the cuts differ.
    """

    report: str
    text: str
    told: Told
    actors: Sequence[Actor]
    countries: Sequence[tuple[int, int, str, str]]
    weapons: Sequence[int]
    before: Sequence[Actor]
    scene: Scene | None


def stages(report: Report, found: Sequence[Annotation], wanted: Callable[[str], bool]) -> Iterator[Stage]:
    """Yield the sentences whose words are wanted, with their trees; one told again word for word is told once."""
    every = list(scenes.scenes(report, found))
    starts = [one.start for one in every]
    mentions = [one for one in found if isinstance(one, Mention)]
    weapons = [one.span.start for one in mentions if one.type == "weapon"]
    actors = sorted({(one.start, one.end): one for scene in every for one in scene.actors}.values(), key=_start)
    begins = [one.start for one in actors]
    seen: set[str] = set()
    for passage in report.parts(*KINDS):
        for offset, held in reading.read(report.text, passage.start, passage.end):
            for sentence in held.sentences:
                start = offset + held.words[sentence.first].start
                end = offset + held.words[sentence.last - 1].end
                words = report.text[start:end]
                if words in seen or not wanted(words):
                    continue
                seen.add(words)
                at = bisect_right(starts, start) - 1
                low, high = bisect_left(begins, start), bisect_left(begins, end)
                yield Stage(
                    report=report.id,
                    text=report.text,
                    told=of_sentence(report.text, offset, held, sentence),
                    actors=actors[low:high],
                    countries=[
                        (start + one, start + other, code, gazetteer.country_name(code) or words[one:other])
                        for one, other, code in gazetteer.countries_in(words)
                    ],
                    weapons=[one for one in weapons if start <= one < end],
                    before=actors[bisect_left(begins, start - _BEFORE) : low],
                    scene=every[at] if at >= 0 else None,
                )


def parties_of(stage: Stage, phrases: Sequence[Phrase]) -> tuple[Party, ...]:
    """Return who is meant by the phrases; a country that a phrase names where no actor stands there."""
    found: dict[str, Party] = {}
    for phrase in phrases:
        told = scenes.parties_of(actors_of(phrase, stage.actors))
        if any(one.span is not None and one.span.start < phrase.start - _ARTICLE for one in told):
            told = []  # a mention that reaches over more than the phrase: "600 officers to Haiti"
        if not told and phrase.lemma.rstrip("s") not in _NOWHERE:
            told = named(stage, phrase.start, phrase.end)
        for party in _named_behind(stage, told):
            found.setdefault(party.name, party)
    return tuple(found.values())


def _named_behind(stage: Stage, told: list[Party]) -> list[Party]:
    """Return the sides; of "the North's leader, Ann Lee" the one who is named, not the description before the name."""
    span = told[0].span if len(told) == 1 else None
    if span is None or told[0].name.split()[-1][:1].isupper():
        return told
    behind = next((one for one in stage.actors if one.kind == "person" and one.start > span.end), None)
    if behind is None or stage.text[span.end : behind.start] not in {", ", " "}:
        return told
    return scenes.parties_of([behind])


def doers_of(stage: Stage, predicate: Predicate) -> tuple[Party, ...]:
    """Return who does what the verb says, by more than its subject.

    Nobody where somebody warns against it; whom the words before name where he is blamed for it ("sanctions on X for
    buying"); whoever says it where the subject is an "it" or "they" of his own words.
    """
    above = next(iter(predicate.governors), None)
    if above is not None and predicate.tense in {"participle", None}:
        if above.mark == "for":
            last = next((one for one in reversed(stage.actors) if one.end <= predicate.start), None)
            return tuple(scenes.parties_of([last])) if last is not None else ()
        if above.mark == "against" or base_in(word_at(stage.text, above.start), _OF_OTHERS):
            return ()
    found = parties_of(stage, predicate.subjects)
    if found or above is None or above.relation != "ccomp":
        return found
    return parties_of(stage, above.subjects) if any(one.upos == "PRON" for one in predicate.subjects) else ()


def named(stage: Stage, start: int, end: int) -> list[Party]:
    """Return the first country that the words name, none where they name none."""
    return [
        Party(name=name, country=code, span=Span(report=stage.report, start=low, end=high))
        for low, high, code, name in stage.countries
        if start <= low < end
    ][:1]


def _start(actor: Actor) -> int:
    return actor.start
