"""What passes from whom to whom: arms, troops, technology, money, intelligence and goods, with quantity and status."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer, prospects, scenes, stages, transfer_things
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.stages import Stage, doers_of, parties_of
from watchfloor.annotate.verb_forms import base_in
from watchfloor.core.annotation import Annotation, Attribution, Party, Quantity, Status, Transfer, TransferKind
from watchfloor.core.report import Report
from watchfloor.core.span import Span

VERSION = "annotate.transfers@1"

_GIVES = frozenset(
    "send supply provide deliver give transfer ship export sell donate hand furnish lend lease smuggle transport "
    "grant allocate loan pay pass gift airlift disburse wire channel funnel contribute offer pledge "
    "promise approve".split()
)
_MOVES = frozenset("deploy dispatch station post mobilize mobilise redeploy commit".split())
_ARMS_WITH = frozenset(
    "arm equip provide supply furnish reward present".split()
)  # their object has what stands after "with"
_GETS = frozenset(
    "receive get obtain acquire buy purchase import procure secure order accept borrow gain source smuggle seek".split()
)
_NOUNS = frozenset(
    "deployment dispatch supply delivery transfer shipment sale export provision donation sending handover "
    "lending purchase import receipt acquisition procurement export airlift gift package pledge trade".split()
)
_GETTING_NOUNS = frozenset("purchase import receipt acquisition procurement".split())
_VERBS = _GIVES | _MOVES | _ARMS_WITH | _GETS
_VAGUE = frozenset(
    "get seek share order return offer present extend approve pass commit post accept gain secure hand".split()
)
_TELLING = frozenset(
    "sell export deliver supply donate buy purchase import procure sale export delivery shipment".split()
)
_ONLY: dict[str, Status] = {
    "seek": "hypothetical",
    "offer": "planned",
    "pledge": "planned",
    "promise": "planned",
    "approve": "planned",
    "order": "planned",
}  # words that tell no passing yet
_NEAR = 160  # characters behind a predicate in which its parts stand (assumed)
_WITH = re.compile(r"\bwith\s(?P<what>[^,.;:“”\"]{3,120})")
_CLAUSE = re.compile(r"[;:“”\"]|,\s(?:which|while|but|as|after|and)\b|\s(?:that|while|after|because|said|says|but)\s")
_SIDE = re.compile(r"\s(?:from|to|for|between|by|into|over|during|since|until)\s")
_ONLY_TOLD = frozenset("take raise face place attend host issue express voice".split())
_SUM_IN = re.compile(rf"(?:{transfer_things.MONEY.pattern})\s(?:in|of)\s(?:\w+\s){{0,2}}$")  # "$3 billion in" loans
_PART = re.compile(r"\s(?:of|worth|for|in|to|from|with|that|which|made|worth\sof)\s")
_EXCHANGE = re.compile(r"\bin\s(?:exchange|return)\sfor\s(?P<what>[^.;:“”\"]{3,160})", re.I)
_TRIGGER = re.compile(
    r"\b(?:send|sent|suppl|provid|deliver|gave|give|giving|transfer|ship|export|s[eo]ld?l?|donat|hand|furnish|lend|lent|leas"
    r"|smuggl|transport|grant|alloc|loan|pa(?:y|id)|pass|gift|airlift|disburs|wir|channel|funnel|contribut|return|offer"
    r"|pledg|promis|releas|shar|deploy|dispatch|station|post|arm|equip|receiv|get|got|obtain|acquir|b(?:uy|ought)|purchas|import"
    r"|procur|secur|order|accept|borrow|gain|sale|deliver|shipment|provision|handover|receipt|acquisition|extend|approv|present"
    r"|mobili[sz]|redeploy|commit|seek|sought|trade)"
)


class Passing(Struct, frozen=True):
    """The parts of one transfer as a predicate gives them; thing: where its words stand."""

    lemma: str
    thing: tuple[int, int]
    kind: TransferKind
    word: str
    giver: tuple[Party, ...]
    receiver: tuple[Party, ...]


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Transfer]:
    """Yield every transfer told, in text order; one for each sentence, thing and pair of sides.

    found: mentions, times, places, quantities and attributions.
    """
    said = [one for one in found if isinstance(one, Attribution)]
    counts = [one.span for one in found if isinstance(one, Quantity)]
    seen: set[tuple[object, ...]] = set()
    for stage in stages.stages(report, found, _may_tell):
        for predicate in stage.told.predicates:
            for passing in _passings(stage, predicate):
                one = _transfer(stage, predicate, passing, said, counts)
                if one is None:
                    continue
                key = (one.span, one.kind, _names(one.giver), _names(one.receiver))
                if key not in seen:
                    seen.add(key)
                    yield one


def _may_tell(words: str) -> bool:
    return _TRIGGER.search(words.lower()) is not None  # a quarter of what looking past capitals costs


def _names(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(sorted(one.country or one.name for one in parties))


def _passings(stage: Stage, predicate: Predicate) -> Iterator[Passing]:
    """Yield what the predicate says to pass from whom to whom."""
    word = stage.text[predicate.start : predicate.end].lower()
    if predicate.kind == "noun":
        if lemma := base_in(word, _NOUNS):
            yield from _of_noun(stage, predicate, lemma)
        return
    lemma = base_in(word, _VERBS)
    if lemma is None:
        return
    doers = doers_of(stage, predicate)
    if lemma in _ARMS_WITH and (goods := _with(stage, predicate)):
        yield from _things(stage, lemma, goods, doers, parties_of(stage, predicate.objects))
    elif lemma in _GETS:
        giver = parties_of(stage, predicate.behind("from")) or _behind(stage, predicate, "from")
        yield from _things(stage, lemma, _ranges(predicate.objects), giver, doers)
    elif lemma in _GIVES or lemma in _MOVES:
        leads = ("to", "into", "in") if lemma in _MOVES else ("to", "for", "into")
        receiver = parties_of(stage, predicate.indirect or predicate.behind(*leads)) or _behind(
            stage, predicate, *leads
        )
        yield from _things(stage, lemma, _ranges(predicate.objects), doers, receiver)


def _of_noun(stage: Stage, predicate: Predicate, lemma: str) -> Iterator[Passing]:
    """Yield what a noun says to pass: "the delivery of tanks to Kyiv", "arms sales to Riyadh"."""
    if predicate.light is not None and base_in(predicate.light, _ONLY_TOLD):
        return  # "takes the troop dispatch to the alliance": it is spoken of
    things = predicate.of or predicate.modifiers
    owner = parties_of(stage, [one for one in predicate.subjects if one not in things])
    if not owner and predicate.governors and predicate.governors[0].relation in {"obj", "nsubj:pass"}:
        owner = parties_of(stage, predicate.governors[0].subjects)
    if lemma in _GETTING_NOUNS:
        giver = parties_of(stage, predicate.behind("from")) or _behind(stage, predicate, "from")
        yield from _things(stage, lemma, _ranges(things), giver, owner)
        return
    receiver = parties_of(stage, predicate.behind("to", "into")) or _behind(stage, predicate, "to", "into")
    yield from _things(stage, lemma, _ranges(things), owner or parties_of(stage, predicate.behind("from")), receiver)


def _things(
    stage: Stage, lemma: str, things: Sequence[tuple[int, int]], giver: tuple[Party, ...], receiver: tuple[Party, ...]
) -> Iterator[Passing]:
    for begin, held in things:
        start, own = (begin, receiver) if receiver else _first_named(stage, begin, held)
        cut = _SIDE.search(stage.text, start, held)
        end = cut.start() if cut else held
        sum_in = _SUM_IN.search(stage.text, max(stage.told.start, start - 40), start)
        start = sum_in.start() if sum_in else start
        told = _kind(stage, start, end)
        if told is not None:
            yield Passing(lemma, (start, end), *told, _outside(giver, start, end), _outside(own, start, end))


def _first_named(stage: Stage, start: int, end: int) -> tuple[int, tuple[Party, ...]]:
    """Return the country that stands right before the thing, as whoever is given it: "sold Warsaw tanks"."""
    found = next((one for one in stage.countries if start <= one[0] <= start + len("the ")), None)
    if found is None or found[1] >= end or stage.text[found[1]] != " ":
        return start, ()
    words = stage.text[found[0] : found[1]]
    if gazetteer.is_demonym(words):
        return start, ()
    return found[1] + 1, tuple(stages.named(stage, found[0], found[1]))


def _ranges(phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in phrases]


def _outside(parties: Sequence[Party], start: int, end: int) -> tuple[Party, ...]:
    """Return the parties whose words are not the thing's own."""
    return tuple(one for one in parties if one.span is None or not (start <= one.span.start < end))


