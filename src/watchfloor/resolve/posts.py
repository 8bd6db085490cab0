"""The posts of people with their validity: what stands beside a name about who holds, held or takes an office."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from watchfloor.core.annotation import Annotation, Mention, Time
from watchfloor.core.entity import Role, Tense
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.resolve import bodies, roles, states
from watchfloor.resolve.casting import titles_of
from watchfloor.resolve.layout import Layout

GENERATED_BY = "resolve.posts@1"

_PAST = "former|ex|late|one-time|onetime|ousted|deposed|erstwhile|outgone"
_TENSES: dict[str, Tense] = dict.fromkeys(_PAST.split("|"), "former")
_TENSES |= {"then": "then", "acting": "acting", "interim": "acting", "caretaker": "acting", "outgoing": "present"}
_TENSES |= {"incoming": "designate", "designate": "designate", "elect": "designate", "future": "designate"}
_BEFORE = re.compile(rf"(?i)^(?:(?:the|a|an|its|their)\s+)?({'|'.join(sorted(_TENSES, key=len, reverse=True))})[-\s]+")
_BEHIND = re.compile(r"(?i)-(elect|designate)\b")
_TENURE = re.compile(
    r"(?i)[,\s]+(?:since|from|until|till|between|in|during|for)\s+(?:early |late |mid-?|the )*[^,]*\d{4}.*$"
)
_IN_BODY = re.compile(
    r"\s(?:of|for|at|in|on|with|from)\s+(?:the\s+)?"
    r"((?:[A-Z][\w&.'’-]*)(?:\s+(?:(?:of|the|and|for|on|in|&)\s+)*[A-Z][\w&.'’-]*)*)"
)
_LED = re.compile(r"^((?:[A-Z][\w&.'’-]*\s+)+)(?=\S)")
_TO_STATE = re.compile(r"\s(?:to|in)\s+(?:the\s+)?([A-Z][\w.'’ ]+)$")
_OWNER = re.compile(r"\b[\w.-]+['’]s?\s")
_WHOSE = re.compile(r"^(?:kingdom|country|nation|republic|emirate|bloc|group|party|company|firm|city|island)['’]s\s+")
_HONOUR = re.compile(r"(?<=\w)\s+(?:Prince|Princess|Sheikh|Dr|Sir|Dame|Lord|Lady|Gen|Col|Rep|Sen)\.?$")
_KIND_BEHIND = re.compile(r"\s+([a-z]+)")
_SPOKEN = re.compile(r"(?i)\b(?:spokes\w+|speaker)\b")

_TITLE = r"(?:as\s+)?(?:the\s+|a\s+|an\s+|its\s+|his\s+|her\s+|their\s+|new\s+)*(?P<title>[^,.;:\n]{3,90}?)"
_STOP = (
    r"(?=\s+(?:in|on|from|since|until|till|after|before|last|during|between|this|earlier|when|and|by|with)\b"
    r"|[,.;:\n]|$)"
)
_AUX = r"(?:(?:was|is|has been|had been|will be|,)\s+(?:first\s+|re-?)?)"
_CLAUSES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"{_AUX}(?:appointed|named|elected|sworn in as|chosen as|made|installed as)\s+{_TITLE}{_STOP}", "since"),
        (rf"\b(?:became|has been|took over as|started as|was promoted to)\s+{_TITLE}{_STOP}", "since"),
        (rf"^,?\s*(?:is|remains)\s+(?=the\s|an?\s){_TITLE}{_STOP}", "is"),
        (rf"{_AUX}(?:nominated|designated|picked)\s+(?:for|as|to be)?\s*{_TITLE}{_STOP}", "designate"),
        (rf"\b(?:served|worked|acted)\s+{_TITLE}{_STOP}", "served"),
        (rf"\b(?:resigned|stepped down|quit|retired)\s+as\s+{_TITLE}{_STOP}", "until"),
        (rf"{_AUX}(?:dismissed|sacked|fired|removed|ousted)\s+as\s+{_TITLE}{_STOP}", "until"),
        (
            r"\b(?:(?:took|assumed) office|took up (?:the|his|her) post|came to power|was (?:sworn in|inaugurated))\b",
            "since",
        ),
        (
            r"\b(?:left office|left the post|stepped down|resigned|was ousted|was sacked|was dismissed)\b(?!\s+as)",
            "until",
        ),
    )
)
_DOUBTED = re.compile(r"(?i)\b(?:not|never|may|might|could|would|if)\b")
_DATE_BEHIND = re.compile(
    r"\s*,?\s*(?:(?P<how>from|since|in|on|until|till|between|during|earlier|as of)\s+)?(?:the\s+)?"
)
_SECOND = re.compile(r"\s*(?:to|until|till|and|-|–)\s*(?:the\s+)?")


class _Report(Struct):
    """What the search needs of a report: its text, sentences, times by where they begin, bodies, people's spans."""

    report: Report
    layout: Layout
    times: dict[int, Time]
    bodies: list[Mention]
    people: list[Mention]


