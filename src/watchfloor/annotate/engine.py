"""The shipped network, ready to run: loaded once per process, one passage at a time.

One passage a run keeps the answer independent of its neighbours (int8 scales are taken over all that is run together)
and wastes nothing on padding; on one core it is as fast as batches (docs/decisions/0007).
"""

import hashlib
import io
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
    from onnxruntime import InferenceSession

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

DIGESTS = {
    "encoder.onnx": "d7c4c6b4ada8ed441f7cab692120965ca8ea34e50b25db50ad065d4d2742a33d",
    "meaning.onnx": "ab3b944694969c291531789dfe8b3c748342fcb7daf55eec28706c3f1f3e222f",
    "pieces.npz": "b8354e19eaf246a74e1e8580c00725e283acbf3a19a774644a496a5301cad7fc",
    "labels.json": "1a197904a4f5e33a6ea0f84ca83e06d749bda52bb26b61d05f1d25ddb91692bf",
    "vocab.txt": "1394523a67ddd404a825428018c0582a6998bcfa044ecbcbf1f4d71adb94c61c",
}
"""sha256 of the shipped files: what the scores in docs/scores.md were measured with."""

CHAINS = ("news", "uner", "re3d", "unified", "attribution")
"""The heads that label spans."""

LONGEST = 500  # pieces of a passage; the encoder's positions end at 512
LONGEST_MEANT = 256  # pieces of a passage that its vector is made of
_LONGEST_MEANT_TEXT = 20_000  # letters looked at for its pieces
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
    attribution [W, labels]: scores.
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


class Engine:
    """A session of the network and what belongs to it."""

    def __init__(self, folder: Any, threads: int, digests: Mapping[str, str] = DIGESTS) -> None:
        """Load the files of a folder whose sha256 are `digests`; raise ConfigError for any other file."""
        import numpy as np

        content = {name: _checked(folder, name, digests[name]) for name in DIGESTS}
        self._session = _session(content["encoder.onnx"], threads)
        self._meaning: bytes | InferenceSession = content["meaning.onnx"]
        self._threads = threads
        with np.load(io.BytesIO(content["pieces.npz"]), allow_pickle=False) as table:
            self._rows, self._scales = table["rows"], table["scales"][:, None]
        self._vocabulary = vocabulary(content["vocab.txt"].decode("utf-8"))
        self._begin, self._end, self._unknown = (self._vocabulary[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._pieces: dict[str, list[int]] = {}
        self._shapes: dict[str, int] = {}
        self.labels = msgspec.json.decode(content["labels.json"], type=Labels)
        self.transitions = {name: transitions(getattr(self.labels, name)) for name in CHAINS}
        self.version = version(digests)

    def pieces(self, form: str) -> list[int]:
        """Return the word pieces of a word; words seen before cost nothing."""
        found = self._pieces.get(form)
        if found is None:
            found = pieces(form, self._vocabulary)[:_MOST_PIECES] or [self._unknown]
            if len(self._pieces) > 200_000:
                self._pieces.clear()
                self._shapes.clear()
            self._pieces[form] = found
        return found

    def run(self, forms: Sequence[str]) -> Scores:
        """Return the scores of one passage; its words must not come to more than LONGEST pieces."""
        import numpy as np

        pieces, shapes, first = [self._begin], [0], []
        for form in forms:
            inner = self.pieces(form)
            first.append(len(pieces))
            pieces += inner
            look = self._shapes.get(form)
            if look is None:
                look = self._shapes[form] = shape(form)
            shapes += [look] * len(inner)
        found = self._session.run(
            None,
            {
                "pieces": self._looked_up([*pieces, self._end]),
                "shapes": np.array([*shapes, 0], dtype=np.int64),
                "first": np.array(first, dtype=np.int64),
            },
        )
        return Scores(*found)

    def meaning(self, text: str) -> "Floats":
        """Return the vector of a text, [384], of length 1: what its first 254 pieces mean; zeros when it has none.

        The text is cut as the published encoder cuts it, not at our words.
        """
        import numpy as np

        if isinstance(self._meaning, bytes):
            self._meaning = _session(self._meaning, self._threads)
        inner = pieces(text[:_LONGEST_MEANT_TEXT], self._vocabulary)[: LONGEST_MEANT - 2]
        if not inner:
            return np.zeros(self._rows.shape[1], dtype=np.float32)
        found: Floats = self._meaning.run(None, {"pieces": self._looked_up([self._begin, *inner, self._end])})[0]
        return found

    def _looked_up(self, pieces: list[int]) -> "Floats":
        """Return the rows of pieces, [pieces, 384]."""
        found: Floats = self._rows[pieces] * self._scales[pieces]
        return found


def _session(graph: bytes, threads: int) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def version(digests: Mapping[str, str] | None = None) -> str:
    """Return what tells a model with these files (the ones in use) from any other."""
    return _version(tuple((_digests() if digests is None else digests)[name] for name in DIGESTS))


@cache
def _version(digests: tuple[str, ...]) -> str:
    return hashlib.sha256(" ".join(digests).encode()).hexdigest()[:12]


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
def digests(folder: Path) -> dict[str, str]:
    """Return the digests of the files that lie in a folder."""
    try:
        return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in DIGESTS}
    except OSError as error:
        raise ConfigError(f"{folder} holds no model of the annotator: {error}") from error


def _digests() -> Mapping[str, str]:
    return DIGESTS if _folder is None else digests(_folder)
