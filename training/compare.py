"""The shipped model beside the encoder it was made from, and beside itself in fp32.

    python training/compare.py --encoder DIR --full RUN/full [--data ../shared/bench] [--split dev]

Prints the rank correlation of passage vectors with the original encoder's (2,000 pairs of dev sentences).
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import sets
import torch
from network import Encoder
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer

from watchfloor.annotate.engine import Engine, digests, engine
from watchfloor.annotate.reading import vectors

PAIRS = 2000
SHORTEST = 5  # words of a sentence that means something
SEED = 20241029


def sentences(data: Path, split: str) -> list[str]:
    """Return the sentences of the treebanks' dev parts, as printed."""
    found = set()
    for name in ("ewt", "gum"):
        for group in sets.treebank(data, name, split):
            for tree in group:
                text = "".join(
                    form + (" " if space else "") for form, space in zip(tree.forms, tree.spaces, strict=True)
                )
                if len(tree.forms) >= SHORTEST:
                    found.add(text.strip())
    return sorted(found)


def original(texts: list[str], folder: Path) -> NDArray[np.float32]:
    """Return the published encoder's vectors: the mean over pieces, of length 1."""
    encoder = Encoder(0.0).eval()
    encoder.load_minilm(load_file(folder / "model.safetensors"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    found = []
    with torch.no_grad():
        for text in texts:
            pieces = torch.tensor([tokenizer.encode(text).ids])
            last = encoder(pieces, torch.zeros_like(pieces), torch.ones(pieces.shape))[-1]
            found.append(torch.nn.functional.normalize(last.mean(1), dim=-1)[0].numpy())
    return np.stack(found)


def ranks(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the ranks of values without ties."""
    found = np.empty(len(values))
    found[np.argsort(values, kind="stable")] = np.arange(len(values))
    return found


def correlation(texts: list[str], folder: Path, chosen: Engine) -> float:
    """Return Spearman's rank correlation of cosines over PAIRS pairs of texts."""
    chance = random.Random(SEED)
    picked = [(chance.randrange(len(texts)), chance.randrange(len(texts))) for _ in range(PAIRS)]
    needed = sorted({number for pair in picked for number in pair})
    place = {number: at for at, number in enumerate(needed)}
    theirs = original([texts[number] for number in needed], folder)
    ours = vectors([texts[number] for number in needed], chosen)
    left, right = [place[a] for a, _ in picked], [place[b] for _, b in picked]
    first = ranks((theirs[left] * theirs[right]).sum(-1))
    second = ranks((ours[left] * ours[right]).sum(-1))
    return float(np.corrcoef(first, second)[0, 1])


def full_engine(folder: Path) -> Engine:
    """Return an engine that runs the fp32 graphs of export.py."""
    return Engine(folder, 1, digests(folder))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--full", type=Path, default=None)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--split", default="dev")
    given = parser.parse_args()
    texts = sentences(given.data, given.split)
    print(f"rank correlation, int8 {correlation(texts, given.encoder, engine()):.4f}")
    if given.full is not None:
        print(f"rank correlation, fp32 {correlation(texts, given.encoder, full_engine(given.full)):.4f}")


if __name__ == "__main__":
    main()
