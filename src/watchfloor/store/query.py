"""What somebody typed into the search field, understood.

    north korea        both words          "north korea"   the phrase
    -drill             without the word    deploy*         words that begin so
    a OR b, a AND b, NOT a, ( )            a NEAR b, a NEAR/5 b   at most 10, at most 5 words between
    speaker:choe, date:2024-10.., figure:>1000             fields, see `query_fields`
Everything else is plain words: no input is an error. What was not understood as it was typed is said in `note`, and
`meaning` says in words what is looked for.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from watchfloor.store.query_fields import FIELDS, Field, field
from watchfloor.store.query_terms import Phrase, phrase

LONGEST = 2_000  # characters of a query that are read (assumed: nobody types more)
MOST = 64  # words, phrases and fields of a query that are used (assumed; FTS5 nests at most 256)
DEEPEST = 20  # brackets in brackets (assumed: nobody types more)
NEAR = 10  # words that may stand between two that are near each other, where none are given (as FTS5 has it)
FARTHEST = 100  # words between that may be asked for (assumed)

_QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))
_TOKEN = re.compile(
    r"(?P<open>-?\()|(?P<close>\))|(?P<minus>-*)(?:(?P<name>[A-Za-z]+):)?"
    r'(?:"(?P<quoted>[^"]*)"(?P<star>\*?)|(?P<word>[^\s"()]+)|(?<=:))'
)
_NEAR = re.compile(r"NEAR(?:/([0-9]{1,9}))?")


class Near(Struct, frozen=True):
    """Two phrases that stand near each other in any order; `within`: how many words may lie between."""

    one: Phrase
    other: Phrase
    within: int


class All(Struct, frozen=True):
    """Every one of the parts."""

    parts: "tuple[Node, ...]"


class Any(Struct, frozen=True):
    """At least one of the parts."""

    parts: "tuple[Node, ...]"


class Not(Struct, frozen=True):
    """What the part does not fit."""

    part: "Node"


Node = Phrase | Near | Field | All | Any | Not


class Query(Struct, frozen=True, kw_only=True):
    """A query as it was understood.

    root: what a report must fit; None when there is nothing to look for.
    wanted: the phrases that a fitting report may hold, for showing where they stand.
    meaning: what is looked for, in words. note: what was read otherwise than typed; None when nothing was.
    """

    root: Node | None
    wanted: tuple[Phrase, ...] = ()
    meaning: str = ""
    note: str | None = None


def understand(typed: str) -> Query:
    """Return the query that somebody typed; every string is one.

    >>> understand('"choe son hui" -drill date:2024-10..').meaning
    'reports with “choe son hui”, not “drill”, dated 2024-10-01 or later'
    """
    notes: list[str] = []
    if len(typed) > LONGEST:
        notes.append(f"only the first {LONGEST:,} characters were read")
    read = typed[:LONGEST].translate(_QUOTES)
    if read.count('"') % 2:
        notes.append("a quotation mark without its partner was read as a space")
        before, _, after = read.rpartition('"')
        read = f"{before} {after}"
    root = _Parser(list(_tokens(read, notes)), notes).whole()
    if root is None and (plain := phrase(read, star=False)) is not None:
        root, notes = plain, ["there is nothing to join or to leave out: it was read as words"]
    if root is None:
        notes.append("there is no word to look for")
    note = "; ".join(dict.fromkeys(notes)) or None
    if root is None:
        return Query(root=None, note=note)
    return Query(root=root, wanted=wanted(root), meaning=f"reports {_said(root)}", note=note)


class _Token(Struct, frozen=True):
    """sign: "(", "-(", ")", "AND", "OR", "NOT", "NEAR", or "" for something to look for; minus: it is left out."""

    sign: str
    leaf: Phrase | Field | None = None
    minus: bool = False
    within: int = 0


def _tokens(read: str, notes: list[str]) -> Iterator[_Token]:
    used = 0
    for match in _TOKEN.finditer(read):
        sign = match["open"] or match["close"] or _operator(match)
        if sign:
            near = _NEAR.fullmatch(match[0]) if sign == "NEAR" else None
            yield _Token(sign, within=min(int(near[1]), FARTHEST) if near and near[1] else NEAR)
            continue
        leaf = _leaf(match, notes)
        if leaf is None:
            continue
        used += 1
        if used > MOST:
            notes.append(f"only the first {MOST} words were used")
            return
        yield _Token("", leaf, minus=bool(match["minus"]))


def _operator(match: re.Match[str]) -> str:
    if match[0] in ("AND", "OR", "NOT"):
        return match[0]
    return "NEAR" if _NEAR.fullmatch(match[0]) else ""


def _leaf(match: re.Match[str], notes: list[str]) -> Phrase | Field | None:
    words = match["quoted"] if match["quoted"] is not None else match["word"] or ""
    star = bool(match["star"]) or (match["word"] is not None and words.endswith("*"))
    name = match["name"]
    if name is None:
        return phrase(words, star)
    if name.lower() in FIELDS:
        found = field(name.lower(), words, star)
        if isinstance(found, Field):
            return found
        notes.append(found)
    elif words and not words.startswith("//"):  # an address is words, and nobody meant a field
        notes.append(f"{name}: is no field and was read as words; there are {', '.join(FIELDS)}")
    return phrase(f"{name} {words}", star)


class _Parser:
    """Reads tokens from left to right; what cannot stand where it stands is left out and said."""

    def __init__(self, tokens: list[_Token], notes: list[str]) -> None:
        self._tokens = tokens
        self._notes = notes
        self._at = 0

    def whole(self) -> Node | None:
        parts = []
        while self._at < len(self._tokens):
            parts.append(self._any(0))
            if self._sign() == ")":
                self._at += 1
                self._notes.append("a closing bracket without its partner was left out")
        return _joined(All, parts)

    def _sign(self) -> str | None:
        return self._tokens[self._at].sign if self._at < len(self._tokens) else None

    def _any(self, depth: int) -> Node | None:
        parts = [self._all(depth)]
        while self._sign() == "OR":
            self._at += 1
            parts.append(self._all(depth))
        if len(parts) > 1 and None in parts:
            self._notes.append("an OR without two sides was left out")
        return _joined(Any, parts)

    def _all(self, depth: int) -> Node | None:
        parts: list[Node | None] = []
        while (sign := self._sign()) not in (None, ")", "OR"):
            if sign == "AND":
                self._at += 1
                if not parts or self._sign() in (None, ")", "OR", "AND"):
                    self._notes.append("an AND without two sides was left out")
                continue
            parts.append(self._near(depth))
        return _joined(All, parts)

    def _near(self, depth: int) -> Node | None:
        last = self._one(depth)
        parts = [last]
        while self._sign() == "NEAR":
            within = self._tokens[self._at].within
            self._at += 1
            if self._sign() in (None, ")", "OR", "AND", "NEAR"):
                self._notes.append("a NEAR without two sides was left out")
                break
            before, last = last, self._one(depth)
            if isinstance(before, Phrase) and isinstance(last, Phrase) and before != last:
                parts = [part for part in parts if part != before] + [Near(before, last, within)]
            else:
                self._notes.append("NEAR joins two different words or phrases only and was read as AND")
                parts.append(last)
        return _joined(All, parts)

    def _one(self, depth: int) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.sign == "NOT":
            if self._sign() in (None, ")", "OR", "AND", "NEAR"):
                self._notes.append("a NOT with nothing behind it was left out")
                return None
            return _without(self._one(depth))
        if token.sign in ("(", "-("):
            inner = self._bracket(depth + 1)
            return _without(inner) if token.sign == "-(" else inner
        if token.leaf is None:  # NEAR at the beginning
            self._notes.append(f"{token.sign} without two sides was left out")
            return None
        return Not(token.leaf) if token.minus else token.leaf

    def _bracket(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            self._notes.append(f"brackets deeper than {DEEPEST} were left out")
            return None
        inner = self._any(depth)
        if self._sign() == ")":
            self._at += 1
        else:
            self._notes.append("a bracket without its partner was closed at the end")
        return inner


def _without(node: Node | None) -> Node | None:
    if node is None:
        return None
    return node.part if isinstance(node, Not) else Not(node)


def _joined(kind: type[All] | type[Any], parts: "list[Node | None]") -> Node | None:
    """Return the parts as one node; those of the same kind are laid flat, each stands once."""
    flat: list[Node] = []
    for part in parts:
        if part is not None:
            flat.extend(part.parts if isinstance(part, kind) else [part])
    flat = list(dict.fromkeys(flat))
    if len(flat) > 1:
        return kind(tuple(flat))
    return flat[0] if flat else None


def is_text(node: Node) -> bool:
    """Return whether the full-text index alone can answer: words and phrases, and what is left out of found ones."""
    if isinstance(node, Any):
        return all(is_text(part) for part in node.parts)
    if isinstance(node, All):
        without = [part.part for part in node.parts if isinstance(part, Not)]
        return len(without) < len(node.parts) and all(
            is_text(part) for part in (*without, *(one for one in node.parts if not isinstance(one, Not)))
        )
    return isinstance(node, Phrase | Near)


def wanted(node: Node) -> tuple[Phrase, ...]:
    """Return the phrases that what fits may hold, each once, in the order typed; not those that are left out."""
    return tuple(dict.fromkeys(_wanted(node)))


def _wanted(node: Node) -> Iterator[Phrase]:
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Near):
        yield from (node.one, node.other)
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from _wanted(part)


def _said(node: Node) -> str:
    if isinstance(node, All):
        words = [part.said for part in node.parts if isinstance(part, Phrase)]
        rest = [_bracketed(part) for part in node.parts if not isinstance(part, Phrase)]
        return ", ".join([f"with {' and '.join(words)}", *rest] if words else rest)
    if isinstance(node, Any):
        return " or ".join(_bracketed(part) for part in node.parts)
    if isinstance(node, Not):
        return f"not {_bracketed(node.part).removeprefix('with ')}"
    if isinstance(node, Near):
        return f"with {node.one.said} near {node.other.said} (at most {node.within} words between)"
    return f"with {node.said}" if isinstance(node, Phrase) else node.said


def _bracketed(node: Node) -> str:
    return f"({_said(node)})" if isinstance(node, All | Any) else _said(node)