def _with(stage: Stage, predicate: Predicate) -> list[tuple[int, int]]:
    """Return where the words behind "with" stand, by the tree, else those of the same clause."""
    if behind := predicate.behind("with"):
        return _ranges(behind)
    match = _WITH.search(stage.text, predicate.end, min(stage.told.end, predicate.end + _NEAR))
    return [match.span("what")] if match else []


def _behind(stage: Stage, predicate: Predicate, *leads: str) -> tuple[Party, ...]:
    """Return whom a preposition of the same clause leads, where the tree hangs it elsewhere: "worth of arms to X"."""
    cut = _CLAUSE.search(stage.text, predicate.end, stage.told.end)
    limit = min(cut.start() if cut else stage.told.end, predicate.end + _NEAR)
    for one in stage.actors:
        if not predicate.end < one.start < limit:
            continue
        before = stage.text[predicate.end : one.start].rsplit(None, 2)[-2:]
        if before and (before[-1] in leads or (before[-1] in {"the", "its"} and before[0] in leads)):
            return tuple(scenes.parties_of([one]))
    return ()


def _kind(stage: Stage, start: int, end: int) -> tuple[TransferKind, str] | None:
    """Return what kind of thing the words name, by the last that says so before a preposition, else behind it."""
    words = stage.text[start:end]
    core, _, rest = _PART.sub("\n", words, count=1).partition("\n")
    told = transfer_things.kind_in(core)
    if told is not None and told[0] != "money":
        return told
    if any(start <= at < end for at in stage.weapons):
        return "arms", "a weapon's name"
    last = re.findall(r"[\w’'-]+", core)[-1:]
    measures = bool(last) and (transfer_things.measures(last[0]) or not last[0].isalpha())
    if told is not None or measures or transfer_things.MONEY.search(core):
        return transfer_things.kind_in(rest) or told or transfer_things.kind_in(core)
    return None


