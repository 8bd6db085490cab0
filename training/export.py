"""Write the shipped model: weights to ONNX graphs of small integers, the vocabulary and the labels, with their digests.

    python training/export.py --weights RUN/weights.pt --labels RUN/labels.json --meaning RUN/meaning.pt --encoder DIR
        --out FOLDER [--full FOLDER]

encoder.onnx reads whole passages, and gives scores for every head (int8); decoding is the product's own
(annotate/reading.py). meaning.onnx gives a passage's vector (four bits). Both read the rows of pieces.npz, the table of
the word pieces, which training leaves as it was published.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from meaning import BLOCK, Rounded, rounding
from network import ARC, ATTENTIONS, FAMILIES, MIXED, WIDTH, Encoder, Labels, Layer, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from safetensors.torch import load_file
from torch import Tensor, nn

INPUTS = ("pieces", "shapes", "first")
MEANT = 256  # pieces of a passage that its vector is made of, as the published encoder's
OUTPUTS = (
    "begins", "upos", "xpos", "lemma", "arcs", "heads", "relations", "news", "uner", "re3d", "unified", "attribution",
)  # fmt: skip


SIZE = WIDTH // ATTENTIONS


class Fused(nn.Module):
    """Several linear layers of one input as one: fewer and larger products run faster."""

    def __init__(self, parts: Sequence[nn.Linear | Rounded]) -> None:
        super().__init__()
        self.sizes = [part.weight.shape[0] for part in parts]
        self.weight = nn.Parameter(torch.cat([part.weight for part in parts]).T.contiguous())
        self.bias = nn.Parameter(torch.cat([part.bias for part in parts]))

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        """Return the outputs of the parts, in their order."""
        found = x @ self.weight + self.bias
        return torch.split(found, self.sizes, -1) if len(self.sizes) > 1 else (found,)


class Attending(nn.Module):
    """One transformer layer over one passage, with as few nodes as will do."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.attend, self.out = Fused([layer.query, layer.key, layer.value]), Fused([layer.out])
        self.up, self.down = Fused([layer.up]), Fused([layer.down])
        self.norm1, self.norm2 = layer.norm1, layer.norm2

    def forward(self, x: Tensor) -> Tensor:
        """x: [T, WIDTH]."""
        query, key, value = (part.reshape(-1, ATTENTIONS, SIZE).transpose(0, 1) for part in self.attend(x))
        scores = torch.softmax((query * SIZE**-0.5) @ key.transpose(1, 2), -1)
        mixed = (scores @ value).transpose(0, 1).reshape(-1, WIDTH)
        x = self.norm1(x + self.out(mixed)[0])
        return self.norm2(x + self.down(F.gelu(self.up(x)[0]))[0])


class Graph(nn.Module):
    """What runs in the product: one passage, no padding, no training; tags are chosen in the graph.

    The same numbers as the network's (tests of training compare them), with as few nodes as will do: on one core a node
    costs about as much as ten words.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        net = self.net = network
        self.layers = nn.ModuleList([Attending(layer) for layer in net.encoder.layers])
        self.trees = Fused([net.begins, net.upos, net.xpos, net.lemma, net.arc_dependent, net.relation_dependent])
        self.above = Fused([net.arc_head, net.relation_head])
        self.names = Fused([net.news.score, net.uner.score, net.re3d.score, net.unified])
        mixes = torch.stack([torch.softmax(net.mix[family], 0) for family in FAMILIES])
        self.mixes = nn.Parameter(mixes.detach())
        self.relations = nn.Parameter(net.relation.detach().reshape(net.relation.shape[0], -1).contiguous())

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """pieces [T, WIDTH] float; shapes [T], first [W] int64; returns OUTPUTS."""
        net, encoder = self.net, self.net.encoder
        places = encoder.position.weight[: pieces.shape[0]] + encoder.segment
        x = encoder.norm(pieces + places + encoder.shape(shapes))
        layers = []
        for layer in self.layers:
            x = layer(x)
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
        )


class Meaning(nn.Module):
    """What gives a passage's vector: the layers of training/meaning.py, their mean over the pieces."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.norm = encoder.norm
        self.places = nn.Parameter((encoder.position.weight[:MEANT] + encoder.segment).detach().half())
        self.layers = nn.ModuleList([Attending(layer) for layer in encoder.layers])

    def forward(self, pieces: Tensor) -> Tensor:
        """pieces: [T, WIDTH] float; returns [WIDTH], of length 1."""
        x = self.norm(pieces + self.places[: pieces.shape[0]].float())
        for layer in self.layers:
            x = layer(x)
        return F.normalize(x.mean(0, keepdim=True), dim=-1)[0]


