"""Who the words before or after a cue stand for: names, pronouns, descriptions, unnamed officials, two at once."""

import re

from msgspec import Struct

from watchfloor.core.annotation import SpeakerType
from watchfloor.resolve import bodies, names, roles, states
from watchfloor.resolve.cast import Known, same_bodies
from watchfloor.resolve.roles import is_description
from watchfloor.resolve.scene import LED, NAMED, SPOKE, Scene
from watchfloor.resolve.standing import stands_for

_SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers"})
_MALE, _FEMALE = frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"})
_MENS = re.compile(r"\b(?:king|prince|emir|sultan|sheikh|mr|sir|lord|father|brother|\w+man)\b(?!['’])", re.I)
_WOMENS = re.compile(r"\b(?:queen|princess|sheikha|mrs|ms|miss|dame|lady|mother|sister|\w+woman)\b(?!['’])", re.I)
_NEUTER = frozenset({"it", "itself", "its"})
_PLURAL = frozenset({"they", "them", "both", "their"})
_LONGEST = 300  # characters read of the words for a speaker; longer ones are no name
_POSSESSIVE = frozenset({"his", "her", "its", "their"})  # these look back in their own sentence only
PRONOUNS = _SINGULAR | _NEUTER | _PLURAL
_SUBJECT_OF = {"his": "he", "her": "she", "its": "it", "their": "they"}  # whose office speaks was the subject before
_PRONOUN_REACH = 2  # paragraphs back in which a pronoun is looked for; farther back it would be a guess
_RELATIVE = re.compile(r",\s(?:who|whom|whose|which)\s.*")  # "the party, which is small": told of the speaker, no name
_PAIR = re.compile(
    r"(?:the|both|these)\s+(?:two\s+)?(leaders|presidents|ministers|sides|countries|men|parties|officials)\b", re.I
)
_TWO = re.compile(r"(?:the\s+)?two\s+(leaders|presidents|ministers|sides|countries|parties)\b", re.I)
_STATES_MEANT = frozenset({"countries", "sides"})
_UNNAMED = re.compile(
    r"(?P<lead>.*?)\b(?P<noun>(?P<kind>official|spokes(?:person|man|woman|people)|source|aide|diplomat|officer|staffer|insider|representative|negotiator)"
    r"s?)\b(?:\s+(?P<how>from|at|of|in|with|for|within|inside|to)\s+(?P<body>[^,;]+))?",
    re.I,
)
_OWN_NOUN = frozenset({"representative", "negotiator"})
_OWNER = re.compile(
    r"^(?P<owner>.+?)['’]s?\s+(?P<thing>(?:\w+\s)?(?:office|embassy|ministry|party|government|team|side))$"
)
_POSSESSED = re.compile(
    r"^(?P<owner>his|her|their|its)\s+(?P<thing>(?:\w+\s)?(?:office|embassy|ministry|party|government|team|side))$",
    re.I,
)
_NAME = re.compile(r"[A-Z][\w&'’.-]*(?:\s(?:of|the|and|for|de|&|[A-Z][\w&'’.-]*)){0,6}")
_WHAT = re.compile(
    r"(?:the|its|an?)\s(?:[a-z-]+\s){0,4}?(?:operator|owner|company|firm|maker|group|agency|union|charity|airline|bank|party|paper|body)s?\b",
    re.I,
)
INDEFINITE = re.compile(r"(?:an?|another|one)\s", re.I)
_ARTICLE = re.compile(r"^(?:the|a|an|another|one|some|several|senior|top|high-ranking|unnamed|two|three|many)\s+", re.I)


class Reading(Struct, frozen=True, eq=False):
    """Who the words stand for.

    speaker: fullest name, joint speakers in text order with " and "; None where nobody is named.
    who: those of the cast.
    """

    speaker: str | None
    type: SpeakerType
    who: tuple[Known, ...] = ()
    speaks_for: str | None = None
    introduced: bool = True


def read(words: str, at: int, scene: Scene) -> Reading | None:
    """Return who the words at a place stand for, None when they stay open."""
    words = tidy(words)
    plain = words.casefold()
    if plain in PRONOUNS:
        return _pronoun(plain, at, scene)
    if pair := _PAIR.match(words) or _TWO.fullmatch(words):  # "shot by two men" tells of two others
        return _two(pair[1].casefold(), at, scene)
    return (
        _known_name(words, at, scene)
        or _unnamed(words, at, scene)
        or _several(words, at, scene)
        or _person(words, at, scene)
        or _owned(words, at, scene)
        or _described(words, at, scene)
        or body(words, at, scene)
        or _state(words)
        or _state(words.split(",")[0])
        or _apposed(words, at, scene)
    )


