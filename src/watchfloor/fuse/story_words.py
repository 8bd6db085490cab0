"""Story words: what a report and a story, or two stories, have in common, in words for people."""

from collections.abc import Iterable, Iterator

from watchfloor.fuse.live import LiveStory, Vector, heaviest
from watchfloor.fuse.story_terms import CONCEPT, NAME, kind
from watchfloor.fuse.tongues import folded

_SHOWN = 4  # terms that say why
_WEIGHED = 12  # heaviest terms of two stories among which those shown are looked for
NAMES = "names that sound alike"


def shared(vector: Vector, story: LiveStory) -> str:
    """Return the words that weigh most in what a report and a story have in common."""
    both = {term: weight * story.centroid[term] for term, weight, _ in vector.parts if term in story.centroid}
    return _told(both, _words([vector]))


def common(left: LiveStory, right: LiveStory) -> str:
    """Return the words that weigh most in what the reports of two stories have in common."""
    both = {term: value * right.centroid[term] for term, value in left.centroid.items() if term in right.centroid}
    return _told(both, _words([*left.sample, *right.sample]))


def _told(both: dict[str, float], words: dict[str, str]) -> str:
    shown = []
    for term, _ in heaviest(both, _WEIGHED):
        if kind(term) == NAME:
            continue
        word = words.get(term, term.lstrip("#@"))
        thing = term[1:]
        shown.append(f"{word} ({thing})" if kind(term) == CONCEPT and not folded(word).startswith(thing[:4]) else word)
    return ", ".join(list(dict.fromkeys(shown))[:_SHOWN]) or NAMES


def _words(vectors: Iterable[Vector]) -> dict[str, str]:
    return dict(pair for vector in vectors for pair in _pairs(vector))


def _pairs(vector: Vector) -> Iterator[tuple[str, str]]:
    for (term, _, _), word in zip(vector.parts, vector.said, strict=False):
        yield term, word