def rules(network: Network, labels: Labels) -> dict[str, Any]:
    """Return the transition scores of every chain."""
    found: dict[str, Any] = {}
    for name in ("news", "uner", "re3d", "attribution"):
        part = getattr(network, name)
        found[name] = {
            "labels": getattr(labels, name),
            "start": [round(x, 4) for x in part.start.tolist()],
            "follow": [[round(x, 4) for x in row] for row in part.follow.tolist()],
        }
    found["unified"] = {"labels": labels.unified, "start": None, "follow": None}
    for name in ("upos", "xpos", "lemma", "relation"):
        found[name] = getattr(labels, name)
    return found


def export(network: Network, path: Path) -> None:
    """Write the network's graph in fp32."""
    network.eval()
    sample = (torch.randn(9, WIDTH), torch.randint(1, 8, (9,)), torch.arange(1, 8))
    axes = {"pieces": {0: "pieces"}, "shapes": {0: "pieces"}, "first": {0: "words"}}
    axes |= {name: {0: "words"} for name in OUTPUTS}
    axes["arcs"][1] = axes["heads"][0] = "heads"
    _write(Graph(network), sample, path, INPUTS, OUTPUTS, axes)


def _write(graph: nn.Module, sample: Any, path: Path, inputs: Any, outputs: Any, axes: Any) -> None:
    torch.onnx.export(
        graph.eval(), sample, str(path), input_names=list(inputs), output_names=list(outputs),
        dynamic_axes=axes, opset_version=21, dynamo=False, do_constant_folding=True,
    )  # fmt: skip


def quantize(source: Path, target: Path) -> None:
    """int8 for every matrix of weights, per column, and for the tables of places and shapes."""
    quantize_dynamic(
        str(source), str(target), per_channel=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def export_meaning(published: Encoder, meant: Encoder, full: Path, small: Path) -> None:
    """Write the graph of vectors: in fp32 as it was published, and in four bits."""
    for encoder, path in ((published, full), (meant, small)):
        _write(Meaning(encoder), (torch.randn(9, WIDTH),), path, ["pieces"], ["meaning"], {"pieces": {0: "pieces"}})
    made = MatMulNBitsQuantizer(onnx.load(small), block_size=BLOCK, is_symmetric=True, accuracy_level=4)
    made.process()
    onnx.save(made.model.model, small)


def vocabulary(encoder: Path) -> Iterator[tuple[int, str]]:
    """Yield the pieces that are in use, with their numbers in the published vocabulary."""
    for number, piece in enumerate((encoder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")):
        if not piece.startswith("[unused"):
            yield number, piece


def write_pieces(weight: Tensor, encoder: Path, full: Path, small: Path) -> None:
    """Write the vocabulary and the table of its pieces: rows and a scale for each, in int8 and in fp32."""
    kept = list(vocabulary(encoder))
    rows = weight.detach()[[number for number, _ in kept]].numpy()
    scales = np.maximum(np.abs(rows).max(1), 1e-6) / 127
    np.savez(full / "pieces.npz", rows=rows, scales=np.ones(len(rows), dtype=np.float32))
    np.savez_compressed(
        small / "pieces.npz", rows=np.round(rows / scales[:, None]).astype(np.int8), scales=scales.astype(np.float32)
    )
    for folder in (full, small):
        (folder / "vocab.txt").write_text("\n".join(piece for _, piece in kept) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Write the folder named by --out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--meaning", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full", type=Path, default=None, help="also keep the same in fp32 here, for the benches")
    given = parser.parse_args()
    labels = Labels(**json.loads(given.labels.read_text(encoding="utf-8")))
    network = Network(labels)
    network.load_state_dict(torch.load(given.weights, map_location="cpu", weights_only=True)["network"])
    published, meant = Encoder(0.0), rounding(Encoder(0.0))
    published.load_minilm(load_file(given.encoder / "model.safetensors"))
    meant.load_state_dict(torch.load(given.meaning, map_location="cpu", weights_only=True)["encoder"])
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as spare:
        full = given.full or Path(spare)
        full.mkdir(parents=True, exist_ok=True)
        export(network, full / "encoder.onnx")
        quantize(full / "encoder.onnx", given.out / "encoder.onnx")
        export_meaning(published, meant, full / "meaning.onnx", given.out / "meaning.onnx")
        write_pieces(network.encoder.word.weight, given.encoder, full, given.out)
        kept = rules(network, labels)
        recipe = given.labels.with_name("recipe.json")
        open_only = recipe.exists() and json.loads(recipe.read_text(encoding="utf-8"))["open_data_only"]
        kept["names"] = "unified" if open_only else "news"
        for folder in (full, given.out):
            (folder / "labels.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    for path in sorted(given.out.iterdir()):
        print(digest(path), path.stat().st_size, path.name)


if __name__ == "__main__":
    main()