def _transfer(
    stage: Stage, predicate: Predicate, passing: Passing, said: Sequence[Attribution], counts: Sequence[Span]
) -> Transfer | None:
    """Return the transfer, None where nobody known gives or gets, or somebody only moves what is his own at home."""
    start, end = passing.thing
    giver, receiver = passing.giver, passing.receiver
    if not giver and passing.kind == "troops":
        giver = _owners(stage, start, end)
    giver = tuple(structs.replace(one, role="giver") for one in giver)
    receiver = tuple(structs.replace(one, role="receiver") for one in receiver)
    exchange = _exchange(stage, predicate)
    same = {one.country or one.name for one in giver} & {one.country or one.name for one in receiver}
    if same or not (giver or receiver) or not (exchange is not None or _suffices(passing, giver, receiver)):
        return None
    conditional = any(one.mark in {"if", "unless"} for one in predicate.governors[:1])
    status, word = prospects.status_of(stage.text, predicate, conditional)
    if status == "actual" and passing.lemma in _ONLY:
        status, word = _ONLY[passing.lemma], passing.lemma
    parties = [one.name for one in giver + receiver]
    status, speaker = prospects.as_told(status, predicate.start, said, parties)
    scene = stage.scene
    return Transfer(
        span=Span(report=stage.report, start=stage.told.start, end=stage.told.end),
        kind=passing.kind,
        thing=Span(report=stage.report, start=start, end=end),
        giver=giver,
        receiver=receiver,
        quantity=_quantity(stage, start, end, counts),
        in_exchange=exchange,
        status=status,
        asserted_by=speaker,
        date=scenes.date_near(scene, predicate.start, predicate.end) if scene is not None else None,
        because=f'"{passing.lemma}" with "{passing.word}"; {status}: {word}',
        generated_by=VERSION,
    )


def _suffices(passing: Passing, giver: Sequence[Party], receiver: Sequence[Party]) -> bool:
    """Return whether enough sides are known: both for people that move and for words that mean much else."""
    if passing.kind == "arms" and passing.lemma not in _MOVES | _VAGUE:
        return bool(receiver) or passing.lemma in _TELLING
    if passing.kind == "technology" and passing.lemma == "transfer":
        return True
    return bool(giver and receiver)


def _owners(stage: Stage, start: int, end: int) -> tuple[Party, ...]:
    """Return whose the troops are: "North Korean troops"."""
    return tuple(stages.named(stage, start, end))


def _quantity(stage: Stage, start: int, end: int, counts: Sequence[Span]) -> Span | None:
    """Return the words for how much: a sum of money, a count that was found, or a number in the phrase."""
    words = stage.text[start:end]
    money = transfer_things.MONEY.search(words)
    if money is None:
        held = next((one for one in counts if one.start < end and start < one.end), None)
        if held is not None:
            return held
    told = money or transfer_things.COUNT.search(words)
    if told is None:
        return None
    return Span(report=stage.report, start=start + told.start(), end=start + told.end())


def _exchange(stage: Stage, predicate: Predicate) -> Span | None:
    """Return the words for what is had in return, where the predicate does not stand among them."""
    for match in _EXCHANGE.finditer(stage.text, stage.told.start, stage.told.end):
        start = match.start("what")
        cut = re.search(r",\s|\s(?:said|says|according)\b", match["what"])
        end = start + (cut.start() if cut else len(match["what"].rstrip()))
        if not start <= predicate.start < end:
            return Span(report=stage.report, start=start, end=end)
    return None
