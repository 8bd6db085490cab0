"""Chinese names in pinyin, Wade-Giles and Cantonese spelling: one name in several readings."""

import re
from functools import lru_cache
from itertools import product

from anyascii import anyascii
from msgspec import Struct

_INITIALS = [*"b p m f d t n l g k h j q x zh ch sh r z c s y w".split(), ""]
_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue er v ve"
).split()
_PALATAL = frozenset("jqx")
_NARROW = frozenset("zh ch sh r z c s g k h".split())  # no final in i but i itself
_SURNAMES = frozenset(
    """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng
    han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng su wei lu ding ren shen yao zhong tan fan
    wan shi liao jia xia fu fang bai zou meng xiong qin qiu jin yan xue hou lei long duan hao kong shao mao chang gu lai
    kang qian tao hong qi gong yin mo tong xi chi wen ni an yi you pang nie mei zuo ling bi yue geng lan niu ai ouyang
    zhuge sima shangguan situ jiao hua shu bo min le cui pu ou""".split()
)
_CANTONESE_TABLE = """
chan=chen | cheung=zhang xiang | wong=wang huang | lau=liu | leung=liang | ng=wu huang | ho=he hao | kwok=guo
lam=lin nan | tam=tan | tsang=zeng | yeung=yang | chow=zhou | chiu=zhao qiu chao | tang=deng | fung=feng
hui=xu hui | ip=ye | yip=ye | lee=li | cheng=zheng | tse=xie zi | mak=mai | yuen=yuan ruan | poon=pan
kwan=guan jun | szeto=situ | au=ou | lo=luo lao | tsui=xu cui | choi=cai | siu=xiao shao | law=luo | ka=jia
wai=wei hui | man=wen min | yuet=yue | ngor=e | chun=jun zhen qin chun | kin=jian | wah=hua | chi=zhi zi ci
keung=qiang | sing=sheng cheng xing | fai=hui | hung=xiong hong | kwong=guang | yin=xian yan | tung=dong tong
chee=zhi | hwa=hua | lai=li | fong=fang | yiu=yao | pui=pei | yan=ren en xin yin | yee=yi | tak=de | lok=le | on=an
ping=ping bing | kit=jie | tin=tian | tat=da | sum=sen shen | kai=qi jie | shek=shi | yat=yi | sen=xian | sun=sun
chor=chu | chong=zhuang chong | lung=long | wing=yong rong | yung=rong yong | shiu=shao | kei=qi | kiu=qiao
king=jing | hoi=hai kai | hin=xian | hang=heng | shing=cheng sheng | ling=ling | mei=mei | oi=ai | sau=xiu shou
lan=lan | fan=fen fan | fun=huan | ing=ying | jeou=jiu | loong=long | yew=yao | ih=yi | je=zhe
"""
_CANTONESE = {
    spoken.strip(): frozenset(read.split())
    for spoken, _, read in (pair.partition("=") for pair in re.split(r"[|\n]", _CANTONESE_TABLE.strip()))
}


_DOUBLE = frozenset("ouyang zhuge sima shangguan situ".split())


def _pinyin() -> frozenset[str]:
    """Return the syllables of pinyin, a few too many: what no one says does no harm."""
    found = {initial + final for initial, final in product(_INITIALS, _FINALS) if _fits(initial, final)}
    return frozenset(found | {"wu", "yu", "yue", "yuan", "yun", "er", "lv", "nv"})


def _fits(initial: str, final: str) -> bool:
    """Return whether pinyin has the final after the initial."""
    if initial == "y":
        return final[0] in "aeo" or final in {"i", "in", "ing"}
    if initial in {"", "w"}:
        return final[0] in "aeo"
    if initial in _PALATAL:
        return final[0] == "i" or final in {"u", "ue", "uan", "un"}
    if initial in _NARROW:
        return final[0] not in "iv" or (final == "i" and initial not in "gkh")
    return (final[0] != "v" and final not in {"ue", "ua", "uo", "uai", "uang"}) or (initial in "dtnl" and final == "uo")


