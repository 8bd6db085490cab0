"""Words as the treebanks cut them: the units that the annotator's network reads and labels."""

import re
from typing import NamedTuple

_PREFIXES = "non|anti|mid|co|pre|pro|re|post|semi|multi|sub|ex|mini|neo|counter|cross|over|e|un|inter|trans|ultra|vice"
"""Parts before a hyphen that Universal Dependencies leaves on its word ("non-", "pre-"); other hyphens are words."""
_ABBREVIATIONS = (
    r"mr|mrs|ms|dr|st|vs|etc|sept?|inc|oct|nov|dec|jan|feb|mar|apr|aug|jr|sr|co|corp|gen|lt|rev|gov|ltd|sen|reps?|col|capt"
    r"|maj|sgt|adm|brig|prof|hon|messrs|al|ft|approx|art|vol|pp|dept|ave|blvd|bros|e\.g|i\.e|ph\.d|a\.k\.a"
)
_WORD = re.compile(
    rf"""(?!(?:cannot|gonna|wanna|gotta)\b)[A-Z]++(?=[\s,])  # most words: a short cut, nothing below cuts them
    |   (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]       # an address
    |   (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+                   # a mailbox
    |   [@\#]\w+                                                   # a handle, a tag
    |   (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![\w]))?                  # U.S., U.S.A
    |   \b(?:{_ABBREVIATIONS})\.(?=\W|$)                           # Mr.
    |   \bno\.(?=\s*\d)                                             # No. 10
    |   (?<![\w.])(?-i:(?!I\.)[A-Z]\.(?=\s+[A-Z]))                 # the W. of a name
    |   [^\W_]+(?:\.(?-i:[a-z])\w+)+                              # annex.pdf
    |   [:;]-?[)(](?!\w)                                            # :-)
    |   \d+(?:[.,:/]\d+)+(?:st|nd|rd|th|s)?                        # 12,000  10:30  9/11
    |   \d+(?:st|nd|rd|th|s)\b                                     # 28th
    |   (?:US|AU|C|A|HK|NZ|S|R|NT|U)?[$€£¥₩](?=\s*\d)              # US$
    |   (?:n['’]t|['’](?:s|re|ve|ll|d|m))(?!\w)                    # what was cut off below
    |   \bcan(?=not\b) | \b(?:gon|wan)(?=na\b) | \bgot(?=ta\b)
    |   [^\W_]+?(?=n['’]t(?!\w))                                   # do of don't
    |   (?:(?:{_PREFIXES})-){{1,3}}(?=[^\W\d_]{{2}})[^\W_]+(?:['’](?!(?:s|re|ve|ll|d|m)\b)[^\W\d_]+)*   # pre-war
    |   [^\W_]+(?:&[^\W_]+)+                                       # AT&T
    |   [^\W_]+(?:['’](?!(?:s|re|ve|ll|d|m|t)(?!\w))[^\W\d_]+)*    # O'Brien
    |   \.{{2,}}|-{{2,}}|_{{2,}}|\*{{2,}}|={{2,}}|[!?]{{2,}}|``|''
    |   \S""",
    re.VERBOSE | re.IGNORECASE,
)
"""No part may look far ahead from every place of a word, or a page of "a-a-a-" takes hours; three prefixes are more
than any word has."""


class Word(NamedTuple):
    """A word or a mark: text[start:end] of the text it was cut from."""

    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of text[start:end], offsets into text; white space is in none of them.

    Contractions and possessives are cut off ("do", "n't"; "Kim", "'s"), hyphens are words of their own save after a few
    prefixes, as in the English treebanks of Universal Dependencies.

    >>> text = "Don't cut non-lethal, pre-war U.S. aid: 12,000 long-range shells."
    >>> [text[word.start:word.end] for word in words(text)][:9]
    ['Do', "n't", 'cut', 'non-lethal', ',', 'pre-war', 'U.S.', 'aid', ':']
    """
    stop = len(text) if end is None else end
    return [Word._make(match.span()) for match in _WORD.finditer(text, start, stop)]
