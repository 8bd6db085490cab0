"""One report made ready for a person: its text with what every stretch is, its sentences, and what is found in them."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from watchfloor.annotate.corrected import BY_A_PERSON
from watchfloor.annotate.findings import key, kind, mark, said
from watchfloor.annotate.sentences import split
from watchfloor.core.annotation import Annotation
from watchfloor.core.correction import Applied, Correction
from watchfloor.core.marking import Reader
from watchfloor.core.report import Flag, Passage, PassageKind, Report
from watchfloor.core.translation import Translation
from watchfloor.flow.correcting import Readout, readout
from watchfloor.store.reading import Version
from watchfloor.store.store import Store

READ: tuple[PassageKind, ...] = ("headline", "dek", "dateline", "body", "subhead", "caption")
"""Kinds of passages that belong to what the outlet tells; all else is furniture, and is folded."""

PART = 60_000
"""Code points of a report on one page (assumed: twenty pages of print); longer ones have several parts."""

FLAGS = {
    "title-missing": "The page has no headline that could be found.",
    "machine-translated": "A machine translated it: names, numbers and who says what may be wrong.",
    "translated": "It is a translation; the wording of quotations is the translator's.",
    "ai-generated": "A machine wrote it, or parts of it: what stands in those parts is nobody's statement.",
    "truncated": "Its end is missing; what it says further down was not read.",
    "duplicate-caption": "The same caption stands in it more than once; it was read once.",
    "embedded-non-report": "Another text was appended to it; that is no part of the report and is not counted.",
    "corrected": "The outlet says that it corrected this report.",
    "withdrawn": "The outlet took this report back; what rests on it alone no longer stands.",
    "not-a-report": "It is a list, a notice or a stub, not a report; nothing was read in it.",
    "syndicated": "Its text comes from another outlet; it is no origin of its own.",
    "sponsored": "Somebody paid for it.",
    "mixed-language": "Parts are in another language than the rest and were not read.",
}
"""What each flag means for who reads on."""

CERTAIN = {
    "disclosed": "the text says so",
    "certain": "it can be checked by looking",
    "structural": "it follows from how the text is built",
    "suspected": "there are traces of it",
}
"""What each certainty of a flag rests on."""

Verdict = Literal["confirmed", "rejected", "changed", "added"] | None


_VERDICTS: dict[str, Verdict] = {"change": "changed", "add": "added"}


class Sentence(Struct, frozen=True):
    """A numbered sentence: `s14` in addresses. start, end: code points in Report.text."""

    number: int
    start: int
    end: int


class Stretch(Struct, frozen=True, kw_only=True):
    """One stretch of a report's text, in order; together they hold every character that is not white space.

    kind: that of its passage; "other" outside of all passages. reason: why it is that. folded: it is furniture.
    """

    start: int
    end: int
    kind: str
    reason: str | None
    language: str | None
    folded: bool
    sentences: tuple[Sentence, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """One thing found. start, end: the words that it hangs on. sentence: its number, 0 in a folded stretch.

    verdict: what a person said of it, "confirmed", "rejected", "changed" or "added", None for nothing. entry: theirs.
    """

    key: str
    kind: str
    annotation: Annotation
    start: int
    end: int
    sentence: int
    verdict: Verdict = None
    entry: Correction | None = None


class Warned(Struct, frozen=True, kw_only=True):
    """A flag with what it means and rests on. words: its evidence in the text, None when that is an absence."""

    flag: Flag
    meaning: str
    rests_on: str
    words: str | None


class OpenedReport(Struct, frozen=True, kw_only=True):
    """A report made ready. findings: in text order, rejected ones too. fates: of all corrections, the latest first.

    original: the id of the capture whose bytes it was made from. versions: what stood at its address.
    """

    report: Report
    stretches: tuple[Stretch, ...]
    findings: tuple[Finding, ...]
    fates: tuple[Applied, ...]
    flags: tuple[Warned, ...]
    original: str
    versions: tuple[Version, ...]
    translations: tuple[Translation, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return all sentences in text order."""
        return tuple(sentence for stretch in self.stretches for sentence in stretch.sentences)


