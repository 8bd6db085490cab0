"""Our own annotated paragraphs (training/paragraphs/*.txt) as text with attribution spans.

A file holds passages with a blank line between them; a line that begins with `#` is a remark. Inside a passage
`[s1 …]` marks the source of attribution 1, `[c1 …]` its cue, `[q1 …]` its content. A part may come several times with
the same number (a split quotation), a source may be missing, and two attributions may share a source: `[s1,2 …]`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

OPENING = re.compile(r"\[([scq])(\d+(?:,\d+)*) ")
ROLES = {"s": "source", "c": "cue", "q": "content"}


class Marked(NamedTuple):
    """A passage without its marks; spans: attribution number -> role -> [(start, end)], code points, half-open."""

    text: str
    spans: dict[int, dict[str, list[tuple[int, int]]]]


def read(passage: str) -> Marked:
    """Take the marks out of one passage; ValueError names what is wrong with it."""
    text: list[str] = []
    stack: list[tuple[str, list[int], int]] = []
    found: dict[int, dict[str, list[tuple[int, int]]]] = {}
    at = 0
    length = 0
    while at < len(passage):
        opening = OPENING.match(passage, at)
        if opening:
            stack.append((ROLES[opening[1]], [int(number) for number in opening[2].split(",")], length))
            at = opening.end()
        elif passage[at] == "]":
            if not stack:
                raise ValueError(f"a mark is closed that was never opened: …{passage[max(0, at - 40) : at + 1]}")
            role, numbers, start = stack.pop()
            for number in numbers:
                roles = found.setdefault(number, {"source": [], "cue": [], "content": []})
                roles[role].append((start, length))
            at += 1
        elif passage[at] == "[":
            raise ValueError(f"a bracket that is no mark: {passage[at : at + 30]}…")
        else:
            text.append(passage[at])
            length += 1
            at += 1
    if stack:
        raise ValueError(f"a mark is never closed: {passage[:60]}…")
    for number, roles in found.items():
        if not roles["cue"] or not roles["content"]:
            raise ValueError(f"attribution {number} lacks its cue or its content: {passage[:60]}…")
        if len(roles["cue"]) > 1 or len(roles["source"]) > 1:
            raise ValueError(f"attribution {number} has two cues or two sources: {passage[:60]}…")
    whole = "".join(text)
    for roles in found.values():
        for spans in roles.values():
            if any(whole[start:end] != whole[start:end].strip() or start == end for start, end in spans):
                raise ValueError(f"a marked span begins or ends in a blank, or is empty: {passage[:60]}…")
    return Marked(whole, found)


def read_file(path: Path) -> list[Marked]:
    """Every passage of a file, in order; ValueError names the passage that cannot be read."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    passages = [passage.strip() for passage in re.split(r"\n{2,}", "\n".join(lines)) if passage.strip()]
    return [read(passage) for passage in passages]


def main() -> None:
    """Check the files named on the command line, and count what they hold."""
    for name in sys.argv[1:]:
        found = read_file(Path(name))
        words = sum(len(passage.text.split()) for passage in found)
        attributions = sum(len(passage.spans) for passage in found)
        print(f"{name}: {len(found)} passages, {words} words, {attributions} attributions")


if __name__ == "__main__":
    main()
