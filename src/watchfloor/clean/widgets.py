"""Judges of page furniture: controls, counters, prompts, lists of other reports, and boilerplate in another script."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit, dominant_script

_MAX_CONTROL_WORDS = 6
_MIN_MAIN_SCRIPT = 0.7  # share of the text that its main script must have before others count as furniture; assumed
_SCRIPT_SHARED = frozenset({"HIRAGANA", "KATAKANA", "CJK", "HANGUL"})  # scripts that one report mixes

# Words of which the labels of buttons, menus and counters are made; a line of nothing else is a control.
_CONTROL_WORDS = frozenset(
    """
    a account ad ads advertisement advertising all app article back bookmark button by cancel click close comment
    comments continue copied copy copyright cookie cookies dark decrease dislike dislikes download email e-mail
    enlarge facebook favorite favourites feed flipboard follow font fonts full fullscreen go help hide home image
    images increase instagram kakao kakaotalk larger latest like likes line link linkedin listen load loading log
    login logout mail menu messenger min minute minutes mode more mute naver navigation next newsletter no of on open
    original page pinterest play podcast post posts previous print print-friendly privacy read reading reddit
    register reply report reset rss save scrap screen search settings setting share shares shared sharing show
    sign signin signup site size skip small smaller sns sponsored story subscribe subscription tag tags telegram
    text the this threads tiktok to toggle top translate tweet twitter unmute up url via video views viber vk
    wechat weibo whatsapp x xing your youtube zoom bluesky mastodon teilen drucken merken kommentare kommentar
    anzeige werbung suche menü schließen schriftgröße anmelden abonnieren partager imprimer commentaires
    commentaire publicité rechercher fermer envoyer enregistrer abonnez-vous compartir imprimir comentarios
    comentario publicidad buscar cerrar guardar condividi stampa commenti pubblicità cerca поделиться печать
    комментарии реклама поиск меню закрыть комментировать отправить скопировать ссылку
    send address printer version premium preferences unsubscribe donate licensing terms imprint sitemap top
    auf per artikel versenden kopieren vorlesen mailen weiterleiten impressum datenschutz
    sur par offrir l'article l’article copier lien lire écouter réagir réagissez s'abonner s’abonner connexion
    en por enviar correo copiar enlace artículo escuchar suscribirse suscríbete
    글자 크게 작게 크기 메일 메일로 보내기 url복사 주소 복사 페이스북 트위터 카카오톡 카카오스토리 네이버 밴드 링크
    기사공유 프린트 북마크 가 확대 축소 본문듣기 뉴스듣기
    공유 공유하기 댓글 인쇄 글자크기 설정 스크랩 닫기 검색 메뉴 기사 본문
    좋아요 구독 구독하기 로그인 分享 打印 收藏 评论 字号 关闭 シェア 印刷 コメント 検索 閉じる メニュー 広告
    """.split()
)
# A line of these alone would be a sentence or a name; one telling word must be among them.
_FILLERS = frozenset(
    "on a all by go line min minute minutes more no of original small text the this to top up x your address version "
    "auf per sur par en por lire artikel artículo correo lien l'article l’article 가 글자 크기 주소 메일".split()
)
_SINGLE = frozenset("x menu close top print up".split())
_STEP = re.compile(r"^[+\-−]?\d{1,3}$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|[+\-−]?\d+", re.UNICODE)
_NO_LETTERS = re.compile(r"^[\W_]*$")
_REACTION = re.compile(
    r"^\W*(?:\d+\s?)?(?:like|likes|dislike|love|great|good|sad|angry|happy|funny|wow|haha|surprised|cheer up|touched"
    r"|i['’]m (?:sad|angry|happy|sorry)|i (?:like|recommend|love) (?:it|this)|recommend(?:ed)?|helpful|useful"
    r"|want (?:a )?(?:follow-up|sequel)|좋아요|훈훈해요|슬퍼요|화나요|후속기사 원해요|추천|공감)\W*\d*\W*$",
    re.IGNORECASE,
)
_MODULE = re.compile(
    r"^\W*(?:(?:the )?top \d+(?: \w+)?|(?:top|hot|latest|breaking|trending|popular|other|more|related|recommended|"
    r"featured"
    r"|editor['’]?s?|today['’]s)\s(?:hot )?(?:news|stories|story|articles?|headlines|picks?|posts|topics|reading|"
    r"videos?"
    r"|coverage|now|content|links|on this (?:story|topic)|from (?:this|the) \w+)(?: now| today| for you)?"
    r"|most (?:read|popular|viewed|shared|commented|watched)(?: \w+){0,2}|trending(?: now)?|you (?:may|"
    r"might) also (?:like|enjoy)"
    r"|recommended(?: for you)?|read (?:also|next|more)|also read|see also|don['’]t miss|what to read next|"
    r"in other news"
    r"|people also read|more (?:from|on|in) .{2,40}|mehr zum thema|lesen sie auch|das könnte sie .{4,30}|meistgelesen"
    r"|à lire aussi|lire aussi|sur le même sujet|les plus lus|lea también|más leídas?|noticias relacionadas|leggi anche"
    r"|читайте также|по теме|많이 본 뉴스|관련 ?기사|관련 ?뉴스|주요 ?뉴스|인기 ?기사|相关新闻|相关阅读|"
    r"関連記事)\s?:?\W*$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^\W*(?:read (?:more|also|next)|also read|previous|next|newer|older|"
    r"see also|related|watch|more|lire aussi|à lire aussi|lesen sie auch|"
    r"mehr zum thema"
    r"|lea también|leggi anche|читайте также|관련 ?기사)\s?[:|»]\s?\S",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"^\W*(?:(?:post|leave|add|write|submit) (?:a|your) (?:comment|reply|response)|(?:no|\d+|view all|show|"
    r"hide) comments?"
    r"|be the first to comment|join the (?:conversation|discussion)|comments? (?:are|is) closed|"
    r"your email address will not"
    r"|what (?:do|did) you think (?:of|about) this|how did you (?:like|find) this (?:article|story)|"
    r"was this (?:article|story|page) helpful"
    r"|rate this (?:article|story)|sign (?:up|in) (?:to|for|here|now|with)|log ?in (?:to|with)|subscribe (?:to|now|"
    r"for|today)|already (?:a )?(?:subscriber|member|have an account)"
    r"|(?:please )?(?:follow|like|find|join) us (?:on|at)|follow .{2,40} on (?:facebook|twitter|x|instagram|telegram|"
    r"google news|whatsapp|threads)"
    r"|click here|tap here|download (?:our|the) .{0,30}app\b|get (?:the|our) .{0,60}(?:newsletter|inbox|app|alerts)|"
    r"support (?:our|independent) (?:journalism|work)"
    r"|(?:we|this (?:web)?site) uses? cookies|by (?:continuing|using|clicking|signing up|"
    r"subscribing)\b.{0,60}(?:agree|accept|consent)|accept (?:all )?cookies"
    r"|you have (?:reached|read) .{0,30}(?:free|limit)|(?:please )?enable javascript|javascript (?:is|must)|"
    r"scroll (?:down|to)|advertisement|story continues below|article continues (?:after|below)"
    r"|melden sie sich|jetzt abonnieren|abonnez-vous|inscrivez-vous|suscríbase|suscríbete|iscriviti|подпишитесь|"
    r"подписывайтесь"
    r"|이 기사 어떠셨|의견을 남겨|이 기사에 대해 어떻게|이 기사를 추천|댓글을|구독하기|기사 제보|ログインして)",
    re.IGNORECASE,
)
# Questions to the reader and pleas; a quotation may open with the same words.
_PLEA = re.compile(
    r"^[^\w\"“”„«»‘’']*(?:how (?:do|does|did) (?:this|the) (?:story|article|news|report) make you feel"
    r"|how do you feel about this|what is your reaction"
    r"|(?:please )?(?:donate|consider (?:donating|supporting|a donation|becoming))\b"
    r"|can you (?:spare|chip in)|help us (?:keep|continue|stay)|become an? (?:member|patron|supporter|subscriber)\b"
    r"|buy us a|support us\b|we (?:rely|depend) on (?:our )?readers"
    r"|réagissez|(?:les )?commentaires sont (?:réservés|fermés|clos)|soutenez-nous|faites un don|déjà abonné"
    r"|diskutieren sie mit|schreiben sie einen kommentar|unterstützen sie (?:uns|unsere)"
    r"|dej[ae] (?:un|tu|su) comentario|haz una donación|apóyanos|оставьте комментарий|поддержите нас)"
    r"|\breaders like you\b|\byour (?:support|donation|contribution) (?:helps?|keeps?|makes?|allows?|enables?)\b",
    re.IGNORECASE,
)
_MAX_PROMPT = 45  # weight; a call to subscribe is rarely longer
_TAGS = re.compile(
    r"^\W*(?:(?:tags?|topics?|keywords?|categories|schlagwörter|mots-clés|etiquetas|теги|태그)\s?[:：]|"
    r"#\w+(?:[\s,]+#\w+)*\s*$)",
    re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$")


def controls(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge lines made of nothing but the words of buttons, menus, font sizes and counters."""
    for index, unit in enumerate(units):
        if _NO_LETTERS.match(unit.head) and unit.end - unit.start <= len(unit.head):
            yield index, Label("boilerplate", "no letters")
        elif unit.weight > _MAX_CONTROL_WORDS:
            continue
        elif is_control(unit.head):
            yield index, Label("boilerplate", "label of a button or menu")
        elif _REACTION.match(unit.head) and not unit.closed:
            yield index, Label("boilerplate", "reaction counter")
        elif _BARE_ADDRESS.match(unit.head):
            yield index, Label("boilerplate", "bare address")


