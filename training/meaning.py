"""Make the small copy of the original encoder that says what a passage means: the same six layers in four bits.

    python training/meaning.py --encoder DIR --out RUN [--data ../shared/bench] [--steps 600]

Fine-tuning for trees and names takes the shared network away from what sentence vectors need, so they keep layers of
their own (docs/decisions/0009). Rounding their weights to four bits costs some five points of rank correlation with the
original; learning under the rounding (straight-through estimator, Bengio et al. 2013), on open texts, wins most of it
back. Writes RUN/meaning.pt; export.py rounds the same way once more.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import sets
import torch
import torch.nn.functional as F
from batches import Cutter, batches, tensors
from network import Encoder
from safetensors.torch import load_file
from sets import Passage
from tokenizers import Tokenizer
from torch import Tensor, nn
from train import BATCH, OURS, SEED, checked, save

BLOCK = 64  # weights that share a scale
RATE = 1e-4
WARM = 30  # steps
SIZES = (8, 15, 25, 40, 80, 150)  # words of a text; the product compares claims, headlines and paragraphs
SHORTEST = 4


def rounded(weight: Tensor) -> Tensor:
    """Return a matrix [out, in] as four bits would hold it: blocks along the input, eight steps to each side.

    onnxruntime's symmetric form: the scale is the weight farthest from zero over -8.
    """
    blocks = weight.reshape(weight.shape[0], -1, BLOCK)
    far = blocks.gather(2, blocks.abs().argmax(2, keepdim=True))
    scale = torch.where(far == 0, torch.ones_like(far), far / -8)
    return ((blocks / scale).round().clamp(-8, 7) * scale).reshape(weight.shape)


class Rounded(nn.Module):
    """A linear layer that computes with rounded weights and learns the weights behind them."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.weight, self.bias = linear.weight, linear.bias

    def forward(self, x: Tensor) -> Tensor:
        """x: [..., in]."""
        held = self.weight + (rounded(self.weight) - self.weight).detach()
        return F.linear(x, held, self.bias)


def rounding(encoder: Encoder) -> Encoder:
    """Put Rounded in the place of every linear layer."""
    for layer in encoder.layers:
        for name in ("query", "key", "value", "out", "up", "down"):
            setattr(layer, name, Rounded(getattr(layer, name)))
    return encoder


def texts(data: Path) -> list[Passage]:
    """Return stretches of the open sets' texts, of many lengths."""
    chance = random.Random(SEED)
    long = [tree.forms for name in ("ewt", "gum") for group in sets.treebank(data, name, "train") for tree in group]
    for passages in (sets.masc(data), sets.crossner(data), sets.re3d(data, "train"), sets.ours(OURS)):
        long += [passage.forms for passage in passages]
    found = []
    for forms in long:
        at = 0
        while at < len(forms):
            size = chance.choice(SIZES)
            if len(forms[at : at + size]) >= SHORTEST:
                found.append(Passage(forms[at : at + size]))
            at += size
    return found


def endless(found: list[Passage], cutter: Cutter) -> Iterator[list[Passage]]:
    """Yield batches for ever, shuffled anew each time round."""
    number = 0
    while True:
        yield from batches(found, cutter, BATCH, random.Random(SEED + number))
        number += 1


def apart(own: list[Tensor], theirs: list[Tensor], mask: Tensor) -> Tensor:
    """Return how far the layers are from the original's, and the passages' vectors and their likenesses."""
    held = mask[..., None]
    total = torch.zeros(())
    for mine, other in zip(own, theirs, strict=True):
        total = total + ((mine.float() - other.float()) ** 2 * held).sum() / (other.float() ** 2 * held).sum()
    first, second = (F.normalize((x.float() * held).sum(1) / held.sum(1), dim=-1) for x in (own[-1], theirs[-1]))
    alike = ((first @ first.T - second @ second.T) ** 2).mean()
    return total + 5 * (1 - (first * second).sum(-1)).mean() + 50 * alike


def main() -> None:
    """Train, with a line of progress now and then."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=600)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = checked(given.encoder)
    weights = load_file(folder / "model.safetensors")
    original, own = Encoder(0.0).eval(), Encoder(0.0)
    original.load_minilm(weights)
    own.load_minilm(weights)
    own = rounding(own).to(device)
    original = original.to(device)
    for name, one in own.named_parameters():
        one.requires_grad_(name.startswith("layers"))
    learnt = [one for one in own.parameters() if one.requires_grad]
    chosen = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.0)
    cutter = Cutter(Tokenizer.from_file(str(folder / "tokenizer.json")))
    began = time.monotonic()
    for step, passages in enumerate(endless(texts(given.data), cutter)):
        if step == given.steps:
            break
        for group in chosen.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM) * max(0.01, 1 - step / given.steps)
        batch = tensors(passages, cutter)
        inputs = [part.to(device) for part in (batch.pieces, torch.zeros_like(batch.shapes), batch.mask)]
        with torch.autocast(device.type, torch.bfloat16):
            with torch.no_grad():
                theirs = original(*inputs)
            mine = own(*inputs)
        total = apart(mine, theirs, inputs[2])
        chosen.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        chosen.step()
        if step % 25 == 0:
            print(f"step {step}/{given.steps} apart {total.item():.4f} s {time.monotonic() - began:.0f}", flush=True)
    given.out.mkdir(parents=True, exist_ok=True)
    save(given.out / "meaning.pt", {"encoder": own.state_dict()})
    print("done", flush=True)


if __name__ == "__main__":
    main()
