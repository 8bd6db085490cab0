"""Train the annotator's network: from the published encoder and the gold data to weights.

    python training/train.py --encoder DIR --out DIR [--data ../shared/bench] [--open-data-only]

Two cycles, the learning rate falling in each: the large sets first, then all of them with more of the small ones.
Resumes from the last checkpoint in --out. The same seed, data and number of passes give the same order of batches; sums
on other hardware may differ in the last digits. A GPU is used when there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from pathlib import Path
from typing import Any

import sets
import torch
from batches import Cutter, batches, labels_of, tensors
from losses import loss
from network import Batch, Labels, Network
from safetensors.torch import load_file
from sets import Passage
from tokenizers import Tokenizer

SEED = 20241029
BATCH = 2500  # pieces
RATE, RATE_HEADS = 3e-4, 1.5e-3
CYCLES = ((5, 1.0), (2, 0.5))  # passes, factor of the learning rates
WARM = 300  # steps
CHECKPOINT = 600  # seconds
SUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
OURS = Path(__file__).parent / "paragraphs"


def checked(folder: Path) -> Path:
    """Return the encoder's folder, or stop when its files are not the published ones."""
    for name, digest in SUMS.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(f"{folder / name} is not the published file: sha256 {found}, expected {digest}")
    return folder


def epoch(held: dict[str, Any], cycle: int, number: int) -> dict[str, list[Passage]]:
    """Return the passages of one pass, set by set; cuts and repetitions depend on the pass only."""
    chance = random.Random(SEED + 100 * cycle + number)
    found = {
        "ewt": list(sets.tree_passages(held["ewt"], True, chance)),
        "gum": list(sets.tree_passages(held["gum"], False, chance)) * 2,
    }
    if cycle == 0:
        found |= {"ours": held["ours"] * 2, "re3d": held["re3d"] * 3}
        if number % 2 == 0:
            found |= {"masc": held["masc"], "crossner": held["crossner"]}
    else:
        found["ewt"] = found["ewt"] + list(sets.tree_passages(held["ewt"], True, chance))
        found |= {"ours": held["ours"] * 3, "re3d": held["re3d"] * 5}
        found |= {name: held[name] for name in ("masc", "crossner", "tweets")}
    return found | {name: held[name] for name in ("worldwide", "polnear") if name in held}


def read_sets(data: Path, open_only: bool) -> dict[str, Any]:
    """Read every set once."""
    held: dict[str, Any] = {
        "ewt": sets.treebank(data, "ewt", "train"),
        "gum": sets.treebank(data, "gum", "train"),
        "ours": list(sets.ours(OURS)),
        "re3d": list(sets.re3d(data, "train")),
        "masc": list(sets.masc(data)),
        "crossner": list(sets.crossner(data)),
        "tweets": list(sets.tweets(data)),
    }
    if not open_only:
        held |= {"worldwide": list(sets.worldwide(data, "train")), "polnear": list(sets.polnear(data, "train"))}
    return held


def pool(found: dict[str, list[Passage]], cutter: Cutter, cycle: int, number: int) -> list[list[Passage]]:
    """Return the batches of one pass, all sets mixed."""
    chance = random.Random(SEED * 7 + 100 * cycle + number)
    mixed = [batch for name in sorted(found) for batch in batches(found[name], cutter, BATCH, chance)]
    chance.shuffle(mixed)
    return mixed


def moved(batch: Batch, device: torch.device) -> Batch:
    """Return the batch on the device."""
    return Batch(*(part.to(device) for part in batch))


