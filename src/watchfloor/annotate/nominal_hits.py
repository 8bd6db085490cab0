"""Statements told without a finite verb of saying: "according to", "was quoted as saying", "X's claim that"."""

from collections.abc import Sequence

from watchfloor.annotate import cues
from watchfloor.annotate.grammar import BE, CLAUSE, DOCUMENTS, RELATIVE
from watchfloor.annotate.hits import AFTER_SPEAKER, Hit
from watchfloor.annotate.phrases import can_speak
from watchfloor.annotate.sources import Source, Voices
from watchfloor.annotate.tokens import Token
from watchfloor.annotate.verbs import verb_group

WORDS = frozenset(("according", "quoted", "cited"))
"""The words at which `according` and `quoted` begin to read; `noun` begins at a noun of `cues.nouns`."""
_ACCORDING = cues.Entry(("according", "to"), "c", None)
_QUOTED = cues.Entry(("quoted", "as", "saying"), "c", None)
_LONGEST_ORIGIN = 18  # tokens of "the latest poll by the newspaper"
_MEASURES = frozenset("plan plans schedule law rule rules custom tradition need needs size age rank how what".split())
"""What something goes "according to" that is nobody's words."""
_POSSESSIVE = frozenset("his her its their".split())


def according(items: Sequence[Token], at: int, voices: Voices) -> Hit | None:
    """Read "according to the agency" and "according to the latest poll by Daily A"."""
    if items[at].low != "according" or at + 2 >= len(items) or items[at + 1].low != "to":
        return None
    source = voices.after(items, at + 2) or _noun_after(items, at + 2, voices)
    following = items[source.end] if source is not None and source.end < len(items) else None
    if (
        following is not None
        and following.low not in CLAUSE | AFTER_SPEAKER
        and (following.word or following.text == "/")
    ):
        source = _noun_after(items, at + 2, voices) or source
    return None if source is None else Hit(at, at, at + 2, _ACCORDING, "according", source)


def _noun_after(items: Sequence[Token], at: int, voices: Voices) -> Source | None:
    """Return the phrase up to the next mark when it has a noun that can speak: "the latest poll by the newspaper"."""
    end = at
    while end < len(items) and end - at < _LONGEST_ORIGIN and (items[end].word or items[end].text in "'s’s()/&%"):
        if items[end].low in CLAUSE - RELATIVE - {"and", "or", "that"}:
            break
        end += 1
    loose = at < 3 or items[at - 3].text in (",", "—", "–", "(")
    head = next((index for index in range(at, end) if items[index].low in ("of", "in")), end)
    if not loose and not any(_could_speak(items[index], voices) for index in range(at, head)):
        return None
    if end == at or items[at].low in _MEASURES or items[at].low in CLAUSE:
        return None
    return Source(at, end, voices.starting(items[at].start))


def _could_speak(item: Token, voices: Voices) -> bool:
    return item.low in DOCUMENTS or can_speak(item.low) or voices.starting(item.start) is not None


def quoted(items: Sequence[Token], at: int, voices: Voices) -> Hit | None:
    """Read "was quoted as saying by the agency" and "was quoted by the agency as saying"."""
    if items[at].low not in ("quoted", "cited") or not at or items[at - 1].low not in BE:
        return None
    end = at + 1
    via: tuple[int, int] | None = None
    if end < len(items) and items[end].low == "by" and (who := voices.after(items, end + 1)) is not None:
        via, end = (who.begin, who.end), who.end
    if end + 1 >= len(items) or items[end].low != "as" or not items[end + 1].low.endswith("ing"):
        return None
    end += 2
    if (
        via is None
        and end < len(items)
        and items[end].low == "by"
        and (who := voices.after(items, end + 1)) is not None
    ):
        via = (who.begin, who.end)
    group = verb_group(items, at)
    return Hit(at, group.edge, end, _QUOTED, "quoted", voices.before(items, group.edge), via=via)


def noun(items: Sequence[Token], at: int, voices: Voices) -> Hit | None:
    """Read "the minister's claim that" and "their criticism of": the owner is the speaker."""
    noun = cues.nouns().get(items[at].low)
    if noun is None or at < 1 or at + 1 >= len(items) or items[at + 1].low not in noun.follows:
        return None
    owner = at - 1
    while owner > 0 and at - owner < 4 and items[owner].word and items[owner].low not in _POSSESSIVE:
        owner -= 1
    if owner > 0 and cues.at(items, owner - 1) is not None:
        return None  # "expressed his hope": the verb says it already
    if items[owner].low in _POSSESSIVE:
        source: Source | None = Source(owner, owner + 1, None)
    elif items[owner].text in ("'s", "’s", "'", "’") and owner > 0:
        source = voices.before(items, owner)
    else:
        return None
    if source is None or source.begin == 0 or not items[source.begin - 1].word or items[source.begin - 1].low in CLAUSE:
        return None  # as a subject its content would run on into its own verb
    that = items[at + 1].low == "that"
    end = at + 1 if that else at + 2
    entry = cues.Entry((items[at].low,), "c" if that else "n", noun.act)
    return (
        None
        if source is None
        else Hit(at, owner + 1 if items[owner].low not in _POSSESSIVE else at, end, entry, "noun", source)
    )