def tidy(words: str) -> str:
    """Return the words without quotation marks, edges, line breaks and the relative clause behind them."""
    line = " ".join(words[:_LONGEST].split())
    return (_RELATIVE.sub("", line) or line).strip(' ,;:."“”‘—-').removeprefix("according to ").strip()


def meant(words: str, at: int, scene: Scene) -> Reading | None:
    """Return who words that are no speaker stand for: a pronoun looks first for the last one in its own sentence."""
    plain = tidy(words).casefold()
    if plain in _SINGULAR | _NEUTER:
        kind = "person" if plain in _SINGULAR else "organisation"
        first = scene.layout.sentence(at)[0]
        known = scene.latest(at, lambda one: float(one.type == kind and may_be(plain, one)), NAMED, first)
        if known:
            return of(known, scene)
    return read(words, at, scene)


def of(known: Known, scene: Scene) -> Reading:
    """Return the reading for one of the cast."""
    kind: SpeakerType = "person" if known.type == "person" else "organisation"
    return Reading(known.name, kind, (known,), stands_for(known, scene.cast), known.introduced)


def bare_surname(word: str, at: int, scene: Scene, title: str | None = None) -> Known | None:
    """Return whom a bare surname stands for at a place: the last one on stage, not one who is merely talked about."""
    found = scene.cast.named(word)
    if title and len(found) > 1:
        fitting = [k for k in found if any(roles.fits(roles.parse(title), roles.parse(t), k.country) for t in k.titles)]
        found = fitting or found
    if len(found) < 2:
        return found[0] if found else None
    among = set(map(id, found))
    for least in (LED, NAMED, 0):
        if known := scene.latest(at, lambda one: float(id(one) in among), least):
            return known
    return None