def save(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def main() -> None:
    """Train, with a line of progress now and then."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, nargs=2, default=[passes for passes, _ in CYCLES], help="of each cycle")
    parser.add_argument("--open-data-only", action="store_true", help="leave out the sets without a stated licence")
    parser.add_argument("--until", type=float, default=None, help="stop with a checkpoint after so many minutes")
    given = parser.parse_args()
    if not given.data.is_dir():
        raise SystemExit(f"the gold data is not in {given.data}; name its folder with --data")
    given.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(SEED)
    folder = checked(given.encoder)
    cutter = Cutter(Tokenizer.from_file(str(folder / "tokenizer.json")))
    held = read_sets(given.data, given.open_data_only)
    trees = [one for name in ("ewt", "gum") for one in sets.tree_passages(held[name], False, random.Random(0))]
    labels = labels_of(trees)
    recipe = {"open_data_only": given.open_data_only, "passes": given.passes, "seed": SEED}
    (given.out / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    (given.out / "labels.json").write_text(json.dumps(labels._asdict(), ensure_ascii=False, indent=0), encoding="utf-8")
    train(given, device, folder, cutter, held, labels)


def train(
    given: argparse.Namespace, device: torch.device, folder: Path, cutter: Cutter, held: dict[str, Any], labels: Labels
) -> None:
    """Run the passes that are still to do."""
    network = Network(labels).to(device)
    network.encoder.load_minilm(load_file(folder / "model.safetensors"))
    network.encoder.word.weight.requires_grad_(False)
    named = [(name, one) for name, one in network.named_parameters() if one.requires_grad]
    checkpoint = given.out / "checkpoint.pt"
    state: dict[str, Any] = {"cycle": 0, "pass": 0, "batch": 0, "step": 0}
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        network.load_state_dict(state["network"])
        torch.set_rng_state(state["random"].cpu())
        print("resumed at cycle {cycle}, pass {pass}, batch {batch}".format(**state), flush=True)
    began = time.monotonic()
    network.train()
    for cycle in range(state["cycle"], len(CYCLES)):
        here = state if cycle == state["cycle"] else {"pass": 0, "batch": 0, "step": 0}
        chosen = torch.optim.AdamW(
            [
                {"params": [one for name, one in named if name.startswith("encoder")]},
                {"params": [one for name, one in named if not name.startswith("encoder")]},
            ],
            weight_decay=0.01,
            fused=True,
        )
        if here.get("optimizer"):
            chosen.load_state_dict(here["optimizer"])
        passes = given.passes[cycle]
        sizes = [len(pool(epoch(held, cycle, n), cutter, cycle, n)) for n in range(2)]
        steps = sum(sizes[n % 2] for n in range(passes))
        print(f"cycle {cycle}: {steps} steps on {device}", flush=True)
        step, seen, start, saved = here["step"], 0, time.monotonic(), time.monotonic()
        for number in range(here["pass"], passes):
            for place, passages in enumerate(pool(epoch(held, cycle, number), cutter, cycle, number)):
                if number == here["pass"] and place < here["batch"]:
                    continue
                pace = CYCLES[cycle][1] * min(1.0, (step + 1) / WARM) * max(0.01, 1 - step / steps)
                for group, rate in zip(chosen.param_groups, (RATE, RATE_HEADS), strict=True):
                    group["lr"] = rate * pace
                total = _step(network, chosen, cutter, passages, labels, device)
                step += 1
                seen += sum(len(passage.forms) for passage in passages)
                now = time.monotonic()
                if step % 100 == 0:
                    rate = seen / (now - start)
                    print(f"pass {number} step {step}/{steps} loss {total:.3f} words/s {rate:.0f}", flush=True)
                stop = given.until is not None and now - began > given.until * 60
                if now - saved > CHECKPOINT or stop:
                    saved = now
                    _checkpoint(checkpoint, network, chosen, (cycle, number, place + 1, step))
                if stop:
                    print("stopped; run again to go on", flush=True)
                    return
        _checkpoint(checkpoint, network, None, (cycle + 1, 0, 0, 0))
    save(given.out / "weights.pt", {"network": network.state_dict()})
    print("done", flush=True)


def _step(
    network: Network,
    chosen: torch.optim.Optimizer,
    cutter: Cutter,
    passages: list[Passage],
    labels: Labels,
    device: torch.device,
) -> float:
    """Learn from one batch; return its loss."""
    batch = moved(tensors(passages, cutter), device)
    with torch.autocast(device.type, torch.bfloat16):
        total = loss(network, batch, passages, labels)
    chosen.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_([one for one in network.parameters() if one.requires_grad], 1.0)
    chosen.step()
    return float(total.detach())


def _checkpoint(
    path: Path, network: Network, chosen: torch.optim.Optimizer | None, at: tuple[int, int, int, int]
) -> None:
    cycle, number, place, step = at
    save(
        path,
        {
            "network": network.state_dict(),
            "optimizer": chosen.state_dict() if chosen else None,
            "random": torch.get_rng_state(),
            "cycle": cycle,
            "pass": number,
            "batch": place,
            "step": step,
        },
    )


if __name__ == "__main__":
    main()