class _Said(Struct):
    """A post as worded: the words, where they stand, tense and dates said beside them."""

    words: str
    start: int
    end: int
    tense: Tense | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    country: str | None = None


def posts(report: Report, annotations: Sequence[Annotation], layout: Layout) -> Iterator[tuple[Mention, Role]]:
    """Yield the posts that a report gives its people, with the mention beside which each stands, in text order."""
    people = [
        one
        for one in annotations
        if isinstance(one, Mention) and one.type == "person" and one.name and not roles.is_description(one.name)
    ]
    if not people:
        return
    read = _Report(
        report=report,
        layout=layout,
        times={one.span.start: one for one in annotations if isinstance(one, Time)},
        bodies=[one for one in annotations if isinstance(one, Mention) and one.type == "organisation"],
        people=sorted(people, key=lambda one: (one.span.start, one.span.end)),
    )
    last: dict[str, _Said] = {}
    for one in read.people:
        beside = list(_beside(read, one))
        told = list(_told(read, one, beside, last.get(one.refers_to or one.name)))
        if beside:
            last[one.refers_to or one.name] = beside[-1]
        for said in (*beside, *told):
            if role := _role(read, one, said):
                yield one, role


def _beside(read: _Report, one: Mention) -> Iterator[_Said]:
    """Yield the titles that stand right with a name, with the years behind them."""
    text = read.report.text
    low, high = read.layout.sentence(one.span.start)
    titles = list(dict.fromkeys([*([one.title] if one.title else []), *titles_of(text, one)]))
    for title in titles:
        start = text.find(title, one.span.end, one.span.end + len(title) + 8)
        start = start if start >= 0 else text.rfind(title, max(low, one.span.start - len(title) - 8), one.span.end)
        if start < 0 or any(p is not one and start <= p.span.start < start + len(title) for p in read.people):
            continue
        end = start + len(title)
        said = _Said(words=title, start=start, end=end, country=one.country)
        inside = sorted(at for at in read.times if start <= at < end)
        for at in inside[:2]:
            _date(said, read.times[at], text[start:at])
        if not inside:
            _dates(read, said, end, high)
        if not said.since and not said.until and _tense(title)[0] == "then":
            said.tense = "then"
        yield said


def _told(read: _Report, one: Mention, beside: Sequence[_Said], earlier: _Said | None) -> Iterator[_Said]:
    """Yield the post that the clause after a name tells of: who was appointed, served, resigned as.

    A clause without a title ("who took office in May") dates the post beside the name, else the one last said of him.
    """
    text = read.report.text
    _, high = read.layout.sentence(one.span.start)
    begin = max([one.span.end, *(said.end for said in beside if said.end <= high)])
    place = bisect_left([p.span.start for p in read.people], begin)
    end = min(high, read.people[place].span.start if place < len(read.people) else high, begin + 200)
    for pattern, kind in _CLAUSES:
        found = pattern.search(text[begin : max(begin, end)])
        if found is None or _DOUBTED.search(found.string[: found.start()]):
            continue
        behind = begin + found.end()
        title = found.groupdict().get("title")
        if title is None and not beside and earlier is None:
            continue
        if title is not None and not roles.is_role(title):
            continue
        if title is not None:
            made = _Said(words=title, start=begin + found.start("title"), end=begin + found.end("title"), country=None)
        elif beside:
            made = beside[-1]
        else:
            said = earlier or beside[-1]
            made = _Said(words=said.words, start=begin + found.start(), end=behind, country=said.country)
        if kind == "designate":
            made.tense = "designate"
        before = made.since
        made.since = None
        _dates(read, made, behind, high)
        made.end = max(made.end, behind) if title is None else made.end
        if kind == "until":
            made.until, made.since, made.tense = made.since or made.until, before, "former"
        else:
            made.since = made.since or before
        if kind == "served" and (made.until or not made.since):
            made.tense = "former"
        if title is not None or (not beside and (made.since or made.until)):
            yield made
        return


