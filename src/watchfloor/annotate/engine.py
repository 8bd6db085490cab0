"""The shipped network, ready to run: loaded once per process, one passage at a time.

One passage a run keeps the answer independent of its neighbours (int8 scales are taken over all that is run together)
and wastes nothing on padding; on one core it is as fast as batches (docs/decisions/0007).
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from watchfloor.annotate.chains import Chain, transitions
from watchfloor.annotate.pieces import pieces, vocabulary
from watchfloor.annotate.shapes import shape
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

DIGESTS = {
    "encoder.onnx": "e6d3035f99e432f5d8d961db6ec32b5e0857a9d3f8233914242ee2ac81354051",
    "labels.json": "101d6fef9d1fab59bd8f55849aa1e7f4798ef0f23f0eeaf5ad3264559453f4e9",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""sha256 of the shipped files: what the scores in docs/scores.md were measured with."""

CHAINS = ("news", "uner", "re3d", "unified", "attribution")
"""The heads that label spans."""

LONGEST = 500  # pieces of a passage; the encoder's positions end at 512
_BEGIN, _END, _UNKNOWN = 101, 102, 100
_MOST_PIECES = 12  # of one word; what is longer is no word ("aaaa…")


class Labels(msgspec.Struct, frozen=True):
    """The label sets of every head, in the order of their scores.

    names: the scheme that mentions come from; a model of open data only was never taught the newswire scheme.
    """

    news: Chain
    uner: Chain
    re3d: Chain
    unified: Chain
    attribution: Chain
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    relation: tuple[str, ...]
    names: str = "news"


class Scores(NamedTuple):
    """What the network says of one passage of W words.

    begins [W]: above 0 where a sentence begins. upos, xpos, lemma [W]: label numbers. arcs [W, W + 1]: column 0 is the
    root. heads [W + 1, R], relations [W, labels, R]: a word's relation scores are its row times its head's. news ...
    attribution [W, labels]: scores. meaning [384]: the passage's vector, of length 1.
    """

    begins: "Floats"
    upos: "Numbers"
    xpos: "Numbers"
    lemma: "Numbers"
    arcs: "Floats"
    heads: "Floats"
    relations: "Floats"
    news: "Floats"
    uner: "Floats"
    re3d: "Floats"
    unified: "Floats"
    attribution: "Floats"
    meaning: "Floats"


class Engine:
    """A session of the network and what belongs to it."""

    def __init__(self, folder: Any, threads: int, digests: Mapping[str, str] = DIGESTS) -> None:
        """Load the files of a folder whose sha256 are `digests`; raise ConfigError for any other file."""
        from onnxruntime import InferenceSession, SessionOptions

        content = {name: _checked(folder, name, digests[name]) for name in DIGESTS}
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = InferenceSession(content["encoder.onnx"], options, providers=["CPUExecutionProvider"])
        self._vocabulary = vocabulary(content["vocab.txt"].decode("utf-8"))
        self._pieces: dict[str, list[int]] = {}
        self.labels = msgspec.json.decode(content["labels.json"], type=Labels)
        self.transitions = {name: transitions(getattr(self.labels, name)) for name in CHAINS}
        self.version = version(digests)

    def pieces(self, form: str) -> list[int]:
        """Return the word pieces of a word; words seen before cost nothing."""
        found = self._pieces.get(form)
        if found is None:
            found = pieces(form, self._vocabulary)[:_MOST_PIECES] or [_UNKNOWN]
            if len(self._pieces) > 200_000:
                self._pieces.clear()
            self._pieces[form] = found
        return found

    def run(self, forms: Sequence[str]) -> Scores:
        """Return the scores of one passage; its words must not come to more than LONGEST pieces."""
        import numpy as np

        pieces, shapes, first = [_BEGIN], [0], []
        for form in forms:
            inner = self.pieces(form)
            first.append(len(pieces))
            pieces += inner
            shapes += [shape(form)] * len(inner)
        pieces.append(_END)
        shapes.append(0)
        found = self._session.run(
            None,
            {
                "pieces": np.array(pieces, dtype=np.int64),
                "shapes": np.array(shapes, dtype=np.int64),
                "first": np.array(first, dtype=np.int64),
            },
        )
        return Scores(*found)


def version(digests: Mapping[str, str] | None = None) -> str:
    """Return what tells a model with these files (the ones in use) from any other."""
    digests = _digests() if digests is None else digests
    return hashlib.sha256(" ".join(digests[name] for name in DIGESTS).encode()).hexdigest()[:12]


def _checked(folder: Any, name: str, expected: str) -> bytes:
    """Return a file of the model; raise ConfigError when it is absent or not the file that was shipped."""
    try:
        content: bytes = folder.joinpath(name).read_bytes()
    except OSError as error:
        raise ConfigError(f"the annotator's model lacks {name} ({error}); install watchfloor again") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != expected:
        raise ConfigError(
            f"{name} of the annotator's model is damaged (sha256 {digest[:12]}…); install watchfloor again"
        )
    return content


_threads = 1
_folder: Path | None = None


def use_threads(count: int) -> None:
    """Read every passage on so many threads from now on (one is best when several processes run)."""
    global _threads
    _threads = count


def use_model(folder: Path) -> None:
    """Read with the model of another folder from now on: a build of one's own, or the fp32 graph for a comparison."""
    global _folder
    _folder = folder
    labels.cache_clear()
    _loaded.cache_clear()


def engine() -> Engine:
    """Return this process's engine, loaded when it is first asked for."""
    return _loaded(_threads, os.getpid())


@cache
def labels() -> Labels:
    """Return the label sets without loading the engine."""
    return msgspec.json.decode(_checked(_model(), "labels.json", _digests()["labels.json"]), type=Labels)


@cache
def _loaded(threads: int, process: int) -> Engine:
    """`process` makes a forked worker load its own: sessions do not survive a fork."""
    return Engine(_model(), threads, _digests())


def _model() -> Any:
    return _folder or files("watchfloor.annotate").joinpath("data", "model")


@cache
def _of(folder: Path) -> dict[str, str]:
    """Return the digests of the files that lie in a folder."""
    try:
        return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in DIGESTS}
    except OSError as error:
        raise ConfigError(f"{folder} holds no model of the annotator: {error}") from error


def _digests() -> Mapping[str, str]:
    return DIGESTS if _folder is None else _of(_folder)
