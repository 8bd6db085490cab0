"""Briefs that people work on: begun from what the machine wrote, changed sentence by sentence, every version kept.

No sentence stands without a citation, but an assessment, for which a person answers by name.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.brief import Brief, Line, Section
from watchfloor.core.draft import Draft, Part, Sentence
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.flow.admission import Admitted
from watchfloor.flow.release import Written
from watchfloor.store.store import Store
from watchfloor.watch.brief import brief as whole
from watchfloor.watch.wording import count

LONGEST = 2_000  # characters of one sentence (assumed: ten times a long one)
MOST = 400  # sentences of one draft (assumed: a brief, not a book)
SHORTEST_QUOTE = 12  # characters of words by which a place is cited: fewer stand in many places (assumed)

_TURNS = 50  # drafts of one title that one person begins at one moment (assumed: more is a loop)

_PLACE = re.compile(r"(rep_[0-9a-f]+):(\d+)-(\d+)")

Change = Callable[[Draft], Draft]


def begin(store: Store, by: Admitted, brief: Brief, now: datetime, *, since: date | None = None) -> Draft:
    """Keep a brief as the first version of a draft; return it."""
    by.require("judge")
    parts = tuple(
        Part(heading=section.heading, sentences=_sentences(section)) for section in brief.sections if section.lines
    )
    begun = Draft(
        id="",
        version=1,
        title=brief.title,
        since=since,
        as_of=brief.as_of,
        parts=parts or (Part(heading="What matters", sentences=()),),
        made=now,
        by=by.name,
        change="begun from what the machine wrote",
    )
    for turn in range(_TURNS):  # two may begin one at the same moment
        draft = structs.replace(begun, id=content_id("drf", brief.title, by.name, now.isoformat(), turn))
        if _keep(store, by, draft, now):
            return draft
    raise ConfigError("too many drafts were begun at this moment; try again")


def versions(store: Store, by: Admitted, id: str) -> tuple[Draft, ...]:
    """Return the versions of a draft, the oldest first. Raises ConfigError when there is none for this reader."""
    by.require("see")
    found = store.drafts.versions(by.reader, id)
    if not found:
        raise ConfigError(f"there is no draft {id[:40]!r}")
    return found


def change(store: Store, by: Admitted, id: str, version: int, made: Change, now: datetime, *, words: str) -> Draft:
    """Keep the next version of a draft; return it. version: the one that whoever changes it had before them.

    Raises ConfigError when it was changed meanwhile, and when a sentence rests on nothing and nobody answers for it.
    """
    by.require("judge")
    last = versions(store, by, id)[-1]
    if last.version != version:
        raise ConfigError(
            f"{last.by} has changed this draft since you opened it ({last.change}); it is version {last.version} now, "
            f"you had version {version}: look at it and change it again"
        )
    changed = structs.replace(made(last), version=version + 1, made=now, by=by.name, change=words)
    check(changed)
    if not _keep(store, by, changed, now):
        raise ConfigError("somebody else has just changed this draft; look at it and change it again")
    return changed


def check(draft: Draft) -> None:
    """Raise ConfigError unless every sentence cites something or is somebody's assessment, and says something."""
    every = [one for part in draft.parts for one in part.sentences]
    if len(every) > MOST:
        raise ConfigError(f"the draft has {len(every)} sentences; expected at most {MOST}")
    for one in every:
        if not one.text.strip():
            raise ConfigError("found a sentence without words; write some, or remove it")
        if len(one.text) > LONGEST:
            raise ConfigError(f"found a sentence of {len(one.text)} characters; expected at most {LONGEST}")
        if not one.citations and one.assessed_by is None:
            raise ConfigError(
                f"“{one.text[:80]}” rests on nothing: cite the words it rests on, or mark it as your assessment"
            )
    if not draft.title.strip() or any(not part.heading.strip() for part in draft.parts):
        raise ConfigError("found a title or heading without words; write some")


def reworded(part: int, at: int, text: str, citations: Sequence[Span], assessed: bool, by: Admitted) -> Change:
    """Return the change that gives a sentence other words or other citations."""

    def made(old: Sentence) -> Sentence:
        return Sentence(
            text=" ".join(text.split()),
            citations=tuple(dict.fromkeys(citations)),
            worded_by=by.name if " ".join(text.split()) != old.text else old.worded_by,
            assessed_by=(old.assessed_by or by.name) if assessed else None,
        )

    return _at(part, lambda some: [*some[:at], made(_nth(some, at)), *some[at + 1 :]])


def added(part: int, text: str, citations: Sequence[Span], assessed: bool, by: Admitted) -> Change:
    """Return the change that puts a sentence at the end of a part."""
    new = Sentence(
        text=" ".join(text.split()),
        citations=tuple(dict.fromkeys(citations)),
        worded_by=by.name,
        assessed_by=by.name if assessed else None,
    )
    return _at(part, lambda some: [*some, new])


def removed(part: int, at: int) -> Change:
    """Return the change that takes a sentence out; a part without sentences goes with its last one."""
    without = _at(part, lambda some: [one for one in some if one is not _nth(some, at)])

    def made(draft: Draft) -> Draft:
        left = without(draft)
        kept = tuple(one for one in left.parts if one.sentences)
        return structs.replace(left, parts=kept or left.parts[:1])

    return made


