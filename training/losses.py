"""What the network is taught by a batch, family by family."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from batches import IGNORED, chain, lemma_script
from network import Batch, Chain, Labels, Network
from sets import Passage
from torch import Tensor

FAR = -1e4
"""Score of what cannot be: an arc out of its sentence."""


def tree_loss(network: Network, layers: list[Tensor], batch: Batch, passages: list[Passage], labels: Labels) -> Tensor:
    """Sentence beginnings, tags, lemmas, arcs, relations; means over words, summed."""
    words = network.read(layers, batch, "tree")
    width = batch.words.shape[1]
    gold = {
        kind: torch.full((len(passages), width), IGNORED)
        for kind in ("begins", "upos", "xpos", "lemma", "head", "relation")
    }
    sentence = torch.full((len(passages), width), -1)
    numbers = {
        kind: {label: n for n, label in enumerate(getattr(labels, kind))}
        for kind in ("upos", "xpos", "lemma", "relation")
    }
    for row, passage in enumerate(passages):
        at = 0
        for number, tree in enumerate(passage.trees or ()):
            size = min(len(tree.forms), width - at)
            if size < len(tree.forms):
                break
            end = at + size
            gold["begins"][row, at:end] = 0
            gold["begins"][row, at] = 1
            gold["upos"][row, at:end] = torch.tensor([numbers["upos"][tag] for tag in tree.upos])
            gold["xpos"][row, at:end] = torch.tensor([numbers["xpos"][tag] for tag in tree.xpos])
            scripts = [lemma_script(form, lemma) for form, lemma in zip(tree.forms, tree.lemmas, strict=True)]
            gold["lemma"][row, at:end] = torch.tensor([numbers["lemma"].get(script, IGNORED) for script in scripts])
            gold["head"][row, at:end] = torch.tensor([head + at if head else 0 for head in tree.heads])
            gold["relation"][row, at:end] = torch.tensor([numbers["relation"][label] for label in tree.relations])
            sentence[row, at:end] = number
            at = end
    gold = {kind: value.to(words.device) for kind, value in gold.items()}
    sentence = sentence.to(words.device)

    def cross(scores: Tensor, kind: str) -> Tensor:
        return F.cross_entropy(scores.float().flatten(0, 1), gold[kind].flatten(), ignore_index=IGNORED)

    total = cross(network.begins(words), "begins") + 0.5 * cross(network.upos(words), "upos")
    total = total + 0.5 * cross(network.xpos(words), "xpos") + 0.5 * cross(network.lemma(words), "lemma")
    arcs, heads, dependents = network.arcs(words)
    same = (sentence[:, :, None] == sentence[:, None, :]) & batch.words[:, None, :]
    allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    total = total + cross(arcs.float().masked_fill(~allowed, FAR), "head")
    chosen = heads.gather(1, gold["head"].clamp(min=0)[..., None].expand(-1, -1, heads.shape[-1]))
    size = network.relation.shape
    spread = (dependents @ network.relation.to(dependents.dtype).reshape(size[0], -1)).view(
        *dependents.shape[:2], size[1], size[2]
    )
    return total + cross((spread * chosen[:, :, None, :]).sum(-1), "relation")


def unified_loss(network: Network, words: Tensor, batch: Batch, passages: list[Passage], labels: Labels) -> Tensor:
    """Partial labels: where a set cannot tell a type, its "outside" may be that type (sum of the allowed)."""
    scores = torch.log_softmax(network.unified(words).float(), -1)
    gold = chain([passage.unified or [] for passage in passages], labels.unified, words.shape[1])
    allowed = F.one_hot(gold, len(labels.unified)).bool()
    for row, passage in enumerate(passages):
        silent = [n for n, label in enumerate(labels.unified) if label != "O" and label[2:] not in passage.told]
        outside = gold[row] == 0
        allowed[row][outside.nonzero()[:, 0][:, None], torch.tensor(silent, dtype=torch.long)[None, :]] = True
    said = torch.logsumexp(scores.masked_fill(~allowed.to(scores.device), -1e9), -1)
    return -(said * batch.words).sum() / batch.words.sum()


def chain_loss(part: Chain, words: Tensor, batch: Batch, spans: list[list], names: list[str]) -> Tensor:
    """Negative log-likelihood of a span scheme."""
    return part.loss(words, chain(spans, names, words.shape[1]).to(words.device), batch.words)


def loss(network: Network, batch: Batch, passages: list[Passage], labels: Labels) -> Tensor:
    """Return the sum of what this batch's set can teach; all passages of a batch come from one set."""
    layers = network.encoder(batch.pieces, batch.shapes, batch.mask)
    first = passages[0]
    total = torch.zeros((), device=batch.mask.device)
    if first.trees is not None:
        total = total + tree_loss(network, layers, batch, passages, labels)
    if any(part is not None for part in (first.news, first.uner, first.re3d, first.mentions, first.unified)):
        words = network.read(layers, batch, "entity")
        for kind in ("news", "uner", "re3d", "mentions"):
            if getattr(first, kind) is not None:
                spans = [getattr(passage, kind) for passage in passages]
                total = total + chain_loss(getattr(network, kind), words, batch, spans, getattr(labels, kind))
        if first.unified is not None:
            total = total + 0.5 * unified_loss(network, words, batch, passages, labels)
    if first.attribution is not None:
        words = network.read(layers, batch, "attribution")
        spans = [passage.attribution or [] for passage in passages]
        total = total + 2 * chain_loss(network.attribution, words, batch, spans, labels.attribution)
    return total