def body(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the body that the words name or describe; a description goes to the last one that fits."""
    said = bodies.parse(words)
    if said.kind is None and not said.named:
        return None
    found = same_bodies(scene.cast, said, bodies.bare(words)) or _news_agency(said, scene)
    if len(found) > 1:
        among = set(map(id, found))
        known = scene.latest(at, lambda one: float(id(one) in among))
        found = [known] if known else found
    if len(found) == 1:
        return of(found[0], scene)
    if said.country and said.kind:
        return Reading(bodies.spelled(words), "organisation", (), states.name_of(said.country))
    return None


def _news_agency(said: bodies.Body, scene: Scene) -> list[Known]:
    """Return the news agencies, which are called "the agency" too."""
    if said.kind != "agency" or said.topics:
        return []
    return [known for known in scene.cast.bodies if known.body and known.body.kind == "media"]


def _known_name(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the one whose very name the words are."""
    known = scene.cast.by_name.get(names.fold(bodies.bare(words))) or scene.cast.by_name.get(names.fold(words))
    if known is None:
        return None
    if known.type == "person" and " " not in words:
        known = bare_surname(words, at, scene)
    elif known.body and not known.body.named:
        return None
    return of(known, scene) if known else None


def _pronoun(plain: str, at: int, scene: Scene) -> Reading | None:
    """Return the last one on stage whom the pronoun can stand for."""
    floor = scene.layout.earlier(at, _PRONOUN_REACH)
    if plain in _POSSESSIVE:
        floor = scene.layout.sentence(at)[0]
    if plain in _PLURAL:
        for one in scene.back(at):
            if one.at < floor:
                break
            if len(one.who) > 1:
                return _joint(one.who, scene)
            if (one.prominence, one.who[0].type) in ((SPOKE, "organisation"), (SPOKE, "group"), (LED, "group")):
                return of(one.who[0], scene)
        return None
    if plain in _SINGULAR and (stranger := scene.last_stranger(at, floor)):
        return Reading(stranger.label, "anonymous", (), stranger.body)
    kind = "person" if plain in _SINGULAR else "organisation"
    known = scene.latest(at, lambda one: float(one.type == kind and may_be(plain, one)), LED, floor)
    if known is None and plain in _SINGULAR:  # "received the queen. She said": whoever led the sentence is no she
        known = scene.latest(at, lambda one: float(one.type == kind and may_be(plain, one)), NAMED, floor)
    return of(known, scene) if known else None


def may_be(pronoun: str, known: Known) -> bool:
    """Return whether a title leaves room for the pronoun: a king is no "she", a spokeswoman no "he"."""
    other = _MENS if pronoun in _FEMALE else _WOMENS if pronoun in _MALE else None
    return other is None or not any(other.search(title) for title in known.titles)


def _two(noun: str, at: int, scene: Scene) -> Reading | None:
    """Return the last two who were named together, or the last two holders of such a role."""
    for one in scene.back(at):
        if len(one.who) == 2 and (noun not in _STATES_MEANT or one.prominence >= NAMED):
            return _joint(one.who, scene)
    if noun in _STATES_MEANT:
        return None
    fitting: list[Known] = []
    for one in scene.back(at):
        known = one.who[0]
        if one.prominence >= NAMED and known.type == "person" and _can_be(noun, known) and known not in fitting:
            fitting.append(known)
        if len(fitting) == 2:
            return _joint((fitting[1], fitting[0]), scene)
    return None


def _can_be(noun: str, known: Known) -> bool:
    """Return whether a person can be one of "the leaders", "the men"."""
    role = roles.parse(noun.removesuffix("s"))
    return not role.heads or any(roles.fits(role, roles.parse(title)) for title in known.titles)


def _joint(who: tuple[Known, ...], scene: Scene) -> Reading:
    """Return the reading for several at once."""
    kind: SpeakerType = "person" if all(known.type == "person" for known in who) else "organisation"
    return Reading(" and ".join(known.name for known in who), kind, who, None, all(known.introduced for known in who))


def _several(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the reading of coordinated speakers, when each part is somebody."""
    parts = [part for part in re.split(r",\s+(?:and\s+)?|\s+and\s+", words) if part]
    if len(parts) < 2 or not re.search(r"\sand\s", words):
        return None
    readings = [
        _known_name(p, at, scene)
        or _person(p, at, scene)
        or _described(p, at, scene)
        or body(p, at, scene)
        or _state(p)
        for p in parts
    ]
    found = [reading for reading in readings if reading and reading.speaker]
    if len(found) < len(parts) or len({reading.speaker for reading in found}) < 2:
        return None
    kind: SpeakerType = "person" if all(reading.type == "person" for reading in found) else "organisation"
    return Reading(
        " and ".join(reading.speaker or "" for reading in found),
        kind,
        tuple(known for reading in found for known in reading.who),
        None,
        all(reading.introduced for reading in found),
    )


def _person(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the person named in the words, whatever titles stand before and after the name."""
    for piece in _pieces(words):
        tokens = piece.split()
        for start in range(len(tokens)):
            known = scene.cast.by_name.get(names.fold(" ".join(tokens[start:])))
            title = " ".join(tokens[:start])
            if known and known.type == "person" and len(tokens) - start > 1:
                return of(known, scene)
            if "of" in tokens[start + 2 :] and (member := _member(tokens[start:], scene)):
                return of(member, scene)
            if start == len(tokens) - 1 and (not title or roles.is_role(title) or _honoured(title)):
                single = bare_surname(tokens[-1], at, scene, title) if tokens[-1][0].isupper() else None
                if single:
                    return of(single, scene)
    return None


def _member(tokens: list[str], scene: Scene) -> Known | None:
    """Return the person before "of" in "Claire Fontaine of Secours Rural"; None when the whole is somebody's name."""
    if names.fold(" ".join(tokens)) in scene.cast.by_name:
        return None
    known = scene.cast.by_name.get(names.fold(" ".join(tokens[: tokens.index("of")])))
    return known if known is not None and known.type == "person" else None


def _pieces(words: str) -> list[str]:
    """Return the stretches between commas: a name may stand before its apposition or after it."""
    return [piece.strip() for piece in words.split(",") if piece.strip()][:4]


def _honoured(title: str) -> bool:
    """Return whether words are a form of address only."""
    return names.fold(title) in {"mr", "mrs", "ms", "dr", "sir", "dame", "lord"}


def _unnamed(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the reading of an official without a name: he keeps the body he stands for."""
    found = _UNNAMED.fullmatch(words)
    if not found or "," in found["lead"]:
        return None
    named = found["body"] or _ARTICLE.sub("", _ARTICLE.sub("", found["lead"])).strip()
    kind = found["kind"].casefold()
    kind = "spokesperson" if kind.startswith("spokes") else kind if kind in _OWN_NOUN else "official"
    if found["body"] and found["kind"].casefold() == "diplomat" and found["how"].casefold() == "in":
        return Reading(words[:1].lower() + words[1:], "anonymous")  # where diplomats are posted is not whom they serve
    if named.casefold() in ("its", "their") and (owner := scene.last_party(at, scene.layout.earlier(at, 1))):
        return Reading(f"{owner} (unnamed {kind})", "anonymous", (), owner)
    if not named:
        return _described(words, at, scene) if words.casefold().startswith("the ") else None
    code, rest = states.leading(f"{named} official")
    if code and rest == "official":
        return Reading(f"{states.name_of(code)} (unnamed {kind})", "anonymous", (), states.name_of(code))
    party = _known_name(named, at, scene) or body(named, at, scene) or _state(named)
    if party is None and scene.layout.sentence(at)[0] == at:  # "Ministry sources said": a capital for its place alone
        party = body(named[:1].lower() + named[1:], at, scene)
    name = party.speaker if party else bodies.bare(named) if bodies.is_name(named) else None
    if name is None and (code := states.leading(named)[0]):
        name = states.name_of(code)
    if name is None:
        return None
    state = party.speaks_for if party is not None and not any(letter.isupper() for letter in name) else None
    return Reading(f"{name} (unnamed {kind})", "anonymous", (), state or name)


def _owned(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the body that belongs to a person or state: "Macron's office", "his office"."""
    found = _OWNER.match(words) or _POSSESSED.match(words)
    if not found or states.leading(words)[0]:
        return None
    pronoun = _SUBJECT_OF.get(found["owner"].casefold())
    if pronoun in _SINGULAR and (subject := _subject(pronoun, at, scene)):
        owner: Reading | None = of(subject, scene)
    else:
        owner = _pronoun(pronoun, at, scene) if pronoun else _person(found["owner"], at, scene)
    said = bodies.parse(found["thing"])
    known = [k for k in scene.cast.bodies if k.body and k.body.kind == said.kind and said.topics <= k.body.topics]
    if owner is not None and said.kind == "office" and len(known) == 1:
        return of(known[0], scene)
    whose = owner.speaker if owner else None
    if whose is None and pronoun in _NEUTER | _PLURAL:
        whose = scene.last_party(at, scene.layout.earlier(at, 1))
    name = f"{whose}'s {found['thing']}" if whose else f"the {found['thing']}" if pronoun else words
    return Reading(name, "organisation", (), None)


def _subject(pronoun: str, at: int, scene: Scene) -> Known | None:
    """Return who leads the sentence of a place: "A met her counterpart, B, her ministry said" is A's ministry."""
    first = scene.layout.sentence(at)[0]
    led = [one for one in scene.past if first <= one.at < at and one.prominence >= NAMED and len(one.who) == 1]
    known = min(led, key=lambda one: one.at).who[0] if led else None
    before = set(re.findall(r"\w+", scene.text[first:at].casefold()))
    others = _FEMALE if pronoun in _MALE else _MALE
    if before & others and not before & (_MALE | _FEMALE) - others:
        return None  # "she met her counterpart, his office said": the other one's
    return known if known is not None and known.type == "person" and may_be(pronoun, known) else None


def _described(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the last person whose title the description fits; one named only later if none was before.

    "An official" is somebody new, whoever was named before.
    """
    if not is_description(words) or not roles.is_role(words) or INDEFINITE.match(words):
        return None
    role = roles.parse(words)

    def fit(known: Known) -> float:
        return max((roles.fits(role, roles.parse(title), known.country) for title in known.titles), default=0.0)

    known = scene.latest(at, fit)
    if known is None:
        later = [one for one in scene.cast.people if fit(one)]
        known = later[0] if len(later) == 1 else None
    return of(known, scene) if known else None


def _apposed(words: str, at: int, scene: Scene) -> Reading | None:
    """Return the body whose name stands before what it is, or after: "Blue Lines, the operator".

    Only for bodies that nothing else in the report makes known.
    """
    first, comma, second = words.partition(", ")
    if not comma:
        return None
    before, after = _NAME.fullmatch(first), _NAME.fullmatch(second)
    name = first if before and _WHAT.match(second) else second if after and _WHAT.match(first) else None
    if name is None:
        return None
    return _known_name(name, at, scene) or body(name, at, scene) or Reading(name, "organisation")


def _state(words: str) -> Reading | None:
    """Return the government that a state's name, capital or seat of power speaks for."""
    if code := states.state(words):
        return Reading(states.name_of(code), "organisation", (), states.name_of(code))
    if code := states.seat(words):
        return Reading(bodies.bare(words), "organisation", (), states.name_of(code))
    return None