def moved(part: int, at: int, by: int) -> Change:
    """Return the change that moves a sentence up (-1) or down (1); over the edge it goes into the next part."""

    def made(draft: Draft) -> Draft:
        parts = [list(one.sentences) for one in draft.parts]
        if not 0 <= part < len(parts):
            raise ConfigError(_NO_SUCH)
        one = _nth(parts[part], at)
        parts[part].remove(one)
        to, place = part, at + by
        if place < 0 and part > 0:
            to, place = part - 1, len(parts[part - 1])
        elif place > len(parts[part]) and part + 1 < len(parts):
            to, place = part + 1, 0
        parts[to].insert(max(0, place), one)
        held = tuple(
            structs.replace(old, sentences=tuple(some)) for old, some in zip(draft.parts, parts, strict=True) if some
        )
        return structs.replace(draft, parts=held)

    return made


def titled(title: str) -> Change:
    """Return the change that calls the draft otherwise."""
    return lambda draft: structs.replace(draft, title=" ".join(title.split())[:200])


def headed(heading: str) -> Change:
    """Return the change that begins another part at the end."""
    return lambda draft: structs.replace(
        draft, parts=(*draft.parts, Part(heading=" ".join(heading.split())[:200], sentences=()))
    )


def restored(earlier: Draft) -> Change:
    """Return the change that makes the draft what it was in an earlier version."""
    return lambda draft: structs.replace(draft, title=earlier.title, parts=earlier.parts)


def cited(typed: str, picture: Picture, numbers: Sequence[Span]) -> tuple[Span, ...]:
    """Return what somebody cites, line by line: a number of the page, a place, or the very words of a report.

    numbers: what the page cites, in its order. Raises ConfigError that says what was expected.
    """
    found: list[Span] = []
    for line in (one.strip() for one in typed.splitlines()):
        marks = line.replace("[", " ").replace("]", " ").replace(",", " ").split()
        if line and all(mark.isascii() and mark.isdigit() and len(mark) < 6 for mark in marks):
            found += [_numbered(int(mark), numbers) for mark in marks]
        elif line:
            found.append(_place(line, picture) or _quoted(line, picture))
    return tuple(dict.fromkeys(found))


def _numbered(number: int, numbers: Sequence[Span]) -> Span:
    if not 1 <= number <= len(numbers):
        raise ConfigError(f"the page has evidence 1 to {len(numbers)}; found [{number}]")
    return numbers[number - 1]


def _place(line: str, picture: Picture) -> Span | None:
    match = _PLACE.fullmatch(line)
    if match is None:
        return None
    report = next((one for one in picture.reports if one.id == match[1]), None)
    start, end = int(match[2]), int(match[3])
    if report is None or not 0 <= start < end <= len(report.text):
        raise ConfigError(f"there is no place {line[:60]!r} in a report that you may see")
    return Span(report=report.id, start=start, end=end)


def _quoted(line: str, picture: Picture) -> Span:
    """Return the one place, or the earliest, at which these words stand; white space counts for nothing."""
    words = line.strip("“”\"' ")
    if len(words) < SHORTEST_QUOTE:
        raise ConfigError(
            f"{line[:60]!r} is no evidence of the page; give its number, or {SHORTEST_QUOTE} characters or more of the "
            "very words of a report"
        )
    wanted = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.I)
    for report in picture.reports:
        if match := wanted.search(report.text):
            return Span(report=report.id, start=match.start(), end=match.end())
    raise ConfigError(f"no report that you may see has the words “{words[:80]}”; copy them from a report as they stand")


def written(store: Store, by: Admitted, draft: Draft) -> Written:
    """Return what makes the brief of a draft beside a picture, with the reports that were corrected since."""

    def made(picture: Picture) -> tuple[Picture, Brief]:
        here = {report.id for report in picture.reports}
        missing = {span.report for part in draft.parts for one in part.sentences for span in one.citations} - here
        older = store.reports_named(picture.reader, sorted(missing)) if missing else {}
        seen = structs.replace(picture, reports=(*picture.reports, *older.values()))
        sections = tuple(
            Section(heading=part.heading, lines=tuple(map(_line, part.sentences)), empty="Nothing yet.")
            for part in draft.parts
        )
        base = whole(picture, title=draft.title)
        return seen, structs.replace(base, sections=sections, timeline=(), as_of=draft.as_of)

    return made


def worked_on(draft: Draft) -> str:
    """Return in words how much of a draft is people's: for the head of the page."""
    every = [one for part in draft.parts for one in part.sentences]
    own = sum(one.worded_by is not None for one in every)
    judged = sum(one.assessed_by is not None for one in every)
    return f"{count(len(every), 'sentence')}, {own or 'none'} worded by people, {count(judged, 'assessment')}"


def _line(one: Sentence) -> Line:
    told = f"{one.text} (Assessment by {one.assessed_by}.)" if one.assessed_by else one.text
    return Line(text=told, citations=one.citations)


def _sentences(section: Section) -> tuple[Sentence, ...]:
    return tuple(Sentence(text=line.text, citations=line.citations) for line in section.lines if line.citations)


_NO_SUCH = "there is no such sentence in this version; load the page again"


def _at(part: int, change_: Callable[[list[Sentence]], list[Sentence]]) -> Change:
    def made(draft: Draft) -> Draft:
        if not 0 <= part < len(draft.parts):
            raise ConfigError(_NO_SUCH)
        changed = tuple(change_(list(draft.parts[part].sentences)))
        parts = (*draft.parts[:part], structs.replace(draft.parts[part], sentences=changed), *draft.parts[part + 1 :])
        return structs.replace(draft, parts=parts)

    return made


def _nth(some: Sequence[Sentence], at: int) -> Sentence:
    if not 0 <= at < len(some):
        raise ConfigError(_NO_SUCH)
    return some[at]


def _keep(store: Store, by: Admitted, draft: Draft, now: datetime) -> bool:
    detail = {"change": draft.change[:200], "version": str(draft.version)}
    return store.drafts.keep_draft(draft, Note(at=now, who=by.name, verb="judge", what=draft.id, detail=detail))
