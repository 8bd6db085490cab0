"""Judges of what a publisher says about its own text: copyright, disclosures, corrections, where it comes from."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit
from watchfloor.core.report import FlagName

_MAX_NOTICE = 70  # weight of a notice; a report about such things goes on longer

_COPYRIGHT = re.compile(
    r"^\W*(?:copyright(?:ed)?\s?(?:©|\(c\)|\d{4}|by\b|\W*$)|©|\(c\)\s?(?:\d{4}|copyright))"
    r"|©\s?(?:\d{4}|\w)|\ball rights reserved\b|무단\s?전재|재배포\s?금지|저작권자|\balle rechte vorbehalten\b"
    r"|\btous droits réservés\b|\b(?:todos los derechos reservados|todos os direitos reservados|"
    r"tutti i diritti riservati)\b"
    r"|все права защищены|版权所有|無断転載|禁止转载|^\W*(?:this (?:material|content) may not be (?:published|"
    r"reproduced))",
    re.IGNORECASE,
)
# One of these has every such notice: a look at them takes a twentieth of the time.
_OWNED = (
    *("©", "(c)", "copyright", "reserved", "may not be", "rechte", "droits", "derechos", "direitos", "diritti"),
    *("права", "전재", "재배포", "저작권자", "版权所有", "無断転載", "禁止转载"),
)
_CREDIT = re.compile(
    r"^\W{0,3}(?:sources?|quelle|fuente|fonte|bron|출처|источник|来源|出典|via)\s?[:：]\s?\S.{0,79}$"
    r"|^\W{0,3}(?:this (?:article|story|report|text|piece) (?:was |is |has been )?(?:originally |first )?"
    r"(?:appeared|published|posted|reprinted|republished)|originally (?:appeared|published)|first published|"
    r"reprinted|republished)"
    r"\s.{0,160}$",
    re.IGNORECASE,
)
_THIS = (
    r"(?:this|the) (?:\w+ )?(?:article|story|report|text|piece|content|interview|translation|version|summary|page|post)"
)
_MACHINE = (
    r"(?:\bA\.?I\.?\b|artificial intelligence|machine|automat\w+|chatgpt|deepl|google translate|papago|"
    r"large language model"
    r"|language model|neural|algorithm|bot)"
)

# What a notice declares, first match first; each must stand as a line of its own.
_DECLARATIONS: tuple[tuple[FlagName, str, re.Pattern[str]], ...] = (
    (
        "machine-translated",
        "says it was translated by a machine",
        re.compile(
            rf"{_MACHINE}[\w\s'’-]{{0,40}}\btranslat|\btranslat[\w\s,'’()-]{{0,60}}(?:by|with|using|through|"
            rf"via)\b[\w\s'’-]{{0,30}}{_MACHINE}"
            r"|AI\s?번역|기계\s?번역|自動翻訳|機械翻訳|机器翻译|автоматическ\w+ перевод|машинн\w+ перевод|"
            r"переведен\w* автоматически"
            r"|automatisch übersetzt|maschinell\w* übersetz|traduit automatiquement|traduction automatique"
            r"|traducido automáticamente|traducción automática|tradotto automaticamente|traduzione automatica",
            re.IGNORECASE,
        ),
    ),
    (
        "ai-generated",
        "says it was made by a machine",
        re.compile(
            rf"(?:generat|written|creat|produc|compos|draft|summari[sz])\w*[\w\s,'’()-]{{0,60}}(?:by|with|using|"
            rf"from)\b[\w\s'’-]{{0,40}}{_MACHINE}"
            rf"|{_MACHINE}[\w\s'’-]{{0,20}}(?:generated|written|assisted|created)"
            r"|mit (?:hilfe von )?(?:KI|künstlicher intelligenz) (?:erstellt|generiert)|généré par (?:une )?(?:IA|"
            r"intelligence artificielle)"
            r"|generado (?:por|con) (?:IA|inteligencia artificial)|생성형? AI|AI가 (?:작성|생성)|"
            r"создан\w* (?:с помощью )?(?:ИИ|искусственн)",
            re.IGNORECASE,
        ),
    ),
    (
        "translated",
        "says it was translated",
        re.compile(
            rf"^\W*(?:translat(?:ed|ion)\s?(?:by|from|:)|übersetz(?:t von|ung)|traduit (?:de|du|par)|"
            rf"traducción (?:de|:)|traducido (?:de|por)"
            rf"|перевод\s?:|번역\s?[:：=])|^\W*{_THIS} (?:was|is|has been) translated",
            re.IGNORECASE,
        ),
    ),
    (
        "withdrawn",
        "says it was withdrawn",
        re.compile(
            rf"^\W*(?:{_THIS} (?:has been|was|is) (?:retracted|withdrawn|removed|deleted|taken down|unpublished)|"
            rf"retraction|retracted|kill notice"
            r"|withdrawn|(?:editors?['’]? note:? )?we (?:have )?(?:retracted|withdrawn))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "corrected",
        "says it was corrected",
        re.compile(
            rf"^\W*(?:(?:corrections?|clarification|correction and clarification|corrigendum|berichtigung|korrektur|"
            rf"rectificatif|fe de errores|정정(?:보도)?|исправлено)\b\s?(?:[:：(—–-]|\d|$)"
            rf"|corrects? (?:the |an |a |to |that )|{_THIS} (?:has been|was) (?:corrected|amended|clarified)|"
            rf"an earlier version of (?:this|the)"
            rf"|(?:editors?['’]?s? note|note)\s?[:：].{{0,80}}(?:correct|amended|earlier version))",
            re.IGNORECASE,
        ),
    ),
    (
        "sponsored",
        "says it was paid for",
        re.compile(
            rf"^\W*(?:sponsored(?: content| post| by| article)?|paid (?:content|post|partnership|for by)|advertorial|"
            rf"partner content|branded content"
            rf"|promoted(?: content)?|advertisement feature|in partnership with|{_THIS} (?:was|is|"
            rf"has been) (?:sponsored|paid for)|anzeige\s?[:：]|publirreportaje|publireportage)",
            re.IGNORECASE,
        ),
    ),
)
_NOTE = re.compile(
    rf"^\W*(?:※|{_THIS} (?:was|is|has been|has undergone|may|contains?|reflects?)\b.{{0,200}}(?:translat|generat|"
    rf"review|edited|updated|automat|{_MACHINE})"
    rf"|(?:editors?['’]?s? note|author['’]s note|disclaimer|disclosure)\s?[:：]|the views expressed|"
    rf"the opinions expressed|{_MACHINE}[\w\s'’-]{{0,20}}translat)",
    re.IGNORECASE,
)


def copyright_lines(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge notices of who owns the text and what may not be done with it."""
    for index, unit in enumerate(units):
        if unit.weight > _MAX_NOTICE:
            continue
        lower = unit.head.lower()
        if any(sign in lower for sign in _OWNED) and _COPYRIGHT.search(unit.head):
            yield index, Label("boilerplate", "copyright notice")