def _wade(syllable: str) -> str:
    """Return a pinyin syllable in Wade-Giles without its apostrophes and dots, as newspapers print it."""
    special = {"zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu"}
    special |= {"ge": "ko", "ke": "ko", "he": "ho", "e": "o", "yi": "i", "you": "yu", "ye": "yeh", "yan": "yen"}
    special |= {"duo": "to", "tuo": "to", "luo": "lo", "nuo": "no", "zuo": "tso", "cuo": "tso", "suo": "so"}
    special |= {"ruo": "jo", "zhuo": "cho", "chuo": "cho", "er": "erh", "yong": "yung", "gui": "kuei", "kui": "kuei"}
    if syllable in special:
        return special[syllable]
    found = re.fullmatch(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.+)", syllable)
    if found is None:
        return syllable
    initial, final = found.groups()
    changed = {
        "b": "p",
        "d": "t",
        "g": "k",
        "j": "ch",
        "q": "ch",
        "x": "hs",
        "zh": "ch",
        "r": "j",
        "z": "ts",
        "c": "ts",
    }
    if initial in _PALATAL | {"y"}:
        final = {"ue": "ueh", "iong": "iung"}.get(final, final)
    final = {"ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh"}.get(final, final)
    return changed.get(initial, initial) + final


def _readings() -> dict[str, frozenset[str]]:
    """Return every spelling of a syllable with the pinyin syllables that it may stand for."""
    found: dict[str, set[str]] = {}
    for syllable in sorted(_PINYIN):
        found.setdefault(_wade(syllable), set()).add(syllable)
    for spoken, read in _CANTONESE.items():
        found.setdefault(spoken, set()).update(read)
    found.setdefault("tse", set()).add("ze")
    found.setdefault("szu", set()).add("si")
    return {spelling: frozenset(read) for spelling, read in found.items()}


_PINYIN = _pinyin()
_OTHER = _readings()
_ANY = re.compile("(?:" + "|".join(sorted(_PINYIN | _OTHER.keys(), key=lambda one: (-len(one), one))) + "){1,2}")


class Reading(Struct, frozen=True):
    """The surnames and given names, in pinyin, that a spelling may stand for; exact: it is pinyin already."""

    surnames: frozenset[str]
    given: frozenset[str]
    exact: bool


@lru_cache(65_536)
def readings(name: str) -> Reading | None:
    """Return what a name may stand for in pinyin, None for no Chinese name.

    >>> "zedong" in readings("Mao Tse-tung").given, readings("Angela Merkel")
    (True, None)
    """
    tokens = re.sub(r"['’`ʻ]", "", anyascii(name)).casefold().replace("-", " ").split()
    if not 2 <= len(tokens) <= 3 or not all(token.isalpha() for token in tokens):
        return None
    surname, given = tokens[0], tokens[1:]
    families = frozenset(one for one in _of(surname) if one in _SURNAMES)
    said = _given(given)
    if not families or not said:
        return None
    exact = "-" not in name and surname in _SURNAMES and surname in _PINYIN | _DOUBLE and _exact("".join(given))
    if exact:  # with a hyphen it is more likely Wade-Giles, whatever the letters
        return Reading(frozenset({surname}), frozenset({"".join(given)}), exact)
    return Reading(families, said, exact)


def same(left: str, right: str) -> bool | None:
    """Return whether two Chinese names are one; None when they are not both Chinese or a spelling is not understood.

    >>> same("Hsi Chin-ping", "Xi Jinping"), same("Li Qiang", "Li Qian"), same("Lee Ka-chiu", "Li Jiachao")
    (True, False, True)
    """
    one, other = readings(left), readings(right)
    if one is None or other is None:
        return None
    if one.surnames & other.surnames and one.given & other.given:
        return True
    return False if one.exact and other.exact else None


def _of(syllable: str) -> frozenset[str]:
    """Return the pinyin syllables that a spelling may stand for, itself among them."""
    itself = frozenset({syllable}) if syllable in _PINYIN or syllable in _SURNAMES else frozenset()
    return itself | _OTHER.get(syllable, frozenset())


def _exact(given: str) -> bool:
    """Return whether a given name is one or two syllables of pinyin."""
    return any(
        given[:cut] in _PINYIN and (cut == len(given) or given[cut:] in _PINYIN) for cut in range(1, len(given) + 1)
    )


def _given(tokens: list[str]) -> frozenset[str]:
    """Return the given names in pinyin, written as one word, that the words may stand for."""
    if len(tokens) == 2:
        return frozenset(a + b for a in _of(tokens[0]) for b in _of(tokens[1]))
    (word,) = tokens
    if not _ANY.fullmatch(word):
        return frozenset()
    cuts = [(word[:cut], word[cut:]) for cut in range(1, len(word))]
    return _of(word) | frozenset(a + b for one, other in cuts for a in _of(one) for b in _of(other))
