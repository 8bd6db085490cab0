"""The multi-task network: a MiniLM encoder that sees case, and a head for everything the annotator needs.

Encoder: MiniLM-L6-H384 (Wang et al. 2020; sentence-transformers/all-MiniLM-L6-v2). Parser: biaffine (Dozat and Manning
2017). Spans: linear-chain CRF (Lafferty et al. 2001). Layers are mixed per family of heads (Peters et al. 2018).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTH, LAYERS, ATTENTIONS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
SHAPES = 12  # classes of watchfloor.annotate.shapes
SHAPE_WIDTH = 16
ARC, RELATION = 192, 64  # widths of the biaffine parser's layers
FAMILIES = ("tree", "entity", "attribution")
MIXED = 4  # topmost layers that each family mixes


class Labels(NamedTuple):
    """The label sets of the heads, in the order of their scores."""

    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    relation: list[str]
    news: list[str]
    uner: list[str]
    re3d: list[str]
    unified: list[str]
    attribution: list[str]
    mentions: list[str]


class Batch(NamedTuple):
    """Passages as tensors. pieces, shapes, mask: [B, T]; first (place of a word's first piece), words: [B, W]."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor


class Drop(nn.Module):
    """Dropout with one mask for a whole passage (Gal and Ghahramani 2016): as good here, and cheap without a GPU."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """x: [B, T, D]."""
        if not self.training or not self.rate:
            return x
        mask = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.rate
        return x * (mask / (1 - self.rate)).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Drop(drop)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: [B, T, WIDTH]; bias: [B, 1, 1, T], 0 where a piece is, very negative where padding is."""
        batch, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, ATTENTIONS, WIDTH // ATTENTIONS).transpose(1, 2)

        query, key, value = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        scores = (query * (WIDTH // ATTENTIONS) ** -0.5) @ key.transpose(2, 3) + bias.to(query.dtype)
        mixed = (torch.softmax(scores, -1).to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM with a case class added to every piece (zero at the start, so that training begins at the original)."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.shape = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer(drop) for _ in range(LAYERS)])
        self.drop = Drop(drop)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> list[Tensor]:
        """Return the output of every layer, lowest first, each [B, T, WIDTH]."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.word(pieces) + self.position(places) + self.segment + self.shape(shapes)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        found = []
        for layer in self.layers:
            x = layer(x, bias)
            found.append(x)
        return found

    def load_minilm(self, weights: dict[str, Tensor]) -> None:
        """Take over the published weights."""
        own = {
            "word.weight": weights["embeddings.word_embeddings.weight"],
            "position.weight": weights["embeddings.position_embeddings.weight"],
            "segment": weights["embeddings.token_type_embeddings.weight"][0],
            "shape.weight": torch.zeros(SHAPES, WIDTH),
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for number in range(LAYERS):
            for mine, theirs in names.items():
                for kind in ("weight", "bias"):
                    own[f"layers.{number}.{mine}.{kind}"] = weights[f"encoder.layer.{number}.{theirs}.{kind}"]
        self.load_state_dict(own)


class Chain(nn.Module):
    """Scores of labels per word, and a linear-chain CRF over them."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.score = nn.Linear(width, labels)
        self.start = nn.Parameter(torch.zeros(labels))
        self.follow = nn.Parameter(torch.zeros(labels, labels))

    def loss(self, x: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood per word. x: [B, W, D]; gold: [B, W], anything where mask is false."""
        scores = self.score(x).float()
        safe = gold.clamp(min=0)
        held = mask.float()
        emitted = (scores.gather(2, safe[..., None])[..., 0] * held).sum()
        moved = (self.follow[safe[:, :-1], safe[:, 1:]] * held[:, 1:]).sum() + self.start[safe[:, 0]].sum()
        total = self.start + scores[:, 0]
        for step in range(1, scores.shape[1]):
            new = torch.logsumexp(total[:, :, None] + self.follow, dim=1) + scores[:, step]
            total = torch.where(mask[:, step, None], new, total)
        return (torch.logsumexp(total, dim=1).sum() - emitted - moved) / held.sum()


class Network(nn.Module):
    """The whole: encoder, layer mixes, heads."""

    def __init__(self, labels: Labels, drop: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(drop)
        self.mix = nn.ParameterDict({family: nn.Parameter(torch.zeros(MIXED)) for family in FAMILIES})
        with torch.no_grad():
            for weights in self.mix.values():
                weights[-1] = 2.0
        self.shape = nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.drop = Drop(drop)
        width = WIDTH + SHAPE_WIDTH
        self.begins = nn.Linear(width, 2)
        self.upos = nn.Linear(width, len(labels.upos))
        self.xpos = nn.Linear(width, len(labels.xpos))
        self.lemma = nn.Linear(width, len(labels.lemma))
        self.arc_head = nn.Linear(width, ARC)
        self.arc_dependent = nn.Linear(width, ARC)
        self.relation_head = nn.Linear(width, RELATION)
        self.relation_dependent = nn.Linear(width, RELATION)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.relation = nn.Parameter(torch.randn(RELATION + 1, len(labels.relation), RELATION + 1) * 0.02)
        self.news = Chain(width, len(labels.news))
        self.uner = Chain(width, len(labels.uner))
        self.re3d = Chain(width, len(labels.re3d))
        self.mentions = Chain(width, len(labels.mentions))
        self.unified = nn.Linear(width, len(labels.unified))
        self.attribution = Chain(width, len(labels.attribution))

    def mixed(self, layers: list[Tensor], family: str) -> Tensor:
        """Return the family's mix of the top layers, [B, T, WIDTH]."""
        weights = torch.softmax(self.mix[family], 0)
        mixed = [weight * layer for weight, layer in zip(weights, layers[-MIXED:], strict=True)]
        return torch.stack(mixed).sum(0)

    def read(self, layers: list[Tensor], batch: Batch, family: str) -> Tensor:
        """Return the words for a family of heads, [B, W, WIDTH + SHAPE_WIDTH]."""
        x = self.mixed(layers, family)
        words = x.gather(1, batch.first[..., None].expand(-1, -1, WIDTH))
        shapes = batch.shapes.gather(1, batch.first)
        return self.drop(torch.cat([words, self.shape(shapes).to(words.dtype)], -1))

    def arcs(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return arcs [B, W, W + 1] (column 0: root), relation heads [B, W + 1, R + 1], dependents [B, W, R + 1]."""
        rooted = torch.cat([self.root.to(words.dtype).expand(words.shape[0], 1, -1), words], 1)

        def wide(x: Tensor) -> Tensor:
            return torch.cat([x, torch.ones_like(x[..., :1])], -1)

        heads = F.leaky_relu(self.arc_head(rooted))
        dependents = wide(F.leaky_relu(self.arc_dependent(words)))
        scores = dependents @ self.arc.to(words.dtype) @ heads.transpose(1, 2) / math.sqrt(ARC)
        return (
            scores,
            wide(F.leaky_relu(self.relation_head(rooted))),
            wide(F.leaky_relu(self.relation_dependent(words))),
        )