def opened(store: Store, reader: Reader, id: str) -> OpenedReport | None:
    """Return a report made ready, as far as the reader may see it; None when there is none for them."""
    report = store.report(reader, id)
    if report is None:
        return None
    stretches = stretched(report)
    read = readout(store, reader, report)
    return OpenedReport(
        report=report,
        stretches=stretches,
        findings=_findings(read, [one for stretch in stretches for one in stretch.sentences]),
        fates=tuple(reversed(read.fates)),
        flags=tuple(_warned(report, flag) for flag in report.flags),
        original=report.capture,
        versions=store.versions(reader, report.address),
        translations=store.translations(reader, [report.id]).get(report.id, ()),
    )


def stretched(report: Report) -> tuple[Stretch, ...]:
    """Return the text cut into its passages and what lies between them, sentences numbered through."""
    found: list[Stretch] = []
    at = number = 0
    for passage in [*sorted(report.passages, key=lambda one: one.start), None]:
        start = len(report.text) if passage is None else passage.start
        pieces = [_between(report, at, start), passage]
        for piece in pieces:
            if piece is None:
                continue
            cut = split(report.text, piece.start, piece.end)
            sentences = tuple(Sentence(number + n, *place) for n, place in enumerate(cut, start=1))
            number += len(cut)
            found.append(_stretch(piece, sentences))
        at = max(at, len(report.text) if passage is None else passage.end)
    return tuple(found)


def _between(report: Report, start: int, end: int) -> Passage | None:
    """Return what stands between two passages; it should be white space only, but nothing may go unseen."""
    words = report.text[start:end]
    inner = words.strip()
    if start >= end or not inner:
        return None
    begin = start + words.index(inner)
    return Passage(start=begin, end=begin + len(inner), kind="boilerplate", reason="in no passage")


def _stretch(piece: Passage, sentences: tuple[Sentence, ...]) -> Stretch:
    return Stretch(
        start=piece.start,
        end=piece.end,
        kind=piece.kind,
        reason=piece.reason,
        language=piece.language,
        folded=piece.kind not in READ,
        sentences=sentences,
    )


def sentence_at(sentences: Sequence[Sentence], place: int) -> int:
    """Return the number of the sentence at an offset: the one it stands in, else the one before, else the first."""
    at = bisect_right([one.start for one in sentences], place) - 1
    return sentences[max(at, 0)].number if sentences else 0


def address(report: Report, start: int) -> str:
    """Return the address of the page that shows a place of a report: `/r/rep_...#s14`, in a long one `?part=2#s900`."""
    sentences = [one for stretch in stretched(report) for one in stretch.sentences]
    part = f"?part={start // PART + 1}" if start >= PART else ""
    return f"/r/{report.id}{part}#s{sentence_at(sentences, start)}"


def _findings(read: Readout, sentences: Sequence[Sentence]) -> tuple[Finding, ...]:
    text = read.report.text
    holds = [fate.correction for fate in read.fates if fate.state in ("holds", "moved")]
    by_id = {entry.id: entry for entry in holds}
    confirmed = {entry.key: entry for entry in holds if entry.verb == "confirm"}
    rejected = {entry.key: entry for entry in holds if entry.verb == "reject"}
    elsewhere = {entry.said: entry for entry in rejected.values()}  # said in another version of the text
    standing = {key(text, one) for one in read.findings}
    found = []
    for one in read.findings:
        id = key(text, one)
        entry = by_id.get(one.generated_by.partition("@")[2]) if one.generated_by.startswith(BY_A_PERSON) else None
        verdict: Verdict = None if entry is None else _VERDICTS.get(entry.verb, "confirmed")
        if entry is None and id in confirmed:
            entry, verdict = confirmed[id], "confirmed"
        found.append(_finding(one, id, sentences, verdict, entry))
    for one in read.machine:
        id = key(text, one)
        entry = rejected.get(id) or elsewhere.get(said(text, one))
        if id not in standing and entry is not None:
            found.append(_finding(one, id, sentences, "rejected", entry))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind, one.key)))


def _finding(
    one: Annotation, id: str, sentences: Sequence[Sentence], verdict: Verdict, entry: Correction | None
) -> Finding:
    words = mark(one)
    return Finding(
        key=id,
        kind=kind(one),
        annotation=one,
        start=words.start,
        end=words.end,
        sentence=sentence_at(sentences, words.start),
        verdict=verdict,
        entry=entry,
    )


def _warned(report: Report, flag: Flag) -> Warned:
    words = None if flag.start is None or flag.end is None else report.text[flag.start : flag.end]
    return Warned(flag=flag, meaning=FLAGS[flag.name], rests_on=CERTAIN[flag.certainty], words=words)
