"""Names of people in what a page says of its writers: without "By", roles, handles, dates and organisations."""

import re
from collections.abc import Iterable, Iterator

from watchfloor.clean import addresses, bylines, dates
from watchfloor.clean.page_data import plain

_MAX_NAME = 45  # letters of a name

_BY = (
    r"(?:(?:written|reported|edited|reviewed|posted|compiled|story|words|text|analysis|report|published|erstellt|"
    r"verfasst|geschrieben|publi[eé]|[eé]crit|escrito|publicado|scritto|pubblicato|skrevet|skriven|napisa[łl]|"
    r"article)\s)?"
    r"(?:by|von|vom|par|por|af|av|door|przez|by:|від|от|(?:di|da|van|od)(?=\s(?-i:[^\W\da-z]\w*\s[^\W\da-z]))|"
    r"tekst|texte?|text(?:o|ur)?|testo)"
)
_LABEL = (
    r"(?:autor(?:\*?in|es|en|innen|as?|zy|ka)?(?:/in)?|auteurs?|autor[ei]|authors?|author name|автор(?:ы|и)?|"
    r"yazar|haber|muhabir|skribent|journalist|writers?|"
    r"reporters?|correspondent|redakteur(?:in)?|redactor(?:a)?|reda(?:k|c)tör|text|tekst|penulis|reporter|"
    r"記者|记者|文|作者|撰文|기자|글|لكاتب|بقلم|كتب|लेखक)"
)
PREFIX = re.compile(
    rf"^\W{{0,3}}(?:{_BY}\s?:?\s+|{_LABEL}\s?[:：|／/]\s*|(?:autoren|auteurs|authors|autores)\s+)", re.IGNORECASE
)
"""Words before the names of writers."""

