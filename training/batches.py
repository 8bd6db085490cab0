"""Passages as tensors: word pieces, case classes, labels; batches of about the same length."""

from __future__ import annotations

import random
from collections.abc import Iterable

import torch
from network import Batch, Labels
from sets import MENTIONS, NEWS, RE3D, UNER, UNIFIED, Passage, Span
from tokenizers import Tokenizer
from torch import Tensor

from watchfloor.annotate.shapes import shape

BEGIN, END = 101, 102  # [CLS], [SEP]
LONGEST = 500  # pieces of a passage, within the encoder's 512
IGNORED = -100


def begin_inside_outside(names: Iterable[str]) -> list[str]:
    """Return the labels of a chain over these types."""
    return ["O", *(f"{place}-{name}" for name in names for place in "BI")]


def lemma_script(form: str, lemma: str) -> str:
    """Return how to make the lemma of a form: "=" as it is, else how much to cut and what to add.

    >>> lemma_script("Troops", "troop"), lemma_script("was", "be"), lemma_script("Seoul", "Seoul")
    ('l1|', 'l3|be', '=')
    """
    if form == lemma:
        return "="
    keep = lemma[:1].isupper()
    held = form if keep else form.lower()
    same = 0
    while same < min(len(held), len(lemma)) and held[same] == lemma[same]:
        same += 1
    return f"{'k' if keep else 'l'}{len(form) - same}|{lemma[same:]}"


def labels_of(passages: Iterable[Passage]) -> Labels:
    """Collect the label sets: the treebanks' own, and the fixed schemes of the entity sets."""
    counts: dict[str, dict[str, int]] = {kind: {} for kind in ("upos", "xpos", "relation", "lemma")}
    for passage in passages:
        for tree in passage.trees or ():
            for form, lemma, upos, xpos, relation in zip(
                tree.forms, tree.lemmas, tree.upos, tree.xpos, tree.relations, strict=True
            ):
                for kind, label in (
                    ("upos", upos),
                    ("xpos", xpos),
                    ("relation", relation),
                    ("lemma", lemma_script(form, lemma)),
                ):
                    counts[kind][label] = counts[kind].get(label, 0) + 1
    lemma = sorted(label for label, count in counts["lemma"].items() if count > 2 and label != "=")
    return Labels(
        upos=sorted(counts["upos"]),
        xpos=sorted(counts["xpos"]),
        lemma=["=", *lemma],
        relation=sorted(counts["relation"]),
        news=begin_inside_outside(NEWS),
        uner=begin_inside_outside(UNER),
        re3d=begin_inside_outside(RE3D),
        unified=begin_inside_outside(UNIFIED),
        attribution=begin_inside_outside(("source", "cue", "content")),
        mentions=begin_inside_outside(MENTIONS),
    )


class Cutter:
    """Cuts words into pieces, remembering what it has seen."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def pieces(self, form: str) -> list[int]:
        """Return the pieces of one word; at least one, [UNK] for what has none."""
        found = self._known.get(form)
        if found is None:
            found = self._tokenizer.encode(form, add_special_tokens=False).ids[:12] or [100]
            self._known[form] = found
        return found


def tensors(passages: list[Passage], cutter: Cutter) -> Batch:
    """Pad passages to one batch."""
    rows = []
    for passage in passages:
        ids, shapes, first = [BEGIN], [0], []
        for form in passage.forms:
            inner = cutter.pieces(form)
            if len(ids) + len(inner) > LONGEST:
                break
            first.append(len(ids))
            ids += inner
            shapes += [shape(form)] * len(inner)
        rows.append(([*ids, END], [*shapes, 0], first))
    length = max(len(ids) for ids, _, _ in rows)
    count = max(len(first) for _, _, first in rows)

    def padded(lists: list[list[int]], size: int) -> Tensor:
        return torch.tensor([row + [0] * (size - len(row)) for row in lists])

    pieces = padded([row[0] for row in rows], length)
    mask = padded([[1] * len(row[0]) for row in rows], length).float()
    words = padded([[1] * len(row[2]) for row in rows], count).bool()
    return Batch(pieces, padded([row[1] for row in rows], length), mask, padded([row[2] for row in rows], count), words)


def chain(spans_of: list[list[Span]], names: list[str], width: int) -> Tensor:
    """Return the labels of spans, [B, width]."""
    number = {label: place for place, label in enumerate(names)}
    gold = torch.zeros(len(spans_of), width, dtype=torch.long)
    for row, spans in enumerate(spans_of):
        for start, end, label in spans:
            if start >= width:
                continue
            gold[row, start] = number["B-" + label]
            gold[row, start + 1 : end] = number["I-" + label]
    return gold


def batches(passages: list[Passage], cutter: Cutter, size: int, chance: random.Random) -> list[list[Passage]]:
    """Group passages of about the same length until a batch holds `size` pieces; shuffled."""
    measured = sorted(
        ((sum(len(cutter.pieces(form)) for form in one.forms) + 2 + chance.random() * 6, one) for one in passages),
        key=lambda pair: pair[0],
    )
    found: list[list[Passage]] = []
    held: list[Passage] = []
    for length, passage in measured:
        if held and length * (len(held) + 1) > size:
            found.append(held)
            held = []
        held.append(passage)
    if held:
        found.append(held)
    chance.shuffle(found)
    return found
