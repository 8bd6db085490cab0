"""Reports in other languages, translated one after another by the machine that the user set, and kept beside them."""

import time
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from watchfloor.collect.translator import Translated, Translator
from watchfloor.core.errors import ConfigError, SetAside, SourceError
from watchfloor.core.marking import LEVELS
from watchfloor.core.report import Passage, PassageKind, Report
from watchfloor.core.translation import Rendered, Translation
from watchfloor.flow import clock

KINDS: frozenset[PassageKind] = frozenset({"headline", "dek", "body", "subhead", "caption"})
"""What is translated; furniture and what is not the report stay as they are."""
_WAITS = (2.0, 10.0)  # seconds before the second and the third try; assumed
_OPEN = LEVELS.index("CLEAR")


class Outcome(Struct, frozen=True, kw_only=True):
    """What a run did: reports translated, those that were already, paragraphs, and the reports passed over with why."""

    translated: int
    unchanged: int
    paragraphs: int
    passed: tuple[tuple[str, str], ...]


class Work(Struct, frozen=True, kw_only=True):
    """What there is to do: the reports, which of them have a translation, and the language wanted."""

    reports: Sequence[Report]
    done: frozenset[str]
    target: str


def translate(
    work: Work,
    translator: Translator,
    keep: Callable[[Translation], None],
    progress: Callable[[int, str], None] | None = None,
    wait: Callable[[float], None] = time.sleep,
    asked: Callable[[str | None], None] = lambda failure: None,
) -> Outcome:
    """Translate what is not yet, keeping each report as soon as it is done, so that a run broken off goes on there.

    asked: is told of each request, with why it failed. Raises SourceError when the translator does not answer after
    three tries, ConfigError when it cannot be used.
    """
    translated = unchanged = paragraphs = 0
    passed: list[tuple[str, str]] = []
    for number, report in enumerate(work.reports, 1):
        wanted = tuple(_foreign(report, work.target))
        if report.id in work.done or not wanted:
            unchanged += 1
        elif reason := _kept_at_home(report, translator):
            passed.append((report.id, reason))
        else:
            try:
                made = _tried(report, wanted, work.target, _Told(translator, asked), wait)
            except SetAside as aside:
                passed.append((report.id, aside.detail))
            else:
                keep(made)
                translated += 1
                paragraphs += len(made.paragraphs)
        if progress is not None:
            progress(number, report.address)
    return Outcome(translated=translated, unchanged=unchanged, paragraphs=paragraphs, passed=tuple(passed))


def connected(address: str | None, key: str | None) -> Translator:
    """Return the translator that is set; ConfigError says how to set one."""
    if not address:
        raise ConfigError(
            "no translator is set, and nothing is ever sent without one; to use a LibreTranslate server of your own, "
            'set in watchfloor.toml: translate = "http://localhost:5000"'
        )
    return Translator(address, key)


def _foreign(report: Report, target: str) -> Iterator[tuple[Passage, str]]:
    for passage in report.parts(*KINDS):
        code = passage.language or report.language
        if code is not None and code != target:
            yield passage, code


def _kept_at_home(report: Report, translator: Translator) -> str | None:
    """Why a report may not leave this machine, None when it may."""
    if translator.is_local or report.marking is None or LEVELS.index(report.marking.level) <= _OPEN:
        return None
    return f"it is marked TLP:{report.marking.level} and {translator.address} is not on this machine"


def _tried(
    report: Report,
    wanted: Sequence[tuple[Passage, str]],
    target: str,
    translator: "_Told",
    wait: Callable[[float], None],
) -> Translation:
    for pause in _WAITS:
        try:
            return _made(report, wanted, target, translator)
        except SourceError:
            wait(pause)
    return _made(report, wanted, target, translator)


class _Told:
    """A translator of which each request is told."""

    def __init__(self, translator: Translator, asked: Callable[[str | None], None]) -> None:
        self.address, self._translator, self._asked = translator.address, translator, asked

    def translate(self, texts: Sequence[str], language: str | None, target: str) -> tuple[Translated, ...]:
        """Return one translation for each text, as the translator does."""
        failure = None
        try:
            return self._translator.translate(texts, language, target)
        except SourceError as error:
            failure = str(error)
            raise
        finally:
            self._asked(failure)


def _made(report: Report, wanted: Sequence[tuple[Passage, str]], target: str, translator: _Told) -> Translation:
    found: list[Rendered] = []
    for code in dict.fromkeys(code for _, code in wanted):
        of_it = [passage for passage, other in wanted if other == code]
        texts = [report.text[passage.start : passage.end] for passage in of_it]
        for passage, said in zip(of_it, translator.translate(texts, code, target), strict=True):
            found.append(Rendered(start=passage.start, end=passage.end, text=said.text, language=said.language))
    return Translation(
        report=report.id,
        target=target,
        paragraphs=tuple(sorted(found, key=lambda one: one.start)),
        made_at=clock.now(),
        generated_by=f"machine translation by {translator.address}",
    )
