"""Verbs of saying that count, each with its speaker: the subject, inverted, shared, of a participle, an agent."""

from collections.abc import Sequence

from watchfloor.annotate import cues, titles
from watchfloor.annotate.grammar import DOCUMENTS, NEGATED, PRONOUNS, TIME
from watchfloor.annotate.hits import AFTER_SPEAKER, Hit
from watchfloor.annotate.phrases import can_speak
from watchfloor.annotate.sources import Source, Voices
from watchfloor.annotate.stretches import is_quote
from watchfloor.annotate.tokens import Token
from watchfloor.annotate.verbs import Verb, verb_group

_PLURAL_PRONOUNS = frozenset("they we i you some many others most both several few".split())
_DETERMINING = frozenset("some many most several both few".split())
_OPENING = frozenset("but and so however meanwhile , still yet".split())
_PHRASE_LEADS = frozenset("in on at during after before last earlier later with for".split())
_WITH_BASE = NEGATED | {"do", "does", "did", "to"}
_LONGEST_OPENING = 18  # tokens of "In a speech in Oslo on Monday,"


def verb(items: Sequence[Token], at: int, voices: Voices, found: Sequence[Hit]) -> Hit | None:
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
    if not _is_finite(items, cue, group, voices) or _is_reduced(items, cue):
        return None
    if (shared := _shared(items, begin, cue, group.negated, found, voices)) is not None:
        return shared
    if (inverted := _inverted(items, at, cue, voices)) is not None:
        return inverted
    if cue.entry.words == ("ask",) and cue.end < len(items) and items[cue.end].low == "not":
        return None  # "who asked not to be named"
    source = voices.before(items, group.edge, _is_plain(cue.entry) and cue.form != "present")
    if source is None and found and group.edge > 1 and items[group.edge - 1].low == "which":
        return Hit(at, begin, cue.end, cue.entry, "shared", found[-1].source, group.negated)
    if source is None or source.end > begin or (source.begin > 0 and items[source.begin - 1].low == "what"):
        return None
    return Hit(at, begin, cue.end, cue.entry, "subject", source, group.negated)


def _is_finite(items: Sequence[Token], cue: cues.Cue, group: Verb, voices: Voices) -> bool:
    """Tell whether the form can be the verb of a clause there, and is no noun or adjective."""
    if cue.form == "participle" and not group.perfect:
        return False
    if (
        cue.form == "base"
        and items[cue.begin - 1].low in _DETERMINING
        and cue.end < len(items)
        and not _may_open_content(items, cue.end)
    ):
        return False
    return cue.form != "base" or _may_be_base(items, group, cue.begin, _is_plain(cue.entry), voices)


def _is_plain(entry: cues.Entry) -> bool:
    """Tell whether the verb means saying and nothing else."""
    return "c" in entry.frames and not set("nwdai") & set(entry.frames)


def _may_open_content(items: Sequence[Token], at: int) -> bool:
    """Tell whether what follows a verb could be its content and no noun: "some state officials"."""
    item = items[at]
    return is_quote(item) or item.capital or item.low in PRONOUNS or item.low in titles.function_words()


def _passive(items: Sequence[Token], cue: cues.Cue, begin: int, edge: int, voices: Voices) -> Hit | None:
    """Read "the raid was condemned by Seoul": the agent is the speaker, the subject the content."""
    if not {"n", "a"} & set(cue.entry.frames) or {"w", "k"} & set(cue.entry.frames) or cue.end + 1 >= len(items):
        return None
    if items[cue.end].low != "by" or (source := voices.after(items, cue.end + 1)) is None:
        return None
    return Hit(cue.begin, begin, cue.end + 1, cue.entry, "passive", source)


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


def _may_be_base(items: Sequence[Token], group: Verb, at: int, plain: bool, voices: Voices) -> bool:
    """Tell whether a base form is a verb there: behind "did" or a plural; behind "has" it is a noun ("has support")."""
    if group.perfect:
        return any(items[index].low in _WITH_BASE for index in range(group.edge, at))
    return _plural_before(items, group.edge, plain, voices)


def _plural_before(items: Sequence[Token], edge: int, plain: bool, voices: Voices) -> bool:
    """Tell whether the word before the edge could be a plural subject, so that a base form is a finite verb."""
    if edge <= 0:
        return False
    last = items[edge - 1]
    if last.low in _PLURAL_PRONOUNS:
        return True
    if last.low in titles.plurals() and titles.plurals()[last.low] != last.low:
        return True
    plural = last.word and last.low.endswith("s") and last.low[-2:] not in ("ss", "us", "is")
    if plural and (plain or last.low in DOCUMENTS or can_speak(last.low.removesuffix("s"))):
        return True
    mention = voices.ending(last.end)
    return (mention is not None and (mention.type == "group" or last.low.endswith("s"))) or last.low == "who"


def _is_reduced(items: Sequence[Token], cue: cues.Cue) -> bool:
    """Tell whether a past form only describes the noun before it: "the plan announced by", "is said to be"."""
    if cue.form != "past" or cue.end >= len(items):
        return False
    following = items[cue.end].low
    behind = items[cue.end + 1].low if cue.end + 1 < len(items) else ""
    is_to = following == "to" and cue.entry.words == ("say",) and behind in ("be", "have")
    return is_to or (following == "by" and "d" not in cue.entry.frames)


def _participle(items: Sequence[Token], cue: cues.Cue, voices: Voices, found: Sequence[Hit]) -> Hit | None:
    """Read ", adding that" and ", noting" as going on for the speaker before."""
    if {"w", "q"} & set(cue.entry.frames) and cue.entry.words != ("continue",):
        return None
    before = cue.begin - 1
    while before > 0 and (items[before].low.endswith("ly") or items[before].low in ("also", "further", "instead")):
        before -= 1
    behind_mark = before >= 0 and (items[before].text in (",", "—", "–") or is_quote(items[before]))
    behind_mark = behind_mark or (before > 0 and items[before].low == "by")
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
    while at < min(stop, 3) and items[at].low in _OPENING:
        at += 1
    if at < stop and items[at].low in _PHRASE_LEADS:
        comma = next((one for one in range(at, min(stop, at + _LONGEST_OPENING)) if items[one].text == ","), None)
        at = stop if comma is None else comma + 1
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
    """Read '"...," said Ana Ruiz' and '..., according the minister said'; behind "told" stands whoever is told."""
    if (
        not at
        or "c" not in cue.entry.frames
        or "t" in cue.entry.frames
        or not (is_quote(items[at - 1]) or items[at - 1].text in ",!?—")
    ):
        return None
    source = voices.after(items, cue.end)
    if source is None and is_quote(items[at - 1]) and _is_plain(cue.entry):
        source = voices.behind(items, cue.end)
    if source is None:
        return None
    if source.mention is None and not is_quote(items[at - 1]):
        return None
    following = items[source.end] if source.end < len(items) else None
    if following is not None and following.word and following.low not in AFTER_SPEAKER:
        source = voices.behind(items, cue.end) if is_quote(items[at - 1]) and _is_plain(cue.entry) else None
        if source is None:
            return None
        following = items[source.end] if source.end < len(items) else None
    if following is not None and following.text in ("'s", "’s"):
        return None
    return Hit(at, at, cue.end, cue.entry, "inverted", source)