def is_control(line: str) -> bool:
    """Return whether a short line is made of the words of controls only.

    >>> is_control("Mail share button"), is_control("X"), is_control("Facebook said no")
    (True, True, False)
    """
    words = [word.lower() for word in _WORD.findall(line)]
    if not words:
        return False
    if all(_STEP.match(word) for word in words):
        return True
    known = [word for word in words if not _STEP.match(word)]
    telling = [word for word in known if word not in _FILLERS]
    if not telling:
        return (len(known) == 1 and known[0] in _SINGLE) or {"go", "top"} <= set(known) or {"to", "top"} <= set(known)
    return all(word in _CONTROL_WORDS for word in known) and not line.rstrip().endswith(".")


def prompts(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge calls to comment, subscribe, follow or accept, tag lines and links to other reports."""
    for index, unit in enumerate(units):
        if unit.weight > _MAX_PROMPT:
            continue
        if _PROMPT.match(unit.head) or _PLEA.search(unit.head):
            yield index, Label("boilerplate", "call to comment, subscribe, follow or give")
        elif _TAGS.match(unit.head):
            yield index, Label("boilerplate", "tags")
        elif _LINK.match(unit.head) and not unit.head.rstrip().endswith("."):
            yield index, Label("boilerplate", "link to another report")


def modules(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge headings of lists of other reports, and the headlines listed under them."""
    under = None
    for index, unit in enumerate(units):
        if unit.weight <= 10 and _MODULE.match(unit.head):
            under = unit.head
            yield index, Label("boilerplate", "heading of a list of other reports")
        elif under and labels[index] is None and not unit.closed and unit.weight <= 25:
            yield index, Label("boilerplate", LISTED)
        elif labels[index] is None:
            under = None


LISTED = "listed under a heading for other reports"


def other_scripts(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge whole lines in a script that the report itself is not written in."""
    scripts = [dominant_script(unit.head) for unit in units]
    sizes: Counter[str] = Counter()
    for unit, script in zip(units, scripts, strict=True):
        if script:
            sizes["CJK" if script in _SCRIPT_SHARED else script] += unit.end - unit.start
    if not sizes or sizes.most_common(1)[0][1] < _MIN_MAIN_SCRIPT * sizes.total():
        return
    main = sizes.most_common(1)[0][0]
    for index, script in enumerate(scripts):
        if script and ("CJK" if script in _SCRIPT_SHARED else script) != main:
            yield index, Label("boilerplate", f"in {script.capitalize()} script, the report in another")
