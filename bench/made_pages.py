"""Made-up pages of news for measuring the whole path: page n is always the same, HTML as an outlet prints it.

A page has a report of 500 words in some 17 paragraphs and what stands around one in life: menus, teasers of other
reports, a caption, a byline, a pitch, scripts, styles, article data, in all some 115 kB, 13 kB packed. A report tells of one story, with
parties of its own; its sentences are drawn from 48 patterns whose slots hold names, bodies, places, figures, days and a
vocabulary of several hundred nouns, verbs and adjectives, so that no two are alike. Apart from what every page of an
outlet prints (its pitch, its menus) **no paragraph is printed twice**, except that one page in twenty is a copy of an
earlier one with a lead of its own: 4 to 5 paragraphs in 100 have been read before. Nothing here is true, and no outlet
exists.
"""

# ruff: noqa: E501 - tables of words

import random
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from html import escape

import load_reports as world
from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id

WORDS = 500
OUTLETS = 40
COPIED = 0.05  # share of pages that print an earlier one's paragraphs
TEASERS = 30
PER_DAY = 137
FIRST = date(2024, 9, 2)

_ADJECTIVES = (
    "temporary provisional disputed northern southern eastern western coastal regional annual joint limited extensive "
    "unexpected long-awaited partial formal informal confidential preliminary technical humanitarian commercial naval "
    "seasonal costly damaged abandoned crowded remote fragile ambitious controversial independent rival unarmed heavy"
).split()
_NOUNS = (
    "agreement ceasefire inquiry convoy harbour pipeline bridge railway station exercise deployment withdrawal camp "
    "market budget court strike union factory reactor satellite frigate fleet island strait airport corridor mission "
    "treaty proposal deadline warehouse checkpoint hospital school reservoir refinery substation ferry tunnel depot "
    "quarry dam terminal orchard vineyard laboratory archive museum stadium census subsidy tariff licence contract "
    "tender audit verdict appeal ballot coalition amendment referendum curfew amnesty blockade embargo shipment cargo "
    "ceremony festival drought flood landslide heatwave epidemic vaccine harvest livestock fishery sanctuary"
).split()
_VERBS = (
    "delay inspect rebuild abandon expand suspend approve reject review guard close reopen finance criticise defend "
    "transfer restore postpone enlarge dismantle monitor supply register survey protect replace"
).split()
_PAST = (
    "delayed inspected rebuilt abandoned expanded suspended approved rejected reviewed guarded closed reopened financed "
    "criticised defended transferred restored postponed enlarged dismantled monitored supplied registered surveyed"
).split()
_SPEECH = "said told confirmed denied insisted warned predicted acknowledged argued claimed stressed added".split()
_SECTIONS = (
    "World Politics Business Culture Sport Weather Opinion Science Travel Local Obituaries Archive Podcasts".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October".split()

_PATTERNS = (
    "{T} {P} of the {B} of {C} said on {D} that the {a} {n} near {c} would be {p} within {N} days.",
    "“We did not {v} the {n}, and nobody asked us to {v} it,” {t} {P} told reporters in {c}.",
    "The {B} of {C} sent {N} {u}s to {c} on {D}, two officials familiar with the {n} said.",
    "According to the {B} of {C}, more than {N} {u}s crossed the {a} {n} between {M} and {M}.",
    "{P} met {P2} in {c} on {d} to discuss the {a} {n}, the {B} said in a statement.",
    "{T} {P} called {T2} {P2} late on {D}; neither side gave details of the {n}.",
    "The {n}, which was {p} in {M}, has cost {C} about {N} million dollars so far.",
    "Residents of {c} described how {u}s {p} the {n} before dawn on {D}.",
    "“Nothing has been {p},” the {B} of {C2} replied when it was asked about the {a} {n}.",
    "{C} and {C2} signed a {a} agreement on the {n} in {c} in {M} {Y}.",
    "Some {N} people have left the district around the {n} since {d}, aid workers in {c} estimate.",
    "A spokesman for the {B} of {C2} declined to comment on whether the {n} had been {p}.",
    "The {a} {n} and the {a} {n} are expected to be {p} by the end of {M}.",
    "{P}, who led the {n} until {Y}, {s} that {C} would never {v} the {n} without a {a} {n}.",
    "Police in {c} detained {N} people on {D} after the {a} {n} was {p}.",
    "Analysts at a {a} institute in {c} doubt that the {B} can {v} the {n} before {M}.",
    "It was the second time since {Y} that {C} had {p} a {n} of this size.",
    "The {u}s, most of them from {C2}, were taken to a {n} {N} kilometres south of {c}.",
    "{T} {P} promised to {v} the {n} and to pay for the {a} {n} that {C2} had {p}.",
    "“If the {n} is {p} again, we will {v} every {n} from {c} to the border,” {P} {s}.",
    "Prices of {n} goods in {c} rose by {N} percent in {M}, the {B} reported on {D}.",
    "The {B} of {C} rejected the account and called it a {a} invention of the press in {C2}.",
    "Neither the {n} nor the {a} {n} had been {p} by the time {P2} arrived in {c}.",
    "Satellite images taken on {d} show {N} {u}s beside the {a} {n} outside {c}.",
    "{C2} accused {C} of having {p} the {n} without telling the {B}.",
    "Lawyers for {P} asked the court in {c} to {v} the {n}; a verdict is due on {D}.",
    "The {a} {n} was {p} in {Y}, {p2} in {Y2} and has stood empty ever since.",
    "Engineers began to {v} the {n} on {D}, {N} days after it was {p} by the {B}.",
    "In a letter to {P2}, {T} {P} wrote that the {n} had been {p} “in good faith”.",
    "About {N} {u}s and {N2} trucks took part in the {a} exercise, which ended on {d}.",
    "Parliament in {c} voted by {N} to {N2} to {v} the {a} {n} on {D}.",
    "The union of {n} workers said that {N} of its members had not been paid since {M}.",
    "Opposition leader {P2} {s} that the government had {p} the {n} for {a} reasons.",
    "{C} will {v} its {n} in {c}, {T} {P} announced on {D}, without naming a date.",
    "The World Food Programme delivered {N} tons of flour to the {a} {n} near {c} in {M}.",
    "“I have seen the {n} with my own eyes,” said {P}, a {n} owner from {c}.",
    "{T} {P} flew to {c} on {d} for talks with {T2} {P2} about the {a} {n}.",
    "A {a} report by the {B} found that {N} of {N2} {u}s had been {p} too late.",
    "Teachers, nurses and {n} workers marched through {c} on {D} against the {a} {n}.",
    "The ship, loaded with {N} tons of {n} parts, left {c} on {d} and is bound for {C2}.",
    "It is not clear who {p} the {n}, and the {B} of {C} has not answered questions.",
    "{P} was summoned to the {B} of {C2} on {D} over the {a} {n}.",
    "The {n} can be {p} only if both {C} and {C2} agree, a treaty of {Y} says.",
    "Heavy rain {p} the {n} in {c} on {D}; at least {N} families spent the night in a {n}.",
    "The {B} said it had received {N} complaints about the {a} {n} since {M} {Y}.",
    "“We will {v} it,” {P2} {s}, “but not before {C} has {p} its own {n}.”",
    "Of the {N} {u}s that {C} had promised in {M}, only {N2} have reached {c}.",
    "For {P}, the {a} {n} is a matter of pride; for {C2}, it is a matter of {n} and {n}.",
)


def page(n: int, words: int = WORDS) -> bytes:
    """Return the n-th page."""
    outlet, day, chance = _outlet(n), FIRST + timedelta(days=n // PER_DAY), random.Random(f"page {n}")
    base = n - chance.randrange(1, PER_DAY) if n >= PER_DAY and chance.random() < COPIED else n
    story = _Story(random.Random(f"story {n}"))
    paragraphs = _paragraphs(random.Random(f"text {base}"), _Story(random.Random(f"story {base}")), words)
    if base != n:
        paragraphs = [story.sentence(chance), *paragraphs[1:]]
    headline = story.headline(chance)
    author = story.name(chance)
    body = "".join(f"<p>{escape(one, quote=False)}</p>\n" for one in paragraphs[1:])
    picture = f'<figure><img src="/i/{n}.jpg" alt=""><figcaption>The {story.noun(chance)} near {story.place[2]} in {chance.choice(_MONTHS)}. Photo: {story.name(chance)}</figcaption></figure>'
    teasers = "".join(
        f'<li class="card card--{k % 5}" data-track="teaser:{k}"><div class="card__inner"><div class="card__media"><picture><source srcset="/i/{n + k}-320.webp 320w, /i/{n + k}-640.webp 640w, /i/{n + k}-1280.webp 1280w" type="image/webp"><img loading="lazy" src="/i/{n + k}-320.jpg" alt="" width="320" height="180"></picture></div><a class="card__link" href="/{n + k}/{_slug(head)}"><span class="kicker">{chance.choice(_SECTIONS)}</span><h3>{head}</h3></a><p class="teaser">{escape(_Story(chance).sentence(chance), quote=False)}</p><div class="card__meta"><time>{k + 1} h ago</time><button type="button" aria-label="Save"><svg viewBox="0 0 16 16"><path d="M3 2h10v12l-5-3-5 3z"/></svg></button></div></div></li>'
        for k, head in enumerate(_Story(chance).headline(chance) for _ in range(TEASERS))
    )
    data = f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{headline}","datePublished":"{day}T06:{n % 60:02}:00Z","author":{{"@type":"Person","name":"{author}"}},"publisher":{{"@type":"Organization","name":"{outlet}"}}}}'
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline} | {outlet}</title>
<link rel="canonical" href="{address(n)}"><meta property="og:title" content="{headline}"><meta property="og:site_name" content="{outlet}">
<script type="application/ld+json">{data}</script><style>{_STYLE}</style><script>{_script(chance)}</script></head>
<body><header><div class="logo"><a href="/">{outlet}</a></div><nav><ul>{_MENU}</ul></nav></header>
<main><article><h1>{headline}</h1><div class="meta">By <a rel="author" href="/by">{author}</a> <time datetime="{day}">{day:%d %B %Y}</time></div>
{picture}<p class="lead"><b>{story.place[2].upper()}</b> — {escape(paragraphs[0], quote=False)}</p>
<div class="share"><a href="#">Share</a> <a href="#">Tweet</a> <a href="#">Print</a></div>
{body}<p class="pitch">{_pitch(outlet)}</p></article>
<aside><h2>Read more</h2><ul>{teasers}</ul></aside></main>
<footer><ul>{_MENU}</ul><p>© {day.year} {outlet}. All rights reserved. Terms of use. Privacy.</p></footer><script>{_script(chance)}</script></body></html>""".encode()


def address(n: int) -> str:
    """Return where the n-th page stands."""
    return f"https://{_outlet(n).replace(' ', '-').lower()}.example/news/{n}"


def capture(n: int, words: int = WORDS) -> Capture:
    """Return the n-th page as it is collected."""
    data, where = page(n, words), address(n)
    digest = sha256(data).hexdigest()
    day = FIRST + timedelta(days=n // PER_DAY)
    return Capture(
        id=content_id("cap", where, digest),
        locator=where,
        feed="made",
        sha256=digest,
        media_type="text/html",
        collected=datetime(day.year, day.month, day.day, 7, n % 60, tzinfo=UTC),
        data=data,
        url=where,
    )


class _Story:
    """Whom and what a report is about: fills the slots of a pattern."""

    def __init__(self, chance: random.Random) -> None:
        states = chance.sample(world._STATES, 2)
        self.place, self.states = states[0], states
        self.people = [self.name(chance) for _ in range(4)]
        self.bodies = chance.sample(world._BODIES, 3)
        self.nouns = chance.sample(_NOUNS, 12)

    def name(self, chance: random.Random) -> str:
        """Return a person's name; one in three families is one that no table has."""
        family = (
            chance.choice(world._FAMILY)
            if chance.random() < 0.65
            else world.form("en", chance.randrange(2000, 29000)).title()
        )
        return f"{chance.choice(world._GIVEN)} {family}"

    def noun(self, chance: random.Random) -> str:
        """Return a thing, mostly one of the story's."""
        return chance.choice(self.nouns) if chance.random() < 0.8 else chance.choice(_NOUNS)

    def headline(self, chance: random.Random) -> str:
        """Return a headline."""
        return f"{self.states[0][0]} {chance.choice(_PAST)} {chance.choice(_ADJECTIVES)} {self.noun(chance)} as {self.noun(chance)} {chance.choice(('talks', 'row', 'vote', 'inquiry', 'plan'))} goes on"

    def sentence(self, chance: random.Random) -> str:
        """Return a sentence of its own."""
        pattern, said = chance.choice(_PATTERNS), ""
        for at, part in enumerate(pattern.split("{")):
            slot, brace, rest = part.partition("}")
            said += part if not at or not brace else self._word(slot, chance) + rest
        return said

    def _word(self, slot: str, chance: random.Random) -> str:
        if slot in ("P", "P2"):
            name = chance.choice(self.people)
            return name if chance.random() < 0.5 else name.split()[-1]
        if slot in ("T", "T2", "t"):
            title = chance.choice(world._TITLES)
            return title[0].upper() + title[1:] if slot == "T" else title
        if slot in ("N", "N2"):
            return f"{chance.choice((7, 12, 40, 150, 300, 1_500, 12_000)) + chance.randrange(90):,}"
        if slot == "d":
            return f"{chance.randrange(1, 29)} {chance.choice(_MONTHS)}"
        if slot in ("Y", "Y2"):
            return str(chance.randrange(1990, 2024))
        tables = {
            "B": self.bodies, "D": _DAYS, "M": _MONTHS, "a": _ADJECTIVES, "p": _PAST, "p2": _PAST, "v": _VERBS,
            "s": _SPEECH, "u": world._UNITS,
        }  # fmt: skip
        if slot in tables:
            return chance.choice(tables[slot])
        if slot in ("C", "C2"):
            return str(self.states[slot == "C2"][0])
        return str(chance.choice(self.states)[2]) if slot == "c" else self.noun(chance)


def _paragraphs(chance: random.Random, story: _Story, words: int) -> list[str]:
    found: list[str] = []
    count = 0
    while count < words - 45:  # the last one goes over it, and the pitch is read as well
        paragraph = " ".join(story.sentence(chance) for _ in range(chance.choice((1, 1, 2, 2, 3))))
        found.append(paragraph)
        count += len(paragraph.split())
    return found


def _outlet(n: int) -> str:
    return world.outlet(random.Random(f"outlet {n}").randrange(OUTLETS))


def _slug(words: str) -> str:
    return words.lower().replace(" ", "-")


def _pitch(outlet: str) -> str:
    return f"{outlet} lives by its readers: for less than a cup of coffee a week you can support the reporters who write for you every day."


def _script(chance: random.Random) -> str:
    return "".join(
        f"window.a{k}={chance.randrange(10**9)};function f{k}(x){{return x<{k}?'<p>':x&&{k}}};" for k in range(420)
    )


_MENU = "".join(
    f'<li class="menu-item"><a class="menu-link" href="/{name.lower()}"><span>{name}</span></a></li>'
    for name in _SECTIONS
)
_STYLE = "".join(f".c{k}{{margin:{k}px auto;color:#{k:06x};display:flex}}" for k in range(400))
