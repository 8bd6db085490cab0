"""Words of saying that count in one sentence, each with its speaker: subject, inversion, shared subject, participle."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from watchfloor.annotate import cues, titles
from watchfloor.annotate.grammar import BE, CLAUSE, DOCUMENTS, PRONOUNS, RELATIVE, TIME
from watchfloor.annotate.sources import Source, Voices, can_speak
from watchfloor.annotate.stretches import is_quote
from watchfloor.annotate.tokens import Token
from watchfloor.annotate.verbs import verb_group

Mode = Literal["subject", "inverted", "shared", "participle", "according", "quoted", "passive", "noun"]

_ACCORDING = cues.Entry(("according", "to"), "c", None)
_QUOTED = cues.Entry(("quoted", "as", "saying"), "c", None)
_PLURAL_PRONOUNS = frozenset("they we i you some many others most both several few".split())
_DETERMINING = frozenset("some many most several both few".split())
_AFTER_SPEAKER = frozenset(
    "in on at during after who of as to while when from with about via through before by for following whose and then "
    "this last late early monday tuesday wednesday thursday friday saturday sunday yesterday earlier".split()
)
_POSSESSIVE = frozenset("his her its their".split())


class Hit(NamedTuple):
    """A word of saying at token `at`, with auxiliaries and adverbs begin to end (half-open), and its speaker."""

    at: int
    begin: int
    end: int
    entry: cues.Entry
    mode: Mode
    source: Source | None
    negated: bool = False
    via: tuple[int, int] | None = None

    @property
    def clause(self) -> int:
        """The token where its own clause begins: at its subject, else at its verb."""
        own = self.source is not None and self.mode in ("subject", "quoted")
        return min(self.begin, self.source.begin) if own and self.source is not None else self.begin


class Statement(NamedTuple):
    """A statement in token indexes: `content` half-open pieces; channel, via: the words that name how it came.

    awaits: the sentence ends in a colon, and its content is the next passage.
    """

    hit: Hit
    content: tuple[tuple[int, int], ...]
    channel: tuple[int, int] | None
    via: tuple[int, int] | None
    awaits: bool = False


def hits(items: Sequence[Token], voices: Voices) -> list[Hit]:
    """Return the words of saying of one sentence in text order."""
    found: list[Hit] = []
    at = 0
    while at < len(items):
        hit = _according(items, at, voices) or _quoted(items, at, voices) or _noun(items, at, voices)
        hit = hit or _verb(items, at, voices, found)
        if hit is not None:
            found.append(hit)
            at = max(at + 1, hit.end)
        else:
            at += 1
    return found


def _according(items: Sequence[Token], at: int, voices: Voices) -> Hit | None:
    if items[at].low != "according" or at + 2 >= len(items) or items[at + 1].low != "to":
        return None
    source = voices.after(items, at + 2) or _noun_after(items, at + 2, voices)
    return None if source is None else Hit(at, at, at + 2, _ACCORDING, "according", source)


def _noun_after(items: Sequence[Token], at: int, voices: Voices) -> Source | None:
    """Return the phrase up to the next mark when it has a noun that can speak: "the latest poll by the newspaper"."""
    end = at
    while end < len(items) and end - at < 16 and (items[end].word or items[end].text in "'s’s()"):
        end += 1
    for index in range(at, end):
        low = items[index].low
        if low in DOCUMENTS or can_speak(low) or voices.starting(items[index].start) is not None:
            return Source(at, end, voices.starting(items[index].start))
        if low in CLAUSE or (low in ("of", "in") and index > at):
            return None
    return None


def _quoted(items: Sequence[Token], at: int, voices: Voices) -> Hit | None:
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


def _verb(items: Sequence[Token], at: int, voices: Voices, found: Sequence[Hit]) -> Hit | None:
    """Read a verb of the cue table as a hit, None when its form or its surroundings speak against it."""
    cue = cues.at(items, at)
    if cue is None:
        return None
    group = verb_group(items, at)
    begin = _group_begin(items, at, group.edge)
    if cue.form == "ing" and not group.passive:
        return _participle(items, cue, voices, found)
    if group.passive and cue.form in ("past", "participle"):
        return _passive(items, cue, begin, group.edge, voices)
    if group.to or group.modal or (group.passive and cue.form != "ing"):
        return None
    if cue.form == "participle" and not group.perfect:
        return None
    if (
        cue.form == "base"
        and items[at - 1].low in _DETERMINING
        and cue.end < len(items)
        and not _opens_content(items, cue.end)
    ):
        return None
    if cue.form == "base" and not group.perfect and not _plural_before(items, group.edge, voices):
        return None
    if _is_reduced(items, cue):
        return None
    if (shared := _shared(items, begin, cue, group.negated, found, voices)) is not None:
        return shared
    if (inverted := _inverted(items, at, cue, voices)) is not None:
        return inverted
    source = voices.before(items, group.edge)
    if source is None and found and group.edge > 0 and items[group.edge - 1].low in RELATIVE:
        return Hit(at, begin, cue.end, cue.entry, "shared", found[-1].source, group.negated)
    if source is None or source.end > begin or (source.begin > 0 and items[source.begin - 1].low == "what"):
        return None
    return Hit(at, begin, cue.end, cue.entry, "subject", source, group.negated)


def _opens_content(items: Sequence[Token], at: int) -> bool:
    """Tell whether what follows a verb could be its content and no noun: "some state officials"."""
    item = items[at]
    return is_quote(item) or item.capital or item.low in PRONOUNS or item.low in titles.function_words()


def _passive(items: Sequence[Token], cue: cues.Cue, begin: int, edge: int, voices: Voices) -> Hit | None:
    """Read "the raid was condemned by Seoul": the agent is the speaker, the subject the content."""
    if not {"n", "a"} & set(cue.entry.frames) or "w" in cue.entry.frames or cue.end + 1 >= len(items):
        return None
    if items[cue.end].low != "by" or (source := voices.after(items, cue.end + 1)) is None:
        return None
    return Hit(cue.begin, begin, cue.end + 1, cue.entry, "passive", source)


def _noun(items: Sequence[Token], at: int, voices: Voices) -> Hit | None:
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


def _group_begin(items: Sequence[Token], at: int, edge: int) -> int:
    """Return where auxiliaries and adverbs before the verb begin; an expression of time is left out."""
    begin = at
    while begin > edge and (items[begin - 1].word or items[begin - 1].text == "n't"):
        begin -= 1
    while begin < at and (
        items[begin].low in TIME or items[begin].low in ("on", "in", "this") or items[begin].text[0].isdigit()
    ):
        begin += 1
    return begin


def _plural_before(items: Sequence[Token], edge: int, voices: Voices) -> bool:
    """Tell whether the word before the edge could be a plural subject, so that a base form is a finite verb."""
    if edge <= 0:
        return False
    last = items[edge - 1]
    if last.low in _PLURAL_PRONOUNS:
        return True
    if last.low in titles.plurals() and titles.plurals()[last.low] != last.low:
        return True
    mention = voices.ending(last.end)
    return (mention is not None and (mention.type == "group" or last.low.endswith("s"))) or last.low == "who"


def _is_reduced(items: Sequence[Token], cue: cues.Cue) -> bool:
    """Tell whether a past form only describes the noun before it: "the plan announced by", "is said to be"."""
    if cue.form != "past" or cue.end >= len(items):
        return False
    following = items[cue.end].low
    return (following == "by" and "d" not in cue.entry.frames) or (following == "to" and cue.entry.words == ("say",))


def _participle(items: Sequence[Token], cue: cues.Cue, voices: Voices, found: Sequence[Hit]) -> Hit | None:
    """Read ", adding that" and ", noting" as going on for the speaker before."""
    if {"w", "q"} & set(cue.entry.frames) and cue.entry.words != ("continue",):
        return None
    before = cue.begin - 1
    while before > 0 and (items[before].low.endswith("ly") or items[before].low in ("also", "further", "instead")):
        before -= 1
    behind_mark = before >= 0 and (items[before].text in (",", "—", "–") or is_quote(items[before]))
    joined = before > 0 and items[before].low == "and" and bool(found) and found[-1].mode == "participle"
    if not (behind_mark or joined):
        return None
    if found:
        source = found[-1].source
    elif behind_mark:
        source = _main_subject(items, before, voices)
    else:
        source = None
    if source is None:
        return None
    return Hit(cue.begin, before + 1 if before >= 0 else cue.begin, cue.end, cue.entry, "participle", source)


def _main_subject(items: Sequence[Token], stop: int, voices: Voices) -> Source | None:
    """Return the subject that opens the sentence, behind an opening phrase and its comma."""
    at = 0
    while at < min(stop, 3) and items[at].low in ("but", "and", "so", "however", "meanwhile", ",", "still", "yet"):
        at += 1
    if at >= stop:
        return None
    if items[at].low in PRONOUNS:
        return Source(at, at + 1, None)
    source = voices.after(items, at)
    if source is None or source.end >= stop or items[source.end].low in ("of", "'s", "’s"):
        return None
    return source


def _shared(
    items: Sequence[Token], begin: int, cue: cues.Cue, negated: bool, found: Sequence[Hit], voices: Voices
) -> Hit | None:
    """Read "and said", "but denied", ", then added" as the next act of the speaker before."""
    before = begin - 1
    if before < 1 or items[before].low not in ("and", "but", "or", "then"):
        return None
    source = found[-1].source if found else _main_subject(items, before, voices)
    if source is None or source.end > before:
        return None
    return Hit(cue.begin, begin, cue.end, cue.entry, "shared", source, negated)


def _inverted(items: Sequence[Token], at: int, cue: cues.Cue, voices: Voices) -> Hit | None:
    """Read '"...," said Ana Ruiz' and '..., according the minister said'."""
    if not at or "c" not in cue.entry.frames or not (is_quote(items[at - 1]) or items[at - 1].text in ",!?—"):
        return None
    source = voices.after(items, cue.end)
    if source is None:
        return None
    if source.mention is None and not is_quote(items[at - 1]):
        return None
    following = items[source.end] if source.end < len(items) else None
    if following is not None and following.word and following.low not in _AFTER_SPEAKER:
        return None
    if following is not None and following.text in ("'s", "’s"):
        return None
    return Hit(at, at, cue.end, cue.entry, "inverted", source)