def disclosures(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge lines in which the publisher says how the text was made, mended or paid for."""
    for index, unit in enumerate(units):
        said = declared(unit)
        if said:
            yield index, Label("disclosure", said[1])
        elif unit.weight <= _MAX_NOTICE and _NOTE.match(unit.head):
            yield index, Label("disclosure", "note of the publisher on the text")


def declared(unit: Unit) -> tuple[FlagName, str] | None:
    """Return what a line declares about the text it belongs to, None for a line that is no notice.

    The machine must be said of "this article", in a marked note, or in a line that opens with it: a report about
    machine translation is no disclosure.
    """
    if unit.weight > _MAX_NOTICE:
        return None
    about_itself = bool(_NOTE.match(unit.head)) or bool(_OPENS.match(unit.head))
    for name, detail, pattern in _DECLARATIONS:
        if name in _ANYWHERE:
            found = about_itself and pattern.search(unit.head)
        else:
            found = pattern.match(unit.head)  # each opens the line; a search would try every letter of it
        if found:
            return name, detail
    return None


_ANYWHERE = frozenset({"machine-translated", "ai-generated"})  # not only at the head of a line


_OPENS = re.compile(
    rf"^\W*(?:(?:translat|generat|written|creat|produc|summari[sz])\w* (?:by|with|using|automatically)\b|"
    rf"{_MACHINE}[ -](?:generated|translat\w+|written|assisted)\b.{{0,60}}$"
    r"|{0}|AI\s?번역|기계\s?번역|이 기사는|この記事は|本文由|dieser (?:text|artikel|beitrag) (?:wurde|ist)|"
    r"(?:cet article|"
    r"ce texte) (?:a été|est)|este (?:artículo|texto) (?:ha sido|fue)"
    r"|эта статья|автоматическ\w+ перевод|машинн\w+ перевод|automatisch übersetzt|maschinell\w* übersetz|"
    r"traduit automatiquement|traduction automatique"
    r"|traducido automáticamente|traducción automática)".replace(
        "{0}", _THIS + r" (?:was|is|has been|has undergone)\b"
    ),
    re.IGNORECASE,
)


def credits(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge lines that name the outlet the text was taken from."""
    for index, unit in enumerate(units):
        if unit.end - unit.start <= len(unit.head) and _CREDIT.match(unit.head):
            yield index, Label("credit", "names where the text comes from")


_SIGNATURE = re.compile(r"^\W{0,2}[(\[](?P<name>[A-Z][\w .&/-]{1,40})[)\]]\W?$")
_NO_AGENCY = re.compile(
    r"^(?:end|ends|more|photo|file|continued|see|read|watch|video|advertisement|sic)\b", re.IGNORECASE
)


def signatures(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge an agency's name in brackets, alone on a line below the report's last paragraph."""
    last = max((index for index, unit in enumerate(units) if labels[index] is None and unit.prose), default=None)
    if last is None:
        return
    for index in range(last + 1, len(units)):
        if signature(units[index]):
            yield index, Label("credit", SIGNED)


SIGNED = "signed by an agency"


def signature(unit: Unit) -> str | None:
    """Return the agency whose bracketed name is all there is in a line, None for any other line."""
    match = _SIGNATURE.match(unit.head)
    return match["name"].strip() if match and not _NO_AGENCY.match(match["name"]) else None
