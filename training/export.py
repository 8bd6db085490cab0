"""Write the shipped model: weights to an int8 ONNX graph, the tokenizer and the labels, with their digests.

    python training/export.py --weights RUN/weights.pt --labels RUN/labels.json --encoder DIR --out src/watchfloor/annotate/data/model

The graph reads whole passages, and gives scores for every head; decoding is the product's own (annotate/reading.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from network import Batch, Labels, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

INPUTS = ("pieces", "shapes", "mask", "first")
OUTPUTS = (
    "begins", "upos", "xpos", "lemma", "arcs", "heads", "relations", "news", "uner", "re3d", "unified", "attribution", "meaning",
)  # fmt: skip


class Graph(nn.Module):
    """What runs in the product: the network without training, tags chosen in the graph."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """pieces, shapes [B, T] int64; mask [B, T] float; first [B, W] int64; returns OUTPUTS."""
        net = self.network
        layers = net.encoder(pieces, shapes, mask)
        batch = Batch(pieces, shapes, mask, first, first)
        tree = net.read(layers, batch, "tree")
        arcs, heads, dependents = net.arcs(tree)
        entity = net.read(layers, batch, "entity")
        attribution = net.read(layers, batch, "attribution")
        begins = net.begins(tree)
        return (
            begins[..., 1] - begins[..., 0],
            net.upos(tree).argmax(-1),
            net.xpos(tree).argmax(-1),
            net.lemma(tree).argmax(-1),
            arcs,
            heads,
            (dependents @ net.relation.reshape(net.relation.shape[0], -1)).unflatten(-1, net.relation.shape[1:]),
            net.news.score(entity),
            net.uner.score(entity),
            net.re3d.score(entity),
            net.unified(entity),
            net.attribution.score(attribution),
            net.pooled(layers, mask),
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
    sample = (
        torch.randint(1000, 2000, (2, 9)),
        torch.randint(1, 8, (2, 9)),
        torch.ones(2, 9),
        torch.arange(1, 8).repeat(2, 1),
    )
    axes = {name: {0: "batch", 1: "pieces"} for name in INPUTS[:3]} | {"first": {0: "batch", 1: "words"}}
    for name in OUTPUTS:
        axes[name] = {0: "batch", 1: "words"} if name != "meaning" else {0: "batch"}
    axes["arcs"][2] = "heads"
    axes["heads"][1] = "heads"
    torch.onnx.export(
        Graph(network).eval(), sample, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
        dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=True,
    )  # fmt: skip


def quantize(source: Path, target: Path) -> None:
    """int8 for every matrix of weights, per column, and for the embedding table."""
    quantize_dynamic(
        str(source), str(target), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm", "Gather"],
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
    (given.out / "labels.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    shutil.copyfile(given.encoder / "tokenizer.json", given.out / "tokenizer.json")
    for path in sorted(given.out.iterdir()):
        print(digest(path), path.stat().st_size, path.name)


if __name__ == "__main__":
    main()
