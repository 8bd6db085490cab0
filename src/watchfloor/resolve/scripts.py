"""Names in other scripts as Latin letters, with the words where readers of that script see them."""

import re

from anyascii import anyascii

_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_KOREAN_DOUBLE = frozenset("남궁 황보 제갈 선우 독고 사공 서문 동방".split())
_CHINESE_DOUBLE = frozenset("欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 夏侯 尉迟 尉遲 皇甫 慕容 令狐".split())
_LONGEST_NAME = 4  # characters of a Korean or Chinese name; longer runs are the words of a body
_YEO_ENDINGS = str.maketrans({"ё": "е", "Ё": "Е", "’": "'"})


def latin(name: str) -> str:
    """Return the name in Latin letters: Korean and Chinese names as surname and given name, other scripts by letter.

    >>> latin("김정은"), latin("习近平"), latin("Сергей")
    ('Gim Jeong-Eun', 'Xi JinPing', 'Sergey')
    """
    if name.isascii():
        return name
    name = _HANGUL.sub(lambda run: _split(run[0], _KOREAN_DOUBLE, "-"), name.translate(_YEO_ENDINGS))
    return anyascii(_HAN.sub(lambda run: _split(run[0], _CHINESE_DOUBLE, ""), name))


def abjad(name: str) -> bool:
    """Return whether the name is written without its vowels, as in Arabic and Persian.

    >>> abjad("محمد"), abjad("Mohammed")
    (True, False)
    """
    return bool(_ARABIC.search(name))


def _split(run: str, double: frozenset[str], between: str) -> str:
    """Return surname and given name of a run of characters; a run too short or too long for a name by character."""
    if not 2 <= len(run) <= _LONGEST_NAME:
        return f" {anyascii(run)} "
    cut = 2 if run[:2] in double and len(run) > 2 else 1
    return f" {anyascii(run[:cut])} {between.join(anyascii(one) for one in run[cut:])} ".strip()