_SPLIT = re.compile(
    r"\s*(?:,|;|&|\||/|、|，|；|،|\s(?:and|und|et|y|e|og|och|i|en|ve|и|та|ja|dan|und)\s(?=[^\W\d_]))\s*"
)
_AFTER = re.compile(
    r"\s[-–—|•·]\s|\(|\[|\s(?:@|https?:)"
    r"|[\s,|]{1,3}(?:published|updated|posted|last|aktualisiert|veröffentlicht|stand|publié|mis à jour|publicado|"
    r"actualizado|pubblicato|aggiornato|opublikowan[oey]|обновлено|опубликовано|yayın|güncell?eme|\d)"
    r"|, (?:\w+ )?(?:Editor|Reporter|Writer|Correspondent|Staff)\b"
    r"|\s(?:in|from|at|aus|à|for)\s(?=(?-i:[A-Z]))|\s(?:is an?|ist|est|es)\s",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:chief|officer|head of|director|president|professor|minister|manager|chair(?:man|woman)?|founder|senior|"
    r"deputy|"
    r"editors?|reporters?|correspondents?|writers?|columnist|contributors?|contributing|analyst|fellow|producer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journalist(?:in|e|a)?|corresponsal|periodista|correspondante?|envoyée?|"
    r"редактор|корреспондент|chefredakteur(?:in)?|gastbeitrag|guest|author|autor|auteur|bio|posts?|profile|follow|"
    r"show all|all articles|alle artikel|view all|more from|mehr von|see all|read more|about)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"https?:|www\.|@|\d|\b(?:admin|administrator|webmaster|newsroom|redaktion(?:en)?|redaction|rédaction|"
    r"redacción|redazione|"
    r"redactie|redaksi|toimitus|redakcja|редакция|redação|desk|team|agency|agencies|agentur|agence|agencia|agenzia|"
    r"\w*nachrichten\w*|presse-?agentur|news|press|presse|prensa|media|times|post|herald|tribune|gazette|courier|"
    r"daily|"
    r"journal|magazin[eo]?|zeitung|online|web|service|editorial|tv|radio|fm|university|universität|université|"
    r"universidad|institute?|institut|ministry|ministerium|landesanstalt|verlag|verband|gmbh|inc|llc|ltd|corp|"
    r"associated|reuters|afp|dpa|apa|ansa|efe|tass|sda|ots|unknown|anonymous|guest|user|none|null|undefined|haber|"
    r"haberler)\b"
    r"|\bstaff$|^staff\b|\bstaff (?:report|writ)|\.(?:com|net|org|info|de|at|ch|fr|es|it|eu|tv|is|co\.\w+|"
    r"com\.\w+)$|^\W*$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^(?:the )?(?P<name>AAP|AFP|Agence France-Presse|AGERPRES|Anadolu(?: Agency)?|ANI|ANP|Antara|APA|AP|"
    r"(?:The )?Associated Press|Belga|Bernama|Canadian Press|ČTK|CTK|"
    r"dpa(?:-AFX)?|Deutsche Presse-Agentur|EFE|epd|Europa Press|IANS|Interfax(?:-Ukraine)?|Jiji(?: Press)?|KCNA|"
    r"Keystone-SDA|KNA|Kyodo(?: News)?|Lusa|MTI|NTB|PA Media|Press Association|PAP|PTI|Press Trust of India|Reuters|"
    r"RIA Novosti|Ritzau|SDA|SID|STT|TASS|TT|Ukrinform|UPI|Xinhua|Yonhap(?: News(?: Agency)?)?|ANSA|Télam)"
    r"(?:$|\s(?:in|via)\s|[/,])",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|"
    r"samstag|"
    r"sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|"
    r"share|teilen|partager|compartir|print|email|comments?|kommentare?|subscribe|minutes?|min read|hours?|ago|"
    r"views?|"
    r"photo|foto|video|image|getty|copyright|updated|published)\b",
    re.IGNORECASE,
)
_CJK_NAME = re.compile(
    r"^[\u4e00-\u9fff\u3005]{2,4}$|^[\u4e00-\u9fff\u3040-\u30ff]{1,4}\s[\u4e00-\u9fff\u3040-\u30ff]{1,4}$"
)


def people(texts: Iterable[str], sites: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names in texts that say who wrote, each once; sites are names that are nobody's.

    >>> people(["By Mara Lindqvist and Jon Aalto, Norddal Courier Staff", "Newsroom"], ["Norddal Courier"])
    ('Mara Lindqvist', 'Jon Aalto')
    """
    found: dict[str, str] = {}
    nobody = {addresses.squeezed(site) for site in sites}
    for text in texts:
        for name in _names(text):
            if len(name) <= _MAX_NAME and addresses.squeezed(name) not in nobody:
                found.setdefault(name.lower(), name)
    return tuple(found.values())


def printed(text: str, known: bool) -> tuple[str, ...]:
    """Return the names in a line that the page prints as a byline; () when the line can be something else.

    known: the markup says that the line is a byline; else it must begin with a word like "By". Then every part must be
    a full name.
    """
    line = plain(text) or ""
    prefix = PREFIX.match(line)
    if not (known or prefix):
        return ()
    names = tuple(name for name in _names(line) if not _NO_NAME.search(name))
    lone = known and bool(prefix) and len(names) == 1
    good = tuple(name for name in names if full_name(name) or (lone and name[:1].isupper() and name.isalpha()))
    return good if known or len(good) == len(names) else ()


def full_name(name: str) -> bool:
    """Return whether words can be somebody's first and last name, in Latin, Cyrillic or CJK letters."""
    return bylines.is_name(name) or bool(_CJK_NAME.match(name))


def organisation(name: str) -> bool:
    """Return whether a name is that of a newsroom, an agency or another body, or of no one.

    >>> organisation("Deutsche Presse-Agentur"), organisation("Mara Lindqvist")
    (True, False)
    """
    return bool(_ORGANISATION.search(name))


def agency(name: str) -> str | None:
    """Return the news agency that a writer's name is, as printed, None for anybody else.

    >>> agency("Associated Press in Valencia"), agency("Ann Papp")
    ('Associated Press', None)
    """
    match = _AGENCY.match(plain(name) or "")
    return match["name"] if match else None


def _names(text: str) -> Iterator[str]:
    line = plain(text) or ""
    if "://" in line:
        return
    line = PREFIX.sub("", PREFIX.sub("", line))
    for found in reversed(tuple(dates.full(line[:200]))):
        line = line[: found.start] + "|" + line[found.end :]
    line = _AFTER.split(line)[0]
    parts = [part.strip(' .:,–-|\u200b"“”') for part in _SPLIT.split(line)]
    names = [name for name in parts if name and not _ROLE.search(name) and not organisation(name)]
    whole = any(" " in name for name in names)
    yield from (
        bylines.usual_case(name) for name in names if " " in name or not whole
    )  # beside a name, a lone word is a place
