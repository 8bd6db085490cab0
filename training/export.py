"""Write the shipped model: weights to an int8 ONNX graph, the tokenizer and the labels, with their digests.

    python training/export.py --weights RUN/weights.pt --labels RUN/labels.json --encoder DIR --out FOLDER

The graph reads whole passages, and gives scores for every head; decoding is the product's own (annotate/reading.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from network import ARC, ATTENTIONS, FAMILIES, LAYERS, MIXED, WIDTH, Labels, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

INPUTS = ("pieces", "shapes", "first")
OUTPUTS = (
    "begins", "upos", "xpos", "lemma", "arcs", "heads", "relations", "news", "uner", "re3d", "unified", "attribution",
    "meaning",
)  # fmt: skip


SIZE = WIDTH // ATTENTIONS


class Fused(nn.Module):
    """Several linear layers of one input as one: fewer and larger products run faster."""

    def __init__(self, parts: Sequence[nn.Linear]) -> None:
        super().__init__()
        self.sizes = [part.out_features for part in parts]
        self.weight = nn.Parameter(torch.cat([part.weight for part in parts]).T.contiguous())
        self.bias = nn.Parameter(torch.cat([part.bias for part in parts]))

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        """Return the outputs of the parts, in their order."""
        return torch.split(x @ self.weight + self.bias, self.sizes, -1)


class Graph(nn.Module):
    """What runs in the product: one passage, no padding, no training; tags are chosen in the graph.

    The same numbers as the network's (tests of training compare them), with as few nodes as will do: on one core a node
    costs about as much as ten words.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        net = self.net = network
        self.attend = nn.ModuleList([Fused([x.query, x.key, x.value]) for x in net.encoder.layers])
        self.trees = Fused([net.begins, net.upos, net.xpos, net.lemma, net.arc_dependent, net.relation_dependent])
        self.above = Fused([net.arc_head, net.relation_head])
        self.names = Fused([net.news.score, net.uner.score, net.re3d.score, net.unified])
        mixes = torch.stack([torch.softmax(net.mix[family], 0) for family in FAMILIES])
        self.mixes = nn.Parameter(mixes.detach())
        self.relations = nn.Parameter(net.relation.detach().reshape(net.relation.shape[0], -1).contiguous())

    def layer(self, number: int, x: Tensor) -> Tensor:
        """One transformer layer; x: [T, WIDTH]."""
        own = self.net.encoder.layers[number]
        query, key, value = (part.reshape(-1, ATTENTIONS, SIZE).transpose(0, 1) for part in self.attend[number](x))
        scores = torch.softmax((query * SIZE**-0.5) @ key.transpose(1, 2), -1)
        mixed = (scores @ value).transpose(0, 1).reshape(-1, WIDTH)
        x = own.norm1(x + own.out(mixed))
        return own.norm2(x + own.down(F.gelu(own.up(x))))

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """pieces, shapes [T] int64; first [W] int64; returns OUTPUTS."""
        net, encoder = self.net, self.net.encoder
        places = encoder.position.weight[: pieces.shape[0]] + encoder.segment
        x = encoder.norm(encoder.word(pieces) + places + encoder.shape(shapes))
        layers = []
        for number in range(LAYERS):
            x = self.layer(number, x)
            layers.append(x)
        stacked = torch.stack(layers[-MIXED:]).reshape(MIXED, -1)
        mixed = (self.mixes @ stacked).reshape(len(FAMILIES), -1, WIDTH)
        looks = net.shape(shapes[first])
        tree, entity, attribution = (torch.cat([mixed[n][first], looks], -1) for n in range(3))
        begins, upos, xpos, lemma, dependents, related = self.trees(tree)
        heads, above = self.above(torch.cat([net.root[None], tree]))
        one = torch.ones_like(begins[:, :1])
        arcs = torch.cat([F.leaky_relu(dependents), one], -1) @ (net.arc * ARC**-0.5) @ F.leaky_relu(heads).T
        under = torch.cat([F.leaky_relu(related), one], -1) @ self.relations
        mean = mixed[FAMILIES.index("meaning")].mean(0, keepdim=True) @ net.meaning.weight.T
        return (
            begins[:, 1] - begins[:, 0],
            upos.argmax(-1),
            xpos.argmax(-1),
            lemma.argmax(-1),
            arcs,
            F.pad(F.leaky_relu(above), (0, 1), value=1.0),
            under.reshape(-1, net.relation.shape[1], net.relation.shape[2]),
            *self.names(entity),
            net.attribution.score(attribution),
            F.normalize(mean, dim=-1)[0],
        )


def rules(network: Network, labels: Labels) -> dict[str, Any]:
    """Return the transition scores of every chain."""
    found: dict[str, Any] = {}
    for name in ("news", "uner", "re3d", "attribution"):
        part = getattr(network, name)
        found[name] = {
            "labels": getattr(labels, name),
            "start": [round(float(x), 4) for x in part.start],
            "follow": [[round(float(x), 4) for x in row] for row in part.follow],
        }
    found["unified"] = {"labels": labels.unified, "start": None, "follow": None}
    for name in ("upos", "xpos", "lemma", "relation"):
        found[name] = getattr(labels, name)
    return found


def export(network: Network, path: Path) -> None:
    """Write the graph in fp32."""
    network.eval()
    sample = (torch.randint(1000, 2000, (9,)), torch.randint(1, 8, (9,)), torch.arange(1, 8))
    axes = {"pieces": {0: "pieces"}, "shapes": {0: "pieces"}, "first": {0: "words"}}
    axes |= {name: {0: "words"} for name in OUTPUTS if name != "meaning"}
    axes["arcs"][1] = axes["heads"][0] = "heads"
    torch.onnx.export(
        Graph(network).eval(), sample, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
        dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=True,
    )  # fmt: skip


def quantize(source: Path, target: Path) -> None:
    """int8 for every matrix of weights, per column, and for the embedding table."""
    quantize_dynamic(
        str(source), str(target), per_channel=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Write the folder named by --out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full", type=Path, default=None, help="also write the fp32 graph here, for the benches")
    given = parser.parse_args()
    labels = Labels(**json.loads(given.labels.read_text(encoding="utf-8")))
    network = Network(labels)
    network.load_state_dict(torch.load(given.weights, map_location="cpu", weights_only=True)["network"])
    given.out.mkdir(parents=True, exist_ok=True)
    full = given.full or given.out / "full.onnx"
    export(network, full)
    quantize(full, given.out / "encoder.onnx")
    if given.full is None:
        full.unlink()
    kept = rules(network, labels)
    recipe = given.labels.with_name("recipe.json")
    open_only = recipe.exists() and json.loads(recipe.read_text(encoding="utf-8"))["open_data_only"]
    kept["names"] = "unified" if open_only else "news"
    (given.out / "labels.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    shutil.copyfile(given.encoder / "vocab.txt", given.out / "vocab.txt")
    for path in sorted(given.out.iterdir()):
        print(digest(path), path.stat().st_size, path.name)


if __name__ == "__main__":
    main()
