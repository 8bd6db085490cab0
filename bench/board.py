"""What every bench does the same way: arguments, gold data, the scorers beside it, and the table."""

import argparse
import gzip
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from watchfloor.annotate.engine import use_model

ROOT = Path(__file__).resolve().parents[1]

Metrics = Mapping[str, float]
Anchors = Mapping[str, str]


def run(measure: Callable[[Path, str], Metrics], anchors: Anchors, doc: str | None) -> None:
    """Measure and print: a table beside the anchors, or with --json one flat line."""
    arguments = argparse.ArgumentParser(description=doc)
    arguments.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "bench", help="folder of the gold data"
    )
    arguments.add_argument("--split", choices=("dev", "heldout"), default="dev")
    arguments.add_argument("--json", action="store_true", help="one line of metrics, flat, numbers only")
    arguments.add_argument("--model", type=Path, help="folder of another model of the annotator than the shipped one")
    given = arguments.parse_args()
    if given.model is not None:
        use_model(given.model)
    if not given.data.is_dir():
        sys.exit(f"the gold data is not in {given.data}; name its folder with --data")
    metrics = measure(given.data, given.split)
    if given.json:
        print(json.dumps({name: round(value, 4) for name, value in metrics.items()}))
        return
    for name, value in metrics.items():
        print(f"{name:<28} {value:>9.3f}   {anchors.get(name, '')}")


def scorer(path: Path) -> ModuleType:
    """Load a scorer from the gold data's folder, without leaving compiled files there."""
    spec = importlib.util.spec_from_file_location(path.stem + "_scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"the scorer {path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON-lines file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def seeds(data: Path) -> list[Path]:
    """Return the founding reports that lie beside the gold data and have gold there, in order."""
    gold = json.loads((data / "clean" / "seeds" / "gold.json").read_text(encoding="utf-8"))
    return [data.parent / "seeds" / document["file"] for document in gold["documents"]]
