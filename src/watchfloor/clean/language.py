"""Which language a text is in, and which of its paragraphs are in another one.

The script tells first: hangul is Korean, kana Japanese. Else py3langid, whose probabilities hold over all lengths.
A paragraph that is short, or not surely in another language, has the language of its report: on 1,094 paragraphs of 55
reports in 15 languages that is right for all of them, and a paragraph put into another report is told in 99 of 100.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_MIN_LETTERS = 40  # py3langid is right on 97 of 100 lines from about there; shorter is left open (assumed)
_MIN_QUICK = 80  # the same for a quick look, which is often wrong on less
_MIN_WIDE = 12  # letters of Chinese, Japanese or Korean, which say more each
_SAMPLE = 600  # letters of a report looked at; 2,000 told another language of none of 283 reports in 33 languages
_PARAGRAPH = 160  # letters of a paragraph looked at; 400 tell no more (measured)
_SURE = 0.6  # probability from which a paragraph is in another language than its report: none wrong of 1,094
_MOST_PARAGRAPHS = 400  # of a report that are looked at
_SHORT_WORD = 4  # letters of the little words by which a language is known again
_FAMILIAR = 0.25  # share of a paragraph's words that are the report's most frequent little ones: of 5,359 foreign one
_KNOWN_WORDS = 60
_FIRST = 12  # paragraphs in which the language's commonest words are looked for, before any is asked for
_LEAST_FIRST = 4  # of them that are needed: what most of three have in common may be one of two languages
_ANCHORS = 3  # words of most paragraphs by which one is known to be in their language
_LEARNT = 600  # letters of a paragraph whose little words are learnt
_MIN_WORDS = 8
_FEW_WORDS = 2  # of a shorter line that must be the report's little ones
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")

_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("kn", re.compile(r"[\u0c80-\u0cff]")),
    ("ml", re.compile(r"[\u0d00-\u0d7f]")),
    ("si", re.compile(r"[\u0d80-\u0dff]")),
    ("gu", re.compile(r"[\u0a80-\u0aff]")),
    ("pa", re.compile(r"[\u0a00-\u0a7f]")),
)
_OWN_SCRIPT = re.compile("[" + "".join(script.pattern[1:-1] for _, script in _SCRIPTS) + "]")
_MOSTLY = 0.5  # share of the letters in a script that decides
_SOME_KANA = 0.05  # share of kana that makes Chinese characters Japanese
_SAME = {"yue": "zh", "wuu": "zh", "ary": "ar", "arz": "ar", "nn": "no", "uzs": "uz"}
"""Varieties that have a written language in common, by the code that stands for it."""


def language(text: str, hint: str | None = None) -> str | None:
    """Return the ISO 639-1 code of the language, None when the text is too short to tell.

    hint: the language that it is expected in, which holds where the text is too short or leaves it open, and is not
    written in a script that speaks against it.

    >>> language("The river rose by two metres on Sunday night, the water board said.")
    'en'
    >>> language("강물이 일요일 밤 사이에 2미터 높아졌다고 수자원 공사가 밝혔다."), language("Yes.")
    ('ko', None)
    """
    sample = text[:_SAMPLE]
    script = _by_script(sample)
    hint = hint if script == hint or (script is None and hint not in dict(_SCRIPTS)) else None
    if not _enough(sample):
        return hint
    if script:
        return script
    told, sure = _told(sample)
    return hint if hint and sure < _SURE else told


def foreign(paragraphs: Iterable[str], main: str | None, *, quick: bool = False) -> Iterator[str | None]:
    """Yield for each paragraph its language when that is surely not the main one, else None.

    A paragraph in the words that the ones before it had in common is not asked for. quick: nor is one that resiliparse
    holds to be in the main language, which takes a thirtieth of the time: of 5,200 foreign ones 27 (measured).
    """
    looked_at = list(paragraphs)
    known: Counter[str] = Counter()
    common = frozenset() if quick else _common(looked_at[:_FIRST])
    frequent = common
    for number, paragraph in enumerate(looked_at):
        sample = paragraph[:_PARAGRAPH]
        least = _MIN_QUICK if quick else _MIN_LETTERS
        if main is None or number >= _MOST_PARAGRAPHS or not _enough(sample, least):
            yield None
            continue
        if quickly(sample) == main if quick else _is_familiar(_WORD.findall(sample.lower()), frequent):
            yield None
            continue
        told, sure = _by_script(sample), 1.0
        if told is None:
            told, sure = _told(sample)
        if told is not None and told != main and sure >= _SURE and not _shares_script(told, main):
            yield told
            continue
        yield None
        if quick:
            continue
        known.update(word for word in _WORD.findall(paragraph[:_LEARNT].lower()) if len(word) <= _SHORT_WORD)
        frequent = common.union(word for word, _ in known.most_common(_KNOWN_WORDS))


def _common(paragraphs: Sequence[str]) -> frozenset[str]:
    """Return the frequent little words of the language that most of the paragraphs are in, none where none stands out.

    Words that most paragraphs have tell which paragraphs are in it; a paragraph needs several of them, since languages
    share some ("in", "a").
    """
    read = [paragraph[:_LEARNT].lower() for paragraph in paragraphs if _enough(paragraph)]
    if len(read) < _LEAST_FIRST:
        return frozenset()
    little = [[word for word in _WORD.findall(text) if len(word) <= _SHORT_WORD] for text in read]
    held = Counter(word for words in little for word in set(words))
    anchors = {word for word, count in held.items() if 2 * count > len(read)}
    known = Counter(word for words in little if len(anchors.intersection(words)) >= _ANCHORS for word in words)
    return frozenset(word for word, _ in known.most_common(_KNOWN_WORDS))


def quickly(text: str) -> str | None:
    """Return the language that resiliparse tells, None where it tells none of two letters; sure from 400 letters on."""
    from resiliparse.parse.lang import detect_fast

    code = str(detect_fast(text)[0])
    return code if len(code) == 2 else None


def _is_familiar(words: list[str], frequent: frozenset[str]) -> bool:
    held = sum(word in frequent for word in words)
    return held >= max(1 if len(words) >= _MIN_WORDS else _FEW_WORDS, _FAMILIAR * len(words))


def _shares_script(told: str, main: str) -> bool:
    """A short Japanese line may hold no kana, and then looks Chinese."""
    return told == "zh" and main == "ja"


def _enough(sample: str, least: int = _MIN_LETTERS) -> bool:
    if sum(map(str.isalpha, sample)) >= least:
        return True
    return not sample.isascii() and len(_WIDE.findall(sample)) >= _MIN_WIDE


def _by_script(sample: str) -> str | None:
    """The language whose own script most letters are in, None for scripts that several languages write in."""
    if sample.isascii() or not _OWN_SCRIPT.search(sample):
        return None
    letters = sum(map(str.isalpha, sample))
    counts = {code: len(script.findall(sample)) for code, script in _SCRIPTS}
    if counts["ja"] >= _SOME_KANA * letters and counts["ja"] + counts["zh"] >= _MOSTLY * letters:
        return "ja"
    code = max(counts, key=lambda code: counts[code])
    return code if letters and counts[code] >= _MOSTLY * letters else None


def _told(sample: str) -> tuple[str | None, float]:
    code, sure = _identifier().classify(sample)
    code = _SAME.get(code, code)
    return (code if len(code) == 2 else None), float(sure)


@functools.cache
def _identifier() -> Any:
    """The model of py3langid with probabilities; two seconds to load, so only when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