def _dates(read: _Report, said: _Said, at: int, high: int) -> None:
    """Note the one or two dates that stand right behind the words for a post."""
    text = read.report.text
    lead = _DATE_BEHIND.match(text, at, high)
    first = read.times.get(lead.end()) if lead else None
    if lead is None or first is None or not lead["how"]:
        return
    _date(said, first, lead[0])
    lead_in = _SECOND.match(text, first.span.end, high)
    second = read.times.get(lead_in.end()) if lead_in and lead["how"] in {"from", "between"} else None
    if second is not None:
        said.until = second.date
        said.end = second.span.end
    else:
        said.end = first.span.end


def _date(said: _Said, time: Time, before: str) -> None:
    """Note a date as begin or end, by the word before it."""
    word = before.split()[-1].casefold() if before.split() else ""
    if word in {"until", "till", "to"}:
        said.until = time.date
        said.tense = said.tense or "former"
    else:
        said.since = said.since or time.date


def _tense(words: str) -> tuple[Tense | None, str]:
    """Return the tense that the words for a post say, and the words without it."""
    if found := _BEFORE.match(words):
        tense, rest = _tense(words[found.end() :])
        return tense or _TENSES[found[1].casefold()], rest
    if found := _BEHIND.search(words):
        return _TENSES[found[1].casefold()], words[: found.start()] + words[found.end() :]
    return None, words


def _role(read: _Report, one: Mention, said: _Said) -> Role | None:
    """Return the post that the words say, None when they say none."""
    tense, words = _tense(said.words)
    words = _TENURE.sub("", words)
    words = re.sub(r"(?i)^(?:the|a|an|its|their|his|her)\s+", "", words.strip(" ,"))
    words = _WHOSE.sub("", words)
    honoured = _HONOUR.sub("", words)
    words = honoured if roles.parse(honoured).heads else words
    parsed = roles.parse(words)
    if not roles.parse(_OWNER.sub("", words)).heads:
        return None
    country, rest = states.leading(words)
    host = states.state(found[1]) if (found := _TO_STATE.search(rest)) else None
    body, title = _body(read, said, rest)
    country = country or parsed.country or said.country or (bodies.parse(body).country if body else None)
    if country == "IGO" and body is None:
        body, title = _led_body(rest)
    if said.tense or tense:
        tense = said.tense or tense
    elif said.until and not said.since:
        tense = "former"
    return Role(
        title=title,
        body=body,
        country=country,
        host=host,
        tense=tense or "present",
        since=said.since,
        until=said.until,
        span=Span(report=read.report.id, start=said.start, end=said.end),
        generated_by=GENERATED_BY,
    )


def _body(read: _Report, said: _Said, words: str) -> tuple[str | None, str]:
    """Return the body in the words for a post, and the title without it."""
    if found := _IN_BODY.search(words):
        if code := states.state(found[1]):
            return None, words if " to " in words[: found.start(1)] else _without(words, found, code)
        behind = _KIND_BEHIND.match(words, found.end())
        if behind and bodies.parse(f"the {found[1]} {behind[1]}").kind:  # "the Ukrainian army"
            return f"the {found[1]} {behind[1]}", words[: found.start()]
        if not re.search(r"\b[A-Z]", words[: found.start()].split(" ")[-1]) or bodies.parse(found[1]).kind:
            body = bodies.bare(found[1])
            return (body, words[: found.start()]) if not states.state(body) else (None, words)
    inside = [
        one for one in read.bodies if said.start <= one.span.start and one.span.end <= said.start + len(said.words) + 4
    ]
    if inside:
        name = bodies.bare(min(inside, key=lambda one: (-len(one.name), one.span.start)).name)
        title = words.replace(name, "").strip(" ,")
        if name in words and title and roles.parse(title).heads and bodies.is_name(name) and not states.state(name):
            return name, title
    return (None, words) if not _SPOKEN.search(words) else _led_body(words)


def _without(words: str, found: re.Match[str], code: str) -> str:
    """Return a title without the state behind it: "foreign minister of Italy"."""
    del code
    return (words[: found.start()] + words[found.end() :]).strip()


def _led_body(words: str) -> tuple[str | None, str]:
    """Return the body whose name leads a title ("NATO Secretary General"), and the title."""
    tokens = words.split()
    for count in range(len(tokens) - 1, 0, -1):
        head, rest = " ".join(tokens[:count]), " ".join(tokens[count:])
        if (
            not roles.parse(head).heads
            and roles.parse(rest).heads
            and bodies.is_name(head)
            and not states.leading(words)[0]
        ):
            return bodies.bare(head), rest
    return None, words
