"""Negation, modal and tense of the verbs of one tree."""

from watchfloor.annotate.clause_tree import ClauseTree

_NOT = frozenset("not n't n’t never no neither nor hardly without".split())


class Moods:
    """What stands before each verb of a tree, read once."""

    def __init__(self, tree: ClauseTree) -> None:
        self.tree = tree
        self._found: dict[int, tuple[bool, str | None, str | None]] = {}

    def of(self, at: int) -> tuple[bool, str | None, str | None]:
        """Return whether the word is negated, its modal and its tense."""
        found = self._found.get(at)
        if found is None:
            found = self._found[at] = self._read(at)
        return found

    def _read(self, at: int) -> tuple[bool, str | None, str | None]:
        """Return whether a verb is negated, its modal and its tense; joined verbs share auxiliaries."""
        tree = self.tree
        helping = [i for i in tree.children[at] if tree.relation[i] in {"aux", "aux:pass", "cop"}]
        if not helping and tree.relation[at] == "conj" and tree.head[at] >= 0 and tree.xpos[at] in {"VB", "VBN", "VBG"}:
            helping = [i for i in tree.children[tree.head[at]] if tree.relation[i] in {"aux", "aux:pass"}]
        negated = any(
            tree.low[i] in _NOT for i in tree.children[at] if tree.relation[i] in {"advmod", "det", "mark", "aux"}
        )
        modal = next((tree.low[i] for i in helping if tree.xpos[i] == "MD"), None)
        marked = next((i for i in tree.children[at] if tree.relation[i] == "mark" and tree.low[i] == "to"), None)
        if modal is not None:
            return negated, modal, "future" if modal in {"will", "'ll", "’ll", "shall", "wo"} else "present"
        if marked is not None:
            return negated, None, "infinitive"
        first = helping[0] if helping else at
        tags = {
            "VBD": "past",
            "VBP": "present",
            "VBZ": "present",
            "VB": "infinitive",
            "VBG": "participle",
            "VBN": "participle",
        }
        tense = tags.get(tree.xpos[first])
        if helping and tree.lemma[first].lower() == "have" and len(helping) >= 1:
            return negated, None, "past"
        if helping and tree.xpos[at] == "VBG" and tense == "present":
            return negated, None, "progressive"
        return negated, None, tense
